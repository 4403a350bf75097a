use crate::{
    cases::{Case, all},
    same::same,
};

/// Every case that `check` finds something wrong with, at once.
pub(crate) fn for_every_case(check: impl Fn(&Case) -> Result<(), String>) {
    let wrong: Vec<String> = all()
        .iter()
        .filter_map(|case| check(case).err().map(|error| format!("{}/{}: {error}", case.service, case.name)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_fixture_is_written_as_it_was_read() {
    for_every_case(|case| {
        let written = (case.again)(case.text().as_bytes()).map_err(|error| error.to_string())?;
        same(&case.value(), &written)
    });
}

#[test]
fn what_was_written_is_read_and_written_the_same() {
    for_every_case(|case| {
        let once = (case.again)(case.text().as_bytes()).map_err(|error| error.to_string())?;
        let twice = (case.again)(once.to_string().as_bytes()).map_err(|error| error.to_string())?;
        if once == twice { Ok(()) } else { Err(format!("{once} became {twice}")) }
    });
}

#[test]
fn broken_json_is_an_error_that_says_where() {
    for_every_case(|case| {
        let text = case.text();
        let broken = &text[..text.trim_end().len() - 1];
        match (case.again)(broken.as_bytes()) {
            Err(error) if error.is_eof() && error.line() > 0 => Ok(()),
            Err(error) => Err(format!("not the end of the text: {error}")),
            Ok(value) => Err(format!("read {value}")),
        }
    });
}

#[test]
fn an_event_is_not_a_number() {
    for_every_case(|case| match (case.again)(b"7") {
        // What a rule of EventBridge sends may be anything.
        Ok(_) if case.service != "eventbridge" && case.service != "cloudwatch_events" => {
            Err("`7` was read".to_owned())
        }
        _ => Ok(()),
    });
}
