//! What targets share.

use lambda_events::PayloadError;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Reads `bytes` as a `T`. What it makes of them can be written, read again and written as it was the first time.
pub fn again<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Option<T> {
    let event: T = serde_json::from_slice(bytes).ok()?;
    rewritten(&event);
    // A member that is there twice makes what has a type something of a kind that is not known, until it has been written once.
    let Ok(plain) = serde_json::from_slice::<Value>(bytes) else { return Some(event) };
    let plain: T = serde_json::from_str(&plain.to_string()).expect("the same without repetitions");
    let (once, twice) = rewritten(&plain);
    assert!(same(&value(&once), &value(&twice)), "{once} became {twice}");
    Some(event)
}

/// What an event is written as, and what that is written as when it has been read.
fn rewritten<T: DeserializeOwned + Serialize>(event: &T) -> (String, String) {
    let once = serde_json::to_string(event).expect("an event can be written");
    let twice: T = serde_json::from_str(&once).unwrap_or_else(|error| panic!("{error}: {once}"));
    let twice = serde_json::to_string(&twice).expect("an event can be written");
    (once, twice)
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).expect("what was written is JSON")
}

/// Equal, but that a number may be its neighbour: serde_json reads floats to the last bit only when it is asked to.
fn same(once: &Value, twice: &Value) -> bool {
    match (once, twice) {
        (Value::Number(once), Value::Number(twice)) => match (once.as_f64(), twice.as_f64()) {
            (Some(once), Some(twice)) => once == twice || (once - twice).abs() <= once.abs() * 1e-12,
            (once, twice) => once == twice,
        },
        (Value::String(once), Value::String(twice)) => {
            let json = serde_json::from_str::<Value>;
            once == twice || matches!((json(once), json(twice)), (Ok(once), Ok(twice)) if same(&once, &twice))
        }
        (Value::Array(once), Value::Array(twice)) => {
            once.len() == twice.len() && once.iter().zip(twice).all(|(once, twice)| same(once, twice))
        }
        (Value::Object(once), Value::Object(twice)) => {
            once.len() == twice.len()
                && once.iter().all(|(key, once)| twice.get(key).is_some_and(|twice| same(once, twice)))
        }
        _ => once == twice,
    }
}

/// Asks for a payload, and for the words in which it is refused.
pub fn told<T>(read: Result<T, PayloadError>) {
    if let Err(error) = read {
        assert!(!format!("{error} {error:?}").is_empty());
    }
}
