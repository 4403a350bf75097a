//! Interleavings of a managed instance, driven without a clock or a socket.

use bytes::Bytes;

use super::event::{Action, Exit, Input, Invocation, Notice, Outcome, Post, Reason, Timer};
use super::extensions::{External, Registration};
use super::machine::Mode;
use super::managed::Managed;

fn invocation(id: &str) -> Invocation {
    Invocation { request_id: id.to_owned(), invocation_id: format!("attempt-{id}"), ..Invocation::default() }
}

fn submitted(id: &str) -> Input {
    Input::Submitted(invocation(id))
}

fn post(id: &str, body: &str) -> Post {
    Post { request_id: id.to_owned(), body: Bytes::from(body.to_owned()), ..Post::default() }
}

fn timer(id: &str) -> Timer {
    Timer::Invocation(format!("attempt-{id}"))
}

fn delivered(call: u64, id: &str) -> [Action; 2] {
    [Action::Arm(timer(id)), Action::Deliver(call, invocation(id))]
}

fn answered(call: u64, id: &str, body: &'static str) -> [Action; 3] {
    let outcome = Outcome::Success(Bytes::from_static(body.as_bytes()));
    [Action::Accept(call), Action::Disarm(timer(id)), Action::Complete(id.to_owned(), outcome)]
}

fn told(id: &str, outcome: Outcome) -> Action {
    Action::Complete(id.to_owned(), outcome)
}

fn refused(actions: &[Action]) -> (u16, &'static str) {
    match actions {
        [Action::Refuse(_, refusal)] => (refusal.status, refusal.kind),
        other => panic!("not refused: {other:?}"),
    }
}

fn attached() -> Managed {
    Managed::new(Mode::Attached, 3.0, 130.0)
}

/// A started process, before its first poll.
fn supervised() -> Managed {
    let mut managed = Managed::new(Mode::Supervised, 3.0, 130.0);
    assert_eq!(managed.on(Input::Prepare), [Action::Arm(Timer::Init(1)), Action::Start]);
    managed
}

/// Handles `a` and `b`, delivered on the calls 1 and 2.
fn busy(mut managed: Managed) -> Managed {
    for (call, id) in [(1, "a"), (2, "b")] {
        assert_eq!(managed.on(Input::Polled(call)), []);
        assert_eq!(managed.on(submitted(id)), delivered(call, id));
    }
    managed
}

#[test]
fn the_oldest_poll_gets_the_oldest_event_and_answers_come_in_any_order() {
    let mut managed = attached();
    for call in [1, 2, 3] {
        managed.on(Input::Polled(call));
    }
    managed.on(Input::PollGone(1));
    assert_eq!(managed.on(submitted("a")), delivered(2, "a"));
    assert_eq!(managed.on(submitted("b")), delivered(3, "b"));
    assert_eq!(managed.on(Input::Responded(4, post("b", "1"))), answered(4, "b", "1"));
    assert_eq!(managed.on(Input::Responded(5, post("a", "2"))), answered(5, "a", "2"));
}

#[test]
fn case_62_with_the_first_poll_the_init_is_over() {
    let mut managed = attached();
    assert_eq!(managed.on(submitted("a")), []);
    assert_eq!(managed.on(submitted("b")), []);
    assert_eq!(managed.on(Input::Polled(1)), delivered(1, "a"));
    assert_eq!(refused(&managed.on(Input::InitFailed(2, post("", "{}")))), (403, "InvalidStateTransition"));
    assert_eq!(managed.on(submitted("c")), [Action::Reject(Outcome::unavailable())]);
    assert_eq!(
        managed.on(Input::Polled(3)),
        delivered(3, "b"),
        "what came during the init has a right to a slot"
    );
}

#[test]
fn case_64_without_an_idle_worker_an_invocation_is_refused_at_once() {
    let mut managed = busy(attached());
    assert_eq!(managed.on(submitted("c")), [Action::Reject(Outcome::unavailable())]);
    managed.on(Input::Responded(3, post("a", "1")));
    assert_eq!(managed.on(submitted("c")), [Action::Reject(Outcome::unavailable())], "it has not polled yet");
    managed.on(Input::Polled(4));
    assert_eq!(managed.on(submitted("c")), delivered(4, "c"));
}

#[test]
fn case_65_an_id_that_is_under_way_is_refused() {
    let mut managed = attached();
    managed.on(submitted("a"));
    assert_eq!(managed.on(submitted("a")), [Action::Reject(Outcome::duplicated())], "while it waits");
    managed.on(Input::Polled(1));
    managed.on(Input::Polled(2));
    assert_eq!(managed.on(submitted("a")), [Action::Reject(Outcome::duplicated())], "while it runs");
    managed.on(Input::Responded(3, post("a", "1")));
    assert_eq!(managed.on(submitted("a")), delivered(2, "a"));
}

