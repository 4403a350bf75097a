//! Every way in which an init does not end well.

use std::time::Duration;

use lambda_emulator::Event;
use serde_json::{Value, json};

use super::scene::{Attached, MODES, Mode, Supervised, count, until};

const FAILURES: [(&str, &str, &str); 3] = [
    ("error", "Function.Error", "the init failed"),
    ("panic", "Function.Panic", "the init panicked"),
    ("overrun", "Runtime.InitTimeout", "shortly before Lambda would have ended it"),
];

fn init_errors(history: &[Event]) -> usize {
    let is_one = |event: &Event| match event {
        Event::Posted(posted) => posted.path == "/2018-06-01/runtime/init/error" && posted.status == 202,
        _ => false,
    };
    count(history, is_one)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_init_that_fails_is_reported_ends_the_process_and_is_tried_again_by_the_next_invocation() {
    for (init, category, message) in FAILURES {
        let life = Supervised::start(Mode::Sequential, &[("INIT", init)]).await;
        for attempt in 1..=2 {
            let told = life.invoke(json!({"do": "echo", "with": 1})).await;
            assert_eq!(told.error_type.as_deref(), Some(category), "{told:?}");
            let told: Value = serde_json::from_slice(&told.payload).unwrap();
            assert!(told["errorMessage"].as_str().unwrap().contains(message), "{told}");
            assert!(init_errors(&life.emulator.history()) >= attempt);
        }
        let exits = until(&life.emulator, |history| {
            count(history, |event| matches!(event, Event::Exited { .. })) > 0
        })
        .await;
        assert!(exits.contains(&Event::Exited { code: Some(1), signal: None }), "{exits:?}");
        assert!(!exits.contains(&Event::Polled), "a function that cannot start asks for no event");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_init_that_fails_on_a_managed_instance_is_reported_and_ends_the_process() {
    for mode in [Mode::OneTask, Mode::Threads] {
        for (init, _, message) in FAILURES {
            let mut life = Attached::start(mode, &[("INIT", init)]).await;
            until(&life.emulator, |history| init_errors(history) == 1).await;
            let (status, printed) = life.function.ends(Duration::from_secs(5));
            assert_eq!(status.code(), Some(1), "{mode:?} {init}");
            assert!(printed.contains("the function cannot start") && printed.contains(message), "{printed}");
            assert!(!life.emulator.history().contains(&Event::Polled));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_during_the_init_ends_the_process_at_once_without_hooks_and_without_a_report() {
    for mode in MODES {
        let mut life = Attached::start(mode, &[("INIT", "60000")]).await;
        life.notes.wait("init begun", 1);
        life.function.signal("TERM");
        let (status, printed) = life.function.ends(Duration::from_secs(5));
        assert_eq!(status.code(), Some(0), "{mode:?}: {printed}");
        assert_eq!(life.notes.all(), ["init begun"]);
        assert_eq!(init_errors(&life.emulator.history()), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_concurrency_that_is_no_number_is_named_in_a_warning_and_one_event_is_handled_at_a_time() {
    for value in ["0", "", "-1", "many"] {
        let life = Attached::start(Mode::Sequential, &[("AWS_LAMBDA_MAX_CONCURRENCY", value)]).await;
        life.idle().await;
        let printed = life.function.says("AWS_LAMBDA_MAX_CONCURRENCY", Duration::from_secs(5));
        assert!(
            printed.contains(&format!("{value:?}")) && printed.contains("one is handled at a time"),
            "{printed}"
        );
        let polls = count(&life.emulator.history(), |event| *event == Event::Polled);
        assert_eq!(polls, 1, "{value:?}");
    }
}
