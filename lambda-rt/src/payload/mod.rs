//! Bytes to values and back.

mod path;
mod top_level;

use std::any::Any;
use std::io;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failure::Failure;
use crate::reply::Reply;

/// Room for a small answer, so that most are encoded without growing.
const USUAL_REPLY: usize = 256;

/// Decodes a payload straight from the received bytes, which are freed as soon as the value stands on its own.
///
/// [`Bytes`] asks for no decoding and gets the received bytes themselves.
pub(crate) fn decode<T: DeserializeOwned + 'static>(payload: Bytes) -> Result<T, Failure> {
    let mut payload = Some(payload);
    if let Some(raw) = (&mut payload as &mut dyn Any).downcast_mut::<Option<T>>()
        && let Some(raw) = raw.take()
    {
        return Ok(raw);
    }
    let payload = payload.unwrap_or_default();
    // Checked as a whole: serde_json would otherwise check each string by itself, which costs several times as much.
    let text = std::str::from_utf8(&payload).map_err(|error| not_text(std::any::type_name::<T>(), error))?;
    serde_json::from_str(text).map_err(|error| undecodable(std::any::type_name::<T>(), &payload, &error))
}

#[cold]
fn not_text(expected: &str, error: std::str::Utf8Error) -> Failure {
    Failure::of_runtime(
        "Runtime.UnmarshalError",
        format!(
            "the event is not a valid `{expected}`: it is not UTF-8, and so not JSON, from byte {}",
            error.valid_up_to()
        ),
    )
}

/// Says where the payload stopped making sense. Only a payload that failed pays for finding its path.
#[cold]
pub(crate) fn undecodable(expected: &str, payload: &[u8], error: &serde_json::Error) -> Failure {
    let path = match error.is_data() {
        true => path::at(payload, error.line(), error.column()),
        false => String::new(),
    };
    let at = if path.is_empty() { String::new() } else { format!(" at `{path}`") };
    Failure::of_runtime(
        "Runtime.UnmarshalError",
        format!("the event is not a valid `{expected}`{at}: {error}"),
    )
}

/// Encodes an answer: JSON, or the bytes themselves for a value that serialises as bytes.
pub(crate) fn encode<T: Serialize>(value: &T) -> Result<Reply, Failure> {
    let mut json = serde_json::Serializer::new(Text(Vec::with_capacity(USUAL_REPLY)));
    let mut bytes = None;
    match value.serialize(top_level::OrBytes { json: &mut json, bytes: &mut bytes }) {
        Ok(()) => Ok(match bytes {
            Some(bytes) => Reply::bytes(bytes),
            None => Reply::json(json.into_inner().0),
        }),
        Err(error) => Err(unencodable(std::any::type_name::<T>(), &error)),
    }
}

/// JSON text that grows with what it is given.
struct Text(Vec<u8>);

impl io::Write for Text {
    fn write(&mut self, fragment: &[u8]) -> io::Result<usize> {
        self.write_all(fragment)?;
        Ok(fragment.len())
    }

    #[inline]
    fn write_all(&mut self, fragment: &[u8]) -> io::Result<()> {
        if fragment.len() > self.0.capacity() - self.0.len() {
            self.grow(fragment.len());
        }
        self.0.extend_from_slice(fragment);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Text {
    /// Makes room for a fragment and what may close it. A vector would take exactly the room for a large string, and twice as
    /// much for the quotation mark after it, with a copy of all there is.
    #[cold]
    fn grow(&mut self, fragment: usize) {
        self.0.reserve(fragment.saturating_add(USUAL_REPLY));
    }
}

#[cold]
fn unencodable(answer: &str, error: &serde_json::Error) -> Failure {
    Failure::of_runtime(
        "Runtime.MarshalError",
        format!("the answer `{answer}` cannot be encoded as JSON: {error}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::HashMap;

    #[test]
    fn a_large_string_takes_no_more_room_than_it_needs() {
        let mut json = serde_json::Serializer::new(Text(Vec::new()));
        "x".repeat(1 << 20).serialize(&mut json).unwrap();
        let Text(text) = json.into_inner();
        assert_eq!(text.len(), (1 << 20) + 2);
        assert!(text.capacity() <= text.len() + 2 * USUAL_REPLY, "{}", text.capacity());
    }

    #[test]
    fn raw_bytes_are_the_received_allocation() {
        let payload = Bytes::from(vec![1, 2, 255]);
        let raw: Bytes = decode(payload.clone()).unwrap();
        assert_eq!(raw.as_ptr(), payload.as_ptr());
    }

    #[test]
    fn a_payload_that_is_not_utf_8_is_an_error_that_says_from_where() {
        let failure = decode::<String>(Bytes::from_static(b"\"ab\xff\"")).unwrap_err();
        assert_eq!(failure.category(), "Runtime.UnmarshalError");
        assert!(failure.to_string().ends_with("it is not UTF-8, and so not JSON, from byte 3"), "{failure}");
    }

    #[test]
    fn case_29_a_payload_that_does_not_decode_names_its_path_and_position() {
        #[derive(Debug, Deserialize)]
        #[expect(dead_code, reason = "only its decoding is tested")]
        struct Order {
            lines: Vec<Line>,
        }
        #[derive(Debug, Deserialize)]
        #[expect(dead_code, reason = "only its decoding is tested")]
        struct Line {
            quantity: u32,
        }
        let failure =
            decode::<Order>(Bytes::from(r#"{"lines":[{"quantity":1},{"quantity":"two"}]}"#)).unwrap_err();
        let message = &failure.diagnostic().error_message;
        assert!(message.contains("`lines[1].quantity`"), "{message}");
        assert!(message.contains("line 1 column"), "{message}");
        assert!(!message.ends_with('\n'));
        assert_eq!(failure.category(), "Runtime.UnmarshalError");
        assert_eq!(failure.diagnostic().error_type, "Runtime.UnmarshalError");
    }

    #[test]
    fn json_that_is_cut_off_or_empty_is_an_error_without_a_path() {
        for text in ["", "{", "nul"] {
            let failure = decode::<serde_json::Value>(Bytes::from(text)).unwrap_err();
            assert!(!failure.diagnostic().error_message.contains(" at ``"));
        }
    }

    #[test]
    fn bytes_go_out_as_they_are_and_values_as_json() {
        assert_eq!(encode(&Bytes::from_static(b"\xff\x00")).unwrap(), Reply::bytes(&b"\xff\x00"[..]));
        assert_eq!(encode(&()).unwrap(), Reply::json("null"));
        assert_eq!(encode(&vec![1u8, 2]).unwrap(), Reply::json("[1,2]"));
        assert_eq!(encode(&Some("é")).unwrap(), Reply::json("\"é\""));
        assert_eq!(
            encode(&serde_json::json!({"a": [1, null, 2.5]})).unwrap(),
            Reply::json(r#"{"a":[1,null,2.5]}"#)
        );
        assert_eq!(encode(&Ok::<u8, ()>(1)).unwrap(), Reply::json(r#"{"Ok":1}"#));
    }

    #[test]
    fn case_30_an_answer_that_cannot_be_encoded_is_a_failure() {
        let map: HashMap<Vec<u8>, u8> = [(vec![1], 2)].into();
        let failure = encode(&map).unwrap_err();
        assert_eq!(failure.category(), "Runtime.MarshalError");
        assert!(failure.diagnostic().error_message.contains("HashMap"));
    }
}