#[test]
fn case_42_and_66_a_timeout_is_told_to_the_caller_alone_and_the_late_answer_is_410_then_400() {
    let mut managed = busy(supervised());
    let timed_out = Outcome::timed_out("a", 3.0);
    assert_eq!(managed.on(Input::Elapsed(timer("a"))), [told("a", timed_out)], "nobody is killed");
    assert_eq!(refused(&managed.on(Input::Responded(3, post("a", "1")))), (410, "InvokeTimeout"));
    assert_eq!(refused(&managed.on(Input::Responded(4, post("a", "1")))), (400, "InvalidRequestID"));
    assert_eq!(managed.on(Input::Responded(5, post("b", "2"))), answered(5, "b", "2"));
    managed.on(Input::Polled(6));
    assert_eq!(managed.on(submitted("c")), delivered(6, "c"));
}

#[test]
fn case_16_a_second_answer_is_400() {
    let mut managed = busy(attached());
    managed.on(Input::Responded(3, post("a", "1")));
    for second in [Input::Responded, Input::Failed] {
        assert_eq!(refused(&managed.on(second(4, post("a", "2")))), (400, "InvalidRequestID"));
        assert_eq!(refused(&managed.on(second(4, post("x", "2")))), (400, "InvalidRequestID"));
    }
}

#[test]
fn case_39_an_echo_of_another_attempt_is_410_and_the_right_answer_is_still_taken() {
    let mut managed = busy(attached());
    let echoing = |echo: &str| Post { invocation_id: Some(echo.to_owned()), ..post("a", "1") };
    for wrong in ["attempt-b", ""] {
        assert_eq!(refused(&managed.on(Input::Responded(3, echoing(wrong)))), (410, "InvokeTimeout"));
        assert_eq!(refused(&managed.on(Input::Failed(4, echoing(wrong)))), (410, "InvokeTimeout"));
    }
    assert_eq!(managed.on(Input::Responded(5, echoing("attempt-a"))), answered(5, "a", "1"));
}

#[test]
fn case_68_the_end_of_the_process_fails_everything_and_the_environment_with_it() {
    let mut managed = busy(supervised());
    let exit = Exit::Status(1);
    let actions = managed.on(Input::Exited(exit.clone()));
    let expected = ["a", "b"].map(|id| [Action::Disarm(timer(id)), told(id, Outcome::exited(id, &exit))]);
    assert_eq!(actions, expected.concat());
    assert_eq!(managed.on(submitted("c")), [Action::Reject(Outcome::unhealthy())], "there is no other");
    assert_eq!(managed.on(Input::Prepare), []);
    assert_eq!(refused(&managed.on(Input::Polled(3))), (500, "InternalServerError"));
}

#[test]
fn an_init_error_ends_the_environment_and_only_the_first_worker_gets_to_say_it() {
    let mut managed = supervised();
    managed.on(submitted("a"));
    let category = "Runtime.Unknown".to_owned();
    let outcome = Outcome::FunctionError { category, body: Bytes::from_static(b"{}"), xray_cause: None };
    assert_eq!(managed.on(Input::InitFailed(1, post("", "{}"))), [Action::Accept(1), told("a", outcome)]);
    assert_eq!(refused(&managed.on(Input::InitFailed(2, post("", "{}")))), (403, "InvalidStateTransition"));
    assert_eq!(refused(&managed.on(Input::Polled(3))), (403, "InvalidStateTransition"));
    assert_eq!(managed.on(submitted("b")), [Action::Reject(Outcome::unhealthy())]);
    assert_eq!(managed.on(Input::Elapsed(Timer::Init(1))), [Action::Kill], "it should have ended by itself");
    assert_eq!(managed.on(Input::Exited(Exit::Signal(9))), []);
}

#[test]
fn an_init_that_hangs_is_killed_and_its_callers_told() {
    let mut managed = supervised();
    managed.on(submitted("a"));
    let actions = managed.on(Input::Elapsed(Timer::Init(1)));
    assert_eq!(actions, [told("a", Outcome::init_timed_out(130.0)), Action::Kill]);
    let mut managed = busy(supervised());
    assert_eq!(managed.on(Input::Elapsed(Timer::Init(1))), [], "that one was in time");
}

