//! SnapStart: the way through the snapshot.

use lambda_emulator::{Event, Posted};

use super::scene::{Mode, Supervised, until};

async fn snapstart(variables: &[(&str, &str)]) -> Supervised {
    let builder = Mode::Sequential.builder().initialization_type("snap-start");
    Supervised::build(Mode::Sequential, builder, variables).await
}

/// The report that ended the life, and what had happened until the process was gone.
async fn reported(life: &Supervised) -> (Posted, Vec<Event>) {
    let ended = |event: &Event| matches!(event, Event::Exited { .. });
    let history = until(&life.emulator, |history| history.iter().any(ended)).await;
    assert!(history.contains(&Event::Exited { code: Some(1), signal: None }), "{history:?}");
    let posts = history.iter().filter_map(|event| match event {
        Event::Posted(posted) => Some(posted.clone()),
        _ => None,
    });
    let posts: Vec<_> = posts.collect();
    let [post] = &posts[..] else { panic!("one report was expected, not {posts:?}") };
    assert_eq!(post.status, 202);
    (post.clone(), history)
}

#[tokio::test(flavor = "multi_thread")]
async fn case_53_hooks_run_in_reverse_before_the_snapshot_and_in_order_after_the_restore() {
    let life = snapstart(&[]).await;
    life.echoes().await;
    let notes = life.notes.wait("handling", 1);
    let order = [
        "init begun",
        "init done",
        "before snapshot 2",
        "before snapshot 1",
        "after restore 1",
        "after restore 2",
    ];
    assert_eq!(notes[..6], order);
    let history = life.emulator.history();
    let at = |event: &Event| history.iter().position(|found| found == event).unwrap();
    assert!(
        at(&Event::RestorePolled) < at(&Event::Restored) && at(&Event::Restored) < at(&Event::Polled),
        "{history:?}"
    );
    life.echoes().await;
    assert_eq!(life.emulator.history().iter().filter(|event| **event == Event::RestorePolled).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn resources_of_a_plain_runtime_are_told_in_reverse_before_the_snapshot_and_in_order_after_the_restore()
{
    let life = snapstart(&[("RESOURCES", "ok")]).await;
    life.echoes().await;
    let notes = life.notes.wait("handling", 1);
    let order = ["before snapshot 2", "before snapshot 1", "after restore 1", "after restore 2"];
    assert_eq!(notes[..4], order);

    let life = snapstart(&[("RESOURCES", "fails")]).await;
    let (post, _) = reported(&life).await;
    assert_eq!(post.path, "/2018-06-01/runtime/init/error");
    assert_eq!(post.header("lambda-runtime-function-error-type"), Some("Runtime.BeforeSnapshotError"));
    assert_eq!(life.notes.all(), ["before snapshot 2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_54_without_snapstart_no_restore_is_waited_for_and_no_hook_of_it_runs() {
    for kind in ["on-demand", "provisioned-concurrency"] {
        let builder = Mode::Sequential.builder().initialization_type(kind);
        let life = Supervised::build(Mode::Sequential, builder, &[]).await;
        life.echoes().await;
        assert!(!life.emulator.history().contains(&Event::RestorePolled));
        assert!(life.notes.all().iter().all(|note| !note.contains("snapshot") && !note.contains("restore")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_55_a_hook_that_fails_before_the_snapshot_is_an_init_error_and_no_restore_is_waited_for() {
    let life = snapstart(&[("HOOKS", "before_fails")]).await;
    let (post, history) = reported(&life).await;
    assert_eq!(post.path, "/2018-06-01/runtime/init/error");
    assert_eq!(post.header("lambda-runtime-function-error-type"), Some("Runtime.BeforeSnapshotError"));
    assert!(!history.contains(&Event::RestorePolled));
}

#[tokio::test(flavor = "multi_thread")]
async fn case_56_a_hook_that_fails_or_takes_too_long_after_the_restore_is_a_restore_error_and_ends_the_process()
 {
    for hooks in ["after_fails", "after_overruns"] {
        let life = snapstart(&[("HOOKS", hooks)]).await;
        life.emulator.restore().await;
        let (post, history) = reported(&life).await;
        assert_eq!(post.path, "/2018-06-01/runtime/restore/error", "{hooks}");
        assert_eq!(post.header("lambda-runtime-function-error-type"), Some("Runtime.AfterRestoreError"));
        assert!(history.contains(&Event::Restored) && !history.contains(&Event::Polled));
    }
}
