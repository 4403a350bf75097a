//! Who may register, who is refused and in which words, and who is waited for.

use bytes::Bytes;

use super::{Extensions, External, Registration};
use crate::state::event::{Invocation, Moment, Notice};
use crate::state::refusal::Refusal;

const EXTERNAL: &str = "00000000-0000-4000-8000-000000000001";
const INTERNAL: &str = "00000000-0000-4000-8000-000000000002";

fn extensions(externals: &[&str]) -> Extensions {
    let external = |name: &&str| External { name: (*name).to_owned(), launched: true };
    Extensions::new(externals.iter().map(external).collect())
}

fn registration(name: &str, body: &str) -> Registration {
    let id = if name == "external" { EXTERNAL } else { INTERNAL };
    Registration { name: name.to_owned(), body: Bytes::from(body.to_owned()), id: id.to_owned() }
}

fn refused<T: std::fmt::Debug>(result: Result<T, Refusal>) -> (u16, &'static str, String) {
    let refusal = result.expect_err("it is refused");
    (refusal.status, refusal.kind, refusal.message)
}

fn kind<T: std::fmt::Debug>(result: Result<T, Refusal>) -> &'static str {
    refused(result).1
}

#[test]
fn case_73_a_bad_registration_is_refused_in_four_ways() {
    let mut extensions = extensions(&["external"]);
    let mut register = |name: &str, body: &str| refused(extensions.register(registration(name, body), false));
    let type_error = |message: &str| (403, "Extension.InvalidEventType", message.to_owned());
    assert_eq!(
        register("", "{}"),
        (403, "Extension.InvalidExtensionName", "Empty extension name".to_owned())
    );
    for body in ["", "{", "[]", r#"{"events":"INVOKE"}"#, r#"{"events":[1]}"#] {
        assert_eq!(register("external", body).1, "InvalidRequestFormat", "{body}");
    }
    let deprecated = r#"{"events":["NO"],"configurationKeys":["A"]}"#;
    assert!(register("external", deprecated).2.starts_with("configurationKeys are deprecated"));
    assert_eq!(register("external", r#"{"events":["NO"]}"#), type_error("NO: ErrorInvalidEventType"));
    assert_eq!(
        register("internal", r#"{"events":["INVOKE","SHUTDOWN"]}"#),
        type_error("SHUTDOWN: ShutdownEventNotSupportedForInternalExtension")
    );
}

#[test]
fn case_69_a_managed_instance_tells_nobody_of_invocations() {
    let mut extensions = extensions(&["external"]).without_invocations();
    for name in ["external", "internal"] {
        let refused = refused(extensions.register(registration(name, r#"{"events":["INVOKE"]}"#), false));
        assert_eq!((refused.0, refused.1), (403, "Extension.InvalidEventType"));
    }
    assert_eq!(extensions.register(registration("external", r#"{"events":["SHUTDOWN"]}"#), false), Ok(()));
    assert_eq!(extensions.register(registration("internal", "{}"), false), Ok(()));
}

#[test]
fn a_wrong_event_does_not_use_up_the_name() {
    let mut extensions = extensions(&["external"]);
    assert!(extensions.register(registration("external", r#"{"events":["NO"]}"#), false).is_err());
    assert!(extensions.register(registration("external", r#"{"configurationKeys":[]}"#), true).is_ok());
}

#[test]
fn case_74_whoever_registers_twice_is_refused() {
    let mut extensions = extensions(&["external"]);
    for (name, message) in [
        (
            "external",
            "State transition from Registered to Registered failed for extension external. \
             Error: State transition is not allowed",
        ),
        ("internal", "Extension with this name already registered"),
    ] {
        assert_eq!(extensions.register(registration(name, "{}"), false), Ok(()));
        let second = refused(extensions.register(registration(name, "{}"), false));
        assert_eq!(second, (403, "Extension.InvalidExtensionState", message.to_owned()));
    }
}

#[test]
fn case_75_an_internal_extension_that_is_late_is_refused() {
    let late = extensions(&[]).register(registration("internal", "{}"), true);
    assert_eq!(
        refused(late),
        (403, "Extension.RegistrationClosed", "Extension registration closed already".to_owned())
    );
}

#[test]
fn case_76_an_eleventh_extension_is_refused() {
    let mut extensions = extensions(&["external"]);
    for at in 0..9 {
        assert_eq!(extensions.register(registration(&format!("internal-{at}"), "{}"), false), Ok(()));
    }
    let eleventh = refused(extensions.register(registration("one too many", "{}"), false));
    assert_eq!(eleventh, (403, "Extension.TooManyExtensions", "Extension limit (10) reached".to_owned()));
    assert_eq!(extensions.register(registration("external", "{}"), false), Ok(()), "its place is kept");
}

#[test]
fn case_77_identifiers_are_refused_in_three_ways() {
    let mut extensions = extensions(&[]);
    extensions.register(registration("internal", "{}"), false).unwrap();
    for (id, expected, message) in [
        (
            None,
            "Extension.MissingExtensionIdentifier",
            "Missing Lambda-Extension-Identifier header".to_owned(),
        ),
        (Some("x"), "Extension.InvalidExtensionIdentifier", "Invalid Lambda-Extension-Identifier".to_owned()),
        (Some(EXTERNAL), "Extension.UnknownExtensionIdentifier", format!("Unknown extension {EXTERNAL}")),
    ] {
        assert_eq!(refused(extensions.polled(1, id)), (403, expected, message));
        assert_eq!(kind(extensions.failed(id, Moment::Init, Some("Extension.X"))), expected);
        assert_eq!(kind(extensions.subscribed(id, false, Err(String::new()))), expected);
    }
}

#[test]
fn case_78_a_second_poll_is_refused_and_one_after_a_lost_connection_is_not() {
    let mut extensions = extensions(&[]);
    extensions.register(registration("internal", "{}"), false).unwrap();
    assert_eq!(extensions.polled(1, Some(INTERNAL)), Ok(None));
    assert_eq!(kind(extensions.polled(2, Some(INTERNAL))), "Extension.InvalidExtensionState");
    extensions.poll_gone(1);
    assert!(extensions.are_idle(), "it has been ready");
    assert_eq!(extensions.polled(3, Some(INTERNAL)), Ok(None));
}

#[test]
fn an_event_for_a_lost_connection_comes_with_the_next_poll() {
    let mut extensions = extensions(&[]);
    extensions.register(registration("internal", r#"{"events":["INVOKE"]}"#), false).unwrap();
    extensions.polled(1, Some(INTERNAL)).unwrap();
    extensions.poll_gone(1);
    assert_eq!(extensions.invoke(&Invocation::default()), []);
    assert!(!extensions.are_idle());
    let missed = extensions.polled(2, Some(INTERNAL));
    assert_eq!(missed, Ok(Some(Notice::Invoke(Invocation::default()))));
    assert!(!extensions.are_idle());
    extensions.polled(3, Some(INTERNAL)).unwrap();
    assert!(extensions.are_idle());
}

#[test]
fn case_82_errors_need_their_type_and_a_legal_state() {
    let mut extensions = extensions(&["external"]);
    extensions.register(registration("external", "{}"), false).unwrap();
    let id = Some(EXTERNAL);
    let missing = refused(extensions.failed(id, Moment::Init, None));
    let message = "Lambda-Extension-Function-Error-Type not found".to_owned();
    assert_eq!(missing, (403, "Extension.MissingHeader", message));
    let told = |kind: &str| Ok(Some(("external".to_owned(), kind.to_owned())));
    let mut ready = extensions.clone();
    ready.polled(1, id).unwrap();
    let late = ready.failed(id, Moment::Init, Some("Extension.NoTable"));
    assert_eq!(kind(late), "Extension.InvalidExtensionState", "an init ends with the first poll");
    assert_eq!(ready.failed(id, Moment::Exit, Some("nonsense")), told("Extension.ExitError"));
    assert_eq!(extensions.failed(id, Moment::Init, Some("Extension.NoTable")), told("Extension.NoTable"));
    assert_eq!(extensions.failed(id, Moment::Init, Some("Extension.Other")), Ok(None), "a repeat is a no-op");
    assert_eq!(
        kind(extensions.failed(id, Moment::Exit, Some("Extension.X"))),
        "Extension.InvalidExtensionState"
    );
    assert_eq!(kind(extensions.polled(2, id)), "Extension.InvalidExtensionState");
}
