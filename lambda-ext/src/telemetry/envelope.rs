//! `{"time":…,"type":…,"record":…}`, read and written.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    self, Deserialize, DeserializeOwned, Deserializer, IgnoredAny, IntoDeserializer, MapAccess, Visitor,
};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::fields::{Fields, Platform};
use super::record::{LambdaTelemetry, LambdaTelemetryRecord};
use super::timestamp::Timestamp;
use super::unescape::unescape;

impl<'de, L: DeserializeOwned> Deserialize<'de> for LambdaTelemetry<L> {
    /// Decodes one record; unlike [`decode_batch`](crate::decode_batch) it fails for one that is not known.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EnvelopeVisitor::<L, Line>(PhantomData))
    }
}

/// A record read from JSON text, which its log line is taken from: one copy, and an object is text where text is wanted.
pub(super) struct Envelope<L>(pub(super) LambdaTelemetry<L>);

impl<'de, L: DeserializeOwned> Deserialize<'de> for Envelope<L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EnvelopeVisitor::<L, RawLine>(PhantomData)).map(Self)
    }
}

/// How a log line is read.
trait ReadLine {
    fn read<'de, L: DeserializeOwned, A: MapAccess<'de>>(map: &mut A) -> Result<L, A::Error>;
}

/// As whatever it is.
struct Line;

impl ReadLine for Line {
    fn read<'de, L: DeserializeOwned, A: MapAccess<'de>>(map: &mut A) -> Result<L, A::Error> {
        map.next_value()
    }
}

/// From its JSON text.
struct RawLine;

impl ReadLine for RawLine {
    fn read<'de, L: DeserializeOwned, A: MapAccess<'de>>(map: &mut A) -> Result<L, A::Error> {
        let raw = map.next_value::<&RawValue>()?.get();
        line(raw).map_err(de::Error::custom)
    }
}

fn line<L: DeserializeOwned>(raw: &str) -> Result<L, serde_json::Error> {
    if let Some(quoted) = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')) {
        return L::deserialize(unescape(quoted).into_deserializer());
    }
    serde_json::from_str(raw).or_else(|error| match raw.starts_with('{') {
        true => L::deserialize(raw.into_deserializer()),
        false => Err(error),
    })
}

struct EnvelopeVisitor<L, R>(PhantomData<(L, R)>);

impl<'de, L: DeserializeOwned, R: ReadLine> Visitor<'de> for EnvelopeVisitor<L, R> {
    type Value = LambdaTelemetry<L>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a telemetry record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut time, mut kind, mut early, mut read) = (None, None, None, None);
        while let Some(key) = map.next_key::<Key>()? {
            match (key, kind) {
                (Key::Time, _) => time = Some(map.next_value::<Timestamp>()?),
                (Key::Type, _) => kind = Some(map.next_value::<Kind>()?),
                (Key::Record, Some(kind)) => read = Some(content::<L, R, A>(&mut map, kind)?),
                // Lambda writes the type first; where somebody else does not, the record has to wait for it.
                (Key::Record, None) => early = Some(map.next_value::<Value>()?),
                (Key::Other, _) => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let time = time.ok_or_else(|| de::Error::missing_field("time"))?;
        let kind = kind.ok_or_else(|| de::Error::missing_field("type"))?;
        let read = match early {
            Some(value) => Some(content_of(value, kind).map_err(de::Error::custom)?),
            None => read,
        };
        let (record, details) = read.ok_or_else(|| de::Error::missing_field("record"))?;
        Ok(LambdaTelemetry { time, record, details })
    }
}

type Read<L> = (LambdaTelemetryRecord<L>, Option<Box<super::TelemetryDetails>>);

