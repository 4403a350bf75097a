//! An HTTP request as an event: the fields of every source in one type, read in one pass, borrowed from the received bytes.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::failure::Failure;
use crate::payload;

/// What sent the event.
///
/// | Source | Recognised by |
/// |---|---|
/// | [`RestApi`](Self::RestApi) | `httpMethod`, and a `requestContext` of none of the others; also HTTP APIs with payload format 1.0 |
/// | [`HttpApi`](Self::HttpApi) | `requestContext.http` |
/// | [`FunctionUrl`](Self::FunctionUrl) | the same, with a domain of the form `id.lambda-url.region.on.aws` |
/// | [`WebSocket`](Self::WebSocket) | `requestContext.connectionId` |
/// | [`Alb`](Self::Alb) | `requestContext.elb` |
/// | [`VpcLattice`](Self::VpcLattice) | `requestContext.targetGroupArn`, or `raw_path` and `method` in the first version |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// An API Gateway REST API.
    RestApi,
    /// An API Gateway HTTP API, payload format 2.0.
    HttpApi,
    /// A Lambda function URL.
    FunctionUrl,
    /// An API Gateway WebSocket API.
    WebSocket,
    /// An Application Load Balancer.
    Alb,
    /// Amazon VPC Lattice.
    VpcLattice,
}

/// The fields of every source that make the request. Each source has some of them.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Event<'a> {
    #[serde(borrow)]
    pub(super) http_method: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) method: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) path: Option<Text<'a>>,
    #[serde(borrow, alias = "raw_path")]
    pub(super) raw_path: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) raw_query_string: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) headers: Pairs<'a>,
    #[serde(borrow)]
    pub(super) multi_value_headers: Pairs<'a>,
    #[serde(borrow, alias = "query_string_parameters")]
    pub(super) query_string_parameters: Pairs<'a>,
    #[serde(borrow)]
    pub(super) multi_value_query_string_parameters: Pairs<'a>,
    #[serde(borrow)]
    pub(super) cookies: Option<Vec<Text<'a>>>,
    #[serde(borrow)]
    pub(super) body: Option<Text<'a>>,
    #[serde(alias = "is_base64_encoded")]
    pub(super) is_base64_encoded: Option<bool>,
    #[serde(borrow)]
    pub(super) request_context: Option<Context<'a>>,
}

/// The parts of `requestContext` that make the request, or tell the sources apart.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Context<'a> {
    elb: Option<IgnoredAny>,
    #[serde(borrow)]
    pub(super) http: Option<Http<'a>>,
    #[serde(borrow)]
    pub(super) identity: Option<Identity<'a>>,
    #[serde(borrow)]
    pub(super) stage: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) domain_name: Option<Text<'a>>,
    connection_id: Option<IgnoredAny>,
    #[serde(borrow)]
    pub(super) route_key: Option<Text<'a>>,
    target_group_arn: Option<IgnoredAny>,
    service_network_arn: Option<IgnoredAny>,
}

/// `requestContext.http`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Http<'a> {
    #[serde(borrow)]
    pub(super) method: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) source_ip: Option<Text<'a>>,
}

/// `requestContext.identity`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Identity<'a> {
    #[serde(borrow)]
    pub(super) source_ip: Option<Text<'a>>,
}

impl<'a> Event<'a> {
    /// Reads an event and recognises its source.
    ///
    /// # Errors
    ///
    /// `Runtime.UnmarshalError` when it is no JSON, or no HTTP request; the message says what was found.
    pub(super) fn read(payload: &'a Bytes) -> Result<(Self, Source), Failure> {
        let event: Self = serde_json::from_slice(payload)
            .map_err(|error| payload::undecodable("HTTP request", payload, &error))?;
        let source = event.source().ok_or_else(|| unknown(payload, &event))?;
        Ok((event, source))
    }

    fn source(&self) -> Option<Source> {
        let Some(context) = &self.request_context else {
            return (self.raw_path.is_some() && self.method.is_some()).then_some(Source::VpcLattice);
        };
        if context.elb.is_some() {
            return Some(Source::Alb);
        }
        if context.http.is_some() {
            let domain = context.domain_name.as_ref().map_or("", Text::as_str);
            let url = domain.contains(".lambda-url.");
            return Some(if url { Source::FunctionUrl } else { Source::HttpApi });
        }
        if context.connection_id.is_some() {
            return Some(Source::WebSocket);
        }
        if context.target_group_arn.is_some() || context.service_network_arn.is_some() {
            return Some(Source::VpcLattice);
        }
        self.http_method.is_some().then_some(Source::RestApi)
    }
}

/// Says what an event has, and what it would need to be an HTTP request.
#[cold]
fn unknown(payload: &[u8], event: &Event<'_>) -> Failure {
    let keys: Vec<String> = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(payload)
        .map(|map| map.into_iter().map(|(key, _)| key).take(12).collect())
        .unwrap_or_default();
    let found = if keys.is_empty() { "no field".to_owned() } else { format!("`{}`", keys.join("`, `")) };
    let missing = match &event.request_context {
        Some(_) => {
            "its `requestContext` has none of `http`, `elb`, `connectionId`, `targetGroupArn`, and there is no `httpMethod`"
        }
        None => "there is no `requestContext`",
    };
    Failure::of_runtime(
        "Runtime.UnmarshalError",
        format!(
            "the event is no HTTP request of API Gateway, a function URL, a load balancer or VPC Lattice: it has {found}, \
             and {missing}"
        ),
    )
}

/// Text of an event, borrowed unless it was escaped. Numbers and booleans, in events written by hand, are read as text.
///
/// Invariant: what is borrowed is a part of the received bytes, so that a header can share it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

impl Text<'_> {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfText;
        impl<'de> Visitor<'de> for OfText {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }
        }
        deserializer.deserialize_any(OfText)
    }
}

/// An object as pairs in its order: a value that is a list makes one pair per item, `null` none.
#[derive(Debug, Default)]
pub(super) struct Pairs<'a>(pub(super) Vec<(Text<'a>, Text<'a>)>);

impl Pairs<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Room for the headers of a usual request, so that most are read without growing.
const USUAL_PAIRS: usize = 24;

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfPairs;
        impl<'de> Visitor<'de> for OfPairs {
            type Value = Vec<(Text<'de>, Text<'de>)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of strings or lists of strings")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Vec::new())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(name) = map.next_key()? {
                    if pairs.capacity() == 0 {
                        pairs.reserve(USUAL_PAIRS);
                    }
                    map.next_value_seed(Values { name, pairs: &mut pairs })?;
                }
                Ok(pairs)
            }
        }
        deserializer.deserialize_any(OfPairs).map(Self)
    }
}

/// The value or values of one name, added to the pairs.
struct Values<'p, 'de> {
    name: Text<'de>,
    pairs: &'p mut Vec<(Text<'de>, Text<'de>)>,
}

impl<'de> DeserializeSeed<'de> for Values<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Values<'_, 'de> {
    fn add(self, text: Cow<'de, str>) {
        self.pairs.push((self.name, Text(text)));
    }
}

impl<'de> Visitor<'de> for Values<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or a list of strings")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.add(Cow::Borrowed(text));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.add(Cow::Owned(text.to_owned()));
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.add(Cow::Owned(value.to_string()));
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.add(Cow::Owned(value.to_string()));
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.add(Cow::Owned(value.to_string()));
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.add(Cow::Owned(value.to_string()));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<(), A::Error> {
        while let Some(value) = values.next_element::<Option<Text<'de>>>()? {
            if let Some(value) = value {
                self.pairs.push((self.name.clone(), value));
            }
        }
        Ok(())
    }
}
