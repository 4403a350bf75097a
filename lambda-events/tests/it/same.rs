//! Whether an event is written as it was read.

use serde_json::Value;

/// The same JSON but for the leniency that is promised: an optional `null` may become absent, a boolean that was absent may
/// become `false`, and a whole number is the same with and without a fraction.
pub(crate) fn same(read: &Value, written: &Value) -> Result<(), String> {
    compare(read, written, "")
}

fn compare(read: &Value, written: &Value, path: &str) -> Result<(), String> {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            for (key, value) in read {
                match written.get(key) {
                    Some(other) => compare(value, other, &format!("{path}.{key}"))?,
                    None if value.is_null() => {}
                    None => return Err(format!("{path}.{key}: {value} is lost")),
                }
            }
            let new =
                |(key, value): &(&String, &Value)| !read.contains_key(*key) && **value != Value::Bool(false);
            match written.iter().find(new) {
                Some((key, _)) => Err(format!("{path}.{key}: {} is new", written[key])),
                None => Ok(()),
            }
        }
        (Value::Array(read), Value::Array(written)) if read.len() == written.len() => {
            let pairs = read.iter().zip(written).enumerate();
            pairs
                .into_iter()
                .try_for_each(|(at, (read, written))| compare(read, written, &format!("{path}[{at}]")))
        }
        (Value::Number(read), Value::Number(written)) if read.as_f64() == written.as_f64() => Ok(()),
        (Value::String(read), Value::String(written)) if same_text(read, written) => Ok(()),
        _ if read == written => Ok(()),
        _ => Err(format!("{path}: {read} became {written}")),
    }
}

/// JSON inside a string is written anew.
fn same_text(read: &str, written: &str) -> bool {
    let json = serde_json::from_str::<Value>;
    read == written || matches!((json(read), json(written)), (Ok(read), Ok(written)) if read == written)
}