fn content<'de, L, R, A>(map: &mut A, kind: Kind) -> Result<Read<L>, A::Error>
where
    L: DeserializeOwned,
    R: ReadLine,
    A: MapAccess<'de>,
{
    Ok(match kind {
        Kind::Function => (LambdaTelemetryRecord::Function(R::read(map)?), None),
        Kind::Extension => (LambdaTelemetryRecord::Extension(R::read(map)?), None),
        Kind::Fault => (LambdaTelemetryRecord::PlatformFault(map.next_value()?), None),
        Kind::Platform(platform) => map.next_value::<Fields>()?.into_record(platform)?,
    })
}

fn content_of<L: DeserializeOwned>(value: Value, kind: Kind) -> Result<Read<L>, serde_json::Error> {
    let line_of = |value: Value| line(&value.to_string());
    Ok(match kind {
        Kind::Function => (LambdaTelemetryRecord::Function(line_of(value)?), None),
        Kind::Extension => (LambdaTelemetryRecord::Extension(line_of(value)?), None),
        Kind::Fault => (LambdaTelemetryRecord::PlatformFault(serde_json::from_value(value)?), None),
        Kind::Platform(platform) => serde_json::from_value::<Fields>(value)?.into_record(platform)?,
    })
}

/// A name of a field.
#[derive(serde::Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Key {
    Time,
    Type,
    Record,
    #[serde(other)]
    Other,
}

/// A type of record. One that is not known is an error.
#[derive(Clone, Copy)]
enum Kind {
    Function,
    Extension,
    Fault,
    Platform(Platform),
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = Kind;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a type of telemetry record")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Kind, E> {
                Ok(match name {
                    "function" => Kind::Function,
                    "extension" => Kind::Extension,
                    "platform.fault" => Kind::Fault,
                    "platform.initStart" => Kind::Platform(Platform::InitStart),
                    "platform.initRuntimeDone" => Kind::Platform(Platform::InitRuntimeDone),
                    "platform.initReport" => Kind::Platform(Platform::InitReport),
                    "platform.start" => Kind::Platform(Platform::Start),
                    "platform.runtimeDone" => Kind::Platform(Platform::RuntimeDone),
                    "platform.report" => Kind::Platform(Platform::Report),
                    "platform.restoreStart" => Kind::Platform(Platform::RestoreStart),
                    "platform.restoreRuntimeDone" => Kind::Platform(Platform::RestoreRuntimeDone),
                    "platform.restoreReport" => Kind::Platform(Platform::RestoreReport),
                    "platform.extension" => Kind::Platform(Platform::Extension),
                    "platform.telemetrySubscription" => Kind::Platform(Platform::TelemetrySubscription),
                    "platform.logsDropped" => Kind::Platform(Platform::LogsDropped),
                    other => return Err(E::invalid_value(de::Unexpected::Str(other), &self)),
                })
            }
        }
        deserializer.deserialize_str(Name)
    }
}

impl<L: Serialize> Serialize for LambdaTelemetry<L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Flat<'a, L> {
            time: Timestamp,
            #[serde(flatten)]
            record: &'a LambdaTelemetryRecord<L>,
        }
        #[derive(serde::Serialize)]
        struct Malformed<'a> {
            time: Timestamp,
            r#type: &'static str,
            record: &'a str,
        }
        let time = self.time;
        match (&self.record, &self.details) {
            (LambdaTelemetryRecord::Unknown { raw }, _) => match serde_json::from_str::<&RawValue>(raw) {
                Ok(json) => json.serialize(serializer),
                Err(_) => Malformed { time, r#type: "unknown", record: raw }.serialize(serializer),
            },
            (record, None) => Flat { time, record }.serialize(serializer),
            (record, Some(details)) => {
                let value = |part: Result<Value, _>| part.map_err(S::Error::custom);
                let mut whole = value(serde_json::to_value(Flat { time, record }))?;
                if let Value::Object(details) = value(serde_json::to_value(details))?
                    && let Some(content) = whole["record"].as_object_mut()
                {
                    content.extend(details);
                }
                whole.serialize(serializer)
            }
        }
    }
}
