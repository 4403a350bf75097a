//! A batch, record by record.
//!
//! A record is decoded in one pass straight from the bytes that arrived: nothing is looked at twice as long as it is what the
//! schema says. Only when that fails is the record's extent found, to keep its text and go on behind it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use super::record::{LambdaTelemetry, LambdaTelemetryRecord};
use super::timestamp::Timestamp;

/// Decodes the body of a delivery: a JSON array of records.
///
/// A record that is of no known type, malformed or not UTF-8 becomes [`Unknown`](LambdaTelemetryRecord::Unknown), and the batch
/// goes on behind it. So does a batch that is cut off: its last record is what there is of it.
///
/// Log records that are JSON objects are decoded as `L`; where `L` takes only text, such as `String`, it is given the
/// object's JSON text.
///
/// # Examples
///
/// ```
/// use lambda_ext::{LambdaTelemetry, LambdaTelemetryRecord, decode_batch};
///
/// let body = br#"[
///     {"time": "2026-01-31T23:59:59.123Z", "type": "platform.eclipse", "record": {"moon": true}},
///     {"time": "2026-01-31T23:59:59.124Z", "type": "function", "record": "hello\n"}
/// ]"#;
/// let batch: Vec<LambdaTelemetry> = decode_batch(body);
/// assert!(matches!(&batch[0].record, LambdaTelemetryRecord::Unknown { raw, .. } if raw.contains("eclipse")));
/// assert_eq!(batch[1].record, LambdaTelemetryRecord::Function("hello\n".to_owned()));
/// ```
pub fn decode_batch<L: DeserializeOwned>(body: &[u8]) -> Vec<LambdaTelemetry<L>> {
    let mut batch = Vec::new();
    let mut rest = body.trim_ascii();
    match rest.strip_prefix(b"[") {
        Some(records) => rest = records,
        None if rest.is_empty() => {}
        None => {
            batch.push(unknown(rest));
            return batch;
        }
    }
    let mut objects = false;
    loop {
        rest = rest.trim_ascii_start();
        while let Some(after) = rest.strip_prefix(b",") {
            rest = after.trim_ascii_start();
        }
        if rest.is_empty() || rest.starts_with(b"]") {
            return batch;
        }
        let (record, length) = decode_one(rest, &mut objects);
        if batch.capacity() == 0 {
            // Records of a batch are much alike; so their number is known from the first one, within reason.
            batch.reserve((rest.len() / length.max(1) + 1).min(1024));
        }
        batch.push(record);
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// Decodes the record at the start of `bytes` and says where it ends. `objects` tells that logs come as objects where `L`
/// takes text: known from the records before, it saves a try.
fn decode_one<L: DeserializeOwned>(bytes: &[u8], objects: &mut bool) -> (LambdaTelemetry<L>, usize) {
    if !*objects && let Some(found) = first::<Envelope<L>>(bytes) {
        return (found.0.0, found.1);
    }
    let Some((raw, length)) = first::<&RawValue>(bytes) else {
        let length = extent(bytes);
        return (unknown(&bytes[..length]), length);
    };
    if let Some(record) = decode_text(raw.get()) {
        *objects = true;
        return (record, length);
    }
    *objects = false;
    let record = serde_json::from_str::<Envelope<L>>(raw.get());
    (record.map_or_else(|_| unknown(raw.get().as_bytes()), |envelope| envelope.0), length)
}

/// The value at the start of `bytes`, and its length.
fn first<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<(T, usize)> {
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter();
    let value = values.next()?.ok()?;
    Some((value, values.byte_offset()))
}

/// A log record that is an object, for an `L` that takes text.
fn decode_text<L: DeserializeOwned>(raw: &str) -> Option<LambdaTelemetry<L>> {
    #[derive(Deserialize)]
    struct Log<'a> {
        time: Timestamp,
        #[serde(borrow)]
        r#type: Cow<'a, str>,
        #[serde(borrow)]
        record: &'a RawValue,
    }
    let log: Log<'_> = serde_json::from_str(raw).ok()?;
    let make = match &*log.r#type {
        "function" => LambdaTelemetryRecord::Function,
        "extension" => LambdaTelemetryRecord::Extension,
        _ => return None,
    };
    if !log.record.get().starts_with('{') || serde_json::from_str::<L>(log.record.get()).is_ok() {
        return None;
    }
    let line = L::deserialize(StrDeserializer::<serde_json::Error>::new(log.record.get())).ok()?;
    Some(LambdaTelemetry { time: log.time, record: make(line) })
}

