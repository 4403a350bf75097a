use lambda_events::code_commit::CodeCommitEvent;

use crate::cases::decode;

#[test]
fn references_are_branches_or_tags_that_came_changed_or_went() {
    let event: CodeCommitEvent = decode("code_commit/full.json");
    let record = &event.records[0];
    let [new, gone, changed] = record.code_commit.references.as_slice() else { panic!("{record:?}") };
    assert_eq!((new.branch(), new.tag(), new.created), (Some("feature/teapots"), None, Some(true)));
    assert_eq!((gone.branch(), gone.tag(), gone.deleted), (None, Some("2025.12"), Some(true)));
    assert_eq!((changed.branch(), changed.created, changed.deleted), (Some("main"), None, None));
    assert_eq!((record.event_part_number, record.event_total_parts), (2, 3));
}

#[test]
fn a_time_with_an_offset_without_a_colon_is_read() {
    let event: CodeCommitEvent = decode("code_commit/minimal.json");
    assert_eq!(event.records[0].event_time.as_millis().unwrap(), 1_770_879_648_902);
}
