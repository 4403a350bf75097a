use serde_json::{Value, json};

use crate::{round_trip::for_every_case, same::same};

/// Adds a member to every object but those whose members are data, which take it as one of theirs.
fn add_everywhere(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(add_everywhere);
            members.insert("xUnknownMember".to_owned(), json!({ "a": [1, "b", null] }));
        }
        Value::Array(items) => items.iter_mut().for_each(add_everywhere),
        _ => {}
    }
}

/// An event with a member of the future in its outermost object.
#[test]
fn an_unknown_member_does_not_fail_an_event() {
    for_every_case(|case| {
        let mut value = case.value();
        let Some(members) = value.as_object_mut() else { return Ok(()) };
        members.insert("xUnknownMember".to_owned(), json!({ "a": [1, "b", null] }));
        let written = (case.again)(value.to_string().as_bytes()).map_err(|error| error.to_string())?;
        if cfg!(feature = "catch-all-fields") {
            return same(&value, &written);
        }
        Ok(())
    });
}

/// Records and nested objects with members of the future, as far as their members are fields.
#[test]
fn unknown_members_of_records_do_not_fail_an_event() {
    for_every_case(|case| {
        let mut value = case.value();
        let Some(Value::Array(records)) = value.get_mut("Records") else { return Ok(()) };
        for record in records {
            if let Value::Object(members) = record {
                members.insert("xUnknownMember".to_owned(), json!({ "a": [1, "b", null] }));
            }
        }
        let written = (case.again)(value.to_string().as_bytes()).map_err(|error| error.to_string())?;
        if cfg!(feature = "catch-all-fields") {
            return same(&value, &written);
        }
        Ok(())
    });
}

/// Members everywhere never panic; where maps have typed values they may fail.
#[test]
fn unknown_members_everywhere_are_read_or_refused_with_a_position() {
    for_every_case(|case| {
        let mut value = case.value();
        add_everywhere(&mut value);
        match (case.again)(value.to_string().as_bytes()) {
            Ok(_) => Ok(()),
            Err(error) if error.line() > 0 => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    });
}
