//! Where in a JSON text a position lies, as a path such as `Records[3].body`.
//!
//! serde_json reports the line and column at which decoding stopped. Walking the text up to there finds the path without
//! a second decode, and without a second copy of every visitor in the binary.

/// The path of the value at `line` and `column` (from 1, in bytes, as serde_json counts them); empty at the top.
pub(super) fn at(json: &[u8], line: usize, column: usize) -> String {
    let end = offset(json, line, column);
    let mut open = Vec::new();
    let mut rest = json[..end].iter().enumerate();
    while let Some((at, byte)) = rest.next() {
        match byte {
            b'{' => open.push(Container::Object(None)),
            b'[' => open.push(Container::Array(0)),
            b'}' | b']' => {
                open.pop();
            }
            b',' => match open.last_mut() {
                Some(Container::Object(key)) => *key = None,
                Some(Container::Array(index)) => *index += 1,
                None => {}
            },
            b'"' => {
                let length = string_length(&json[at + 1..end]);
                if let Some(Container::Object(key @ None)) = open.last_mut() {
                    *key = Some(String::from_utf8_lossy(&json[at + 1..at + 1 + length]).into_owned());
                }
                // Skips the contents and the closing quote.
                rest.nth(length);
            }
            _ => {}
        }
    }
    render(&open)
}

enum Container {
    Object(Option<String>),
    Array(usize),
}

fn offset(json: &[u8], line: usize, column: usize) -> usize {
    let start = match line {
        0 | 1 => 0,
        _ => json
            .iter()
            .enumerate()
            .filter(|(_, b)| **b == b'\n')
            .nth(line - 2)
            .map_or(json.len(), |(at, _)| at + 1),
    };
    (start + column).min(json.len())
}

/// Bytes before the closing quote, escapes taken into account.
fn string_length(text: &[u8]) -> usize {
    let mut escaped = false;
    let end = text.iter().position(|byte| match byte {
        _ if escaped => {
            escaped = false;
            false
        }
        b'\\' => {
            escaped = true;
            false
        }
        byte => *byte == b'"',
    });
    end.unwrap_or(text.len())
}

fn render(open: &[Container]) -> String {
    let mut path = String::new();
    for container in open {
        match container {
            Container::Object(Some(key)) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
            Container::Object(None) => {}
            Container::Array(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Deserialize;
    use std::collections::HashMap;

    fn path<T: serde::de::DeserializeOwned + std::fmt::Debug>(json: &str) -> String {
        let error = serde_json::from_str::<T>(json).unwrap_err();
        at(json.as_bytes(), error.line(), error.column())
    }

    #[test]
    fn the_path_leads_to_the_value_that_does_not_fit() {
        assert_eq!(path::<Vec<u8>>("[1, 2, \"x\"]"), "[2]");
        assert_eq!(path::<HashMap<String, u8>>(r#"{"a": 1, "b\"c": true}"#), r#"b\"c"#);
        assert_eq!(
            path::<HashMap<String, Vec<HashMap<String, u8>>>>("{\"r\": [\n{\"k\": 1},\n{\"k\": null}]}"),
            "r[1].k"
        );
        assert_eq!(path::<u8>("\"x\""), "");
    }

    #[test]
    fn a_missing_field_is_a_matter_of_the_object_it_is_missing_in() {
        #[derive(Debug, Deserialize)]
        #[expect(dead_code, reason = "only its decoding is tested")]
        struct S {
            field: u8,
        }
        assert_eq!(path::<HashMap<String, Vec<S>>>(r#"{"all": [{"field": 1}, {"other": 2}]}"#), "all[1]");
    }

    proptest! {
        #[test]
        fn no_text_and_no_position_make_it_panic(
            text in "[\\[\\]{}\",:a0\\\\\n ]{0,40}", line in 0usize..6, column in 0usize..60,
        ) {
            let _ = at(text.as_bytes(), line, column);
        }
    }
}
