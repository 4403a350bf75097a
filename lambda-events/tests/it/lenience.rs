//! What every type forgives, tried on every member of every fixture: a member that is missing, `null`, of a word or a type that is
//! new, a number as text, a member that nobody knows. And what none forgives: then the error says where.

use serde_json::{Value, json};

use crate::{
    cases::{Case, all},
    round_trip::for_every_case,
};

/// A member of an object in a fixture.
struct Place {
    /// As a JSON pointer.
    pointer: String,
    name: String,
    /// As errors have it: `Records[0].kinesis`.
    path: String,
}

/// Every member of every object.
fn places(value: &Value) -> Vec<Place> {
    fn collect(value: &Value, pointer: &str, path: &str, found: &mut Vec<Place>) {
        match value {
            Value::Object(members) => {
                for (name, child) in members {
                    let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    collect(child, &pointer, &path, found);
                    found.push(Place { pointer, name: name.clone(), path });
                }
            }
            Value::Array(items) => {
                for (at, child) in items.iter().enumerate() {
                    collect(child, &format!("{pointer}/{at}"), &format!("{path}[{at}]"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(value, "", "", &mut found);
    found
}

fn with(value: &Value, place: &Place, replacement: Value) -> Value {
    let mut changed = value.clone();
    *changed.pointer_mut(&place.pointer).expect("a place that was found") = replacement;
    changed
}

fn without(value: &Value, place: &Place) -> Value {
    let mut changed = value.clone();
    let parent = place.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    if let Some(Value::Object(members)) = changed.pointer_mut(parent) {
        members.remove(&place.name);
    }
    changed
}

fn read(case: &Case, value: &Value) -> Result<Value, serde_json::Error> {
    (case.again)(value.to_string().as_bytes())
}

/// Calls `check` with every member of every fixture.
fn for_every_member(check: impl Fn(&Case, &Value, &Place, &Value) -> Result<(), String>) {
    for_every_case(|case| {
        let value = case.value();
        let wrong: Vec<String> = places(&value)
            .iter()
            .filter_map(|place| {
                let member = value.pointer(&place.pointer).expect("a place that was found");
                check(case, &value, place, member).err().map(|error| format!("{}: {error}", place.path))
            })
            .collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n    ")) }
    });
}

/// The member that says what the rest of an event is, or how an answer ended. There is no reading without a word that is known.
fn is_needed(place: &Place) -> bool {
    place.pointer == "/RequestType" || place.pointer == "/Status"
}

#[test]
fn a_member_that_is_missing_is_forgiven_or_named() {
    for_every_member(|case, value, place, _| match read(case, &without(value, place)) {
        Err(error) => {
            let words = error.to_string();
            let named = words.contains(&format!("`{}`", place.name));
            // Of two that stand for each other, the other is named; a value of DynamoDB has one member, of whatever name.
            let other = case.name == "test-event" && words.contains("`Records`");
            let attribute =
                case.service == "dynamodb" && words.contains("expected an attribute value with its type");
            if named || other || attribute {
                Ok(())
            } else {
                Err(format!("is missing, and the error is: {error}"))
            }
        }
        Ok(_) => Ok(()),
    });
}

#[test]
fn a_null_is_read_wherever_a_member_may_be_missing() {
    for_every_member(|case, value, place, _| {
        let null = with(value, place, Value::Null);
        // Without its detail, an event of EventBridge is taken for one, and has members of the same names.
        match (read(case, &without(value, place)), read(case, &null)) {
            (Ok(_), Err(_)) if place.pointer == "/detail" => Ok(()),
            (Ok(_), Err(error)) => Err(format!("may be missing, but null is refused: {error}")),
            _ => Ok(()),
        }
    });
}

#[test]
fn a_member_that_nobody_knows_is_ignored_in_every_object() {
    for_every_case(|case| {
        let value = case.value();
        let objects = places(&value)
            .into_iter()
            .filter(|place| value.pointer(&place.pointer).is_some_and(Value::is_object));
        for place in objects {
            // In a map it is an entry, and only `null` can be one of whatever map.
            let mut changed = value.clone();
            changed.pointer_mut(&place.pointer).expect("a place that was found")["xUnknown"] = Value::Null;
            if let Err(error) = read(case, &changed) {
                return Err(format!("{}: {error}", place.path));
            }
        }
        Ok(())
    });
}

#[test]
fn a_word_that_is_new_is_kept_in_place_of_any_text_that_is_no_number() {
    for_every_member(|case, value, place, member| {
        let Some(text) = member.as_str() else { return Ok(()) };
        if is_needed(place) || text.parse::<f64>().is_ok() || text.parse::<bool>().is_ok() {
            return Ok(());
        }
        let written =
            read(case, &with(value, place, json!("SomethingNew"))).map_err(|error| error.to_string())?;
        match written.pointer(&place.pointer) {
            Some(Value::String(word)) if word == "SomethingNew" => Ok(()),
            // Who is no `*` is an account or a user.
            Some(principal)
                if place.name == "Principal" && *principal == json!({"AWS": ["SomethingNew"]}) =>
            {
                Ok(())
            }
            other => Err(format!("a new word became {other:?}")),
        }
    });
}

#[test]
fn an_empty_text_is_read_in_place_of_any_other_text_number_or_time() {
    for_every_member(|case, value, place, member| {
        if is_needed(place) || !(member.is_string() || member.is_number()) {
            return Ok(());
        }
        read(case, &with(value, place, json!(""))).map(drop).map_err(|error| error.to_string())
    });
}

#[test]
fn a_number_is_read_as_text_and_with_a_fraction_of_zero() {
    for_every_member(|case, value, place, member| {
        let (Some(number), true) = (member.as_f64(), is_typed(case, value, place)) else { return Ok(()) };
        let mut forms = vec![json!(member.to_string())];
        if number.fract() == 0.0 && number.abs() < 9e15 {
            forms.extend([json!(number), json!(format!("{number:.1}"))]);
        }
        for form in forms {
            let changed = with(value, place, form.clone());
            let written = read(case, &changed).map_err(|error| format!("{form} is refused: {error}"))?;
            let again = written.pointer(&place.pointer).and_then(|written| match written {
                Value::String(text) => text.parse().ok(),
                written => written.as_f64(),
            });
            if again != Some(number) {
                return Err(format!("{form} became {again:?}"));
            }
        }
        Ok(())
    });
}

/// Whether a member is not of whatever type the sender likes.
fn is_typed(case: &Case, value: &Value, place: &Place) -> bool {
    read(case, &with(value, place, json!({}))).is_err()
}

/// Types that are read in two steps: their errors name the object that they are in, and may have no position.
fn is_read_twice(case: &Case) -> bool {
    matches!(case.service, "appsync" | "cognito" | "cloudformation" | "s3" | "controltower")
}

#[test]
fn a_member_of_a_wrong_type_is_an_error_with_the_path_to_it() {
    let (mut checked, mut exact) = (0, 0);
    for case in all() {
        let value = case.value();
        for place in places(&value) {
            let member = value.pointer(&place.pointer).expect("a place that was found");
            let wrong = match member {
                Value::String(_) | Value::Number(_) | Value::Bool(_) => json!({}),
                Value::Array(_) => json!(7),
                _ => continue,
            };
            let text = with(&value, &place, wrong).to_string();
            let Some(refusal) = (case.refused)(text.as_bytes()) else { continue };
            let error = (case.again)(text.as_bytes()).expect_err("the same text was refused");
            let placed = error.line() == 1 && error.column() > 0;
            assert!(placed || is_read_twice(&case), "{}/{}: {error:?}", case.service, case.name);
            // Where a part is read in two steps, the path ends at it.
            let known = refusal.path.split('?').next().unwrap_or_default().trim_end_matches('.');
            assert!(
                place.path.starts_with(known),
                "{}/{}: {} is wrong, and the error is at {}: {}",
                case.service,
                case.name,
                place.path,
                refusal.path,
                refusal.error
            );
            checked += 1;
            exact += usize::from(refusal.path == place.path);
        }
    }
    assert!(checked > 1_000 && exact > checked / 2, "of {checked} members, the path of {exact} is exact");
}