#[test]
fn polls_without_end_are_refused_at_ten_thousand() {
    let mut managed = attached();
    for call in 0..10_000 {
        assert_eq!(managed.on(Input::Polled(call)), []);
    }
    assert_eq!(refused(&managed.on(Input::Polled(10_000))), (500, "InternalServerError"));
}

#[test]
fn a_shutdown_tells_everybody_who_waits_and_whoever_comes_later() {
    let mut managed = busy(supervised());
    let gone = Outcome::environment_shut_down;
    let expected = ["a", "b"].map(|id| vec![Action::Disarm(timer(id)), told(id, gone())]);
    assert_eq!(managed.on(Input::ShutDown), [expected.concat(), vec![Action::Kill]].concat());
    assert_eq!(managed.on(Input::ShutDown), []);
    assert_eq!(managed.on(Input::Exited(Exit::Signal(9))), []);
    assert_eq!(managed.on(submitted("c")), [Action::Reject(gone())]);
    for call in [Input::Polled(3), Input::Responded(3, post("a", "1")), Input::InitFailed(3, post("", "{}"))]
    {
        assert_eq!(refused(&managed.on(call)), (500, "InternalServerError"));
    }
}

const ONE: &str = "00000000-0000-4000-8000-000000000001";

/// A supervised instance with the extension `one`, which has registered for its end and polls on call 90.
fn extended() -> Managed {
    let one = External { name: "one".to_owned(), launched: true };
    let mut managed = Managed::new(Mode::Supervised, 3.0, 130.0).expecting(vec![one]);
    assert_eq!(managed.on(Input::Prepare), [Action::Arm(Timer::Init(1)), Action::Launch]);
    let body = Bytes::from_static(br#"{"events":["SHUTDOWN"]}"#);
    let registration = Registration { name: "one".to_owned(), body, id: ONE.to_owned() };
    let actions = managed.on(Input::Registered(80, registration));
    assert_eq!(actions.last(), Some(&Action::Start), "the runtime follows its extensions");
    managed
}

fn polls(managed: &mut Managed, call: u64) -> Vec<Action> {
    managed.on(Input::ExtensionPolled(call, Some(ONE.to_owned())))
}

#[test]
fn case_62_the_init_is_over_with_one_poll_and_all_extensions() {
    let mut managed = extended();
    assert_eq!(managed.on(submitted("a")), []);
    assert_eq!(managed.on(Input::Polled(1)), [], "an extension is not ready yet");
    assert_eq!(polls(&mut managed, 90), delivered(1, "a"));
}

#[test]
fn an_extension_that_ends_takes_everything_along() {
    let mut managed = extended();
    polls(&mut managed, 90);
    let mut managed = busy(managed);
    let actions = managed.on(Input::ExtensionExited("one".to_owned(), Exit::Status(0)));
    let crashed = |id: &str| {
        told(id, Outcome::platform("Extension.Crash", &format!("RequestId: {id} Error: exit code 0")))
    };
    assert!(actions.contains(&crashed("a")) && actions.contains(&crashed("b")), "{actions:?}");
    assert_eq!(actions[4..], [Action::Arm(Timer::Grace(1)), Action::Terminate]);
    assert_eq!(managed.on(submitted("c")), [Action::Reject(Outcome::unhealthy())]);
    assert_eq!(managed.on(Input::Exited(Exit::Signal(15))), []);
    assert_eq!(managed.on(Input::Ending(Reason::Spindown)), [Action::Ended]);
}

#[test]
fn the_end_of_a_managed_instance_has_the_same_steps_as_any_other() {
    let mut managed = extended();
    polls(&mut managed, 90);
    managed.on(Input::Polled(1));
    let actions = managed.on(Input::Ending(Reason::Spindown));
    assert_eq!(actions, [Action::Arm(Timer::Grace(1)), Action::Terminate]);
    assert_eq!(managed.on(Input::Elapsed(Timer::Grace(1))), [Action::Kill]);
    let notice = Action::Notify(90, Notice::Shutdown(Reason::Spindown));
    assert_eq!(managed.on(Input::Exited(Exit::Signal(9))), [Action::Arm(Timer::Farewell(1)), notice]);
    let stuck = managed.on(Input::Elapsed(Timer::Farewell(1)));
    assert_eq!(stuck, [Action::KillExtension("one".to_owned())]);
    assert_eq!(managed.on(Input::ExtensionExited("one".to_owned(), Exit::Signal(9))), [Action::Ended]);
    let mut alone = supervised();
    assert_eq!(alone.on(Input::Ending(Reason::Spindown)), [Action::Kill]);
    assert_eq!(alone.on(Input::Exited(Exit::Signal(9))), [Action::Ended]);
}
