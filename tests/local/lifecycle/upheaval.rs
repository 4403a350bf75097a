//! Crashes, timeouts and thaws, while a function is idle, handles an event, or works after its answer.

use std::time::Duration;

use lambda_emulator::{Event, Invoke};
use serde_json::{Value, json};

use super::scene::{Attached, MODES, Mode, POLLERS, Supervised, count, until};

fn json(payload: &[u8]) -> Value {
    serde_json::from_slice(payload).unwrap()
}

async fn exited(life: &Supervised, times: usize) {
    until(&life.emulator, |history| count(history, |event| matches!(event, Event::Exited { .. })) >= times)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_costs_the_invocation_under_way_and_a_new_process_serves_the_next() {
    let life = Supervised::start(Mode::Sequential, &[]).await;
    life.echoes().await;
    for (crashes, (when, error_type)) in
        [("handling", Some("Runtime.ExitError")), ("deferring", None), ("idle", None)].into_iter().enumerate()
    {
        let told = life.invoke(json!({"do": "crash", "with": when})).await;
        assert_eq!(told.error_type.as_deref(), error_type, "{when}: {told:?}");
        exited(&life, crashes + 1).await;
        life.echoes().await;
        life.notes.wait("init done", crashes + 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_68_a_crash_on_a_managed_instance_fails_all_invocations_under_way() {
    for mode in [Mode::OneTask, Mode::Threads] {
        let life = Supervised::start(mode, &[]).await;
        life.ready(mode).await;
        let sleep = json!({"do": "sleep", "with": 60_000});
        let crash = async {
            tokio::task::block_in_place(|| life.notes.wait("handling", 2));
            life.invoke(json!({"do": "crash", "with": "handling"})).await
        };
        let (one, two, three) = tokio::join!(life.invoke(sleep.clone()), life.invoke(sleep), crash);
        for told in [one, two, three] {
            assert_eq!(told.error_type.as_deref(), Some("Runtime.ExitError"), "{mode:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeout_costs_one_invocation_or_its_deferred_work_and_the_process_lives_on() {
    for mode in MODES {
        let life = Supervised::start(mode, &[]).await;
        life.ready(mode).await;
        let late = life.invoke(json!({"do": "sleep", "with": 60_000})).await;
        assert_eq!(late.error_type.as_deref(), Some("Function.DeadlineExceeded"), "{mode:?}: {late:?}");
        let deferring = life.invoke(json!({"do": "defer", "with": 60_000})).await;
        assert_eq!(deferring.error_type, None);
        life.echoes().await;
        // Idle for longer than an invocation may take: there is no time that could run out.
        tokio::time::sleep(Duration::from_millis(2_200)).await;
        life.echoes().await;
        let notes = life.notes.all();
        assert_eq!(notes.iter().filter(|note| *note == "init done").count(), 1, "{mode:?}: {notes:?}");
        assert!(!notes.contains(&"deferred done".to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_66_and_103_a_panic_or_a_timeout_of_one_invocation_does_not_touch_the_others() {
    for mode in [Mode::OneTask, Mode::Threads] {
        let life = Supervised::start(mode, &[]).await;
        life.ready(mode).await;
        let (late, panic, slow, quick) = tokio::join!(
            life.invoke(json!({"do": "sleep", "with": 60_000})),
            life.invoke(json!({"do": "panic"})),
            life.invoke(json!({"do": "sleep", "with": 1_000})),
            life.invoke(json!({"do": "echo", "with": 7})),
        );
        assert_eq!(late.error_type.as_deref(), Some("Function.DeadlineExceeded"), "{mode:?}");
        assert_eq!(panic.error_type.as_deref(), Some("Function.Panic"));
        assert_eq!((slow.error_type, quick.error_type), (None, None));
        assert_eq!(json(&quick.payload)["echo"], 7);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_61_and_63_as_many_events_as_the_instance_takes_run_at_once_each_with_its_own_context() {
    for mode in [Mode::OneTask, Mode::Threads] {
        let life = Supervised::start(mode, &[]).await;
        life.ready(mode).await;
        let echoes = (0..POLLERS).map(|number| {
            let invoke = Invoke::new(json!({"do": "echo", "with": number}).to_string());
            life.emulator.invoke(invoke.request_id(format!("r-{number}")))
        });
        let mut echoes: Vec<_> = echoes.map(Box::pin).collect();
        for (number, echo) in echoes.iter_mut().enumerate() {
            let told = json(&echo.await.payload);
            assert_eq!(told["echo"], number, "{mode:?}");
            assert_eq!(told["current"], format!("r-{number}"));
            assert_eq!(told["trace"], Value::Null, "the process has no one trace");
        }
        // None of them is busy any more, and none is gone.
        life.polled(2 * POLLERS).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thaw_is_told_before_the_handler_runs_and_only_where_there_are_freezes() {
    let life = Supervised::start(Mode::Sequential, &[]).await;
    life.echoes().await;
    life.emulator.freeze().await;
    tokio::time::sleep(Duration::from_millis(1_300)).await;
    life.echoes().await;
    let notes = life.notes.wait("handling", 2);
    let slept = notes.iter().position(|note| note.starts_with("slept")).unwrap();
    let millis: u64 = notes[slept].split(' ').nth(1).unwrap().parse().unwrap();
    assert!((1_200..10_000).contains(&millis), "{notes:?}");
    assert!(
        notes[slept - 1].starts_with("handling") && notes[slept + 1].starts_with("handling"),
        "{notes:?}"
    );

    let managed = Supervised::start(Mode::OneTask, &[]).await;
    managed.echoes().await;
    tokio::time::sleep(Duration::from_millis(1_300)).await;
    managed.echoes().await;
    assert!(managed.notes.all().iter().all(|note| !note.starts_with("slept")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_freeze_during_an_invocation_or_during_deferred_work_is_slept_through() {
    for mode in MODES {
        let life = Attached::start(mode, &[]).await;
        life.idle().await;
        for (task, begun, done) in [
            (json!({"do": "sleep", "with": 100}), "handling", None),
            (json!({"do": "defer", "with": 100}), "deferred begun", Some("deferred done")),
        ] {
            let handled = life.notes.all().iter().filter(|note| note.starts_with(begun)).count();
            let invoked = life.emulator.invoke(Invoke::new(task.to_string()));
            let frozen = async {
                tokio::task::block_in_place(|| life.notes.wait(begun, handled + 1));
                life.function.signal("STOP");
                tokio::time::sleep(Duration::from_millis(400)).await;
                life.function.signal("CONT");
            };
            let (told, ()) = tokio::join!(invoked, frozen);
            assert_eq!(told.error_type, None, "{mode:?} {begun}: {told:?}");
            if let Some(done) = done {
                life.notes.wait(done, 1);
            }
        }
        let told = life.emulator.invoke(Invoke::new(json!({"do": "echo", "with": 1}).to_string())).await;
        assert_eq!(told.error_type, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_a_freeze_has_cost_are_replaced_and_no_event_is_lost() {
    let life = Supervised::start(Mode::Sequential, &[]).await;
    life.echoes().await;
    life.emulator.freeze().await;
    life.emulator.drop_connections();
    life.echoes().await;
    assert_eq!(life.notes.all().iter().filter(|note| *note == "init done").count(), 1);
}
