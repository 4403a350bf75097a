//! A batch, record by record.
//!
//! A record is decoded in one pass straight from the bytes that arrived: nothing is looked at twice as long as it is what the
//! schema says. Only when that fails is the record's extent found, to keep its text and go on behind it.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::value::StrDeserializer;
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
    let mut objects = false;
    each(body, |rest| decode_one(rest, &mut objects), unknown)
}

/// Decodes a JSON array element by element: `one` decodes what stands at the start of its bytes, and tells its length. A body
/// that is no array is given to `unknown` as a whole.
pub(crate) fn each<T>(
    body: &[u8],
    mut one: impl FnMut(&[u8]) -> (T, usize),
    unknown: impl FnOnce(&[u8]) -> T,
) -> Vec<T> {
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
    loop {
        rest = rest.trim_ascii_start();
        while let Some(after) = rest.strip_prefix(b",") {
            rest = after.trim_ascii_start();
        }
        if rest.is_empty() || rest.starts_with(b"]") {
            return batch;
        }
        let (record, length) = one(rest);
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
    if *objects && let Some(found) = object_as_text(bytes) {
        return found;
    }
    if let Some((record, length)) = first::<LambdaTelemetry<L>>(bytes) {
        if matches!(record.record, LambdaTelemetryRecord::Function(_) | LambdaTelemetryRecord::Extension(_)) {
            *objects = false;
        }
        return (record, length);
    }
    if !*objects && let Some(found) = object_as_text(bytes) {
        *objects = true;
        return found;
    }
    let length = length(bytes);
    (unknown(&bytes[..length]), length)
}

/// The value at the start of `bytes`, and its length.
pub(crate) fn first<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<(T, usize)> {
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter();
    let value = values.next()?.ok()?;
    Some((value, values.byte_offset()))
}

/// A log record that is an object, for an `L` that takes text.
fn object_as_text<L: DeserializeOwned>(bytes: &[u8]) -> Option<(LambdaTelemetry<L>, usize)> {
    #[derive(Deserialize)]
    struct Log<'a> {
        time: Timestamp,
        #[serde(borrow)]
        r#type: Cow<'a, str>,
        #[serde(borrow)]
        record: &'a RawValue,
    }
    let (log, length) = first::<Log<'_>>(bytes)?;
    let make = match &*log.r#type {
        "function" => LambdaTelemetryRecord::Function,
        "extension" => LambdaTelemetryRecord::Extension,
        _ => return None,
    };
    let object = log.record.get();
    if !object.starts_with('{') || serde_json::from_str::<L>(object).is_ok() {
        return None;
    }
    let line = L::deserialize(StrDeserializer::<serde_json::Error>::new(object)).ok()?;
    Some((LambdaTelemetry::new(log.time, make(line)), length))
}

/// What could not be decoded, with as much of the time as can be told.
fn unknown<L>(bytes: &[u8]) -> LambdaTelemetry<L> {
    #[derive(Deserialize)]
    struct Time {
        time: Timestamp,
    }
    let raw = String::from_utf8_lossy(bytes).into_owned();
    let time = serde_json::from_str::<Time>(&raw).map_or(Timestamp::UNIX_EPOCH, |time| time.time);
    LambdaTelemetry::new(time, LambdaTelemetryRecord::Unknown { raw })
}

/// The length of the value at the start of `bytes`, if it is one, or of what there is in its place.
pub(crate) fn length(bytes: &[u8]) -> usize {
    first::<&RawValue>(bytes).map_or_else(|| extent(bytes), |(_, length)| length)
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
