//! Each source as AWS documents it: how it turns a request into an event, and an answer's document into an answer.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use lambda_rt::http::QueryMap;
use serde_json::{Map, Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    RestApi,
    HttpApi,
    HttpApiWithStage,
    FunctionUrl,
    Alb,
    AlbMultiValue,
    LatticeV1,
    LatticeV2,
    WebSocket,
}

/// All that send requests with a method and a path, which a WebSocket API does not.
pub(super) const ALL: [Sender; 8] = [
    Sender::RestApi,
    Sender::HttpApi,
    Sender::HttpApiWithStage,
    Sender::FunctionUrl,
    Sender::Alb,
    Sender::AlbMultiValue,
    Sender::LatticeV1,
    Sender::LatticeV2,
];

/// A request as a client sends it.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) method: &'static str,
    /// As in the request line.
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) cookies: Vec<String>,
    pub(super) body: Vec<u8>,
}

impl Default for Sent {
    fn default() -> Self {
        Self {
            method: "GET",
            path: "/".to_owned(),
            query: String::new(),
            headers: vec![
                ("host", "shop.example.com".to_owned()),
                ("x-forwarded-for", "6.6.6.6, 192.0.2.7".to_owned()),
            ],
            cookies: Vec::new(),
            body: Vec::new(),
        }
    }
}

/// An answer as a client receives it: names in lower case, sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Received {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) cookies: Vec<String>,
    pub(super) body: Vec<u8>,
}

impl Sender {
    pub(super) fn has_lists(self) -> bool {
        matches!(self, Self::RestApi | Self::AlbMultiValue | Self::LatticeV2)
    }

    /// Whether a repeated parameter arrives more than once.
    pub(super) fn keeps_queries(self) -> bool {
        !matches!(self, Self::Alb)
    }

