//! The `Lambda-Runtime-Function-XRay-Error-Cause` header: a JSON document in pure ASCII, small enough for any server.

use serde::Serialize;

const MOST_EXCEPTIONS: usize = 8;
const LONGEST_MESSAGE: usize = 256;

#[derive(Serialize)]
struct Document<'a> {
    working_directory: String,
    exceptions: Vec<Exception<'a>>,
    paths: [&'a str; 0],
}

#[derive(Serialize)]
struct Exception<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    message: &'a str,
    stack: [&'a str; 0],
}

/// The header's value for a chain of `(type, message)`.
pub(super) fn cause<'a>(chain: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let exceptions = chain
        .take(MOST_EXCEPTIONS)
        .map(|(kind, message)| Exception { kind: cut(kind), message: cut(message), stack: [] })
        .collect();
    let working_directory =
        std::env::current_dir().map(|path| cut(&path.to_string_lossy()).to_owned()).unwrap_or_default();
    let document = Document { working_directory, exceptions, paths: [] };
    ascii(&serde_json::to_string(&document).unwrap_or_default())
}

fn cut(text: &str) -> &str {
    match text.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

/// Escapes what a header value must not hold. Only string contents can: JSON's own characters are ASCII.
fn ascii(json: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if (' '..='~').contains(&c) {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_ascii_and_still_the_same_json() {
        let header = cause([("Fehler", "größer 😀\nzweite Zeile\u{7f}")].into_iter());
        assert!(header.bytes().all(|b| (b' '..=b'~').contains(&b)), "{header}");
        let json: serde_json::Value = serde_json::from_str(&header).unwrap();
        assert_eq!(json["exceptions"][0]["type"], "Fehler");
        assert_eq!(json["exceptions"][0]["message"], "größer 😀\nzweite Zeile\u{7f}");
        assert_eq!(json["paths"], serde_json::json!([]));
        assert!(json["working_directory"].is_string());
    }

    #[test]
    fn a_long_chain_stays_below_16_kib() {
        let message = "\u{1}".repeat(10_000);
        let header = cause((0..100).map(|_| ("Type", message.as_str())));
        assert!(header.len() < 16 * 1024, "{}", header.len());
    }
}
