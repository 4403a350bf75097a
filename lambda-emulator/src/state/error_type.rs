//! Which error types the service keeps, and how much of an X-Ray cause.

use serde_json::Value;

/// The largest X-Ray cause that is kept.
const LARGEST_CAUSE: usize = 64 * 1024;
/// What is left of the message and the directory when nothing else is.
const LARGEST_TEXT: usize = 30_720;

/// `Runtime.` or `Function.`, a capital and at least one more letter is kept; anything else becomes unknown.
pub(crate) fn validated(header: Option<&str>) -> String {
    let header = header.unwrap_or_default();
    let name = header.strip_prefix("Runtime.").or_else(|| header.strip_prefix("Function."));
    match name {
        Some(name) if is_name(name) => header.to_owned(),
        _ if header.starts_with("Function.") => "Function.Unknown".to_owned(),
        _ => "Runtime.Unknown".to_owned(),
    }
}

/// `Extension.`, a capital and at least one more letter is kept; anything else becomes what the route stands for.
pub(crate) fn validated_of_extension(header: &str, otherwise: &str) -> String {
    match header.strip_prefix("Extension.") {
        Some(name) if is_name(name) => header.to_owned(),
        _ => otherwise.to_owned(),
    }
}

fn is_name(name: &str) -> bool {
    name.len() > 1
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|b| b.is_ascii_alphabetic())
}

/// The cause as it would be stored, or `None` if it is no cause. Too large a one loses exceptions and paths.
pub(crate) fn cropped_cause(header: &str) -> Option<String> {
    let cause: Value = serde_json::from_str(header).ok()?;
    let object = cause.as_object()?;
    let filled = |key: &str| match object.get(key) {
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::String(text)) => !text.is_empty(),
        _ => false,
    };
    if !["working_directory", "exceptions", "paths", "message"].into_iter().any(filled) {
        return None;
    }
    for percent in [100, 80, 60, 40, 20] {
        let mut cause = cause.clone();
        for key in ["exceptions", "paths"] {
            if let Some(Value::Array(items)) = cause.get_mut(key) {
                items.truncate(items.len() * percent / 100);
            }
        }
        let text = cause.to_string();
        if text.len() <= LARGEST_CAUSE {
            return Some(text);
        }
    }
    let mut last = serde_json::Map::new();
    for key in ["message", "working_directory"] {
        if let Some(Value::String(text)) = object.get(key) {
            last.insert(key.to_owned(), shortened(text).into());
        }
    }
    Some(Value::Object(last).to_string())
}

fn shortened(text: &str) -> String {
    if text.len() <= LARGEST_TEXT {
        return text.to_owned();
    }
    let mut end = LARGEST_TEXT - 3;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}...", &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_24_error_types_are_kept_or_unknown() {
        for (header, kept) in [
            (Some("Function.MyErr"), "Function.MyErr"),
            (Some("Runtime.UnmarshalError"), "Runtime.UnmarshalError"),
            (Some("Function.x1"), "Function.Unknown"),
            (Some("Function.X1"), "Function.Unknown"),
            (Some("x Runtime.Foo"), "Runtime.Unknown"),
            (Some("abc"), "Runtime.Unknown"),
            (None, "Runtime.Unknown"),
        ] {
            assert_eq!(validated(header), kept);
        }
    }

    #[test]
    fn case_25_an_invalid_cause_is_ignored() {
        for header in ["", "no json", "[]", "{}", r#"{"exceptions":[],"paths":[],"working_directory":""}"#] {
            assert_eq!(cropped_cause(header), None, "{header}");
        }
    }

    #[test]
    fn case_26_a_cause_of_300_kb_is_cropped_and_still_json() {
        let exception = serde_json::json!({"type": "T", "message": "m".repeat(280), "stack": []});
        let cause = serde_json::json!({"working_directory": "/var/task", "exceptions": vec![exception; 1000], "paths": []});
        let cropped = cropped_cause(&cause.to_string()).unwrap();
        assert!(cropped.len() <= LARGEST_CAUSE);
        let json: Value = serde_json::from_str(&cropped).unwrap();
        assert_eq!(json["exceptions"].as_array().unwrap().len(), 200);
        let long = serde_json::json!({"message": "ü".repeat(100_000)}).to_string();
        assert!(cropped_cause(&long).unwrap().len() <= LARGEST_CAUSE);
    }
}
