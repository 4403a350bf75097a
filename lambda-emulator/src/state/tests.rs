//! Interleavings of the machine, driven without a clock or a socket.

use bytes::Bytes;
use proptest::prelude::*;

use super::event::{Action, Exit, Input, Invocation, Outcome, Post};
use super::machine::{Machine, Mode};
use super::refusal::LARGEST_RESPONSE;

fn invocation(id: &str) -> Invocation {
    Invocation { request_id: id.to_owned(), invocation_id: format!("attempt-{id}"), ..Invocation::default() }
}

fn post(id: &str, body: &str) -> Post {
    Post { request_id: id.to_owned(), body: Bytes::from(body.to_owned()), ..Post::default() }
}

fn success(id: &str, body: &str) -> Action {
    Action::Complete(id.to_owned(), Outcome::Success(Bytes::from(body.to_owned())))
}

/// A machine that has delivered `id` on call 1.
fn running(mode: Mode, id: &str) -> Machine {
    let mut machine = Machine::new(mode, 3.0);
    machine.on(Input::Submitted(invocation(id)));
    assert_eq!(machine.on(Input::Polled(1)), [Action::Deliver(1, invocation(id))]);
    machine
}

fn refused(actions: &[Action]) -> (u16, &'static str) {
    match actions {
        [Action::Refuse(_, refusal), ..] => (refusal.status, refusal.kind),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn case_10_and_18_an_answer_completes_and_the_next_event_waits_for_the_next_poll() {
    let mut machine = running(Mode::Attached, "a");
    assert_eq!(machine.on(Input::Responded(2, post("a", "1"))), [Action::Accept(2), success("a", "1")]);
    assert_eq!(machine.on(Input::Submitted(invocation("b"))), []);
    assert_eq!(machine.on(Input::Polled(3)), [Action::Deliver(3, invocation("b"))]);
}

#[test]
fn case_15_a_wrong_id_is_refused_and_the_invocation_is_still_pending() {
    let mut machine = running(Mode::Attached, "a");
    assert_eq!(refused(&machine.on(Input::Responded(2, post("x", "1")))), (400, "InvalidRequestID"));
    assert_eq!(machine.on(Input::Responded(3, post("a", "1"))), [Action::Accept(3), success("a", "1")]);
}

#[test]
fn case_16_a_second_answer_is_refused_with_the_services_words() {
    let mut machine = running(Mode::Attached, "a");
    machine.on(Input::Responded(2, post("a", "1")));
    let actions = machine.on(Input::Responded(3, post("a", "2")));
    assert_eq!(refused(&actions), (403, "InvalidStateTransition"));
    let [Action::Refuse(3, refusal)] = &actions[..] else { panic!("{actions:?}") };
    assert_eq!(
        refusal.message,
        "State transition from RuntimeResponseSentState to InvocationResponse failed for runtime. \
         Error: State transition is not allowed"
    );
    assert_eq!(refused(&machine.on(Input::Failed(4, post("a", "{}")))), (403, "InvalidStateTransition"));
}

#[test]
fn case_17_polling_without_an_answer_gives_the_same_event_again() {
    let mut machine = running(Mode::Attached, "a");
    assert_eq!(machine.on(Input::Polled(2)), [Action::Deliver(2, invocation("a"))]);
}

#[test]
fn case_13_one_byte_too_many_is_refused_and_the_caller_told() {
    let mut machine = running(Mode::Attached, "a");
    let big = |size| Post { body: vec![0; size].into(), ..post("a", "") };
    let actions = machine.on(Input::Responded(2, big(LARGEST_RESPONSE + 1)));
    assert_eq!(refused(&actions), (413, "RequestEntityTooLarge"));
    let [_, Action::Complete(_, Outcome::FunctionError { category, .. })] = &actions[..] else { panic!() };
    assert_eq!(category, "Function.ResponseSizeTooLarge");
    let mut machine = running(Mode::Attached, "a");
    assert_eq!(machine.on(Input::Responded(2, big(LARGEST_RESPONSE)))[0], Action::Accept(2));
}

#[test]
fn case_19_a_mode_that_is_not_streaming_is_refused() {
    for mode in ["Streaming", "buffered", ""] {
        let mut machine = running(Mode::Attached, "a");
        let wrong = Post { mode: Some(mode.to_owned()), ..post("a", "1") };
        let actions = machine.on(Input::Responded(2, wrong));
        assert_eq!(refused(&actions), (400, "InvalidFunctionResponseMode"));
        let [_, Action::Complete(_, Outcome::FunctionError { category, body, .. })] = &actions[..] else {
            panic!()
        };
        assert_eq!((&**category, body.len()), ("Runtime.InvalidResponseModeHeader", 0));
    }
}

#[test]
fn case_20_a_body_cut_short_fails_the_invocation() {
    let mut machine = running(Mode::Attached, "a");
    let actions = machine.on(Input::Responded(2, Post { truncated: true, ..post("a", "1") }));
    assert_eq!(refused(&actions), (400, "TruncatedHTTPRequest"));
    assert!(matches!(&actions[1], Action::Complete(_, Outcome::FunctionError { .. })));
}

#[test]
fn case_39_and_40_an_echo_of_another_attempt_is_410_and_the_right_answer_is_still_taken() {
    let mut machine = running(Mode::Attached, "a");
    for echo in ["other", ""] {
        let stale = Post { invocation_id: Some(echo.to_owned()), ..post("a", "1") };
        assert_eq!(refused(&machine.on(Input::Responded(2, stale.clone()))), (410, "InvokeTimeout"));
        assert_eq!(refused(&machine.on(Input::Failed(3, stale))), (410, "InvokeTimeout"));
    }
    let right = Post { invocation_id: Some("attempt-a".to_owned()), ..post("a", "1") };
    assert_eq!(machine.on(Input::Responded(4, right)), [Action::Accept(4), success("a", "1")]);
    let mut machine = running(Mode::Attached, "a");
    assert_eq!(machine.on(Input::Responded(2, post("a", "1")))[0], Action::Accept(2));
}

#[test]
fn case_33_and_34_an_init_error_is_what_the_caller_gets_and_comes_too_late_after_a_poll() {
    let mut machine = Machine::new(Mode::Attached, 3.0);
    machine.on(Input::Submitted(invocation("a")));
    let failed = Post { error_type: Some("Runtime.Broken".into()), ..post("", "{\"errorMessage\":\"no\"}") };
    let actions = machine.on(Input::InitFailed(1, failed.clone()));
    let outcome = Outcome::FunctionError {
        category: "Runtime.Broken".to_owned(),
        body: failed.body.clone(),
        xray_cause: None,
    };
    assert_eq!(actions, [Action::Accept(1), Action::Complete("a".to_owned(), outcome.clone())]);
    assert_eq!(machine.on(Input::Submitted(invocation("b"))), [Action::Complete("b".to_owned(), outcome)]);
    assert_eq!(refused(&machine.on(Input::InitFailed(2, failed.clone()))), (403, "InvalidStateTransition"));
    machine.on(Input::Polled(3));
    assert_eq!(refused(&machine.on(Input::InitFailed(4, failed))), (403, "InvalidStateTransition"));
}

#[test]
fn case_31_a_crash_is_told_in_three_ways() {
    for (exit, message) in [
        (Exit::Status(0), "RequestId: a Error: Runtime exited without providing a reason"),
        (Exit::Status(1), "RequestId: a Error: Runtime exited with error: exit status 1"),
        (Exit::Signal(9), "RequestId: a Error: Runtime exited with error: signal: killed"),
    ] {
        let mut machine = running(Mode::Supervised, "a");
        let actions = machine.on(Input::Exited(exit));
        let [Action::Complete(_, Outcome::FunctionError { category, body, .. })] = &actions[..] else {
            panic!()
        };
        assert_eq!(category, "Runtime.ExitError");
        let body: serde_json::Value = serde_json::from_slice(body).unwrap();
        assert_eq!(body["errorMessage"], message);
    }
}

#[test]
fn case_32_after_a_crash_the_next_invocation_starts_the_process_again() {
    let mut machine = Machine::new(Mode::Supervised, 3.0);
    assert_eq!(machine.on(Input::Submitted(invocation("a"))), [Action::Start]);
    machine.on(Input::Polled(1));
    machine.on(Input::Exited(Exit::Status(1)));
    assert_eq!(machine.on(Input::Submitted(invocation("b"))), [Action::Start]);
    assert_eq!(machine.on(Input::Polled(2)), [Action::Deliver(2, invocation("b"))]);
}

#[test]
fn case_36_a_bootstrap_that_cannot_start_is_told_and_does_not_hang() {
    let mut machine = Machine::new(Mode::Supervised, 3.0);
    assert_eq!(machine.on(Input::Submitted(invocation("a"))), [Action::Start]);
    assert_eq!(machine.on(Input::Exited(Exit::NotStarted)), [Action::Start]);
    let actions = machine.on(Input::Exited(Exit::NotStarted));
    let [Action::Complete(_, Outcome::FunctionError { category, .. })] = &actions[..] else {
        panic!("{actions:?}")
    };
    assert_eq!(category, "Runtime.InvalidEntrypoint");
}

#[test]
fn case_107_a_timeout_is_told_and_the_process_killed_and_started_for_the_next() {
    let mut machine = running(Mode::Supervised, "a");
    let actions = machine.on(Input::DeadlinePassed("attempt-a".to_owned()));
    let timed_out =
        Outcome::platform("Sandbox.Timedout", "RequestId: a Error: Task timed out after 3.00 seconds");
    assert_eq!(actions, [Action::Complete("a".to_owned(), timed_out), Action::Kill]);
    assert_eq!(machine.on(Input::Exited(Exit::Signal(9))), []);
    assert_eq!(machine.on(Input::Submitted(invocation("b"))), [Action::Start]);
}

#[test]
fn a_late_answer_is_410_once_and_then_400() {
    let mut machine = running(Mode::Attached, "a");
    machine.on(Input::DeadlinePassed("attempt-a".to_owned()));
    assert_eq!(refused(&machine.on(Input::Responded(2, post("a", "1")))), (410, "InvokeTimeout"));
    assert_eq!(refused(&machine.on(Input::Responded(3, post("a", "1")))), (400, "InvalidRequestID"));
    machine.on(Input::Submitted(invocation("b")));
    assert_eq!(machine.on(Input::Polled(4)), [Action::Deliver(4, invocation("b"))]);
}

#[test]
fn case_106_concurrent_invokes_queue_in_order() {
    let mut machine = running(Mode::Attached, "a");
    machine.on(Input::Submitted(invocation("b")));
    machine.on(Input::Submitted(invocation("c")));
    for (id, call) in [("a", 2), ("b", 4), ("c", 6)] {
        machine.on(Input::Responded(call, post(id, "1")));
        let delivered = machine.on(Input::Polled(call + 1));
        let next = match id {
            "a" => Some("b"),
            "b" => Some("c"),
            _ => None,
        };
        let expected: Vec<_> = next.map(|id| Action::Deliver(call + 1, invocation(id))).into_iter().collect();
        assert_eq!(delivered, expected);
    }
}

#[test]
fn case_43_to_46_a_stream_ends_well_or_with_the_error_in_its_trailers() {
    let streamed = |kind: Option<&str>, body: Option<&'static str>| Post {
        mode: Some("streaming".to_owned()),
        error_type: kind.map(str::to_owned),
        trailer_body: body.map(|body| Bytes::from_static(body.as_bytes())),
        ..post("a", "abc")
    };
    let outcome = |post| match running(Mode::Attached, "a").on(Input::Responded(2, post)).pop() {
        Some(Action::Complete(_, outcome)) => outcome,
        other => panic!("{other:?}"),
    };
    assert_eq!(outcome(streamed(None, None)), Outcome::Success(Bytes::from_static(b"abc")));
    assert_eq!(outcome(streamed(Some(""), None)), Outcome::Success(Bytes::from_static(b"abc")));
    let failed = |category: &str, body: &'static str| Outcome::FunctionError {
        category: category.to_owned(),
        body: Bytes::from_static(body.as_bytes()),
        xray_cause: None,
    };
    assert_eq!(outcome(streamed(Some("Function.Boom"), Some("{}"))), failed("Function.Boom", "{}"));
    assert_eq!(outcome(streamed(Some("boom"), None)), failed("Runtime.Unknown", ""));
}

