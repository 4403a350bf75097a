//! A batch, record by record.
//!
//! A record is decoded in one pass straight from the text that arrived. Only when that fails is the record's extent found, to
//! keep its text and go on behind it.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::envelope::Envelope;
use super::record::{LambdaTelemetry, LambdaTelemetryRecord};
use super::timestamp::Timestamp;

/// Decodes the body of a delivery: a JSON array of records.
///
/// A record that is of no known type or malformed becomes [`Unknown`](LambdaTelemetryRecord::Unknown), and the batch goes on
/// behind it. So does a batch that is cut off: its last record is what there is of it. Bytes that are not UTF-8 become U+FFFD.
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
    let one = |text: &str| match first::<Envelope<L>>(text) {
        Some((Envelope(record), length)) => (record, length),
        None => {
            let length = length(text);
            (unknown(&text[..length]), length)
        }
    };
    each(body, one, unknown)
}

/// Decodes a JSON array element by element: `one` decodes what stands at the start of its text, and tells its length. A body
/// that is no array is given to `unknown` as a whole.
pub(crate) fn each<T>(
    body: &[u8],
    mut one: impl FnMut(&str) -> (T, usize),
    unknown: impl FnOnce(&str) -> T,
) -> Vec<T> {
    // Looked at once here, no string in it has to be looked at again. `from_utf8_lossy` alone would look at each letter, which
    // took a fifth of the time.
    let text = match std::str::from_utf8(body) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(body),
    };
    let mut batch = Vec::new();
    let mut rest = text.trim_ascii();
    match rest.strip_prefix('[') {
        Some(records) => rest = records,
        None if rest.is_empty() => {}
        None => {
            batch.push(unknown(rest));
            return batch;
        }
    }
    loop {
        rest = rest.trim_ascii_start();
        while let Some(after) = rest.strip_prefix(',') {
            rest = after.trim_ascii_start();
        }
        if rest.is_empty() || rest.starts_with(']') {
            return batch;
        }
        let (record, length) = one(rest);
        if batch.capacity() == 0 {
            // Records of a batch are much alike; so their number is known from the first one, within reason.
            batch.reserve((rest.len() / length.max(1) + 1).min(10_000));
        }
        batch.push(record);
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// The value at the start of `text`, and its length.
pub(crate) fn first<'a, T: Deserialize<'a>>(text: &'a str) -> Option<(T, usize)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter();
    let value = values.next()?.ok()?;
    Some((value, values.byte_offset()))
}

/// What could not be decoded, with as much of the time as can be told.
fn unknown<L>(raw: &str) -> LambdaTelemetry<L> {
    #[derive(Deserialize)]
    struct Time {
        time: Timestamp,
    }
    let time = serde_json::from_str::<Time>(raw).map_or(Timestamp::UNIX_EPOCH, |time| time.time);
    LambdaTelemetry::new(time, LambdaTelemetryRecord::Unknown { raw: raw.to_owned() })
}

/// The length of the value at the start of `text`, if it is one, or of what there is in its place.
pub(crate) fn length(text: &str) -> usize {
    first::<&RawValue>(text).map_or_else(|| extent(text), |(_, length)| length)
}

/// Where a value that is no JSON most likely ends: behind the brackets it opens, or before the next comma.
fn extent(text: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    // All that ends a value is ASCII; so the end is the end of a letter.
    for (at, byte) in text.bytes().enumerate() {
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
    text.len()
}
