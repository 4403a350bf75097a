//! SIGTERM, whenever it comes.

use std::time::{Duration, Instant};

use lambda_emulator::{Event, Invoke, Invoked, ShutdownReason};
use serde_json::{Value, json};

use super::scene::{Attached, MODES, Mode, Supervised};

/// From SIGTERM to SIGKILL, where only internal extensions are registered.
const BUDGET: Duration = Duration::from_millis(300);
/// The machine that runs the tests has other things to do.
const SLACK: Duration = Duration::from_secs(2);

const HOOKS: [&str; 2] = ["shutdown 2", "shutdown 1 Sigterm"];

/// Asserts that the process, which has been sent SIGTERM, ends in time and with success. Gives what it printed.
fn ended(life: &mut Attached) -> String {
    let signalled = Instant::now();
    let (status, printed) = life.function.ends(BUDGET + SLACK);
    assert_eq!(status.code(), Some(0), "{printed}");
    assert!(signalled.elapsed() < BUDGET + SLACK);
    printed
}

fn last_notes(life: &Attached, count: usize) -> Vec<String> {
    let mut notes = life.notes.wait("shutdown 1", 1);
    notes.split_off(notes.len() - count)
}

/// Invokes the function and sends SIGTERM once it has said `begun`.
async fn signalled_during(life: &Attached, task: Value, begun: &str) -> Invoked {
    let invoked = life.emulator.invoke(Invoke::new(task.to_string()));
    let signalled = async {
        tokio::task::block_in_place(|| life.notes.wait(begun, 1));
        life.function.signal("TERM");
    };
    tokio::join!(invoked, signalled).0
}

#[tokio::test(flavor = "multi_thread")]
async fn case_86_a_hook_registers_an_extension_without_events_which_earns_sigterm() {
    let life = Supervised::start(Mode::Sequential, &[]).await;
    life.echoes().await;
    life.emulator.shut_down(ShutdownReason::Spindown).await;
    let history = life.emulator.history();
    let name = "_lambda-rt-graceful-shutdown".to_owned();
    let at = |event: &Event| history.iter().position(|found| found == event);
    let registered = at(&Event::ExtensionRegistered { name: name.clone() });
    assert!(registered.is_some() && registered < at(&Event::Polled), "{history:?}");
    assert!(history.contains(&Event::ExtensionPolled { name }));
    assert!(!history.iter().any(|event| matches!(event, Event::ExtensionInvoked { .. })));
    assert!(history.contains(&Event::Exited { code: Some(0), signal: None }), "{history:?}");
    let notes = life.notes.wait("shutdown 1", 1);
    assert_eq!(notes[notes.len() - 2..], HOOKS);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_hook_no_extension_is_registered_and_the_service_kills_at_once() {
    let life = Supervised::start(Mode::Sequential, &[("HOOKS", "none")]).await;
    life.echoes().await;
    life.emulator.shut_down(ShutdownReason::Spindown).await;
    let history = life.emulator.history();
    assert!(!history.iter().any(|event| matches!(event, Event::ExtensionRegistered { .. })));
    assert!(history.contains(&Event::Exited { code: None, signal: Some(9) }), "{history:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn case_86_sigterm_while_idle_runs_the_hooks_in_reverse_order_and_ends_with_success() {
    for mode in MODES {
        let mut life = Attached::start(mode, &[]).await;
        life.idle().await;
        life.function.signal("TERM");
        ended(&mut life);
        assert_eq!(last_notes(&life, 2), HOOKS, "{mode:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_during_an_invocation_lets_it_finish_before_the_hooks_run() {
    for mode in MODES {
        let mut life = Attached::start(mode, &[]).await;
        life.idle().await;
        let told = signalled_during(&life, json!({"do": "sleep", "with": 60}), "handling").await;
        assert_eq!((told.error_type, &told.payload[..]), (None, &b"\"done\""[..]), "{mode:?}");
        ended(&mut life);
        assert_eq!(last_notes(&life, 2), HOOKS);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invocation_that_outlasts_half_the_budget_is_given_up_with_a_warning_and_the_hooks_run() {
    for mode in MODES {
        let mut life = Attached::start(mode, &[]).await;
        life.idle().await;
        // The emulator hears no more of it, and tells its caller that it took too long.
        let told = signalled_during(&life, json!({"do": "sleep", "with": 60_000}), "handling").await;
        assert!(told.error_type.is_some_and(|kind| kind.starts_with("Sandbox.Timed")), "{mode:?}");
        let printed = ended(&mut life);
        assert!(
            printed.contains("an invocation was still running when the environment was shut down"),
            "{printed}"
        );
        assert_eq!(last_notes(&life, 2), HOOKS);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_between_an_answer_and_the_next_poll_lets_deferred_work_finish() {
    for mode in MODES {
        let mut life = Attached::start(mode, &[]).await;
        life.idle().await;
        let told = signalled_during(&life, json!({"do": "defer", "with": 60}), "deferred begun").await;
        assert_eq!(told.error_type, None, "{mode:?}");
        ended(&mut life);
        assert_eq!(last_notes(&life, 3), ["deferred done", HOOKS[0], HOOKS[1]]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_that_panics_or_never_ends_does_not_stop_the_others_and_a_second_sigterm_changes_nothing() {
    let mut life = Attached::start(MODES[0], &[("HOOKS", "bad")]).await;
    life.idle().await;
    life.function.signal("TERM");
    life.function.signal("TERM");
    let printed = ended(&mut life);
    assert_eq!(last_notes(&life, 2), HOOKS);
    assert!(printed.contains("a hook of on_shutdown failed") && printed.contains("told to"), "{printed}");
    assert!(printed.contains("a hook of on_shutdown was dropped: it took longer than"), "{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_hook_sigterm_ends_the_process_as_it_ends_any_other() {
    use std::os::unix::process::ExitStatusExt;
    let mut life = Attached::start(MODES[0], &[("HOOKS", "none")]).await;
    life.idle().await;
    life.function.signal("TERM");
    let (status, _) = life.function.ends(SLACK);
    assert_eq!(status.signal(), Some(15));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_spawned_beside_a_plain_runtime_runs_on_sigterm_and_ends_the_process_with_success() {
    let mut life = Attached::start(MODES[0], &[("SPAWN", "1")]).await;
    life.idle().await;
    assert_eq!(life.emulator.invoke(Invoke::new("7")).await.payload, "7");
    life.function.signal("TERM");
    assert!(ended(&mut life).contains("goodbye"));
    let history = life.emulator.history();
    assert!(history.iter().any(|event| matches!(event, Event::ExtensionRegistered { .. })), "{history:?}");
}