/// Ids are few, so that inputs collide.
fn input() -> impl Strategy<Value = Input> {
    let id = prop_oneof![Just("a"), Just("b"), Just("c")];
    (0u8..8, id, any::<u64>(), any::<bool>()).prop_map(|(kind, id, call, odd)| {
        let post = Post { truncated: odd, ..post(id, "1") };
        match kind {
            0 | 1 => Input::Polled(call),
            2 => Input::PollGone(call),
            3 => Input::Responded(call, post),
            4 => Input::Failed(call, post),
            5 => Input::InitFailed(call, post),
            6 => Input::DeadlinePassed(format!("attempt-{id}")),
            _ => Input::Exited(if odd { Exit::Status(1) } else { Exit::Signal(9) }),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn no_invocation_is_completed_twice_or_lost_and_every_call_is_answered_once(
        supervised in any::<bool>(),
        inputs in prop::collection::vec(input(), 0..60),
        submit in prop::collection::vec(0usize..60, 3),
    ) {
        let mode = if supervised { Mode::Supervised } else { Mode::Attached };
        let mut machine = Machine::new(mode, 3.0);
        let mut completed = Vec::new();
        let mut note = |actions: Vec<Action>, call: Option<u64>| {
            let mut answers = 0;
            for action in actions {
                match action {
                    Action::Complete(id, _) => {
                        assert!(!completed.contains(&id), "{id} was completed twice");
                        completed.push(id);
                    }
                    Action::Accept(to) | Action::Refuse(to, _) if Some(to) == call => answers += 1,
                    _ => {}
                }
            }
            answers
        };
        for (at, input) in inputs.into_iter().enumerate() {
            for (id, _) in ["a", "b", "c"].iter().zip(&submit).filter(|(_, when)| **when == at) {
                note(machine.on(Input::Submitted(invocation(id))), None);
            }
            // Only what ran before the shell asked for it can exit.
            if matches!(input, Input::Exited(_)) && !supervised {
                continue;
            }
            let posted = match &input {
                Input::Responded(call, _) | Input::Failed(call, _) | Input::InitFailed(call, _) => Some(*call),
                _ => None,
            };
            let answers = note(machine.on(input), posted);
            prop_assert_eq!(answers, usize::from(posted.is_some()));
        }
        // Whatever has happened, a runtime that now behaves brings every invocation to its end.
        for (id, when) in ["a", "b", "c"].iter().zip(&submit) {
            if *when >= 60 {
                note(machine.on(Input::Submitted(invocation(id))), None);
            }
        }
        for call in 1000..1010 {
            for action in machine.on(Input::Polled(call)) {
                if let Action::Deliver(_, delivered) = action {
                    note(machine.on(Input::Responded(call, post(&delivered.request_id, "1"))), None);
                }
            }
        }
        prop_assert!(machine.is_drained());
    }
}
