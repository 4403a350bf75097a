//! Interleavings of a runtime and its extensions, driven without a clock or a socket.

use bytes::Bytes;

use super::event::{Action, Exit, Input, Invocation, Moment, Notice, Outcome, Post, Reason, Timer};
use super::extensions::{External, MOST, Registration};
use super::machine::{Machine, Mode};
use super::milestone::{InitPhase, Milestone, Status};

const ONE: &str = "00000000-0000-4000-8000-000000000001";
const TWO: &str = "00000000-0000-4000-8000-000000000002";
const INNER: &str = "00000000-0000-4000-8000-000000000003";

fn invocation(id: &str) -> Invocation {
    Invocation { request_id: id.to_owned(), invocation_id: format!("attempt-{id}"), ..Invocation::default() }
}

fn post(id: &str) -> Post {
    Post { request_id: id.to_owned(), body: Bytes::from_static(b"1"), ..Post::default() }
}

fn external(name: &str) -> External {
    External { name: name.to_owned(), launched: true }
}

/// A supervised machine whose bootstrap is preceded by these extensions.
fn supervised(names: &[&str]) -> Machine {
    Machine::new(Mode::Supervised, 3.0).expecting(names.iter().map(|name| external(name)).collect())
}

fn register(machine: &mut Machine, name: &str, id: &str, events: &str) -> Vec<Action> {
    let body = Bytes::from(format!(r#"{{"events":[{events}]}}"#));
    let registration = Registration { name: name.to_owned(), body, id: id.to_owned() };
    machine.on(Input::Registered(900, registration))
}

fn polls(machine: &mut Machine, call: u64, id: &str) -> Vec<Action> {
    machine.on(Input::ExtensionPolled(call, Some(id.to_owned())))
}

/// A supervised machine with the extension `one`, which has been told of the invocation `a` if it asked for it.
fn running(events: &str) -> Machine {
    let mut machine = supervised(&["one"]);
    machine.on(Input::Submitted(invocation("a")));
    register(&mut machine, "one", ONE, events);
    polls(&mut machine, 10, ONE);
    machine.on(Input::Polled(1));
    machine.milestones();
    machine
}

/// An attached machine with the internal extension `inner`.
fn attached(events: &str) -> Machine {
    let mut machine = Machine::new(Mode::Attached, 3.0);
    register(&mut machine, "inner", INNER, events);
    polls(&mut machine, 10, INNER);
    machine
}

fn deliveries(actions: &[Action]) -> Vec<u64> {
    let delivered = |action: &Action| match action {
        Action::Deliver(call, _) => Some(*call),
        _ => None,
    };
    actions.iter().filter_map(delivered).collect()
}

fn told(actions: &[Action]) -> Option<(&str, &str)> {
    actions.iter().find_map(|action| match action {
        Action::Complete(id, Outcome::FunctionError { category, .. }) => {
            Some((id.as_str(), category.as_str()))
        }
        _ => None,
    })
}

fn refused(actions: &[Action]) -> (u16, &'static str) {
    match actions {
        [Action::Refuse(_, refusal), ..] => (refusal.status, refusal.kind),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn case_71_the_runtime_starts_once_every_external_has_registered() {
    let mut machine = supervised(&["one", "two"]);
    let actions = machine.on(Input::Submitted(invocation("a")));
    assert_eq!(actions, [Action::Arm(Timer::Init(1)), Action::Launch]);
    assert!(!register(&mut machine, "one", ONE, "").contains(&Action::Start));
    assert_eq!(polls(&mut machine, 10, ONE), []);
    assert!(register(&mut machine, "two", TWO, "").contains(&Action::Start));
    assert_eq!(machine.on(Input::Polled(1)), [], "an extension has not polled yet");
    assert_eq!(deliveries(&polls(&mut machine, 11, TWO)), [1]);
}

#[test]
fn an_extension_that_never_polls_holds_the_init_until_its_time_is_up() {
    let mut machine = supervised(&["one"]);
    machine.on(Input::Submitted(invocation("a")));
    register(&mut machine, "one", ONE, r#""SHUTDOWN""#);
    machine.on(Input::Polled(1));
    let actions = machine.on(Input::Elapsed(Timer::Init(1)));
    assert_eq!(actions, [Action::Arm(Timer::Grace(1)), Action::Terminate]);
    assert_eq!(machine.on(Input::Exited(Exit::Signal(15))), [Action::Arm(Timer::Farewell(1))]);
    let notice = Action::Notify(10, Notice::Shutdown(Reason::Timeout));
    assert_eq!(polls(&mut machine, 10, ONE), [notice], "what it missed comes with its poll");
    let restarted = machine.on(Input::ExtensionExited("one".to_owned(), Exit::Status(0)));
    assert_eq!(restarted, [Action::Arm(Timer::Invocation("attempt-a".to_owned())), Action::Launch]);
}

#[test]
fn case_75_an_internal_extension_registers_before_the_runtimes_poll_or_not_at_all() {
    let mut machine = Machine::new(Mode::Attached, 3.0);
    machine.on(Input::Polled(1));
    let late = register(&mut machine, "inner", INNER, "");
    assert_eq!(refused(&late), (403, "Extension.RegistrationClosed"));
    machine.on(Input::PollGone(1));
    let again = register(&mut machine, "inner", INNER, "");
    assert!(matches!(&again[..], [Action::Register { .. }]), "a runtime that follows begins anew");
}

#[test]
fn case_79_a_slow_subscriber_delays_the_next_event_and_not_the_answer() {
    for mut machine in [running(r#""INVOKE""#), {
        let mut machine = attached(r#""INVOKE""#);
        machine.on(Input::Submitted(invocation("a")));
        let actions = machine.on(Input::Polled(1));
        assert_eq!(actions[2], Action::Notify(10, Notice::Invoke(invocation("a"))));
        machine
    }] {
        let id = if machine.mode == Mode::Attached { INNER } else { ONE };
        machine.on(Input::Submitted(invocation("b")));
        let answered = machine.on(Input::Responded(2, post("a")));
        assert!(matches!(&answered[1], Action::Complete(id, Outcome::Success(_)) if id == "a"));
        assert_eq!(machine.on(Input::Polled(3)), []);
        machine.milestones();
        assert_eq!(deliveries(&polls(&mut machine, 11, id)), [3]);
        assert_eq!(machine.milestones()[0], Milestone::Ended(Status::Success), "both are through with it");
    }
}

#[test]
fn case_80_whoever_did_not_ask_for_invocations_sees_none_and_delays_none() {
    let mut machine = running(r#""SHUTDOWN""#);
    machine.on(Input::Submitted(invocation("b")));
    machine.on(Input::Responded(2, post("a")));
    assert_eq!(deliveries(&machine.on(Input::Polled(3))), [3]);
    let mut machine = attached("");
    machine.on(Input::Submitted(invocation("a")));
    let actions = machine.on(Input::Polled(1));
    assert!(!actions.iter().any(|action| matches!(action, Action::Notify(..))));
    assert_eq!(deliveries(&actions), [1]);
}

#[test]
fn a_subscriber_that_does_not_come_back_in_time_is_reset_or_waited_for_no_longer() {
    let mut machine = running(r#""INVOKE""#);
    machine.on(Input::Responded(2, post("a")));
    machine.on(Input::Polled(3));
    let timer = Timer::Invocation("attempt-a".to_owned());
    let actions = machine.on(Input::Elapsed(timer.clone()));
    assert_eq!(actions, [Action::Arm(Timer::Grace(1)), Action::Terminate]);
    let mut machine = attached(r#""INVOKE""#);
    machine.on(Input::Submitted(invocation("a")));
    machine.on(Input::Submitted(invocation("b")));
    machine.on(Input::Polled(1));
    machine.on(Input::Responded(2, post("a")));
    assert_eq!(machine.on(Input::Polled(3)), []);
    assert_eq!(deliveries(&machine.on(Input::Elapsed(timer))), [3]);
}

#[test]
fn case_81_an_extension_that_exits_fails_the_invocation_and_everything_begins_anew() {
    for (exit, message) in [
        (Exit::Status(0), "RequestId: a Error: exit code 0"),
        (Exit::Status(3), "RequestId: a Error: exit status 3"),
        (Exit::Signal(9), "RequestId: a Error: signal: killed"),
    ] {
        let mut machine = running(r#""INVOKE","SHUTDOWN""#);
        let actions = machine.on(Input::ExtensionExited("one".to_owned(), exit));
        let outcome = Outcome::platform("Extension.Crash", message);
        let expected =
            [Action::Complete("a".to_owned(), outcome), Action::Arm(Timer::Grace(1)), Action::Terminate];
        assert_eq!(actions, expected);
        machine.on(Input::Submitted(invocation("b")));
        let again = machine.on(Input::Exited(Exit::Signal(15)));
        assert_eq!(again, [Action::Arm(Timer::Invocation("attempt-b".to_owned())), Action::Launch]);
        let last =
            machine.milestones().into_iter().rev().find(|one| matches!(one, Milestone::InitStarted(_)));
        assert_eq!(last, Some(Milestone::InitStarted(InitPhase::Invoke)));
    }
}

#[test]
fn an_extension_that_exits_between_invocations_costs_nothing_but_the_next_start() {
    let mut machine = running("");
    machine.on(Input::Responded(2, post("a")));
    machine.on(Input::Polled(3));
    let actions = machine.on(Input::ExtensionExited("one".to_owned(), Exit::Status(0)));
    assert_eq!(actions, [Action::Arm(Timer::Grace(1)), Action::Terminate]);
    machine.on(Input::Exited(Exit::Signal(15)));
    assert!(machine.on(Input::Submitted(invocation("b"))).contains(&Action::Launch));
}

#[test]
fn an_init_that_an_extension_fails_is_run_once_more_within_the_invocation() {
    let not_started = || Exit::NotStarted("PermissionDenied".to_owned());
    let mut machine = supervised(&["one"]);
    machine.on(Input::Submitted(invocation("a")));
    let actions = machine.on(Input::ExtensionExited("one".to_owned(), not_started()));
    assert_eq!(actions, [Action::Arm(Timer::Invocation("attempt-a".to_owned())), Action::Launch]);
    let actions = machine.on(Input::ExtensionExited("one".to_owned(), not_started()));
    assert_eq!(told(&actions), Some(("a", "Extension.LaunchError")));
}

#[test]
fn more_extensions_than_an_environment_takes_fail_every_init() {
    let names: Vec<_> = (0..=MOST).map(|at| external(&format!("extension-{at}"))).collect();
    let mut machine = Machine::new(Mode::Supervised, 3.0).expecting(names);
    let actions = machine.on(Input::Submitted(invocation("a")));
    assert_eq!(told(&actions), Some(("a", "Extension.LaunchError")));
    assert!(!actions.iter().any(|action| matches!(action, Action::Start | Action::Launch)));
}

#[test]
fn an_error_that_an_extension_reports_fails_what_is_under_way_with_its_type() {
    let failed = |moment, id: &str| Input::ExtensionFailed {
        call: 5,
        id: Some(id.to_owned()),
        moment,
        kind: Some("Extension.NoTable".to_owned()),
        message: Some("no table".to_owned()),
    };
    let mut machine = running(r#""INVOKE""#);
    let actions = machine.on(failed(Moment::Exit, ONE));
    let outcome = Outcome::platform("Extension.NoTable", "RequestId: a Error: no table");
    assert_eq!(actions[..2], [Action::Accept(5), Action::Complete("a".to_owned(), outcome.clone())]);
    assert_eq!(actions[3], Action::Terminate);
    assert_eq!(machine.on(failed(Moment::Exit, ONE)), [Action::Accept(5)], "a repeat is a no-op");
    let mut machine = Machine::new(Mode::Attached, 3.0);
    register(&mut machine, "inner", INNER, "");
    machine.on(Input::Submitted(invocation("a")));
    let actions = machine.on(failed(Moment::Init, INNER));
    assert_eq!(actions, [Action::Accept(5), Action::Complete("a".to_owned(), outcome)]);
}

#[test]
fn cases_83_and_84_the_runtime_goes_first_then_who_asked_is_told_and_who_stays_is_killed() {
    let mut machine = supervised(&["one", "two"]);
    machine.on(Input::Submitted(invocation("a")));
    register(&mut machine, "one", ONE, r#""SHUTDOWN""#);
    register(&mut machine, "two", TWO, "");
    polls(&mut machine, 10, ONE);
    polls(&mut machine, 11, TWO);
    machine.on(Input::Polled(1));
    machine.on(Input::Responded(2, post("a")));
    machine.on(Input::Polled(3));
    let actions = machine.on(Input::Ending(Reason::Spindown));
    assert_eq!(actions, [Action::Arm(Timer::Grace(1)), Action::Terminate]);
    assert_eq!(machine.on(Input::Elapsed(Timer::Grace(1))), [Action::Kill]);
    let expected = [
        Action::Arm(Timer::Farewell(1)),
        Action::Notify(10, Notice::Shutdown(Reason::Spindown)),
        Action::KillExtension("two".to_owned()),
    ];
    assert_eq!(machine.on(Input::Exited(Exit::Signal(9))), expected);
    assert_eq!(machine.on(Input::ExtensionExited("two".to_owned(), Exit::Signal(9))), []);
    let stuck = machine.on(Input::Elapsed(Timer::Farewell(1)));
    assert_eq!(stuck, [Action::KillExtension("one".to_owned())]);
    assert_eq!(machine.on(Input::ExtensionExited("one".to_owned(), Exit::Signal(9))), [Action::Ended]);
}

#[test]
fn case_83_a_timeout_and_a_crash_end_with_their_reasons_before_the_environment_begins_anew() {
    let timeout = Input::Elapsed(Timer::Invocation("attempt-a".to_owned()));
    for (input, reason) in [(timeout, Reason::Timeout), (Input::Exited(Exit::Status(1)), Reason::Failure)] {
        let mut machine = running(r#""SHUTDOWN""#);
        machine.on(input);
        machine.on(Input::Submitted(invocation("b")));
        let actions = machine.on(Input::Exited(Exit::Signal(15)));
        if reason == Reason::Timeout {
            assert_eq!(actions[1], Action::Notify(10, Notice::Shutdown(reason)));
        }
        let again = machine.on(Input::ExtensionExited("one".to_owned(), Exit::Status(0)));
        assert_eq!(again, [Action::Arm(Timer::Invocation("attempt-b".to_owned())), Action::Launch]);
    }
}

#[test]
fn case_85_without_an_extension_the_runtime_is_killed_at_once() {
    let mut machine = supervised(&[]);
    machine.on(Input::Submitted(invocation("a")));
    machine.on(Input::Polled(1));
    machine.on(Input::Responded(2, post("a")));
    machine.on(Input::Polled(3));
    assert_eq!(machine.on(Input::Ending(Reason::Spindown)), [Action::Kill]);
    assert_eq!(machine.on(Input::Exited(Exit::Signal(9))), [Action::Ended]);
}

#[test]
fn an_internal_extension_is_worth_a_sigterm_and_the_runtime_may_answer_what_it_has() {
    let mut machine = supervised(&[]);
    machine.on(Input::Submitted(invocation("a")));
    register(&mut machine, "inner", INNER, "");
    polls(&mut machine, 10, INNER);
    machine.on(Input::Polled(1));
    machine.on(Input::Submitted(invocation("b")));
    let gone = |id: &str| Action::Complete(id.to_owned(), Outcome::shut_down());
    let expected = [gone("b"), Action::Arm(Timer::Grace(1)), Action::Terminate];
    assert_eq!(machine.on(Input::Ending(Reason::Spindown)), expected);
    assert_eq!(machine.on(Input::Submitted(invocation("c"))), [gone("c")]);
    let answered = machine.on(Input::Responded(2, post("a")));
    assert!(matches!(&answered[..], [Action::Accept(2), Action::Complete(_, Outcome::Success(_))]));
    assert_eq!(machine.on(Input::Polled(3)), []);
    assert_eq!(machine.on(Input::Exited(Exit::Status(0))), [Action::Ended]);
    assert_eq!(machine.on(Input::Ending(Reason::Spindown)), [Action::Ended], "it has ended already");
}

#[test]
fn what_somebody_else_started_is_told_and_not_waited_for() {
    let somebody_elses = External { name: "one".to_owned(), launched: false };
    let mut machine = Machine::new(Mode::Attached, 3.0).expecting(vec![somebody_elses]);
    machine.on(Input::Submitted(invocation("a")));
    assert_eq!(machine.on(Input::Polled(1)), [], "it has not registered yet");
    register(&mut machine, "one", ONE, r#""INVOKE","SHUTDOWN""#);
    assert_eq!(deliveries(&polls(&mut machine, 10, ONE)), [1]);
    machine.on(Input::Responded(2, post("a")));
    let actions = machine.on(Input::Ending(Reason::Failure));
    assert_eq!(actions, [Action::Arm(Timer::Farewell(0)), Action::Ended]);
    let notice = Action::Notify(11, Notice::Shutdown(Reason::Failure));
    assert_eq!(polls(&mut machine, 11, ONE), [notice], "it was busy");
}

#[test]
fn case_90_subscriptions_close_with_the_init() {
    let subscribe = |call| Input::Subscribed(call, Some(INNER.to_owned()), Err("types".to_owned()));
    let mut machine = attached("");
    assert_eq!(refused(&machine.on(subscribe(5))), (400, "ValidationError"));
    machine.on(Input::Polled(1));
    assert_eq!(refused(&machine.on(subscribe(6))), (403, "Telemetry.SubscriptionClosed"));
    let unknown = Input::Subscribed(7, Some(TWO.to_owned()), Err(String::new()));
    assert_eq!(refused(&machine.on(unknown)), (403, "Extension.UnknownExtensionIdentifier"));
}
