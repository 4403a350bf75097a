use lambda_events::documentdb::{DocumentDbEvent, OperationType};

use crate::cases::decode;

#[test]
fn changes_of_every_kind_are_read_and_those_of_the_future_too() {
    let event: DocumentDbEvent = decode("documentdb/full.json");
    let kinds: Vec<&str> = event.changes().map(|change| change.operation_type.as_str()).collect();
    assert!(kinds.contains(&"a-change-of-the-future"));
    let updates: Vec<_> =
        event.changes().filter(|change| change.operation_type == OperationType::Update).collect();
    assert_eq!(updates[0].document_key["_id"], "order-2");
    assert_eq!(updates[1].document_key["_id"], 7);
    assert_eq!(
        updates[0].update_description.as_ref().unwrap().truncated_arrays.as_ref().unwrap()[0].new_size,
        4
    );
    let invalid = event.changes().last().unwrap();
    assert_eq!(
        (invalid.ns.as_ref(), invalid.cluster_time.as_ref().unwrap().timestamp.t),
        (None, 1_777_887_010)
    );
}
