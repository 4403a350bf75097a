//! Interleavings of the machine, driven without a clock or a socket.

use bytes::Bytes;

use super::event::{Action, Exit, Input, Invocation, Outcome, Post, Timer};
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

fn timer(id: &str) -> Timer {
    Timer::Invocation(format!("attempt-{id}"))
}

/// What the first delivery of an event comes to.
fn delivered(call: u64, id: &str) -> [Action; 2] {
    [Action::Arm(timer(id)), Action::Deliver(call, invocation(id))]
}

/// What the first need of a process comes to.
fn first_start() -> [Action; 2] {
    [Action::Arm(Timer::Init(1)), Action::Start]
}

/// What every later start comes to: its time is the invocation's.
fn suppressed_start(id: &str) -> [Action; 2] {
    [Action::Arm(timer(id)), Action::Start]
}

/// The category and the message that a caller is told.
fn told(actions: &[Action]) -> (String, String) {
    let outcome = actions.iter().find_map(|action| match action {
        Action::Complete(_, Outcome::FunctionError { category, body, .. }) => Some((category, body)),
        _ => None,
    });
    let (category, body) = outcome.unwrap_or_else(|| panic!("nobody is told of a failure: {actions:?}"));
    let body: serde_json::Value = serde_json::from_slice(body).unwrap();
    (category.clone(), body["errorMessage"].as_str().unwrap().to_owned())
}

/// A machine that has delivered `id` on call 1.
fn running(mode: Mode, id: &str) -> Machine {
    let mut machine = Machine::new(mode, 3.0);
    machine.on(Input::Submitted(invocation(id)));
    assert_eq!(machine.on(Input::Polled(1)), delivered(1, id));
    machine
}

/// A machine whose process, started for `id`, has been given it on call 1.
fn supervised_and_running(id: &str) -> Machine {
    let mut machine = Machine::new(Mode::Supervised, 3.0);
    assert_eq!(machine.on(Input::Submitted(invocation(id))), first_start());
    assert_eq!(machine.on(Input::Polled(1)), delivered(1, id));
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
    assert_eq!(machine.on(Input::Polled(3)), delivered(3, "b"));
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
fn case_34_an_init_error_of_a_supervised_process_is_followed_by_its_end_and_nothing_else() {
    let mut machine = Machine::new(Mode::Supervised, 3.0);
    machine.on(Input::Submitted(invocation("a")));
    assert_eq!(machine.on(Input::InitFailed(1, post("", "{}"))), [Action::Accept(1)]);
    assert_eq!(refused(&machine.on(Input::Polled(2))), (403, "InvalidStateTransition"));
    assert_eq!(refused(&machine.on(Input::InitFailed(3, post("", "{}")))), (403, "InvalidStateTransition"));
    let overdue = machine.on(Input::Elapsed(Timer::Init(1)));
    assert_eq!(overdue, [Action::Kill], "a process that does not end by itself is ended");
}

#[test]
fn case_33_the_second_init_error_is_the_result_and_after_a_silent_crash_the_first_is() {
    let reported = |body: &'static str| Outcome::FunctionError {
        category: "Runtime.Unknown".to_owned(),
        body: Bytes::from_static(body.as_bytes()),
        xray_cause: None,
    };
    for (second, result) in [(Some("second"), "second"), (None, "first")] {
        let mut machine = Machine::new(Mode::Supervised, 3.0);
        assert_eq!(machine.on(Input::Submitted(invocation("a"))), first_start());
        machine.on(Input::InitFailed(1, post("", "first")));
        assert_eq!(machine.on(Input::Exited(Exit::Status(1))), suppressed_start("a"));
        if let Some(body) = second {
            machine.on(Input::InitFailed(2, post("", body)));
        }
        let actions = machine.on(Input::Exited(Exit::Status(1)));
        assert_eq!(actions, [Action::Complete("a".to_owned(), reported(result))]);
    }
}

#[test]
fn an_init_that_fails_once_costs_the_caller_nothing() {
    let mut machine = Machine::new(Mode::Supervised, 3.0);
    machine.on(Input::Submitted(invocation("a")));
    machine.on(Input::InitFailed(1, post("", "first")));
    machine.on(Input::Exited(Exit::Status(1)));
    // The time is already running, since the suppressed init.
    assert_eq!(machine.on(Input::Polled(2)), [Action::Deliver(2, invocation("a"))]);
}

#[test]
fn an_init_that_hangs_is_killed_and_within_an_invocation_it_times_out() {
    let mut machine = Machine::new(Mode::Supervised, 3.0);
    machine.on(Input::Submitted(invocation("a")));
    assert_eq!(machine.on(Input::Elapsed(Timer::Init(1))), [Action::Kill]);
    assert_eq!(machine.on(Input::Exited(Exit::Signal(9))), suppressed_start("a"));
    let actions = machine.on(Input::Elapsed(timer("a")));
    assert_eq!(told(&actions).0, "Sandbox.Timedout");
    assert_eq!(actions[1], Action::Kill);
    assert_eq!(machine.on(Input::Exited(Exit::Signal(9))), []);
}

#[test]
fn case_31_a_crash_is_told_in_three_ways() {
    for (exit, message) in [
        (Exit::Status(0), "RequestId: a Error: Runtime exited without providing a reason"),
        (Exit::Status(1), "RequestId: a Error: Runtime exited with error: exit status 1"),
        (Exit::Signal(9), "RequestId: a Error: Runtime exited with error: signal: killed"),
    ] {
        let mut machine = supervised_and_running("a");
        let actions = machine.on(Input::Exited(exit));
        assert_eq!(told(&actions), ("Runtime.ExitError".to_owned(), message.to_owned()));
    }
}

