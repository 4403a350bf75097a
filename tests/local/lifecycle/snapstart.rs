//! SnapStart: the way through the snapshot.

use lambda_emulator::Event;

use super::scene::{Mode, Supervised};

#[tokio::test(flavor = "multi_thread")]
async fn case_53_hooks_run_in_reverse_before_the_snapshot_and_in_order_after_the_restore() {
    let builder = Mode::Sequential.builder().initialization_type("snap-start");
    let life = Supervised::build(Mode::Sequential, builder, &[]).await;
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
async fn case_54_without_snapstart_no_restore_is_waited_for_and_no_hook_of_it_runs() {
    for kind in ["on-demand", "provisioned-concurrency"] {
        let builder = Mode::Sequential.builder().initialization_type(kind);
        let life = Supervised::build(Mode::Sequential, builder, &[]).await;
        life.echoes().await;
        assert!(!life.emulator.history().contains(&Event::RestorePolled));
        assert!(life.notes.all().iter().all(|note| !note.contains("snapshot") && !note.contains("restore")));
    }
}
