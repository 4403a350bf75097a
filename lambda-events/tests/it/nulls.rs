use serde_json::Value;

use crate::round_trip::for_every_case;

/// Every way to reach a string, a list or an object, as a JSON pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                if matches!(value, Value::String(_) | Value::Array(_)) {
                    found.push(at.clone());
                }
                places(value, &at, found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                places(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Members whose value says what the rest is, or whether it was done. There is no reading without one.
const NEEDED: [&str; 2] = ["/RequestType", "/Status"];

/// Strings and lists, one at a time. Those that are numbers or times inside may be refused.
#[test]
fn a_null_in_place_of_a_string_or_a_list_is_read_as_empty() {
    for_every_case(|case| {
        let value = case.value();
        let mut found = Vec::new();
        places(&value, "", &mut found);
        for place in found {
            let mut changed = value.clone();
            let member = changed.pointer_mut(&place).expect("a place that was found");
            let typed = member
                .as_str()
                .is_some_and(|text| text.parse::<f64>().is_ok() || text.parse::<bool>().is_ok());
            *member = Value::Null;
            if let Err(error) = (case.again)(changed.to_string().as_bytes())
                && !typed
                && !NEEDED.contains(&place.as_str())
            {
                return Err(format!("{place}: {error}"));
            }
        }
        Ok(())
    });
}