#[test]
fn case_32_after_a_crash_the_next_invocation_starts_the_process_again_within_its_time() {
    let mut machine = supervised_and_running("a");
    machine.on(Input::Exited(Exit::Status(1)));
    assert_eq!(machine.on(Input::Submitted(invocation("b"))), suppressed_start("b"));
    assert_eq!(machine.on(Input::Polled(2)), [Action::Deliver(2, invocation("b"))]);
}

#[test]
fn case_36_a_bootstrap_that_cannot_start_is_told_and_does_not_hang() {
    let missing = || Exit::NotStarted("[/no/bootstrap]".to_owned());
    let mut machine = Machine::new(Mode::Supervised, 3.0);
    assert_eq!(machine.on(Input::Submitted(invocation("a"))), first_start());
    assert_eq!(machine.on(Input::Exited(missing())), suppressed_start("a"));
    let message = "RequestId: a Error: Couldn't find valid bootstrap(s): [/no/bootstrap]";
    let expected = ("Runtime.InvalidEntrypoint".to_owned(), message.to_owned());
    assert_eq!(told(&machine.on(Input::Exited(missing()))), expected);
    assert_eq!(machine.on(Input::Submitted(invocation("b"))), suppressed_start("b"));
    assert_eq!(told(&machine.on(Input::Exited(missing()))).0, "Runtime.InvalidEntrypoint");
}

#[test]
fn case_107_a_timeout_is_told_and_the_process_killed_and_started_for_the_next() {
    let mut machine = supervised_and_running("a");
    let actions = machine.on(Input::Elapsed(timer("a")));
    let timed_out =
        Outcome::platform("Sandbox.Timedout", "RequestId: a Error: Task timed out after 3.00 seconds");
    assert_eq!(actions, [Action::Complete("a".to_owned(), timed_out), Action::Kill]);
    assert_eq!(machine.on(Input::Submitted(invocation("b"))), []);
    assert_eq!(machine.on(Input::Polled(2)), [], "the poll of a dying process takes nothing with it");
    assert_eq!(machine.on(Input::Exited(Exit::Signal(9))), suppressed_start("b"));
}

#[test]
fn a_function_that_has_answered_and_does_not_come_back_in_time_is_killed() {
    let mut machine = supervised_and_running("a");
    machine.on(Input::Responded(2, post("a", "1")));
    assert_eq!(machine.on(Input::Elapsed(timer("a"))), [Action::Kill]);
    let mut machine = running(Mode::Attached, "a");
    machine.on(Input::Responded(2, post("a", "1")));
    assert_eq!(machine.on(Input::Elapsed(timer("a"))), []);
}

#[test]
fn a_late_answer_is_410_once_and_then_400() {
    let mut machine = running(Mode::Attached, "a");
    machine.on(Input::Elapsed(timer("a")));
    assert_eq!(refused(&machine.on(Input::Responded(2, post("a", "1")))), (410, "InvokeTimeout"));
    assert_eq!(refused(&machine.on(Input::Responded(3, post("a", "1")))), (400, "InvalidRequestID"));
    machine.on(Input::Submitted(invocation("b")));
    assert_eq!(machine.on(Input::Polled(4)), delivered(4, "b"));
}

#[test]
fn a_runtime_that_is_gone_may_be_followed_by_one_whose_init_fails() {
    let mut machine = Machine::new(Mode::Attached, 3.0);
    machine.on(Input::Polled(1));
    assert_eq!(refused(&machine.on(Input::InitFailed(2, post("", "{}")))), (403, "InvalidStateTransition"));
    machine.on(Input::PollGone(1));
    assert_eq!(machine.on(Input::InitFailed(3, post("", "{}"))), [Action::Accept(3)]);
}

#[test]
fn a_shutdown_tells_everybody_who_waits_and_whoever_comes_later() {
    let mut machine = supervised_and_running("a");
    machine.on(Input::Submitted(invocation("b")));
    let gone = |id: &str| Action::Complete(id.to_owned(), Outcome::shut_down());
    assert_eq!(machine.on(Input::ShutDown), [gone("a"), gone("b"), Action::Kill]);
    assert_eq!(machine.on(Input::Exited(Exit::Signal(9))), [], "nothing is started any more");
    assert_eq!(machine.on(Input::Submitted(invocation("c"))), [gone("c")]);
    assert_eq!(refused(&machine.on(Input::Polled(2))), (500, "InternalServerError"));
    assert_eq!(refused(&machine.on(Input::Responded(3, post("a", "1")))), (500, "InternalServerError"));
}

#[test]
fn case_106_concurrent_invokes_queue_in_order() {
    let mut machine = running(Mode::Attached, "a");
    machine.on(Input::Submitted(invocation("b")));
    machine.on(Input::Submitted(invocation("c")));
    for (id, call) in [("a", 2), ("b", 4), ("c", 6)] {
        machine.on(Input::Responded(call, post(id, "1")));
        let actions = machine.on(Input::Polled(call + 1));
        match id {
            "a" => assert_eq!(actions, delivered(call + 1, "b")),
            "b" => assert_eq!(actions, delivered(call + 1, "c")),
            _ => assert_eq!(actions, []),
        }
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