/// What could not be decoded, with as much of the time as can be told.
fn unknown<L>(bytes: &[u8]) -> LambdaTelemetry<L> {
    #[derive(Deserialize)]
    struct Time {
        time: Timestamp,
    }
    let raw = String::from_utf8_lossy(bytes).into_owned();
    let time = serde_json::from_str::<Time>(&raw).map_or(Timestamp::UNIX_EPOCH, |time| time.time);
    LambdaTelemetry { time, record: LambdaTelemetryRecord::Unknown { raw } }
}

/// Where a value that is no JSON most likely ends: behind the brackets it opens, or before the next comma.
fn extent(bytes: &[u8]) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth > 1 => depth -= 1,
            b'}' | b']' if depth == 1 => return at + 1,
            b'}' | b']' | b',' if depth == 0 => return at.max(1),
            _ => {}
        }
    }
    bytes.len()
}

/// `{"time":…,"type":…,"record":…}`: the time is taken out on the way, the rest is left to the record's own decoder, which
/// reads the content without a detour when the type precedes it, as it does.
struct Envelope<L>(LambdaTelemetry<L>);

impl<'de, L: DeserializeOwned> Deserialize<'de> for Envelope<L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EnvelopeVisitor(PhantomData)).map(Self)
    }
}

impl<'de, L: DeserializeOwned> Deserialize<'de> for LambdaTelemetry<L> {
    /// Decodes one record; unlike [`decode_batch`] it fails for one that is not known.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EnvelopeVisitor(PhantomData))
    }
}

struct EnvelopeVisitor<L>(PhantomData<L>);

impl<'de, L: DeserializeOwned> Visitor<'de> for EnvelopeVisitor<L> {
    type Value = LambdaTelemetry<L>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a telemetry record")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let mut time = None;
        let map = WithoutTime { map, time: &mut time };
        let record = LambdaTelemetryRecord::deserialize(MapAccessDeserializer::new(map))?;
        let time = time.ok_or_else(|| de::Error::missing_field("time"))?;
        Ok(LambdaTelemetry { time, record })
    }
}

/// A map without its field `time`, which it sets aside.
struct WithoutTime<'a, A> {
    map: A,
    time: &'a mut Option<Timestamp>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for WithoutTime<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        loop {
            let Some(key) = self.map.next_key::<Key<'de>>()? else { return Ok(None) };
            if key.0 == "time" {
                *self.time = Some(self.map.next_value()?);
                continue;
            }
            return seed.deserialize(StrDeserializer::new(&key.0)).map(Some);
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// A field's name, borrowed unless it is written with escapes.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<L: Serialize> Serialize for LambdaTelemetry<L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Flat<'a, L> {
            time: Timestamp,
            #[serde(flatten)]
            record: &'a LambdaTelemetryRecord<L>,
        }
        #[derive(Serialize)]
        struct Malformed<'a> {
            time: Timestamp,
            r#type: &'static str,
            record: &'a str,
        }
        let time = self.time;
        match &self.record {
            LambdaTelemetryRecord::Unknown { raw } => match serde_json::from_str::<&RawValue>(raw) {
                Ok(json) => json.serialize(serializer),
                Err(_) => Malformed { time, r#type: "unknown", record: raw }.serialize(serializer),
            },
            record => Flat { time, record }.serialize(serializer),
        }
    }
}