    /// The event of a request.
    pub(super) fn event(self, sent: &Sent) -> Value {
        let (body, is_base64) = encoded(&sent.body);
        let query: QueryMap = sent.query.parse().unwrap();
        let decoded = || query.iter().map(|(n, v)| (n.to_owned(), v.to_owned()));
        let raw = || {
            let pairs = sent.query.split('&').filter(|pair| !pair.is_empty());
            pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(n, v)| (n.to_owned(), v.to_owned()))
        };
        let mut headers: Vec<(String, String)> =
            sent.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        if !matches!(self, Self::HttpApi | Self::HttpApiWithStage | Self::FunctionUrl)
            && !sent.cookies.is_empty()
        {
            headers.push(("cookie".to_owned(), sent.cookies.join("; ")));
        }
        match self {
            Self::RestApi => json!({
                "resource": "/{proxy+}", "path": sent.path, "httpMethod": sent.method,
                "headers": last(headers.clone()), "multiValueHeaders": lists(headers),
                "queryStringParameters": or_null(last(decoded())),
                "multiValueQueryStringParameters": or_null(lists(decoded())),
                "pathParameters": null, "stageVariables": null,
                "requestContext": {
                    "stage": "prod", "path": format!("/prod{}", sent.path), "httpMethod": sent.method, "apiId": "abc",
                    "domainName": "abc.execute-api.eu-west-1.amazonaws.com", "identity": {"sourceIp": "192.0.2.7"},
                },
                "body": body, "isBase64Encoded": is_base64,
            }),
            Self::HttpApi | Self::HttpApiWithStage | Self::FunctionUrl => {
                let stage = if self == Self::HttpApiWithStage { "prod" } else { "$default" };
                let path = if self == Self::HttpApiWithStage {
                    format!("/prod{}", sent.path)
                } else {
                    sent.path.clone()
                };
                let domain = match self {
                    Self::FunctionUrl => "abc.lambda-url.eu-west-1.on.aws",
                    _ => "abc.execute-api.eu-west-1.amazonaws.com",
                };
                let mut event = json!({
                    "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": sent.query,
                    "headers": joined(headers), "queryStringParameters": or_null(joined(decoded())),
                    "requestContext": {
                        "http": {"method": sent.method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.7"},
                        "stage": stage, "domainName": domain, "routeKey": "$default",
                    },
                    "isBase64Encoded": is_base64,
                });
                if !sent.cookies.is_empty() {
                    event["cookies"] = json!(sent.cookies);
                }
                if !sent.body.is_empty() {
                    event["body"] = body;
                }
                event
            }
            Self::Alb | Self::AlbMultiValue => {
                let mut event = json!({
                    "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/t/1"}},
                    "httpMethod": sent.method, "path": sent.path, "body": body, "isBase64Encoded": is_base64,
                });
                if self == Self::Alb {
                    event["headers"] = last(headers);
                    event["queryStringParameters"] = last(raw());
                } else {
                    event["multiValueHeaders"] = lists(headers);
                    event["multiValueQueryStringParameters"] = lists(raw());
                }
                event
            }
            Self::LatticeV1 => {
                let target = if sent.query.is_empty() {
                    sent.path.clone()
                } else {
                    format!("{}?{}", sent.path, sent.query)
                };
                json!({
                    "raw_path": target, "method": sent.method, "headers": joined(headers),
                    "query_string_parameters": last(raw()), "body": body, "is_base64_encoded": is_base64,
                })
            }
            Self::WebSocket => json!({
                "requestContext": {
                    "connectionId": "c-1", "eventType": "MESSAGE", "routeKey": "$default", "stage": "prod",
                    "domainName": "shop.example.com", "identity": {"sourceIp": "192.0.2.7"},
                },
                "body": body, "isBase64Encoded": is_base64,
            }),
            Self::LatticeV2 => json!({
                "version": "2.0", "path": sent.path, "method": sent.method, "headers": lists(headers),
                "queryStringParameters": or_null(lists(raw())), "body": body, "isBase64Encoded": is_base64,
                "requestContext": {
                    "serviceNetworkArn": "arn:aws:vpc-lattice:eu-west-1:1:servicenetwork/sn-1",
                    "serviceArn": "arn:aws:vpc-lattice:eu-west-1:1:service/svc-1",
                    "targetGroupArn": "arn:aws:vpc-lattice:eu-west-1:1:targetgroup/tg-1",
                    "region": "eu-west-1", "timeEpoch": "1724875399456789",
                },
            }),
        }
    }

    /// What a client receives of a document. Members that the source does not read are none.
    pub(super) fn received(self, document: &[u8]) -> Received {
        let document: Value = serde_json::from_slice(document).unwrap();
        let text = document["body"].as_str().unwrap();
        let body = match document["isBase64Encoded"].as_bool().unwrap() {
            true => BASE64_STANDARD.decode(text).unwrap(),
            false => text.as_bytes().to_vec(),
        };
        let status = u16::try_from(document["statusCode"].as_u64().unwrap()).unwrap();
        if matches!(self, Self::Alb | Self::AlbMultiValue | Self::LatticeV1 | Self::LatticeV2) {
            assert!(document["statusDescription"].as_str().unwrap().starts_with(&status.to_string()));
        }
        let mut headers = Vec::new();
        if matches!(self, Self::RestApi | Self::AlbMultiValue | Self::WebSocket) {
            assert!(document.get("headers").is_none(), "{document}");
            for (name, values) in document["multiValueHeaders"].as_object().unwrap() {
                let values = values.as_array().unwrap().iter();
                headers.extend(values.map(|value| (name.clone(), value.as_str().unwrap().to_owned())));
            }
        } else {
            assert!(document.get("multiValueHeaders").is_none(), "{document}");
            for (name, value) in document["headers"].as_object().unwrap() {
                headers.push((name.to_ascii_lowercase(), value.as_str().unwrap().to_owned()));
            }
        }
        for cookie in document.get("cookies").and_then(Value::as_array).into_iter().flatten() {
            assert!(matches!(self, Self::HttpApi | Self::HttpApiWithStage | Self::FunctionUrl));
            headers.push(("set-cookie".to_owned(), cookie.as_str().unwrap().to_owned()));
        }
        let (cookies, mut headers): (Vec<_>, Vec<_>) =
            headers.into_iter().partition(|(name, _)| name == "set-cookie");
        let mut cookies: Vec<String> = cookies.into_iter().map(|(_, cookie)| cookie).collect();
        headers.sort();
        cookies.sort();
        Received { status, headers, cookies, body }
    }
}

fn encoded(body: &[u8]) -> (Value, bool) {
    match std::str::from_utf8(body) {
        Ok("") => (Value::Null, false),
        Ok(text) => (text.into(), false),
        Err(_) => (BASE64_STANDARD.encode(body).into(), true),
    }
}

fn last(pairs: impl IntoIterator<Item = (String, String)>) -> Value {
    pairs.into_iter().map(|(name, value)| (name, Value::from(value))).collect::<Map<_, _>>().into()
}

fn lists(pairs: impl IntoIterator<Item = (String, String)>) -> Value {
    let mut lists = Map::new();
    for (name, value) in pairs {
        let list = lists.entry(name).or_insert_with(|| json!([]));
        list.as_array_mut().unwrap().push(value.into());
    }
    lists.into()
}

fn joined(pairs: impl IntoIterator<Item = (String, String)>) -> Value {
    let mut joined = Map::<String, Value>::new();
    for (name, value) in pairs {
        let value = match joined.get(&name) {
            Some(before) => format!("{},{value}", before.as_str().unwrap()),
            None => value,
        };
        joined.insert(name, value.into());
    }
    joined.into()
}

fn or_null(map: Value) -> Value {
    if map.as_object().unwrap().is_empty() { Value::Null } else { map }
}
