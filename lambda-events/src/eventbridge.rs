//! Amazon EventBridge: an event of a bus or a schedule, asynchronously. Lambda tries again when the function fails; what it
//! returns is ignored.
//!
//! ```
//! use lambda_events::{Error, eventbridge::EventBridgeEvent};
//!
//! #[derive(serde::Deserialize)]
//! struct Order {
//!     id: u64,
//! }
//!
//! async fn handle(event: EventBridgeEvent<Order>) -> Result<(), Error> {
//!     println!("{} of {}: order {}", event.detail_type, event.source, event.detail.id);
//!     Ok(())
//! }
//! ```
//!
//! The module `cloudwatch_events` has details of services of AWS.
//!
//! A rule or a schedule with an input of its own sends that, and no event around it: then [`EventBridgeEvent::detail`] is the
//! whole input, and the rest is empty.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html>

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, DeserializeOwned},
    ser::{self, SerializeMap},
};
use serde_json::Value;

use crate::encodings::{Rfc3339Timestamp, Text};

/// An event, with a `T` in it that depends on its [`detail_type`](Self::detail_type).
///
/// Members are empty where the event does not have them, and not written then: of an input that a rule makes up, that can be any
/// of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventBridgeEvent<T = Value> {
    /// Version of this structure: `0`.
    pub version: Text,
    /// A UUID of the event.
    pub id: String,
    /// What happened, in words of its source: `EC2 Instance State-change Notification`.
    pub detail_type: String,
    /// Where it happened: `aws.ec2`, or a name of your own.
    pub source: String,
    /// Account that it happened in: 12 digits.
    pub account: Text,
    /// When it happened, RFC 3339. What the sender said, or when the bus got it.
    pub time: Rfc3339Timestamp,
    /// Region that it happened in: `us-east-1`.
    pub region: Text,
    /// ARNs of what it happened to. Often none.
    pub resources: Vec<String>,
    /// What happened, for programs. Of an input that is no event, all of it.
    pub detail: T,
    /// Name of the replay. Empty unless the event comes out of an archive.
    pub replay_name: String,
    /// Members that this crate does not know, by name. Only with the feature `catch-all-fields`; without it they are dropped.
    #[cfg(feature = "catch-all-fields")]
    pub other: serde_json::Map<String, Value>,
}

impl<T> EventBridgeEvent<T> {
    /// Whether it is an event of a bus, and not an input that a rule or a schedule makes up.
    pub fn is_event(&self) -> bool {
        !self.source.is_empty() && !self.detail_type.is_empty()
    }
}

impl<T: Serialize> Serialize for EventBridgeEvent<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let texts = [
            ("version", self.version.as_str()),
            ("id", &self.id),
            ("detail-type", &self.detail_type),
            ("source", &self.source),
            ("account", &self.account),
            ("time", self.time.as_str()),
            ("region", &self.region),
            ("replay-name", &self.replay_name),
        ];
        if self.resources.is_empty() && texts.iter().all(|(_, text)| text.is_empty()) {
            let input = serde_json::to_value(&self.detail).map_err(ser::Error::custom)?;
            // An input that has a detail itself would be taken for an event.
            if input.get("detail").is_none() {
                return input.serialize(serializer);
            }
        }
        let mut map = serializer.serialize_map(None)?;
        for (name, text) in texts {
            if !text.is_empty() {
                map.serialize_entry(name, text)?;
            }
        }
        // An event always has them; an input that was made up may not.
        if !self.resources.is_empty() || !self.id.is_empty() {
            map.serialize_entry("resources", &self.resources)?;
        }
        map.serialize_entry("detail", &self.detail)?;
        #[cfg(feature = "catch-all-fields")]
        for (name, value) in &self.other {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for EventBridgeEvent<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EventVisitor(PhantomData))
    }
}

struct EventVisitor<T>(PhantomData<T>);

impl<T: DeserializeOwned> EventVisitor<T> {
    /// An input that is no event.
    fn input<E: de::Error>(input: Value) -> Result<EventBridgeEvent<T>, E> {
        let object = input.is_object();
        let detail = T::deserialize(input).map_err(|error| {
            if object {
                E::custom(format_args!("missing field `detail`, and the input is not one itself: {error}"))
            } else {
                E::custom(error)
            }
        })?;
        Ok(Self::event(detail))
    }

    /// A detail that is `null`: what the type makes of that, or of having no members.
    fn absent<E: de::Error>() -> Result<T, E> {
        let empty = || T::deserialize(Value::Object(serde_json::Map::new())).ok();
        T::deserialize(Value::Null).or_else(|error| empty().ok_or_else(|| E::custom(error)))
    }

    fn event(detail: T) -> EventBridgeEvent<T> {
        EventBridgeEvent {
            version: Text::default(),
            id: String::new(),
            detail_type: String::new(),
            source: String::new(),
            account: Text::default(),
            time: Rfc3339Timestamp::default(),
            region: Text::default(),
            resources: Vec::new(),
            detail,
            replay_name: String::new(),
            #[cfg(feature = "catch-all-fields")]
            other: serde_json::Map::new(),
        }
    }
}

impl<'de, T: DeserializeOwned> de::Visitor<'de> for EventVisitor<T> {
    type Value = EventBridgeEvent<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an event of EventBridge, or any other input")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut detail = None;
        let mut others = serde_json::Map::new();
        while let Some(name) = map.next_key::<String>()? {
            if name == "detail" {
                detail = Some(map.next_value::<Option<T>>()?);
            } else {
                others.insert(name, map.next_value()?);
            }
        }
        let detail = match detail {
            Some(Some(detail)) => detail,
            Some(None) => Self::absent()?,
            None => return Self::input(Value::Object(others)),
        };

        let mut text = |name: &str| match others.remove(name) {
            Some(Value::String(text)) => text,
            Some(Value::Number(number)) => number.to_string(),
            // What a rule made up need not be either. It is kept where what is unknown is kept.
            Some(value) if !value.is_null() => {
                others.insert(name.to_owned(), value);
                String::new()
            }
            _ => String::new(),
        };
        let mut event = Self::event(detail);
        event.version = text("version").into();
        event.id = text("id");
        event.detail_type = text("detail-type");
        event.source = text("source");
        event.account = text("account").into();
        event.time = text("time").into();
        event.region = text("region").into();
        event.replay_name = text("replay-name");
        match others.remove("resources").map(|value| (Option::deserialize(&value), value)) {
            None => {}
            Some((Ok(resources), _)) => event.resources = resources.unwrap_or_default(),
            Some((Err(_), value)) => drop(others.insert("resources".to_owned(), value)),
        }
        #[cfg(feature = "catch-all-fields")]
        {
            event.other = others;
        }
        Ok(event)
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        Self::input(Value::deserialize(de::value::SeqAccessDeserializer::new(seq))?)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Self::input(text.into())
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Self::input(value.into())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        Self::input(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        Self::input(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        Self::input(value.into())
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Self::input(Value::Null)
    }
}
