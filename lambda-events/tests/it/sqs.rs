use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
    time::Duration,
};

use lambda_events::{
    BatchError, Error,
    sqs::{SqsBatchResponse, SqsEvent, SqsEventObj, SqsMessage, SqsMessageAttributes},
};

use crate::cases::decode;

/// Messages by id; those with a group are of a FIFO queue.
fn batch(messages: &[(&str, Option<&str>)]) -> SqsEvent {
    let message = |(id, group): &(&str, Option<&str>)| SqsMessage {
        message_id: (*id).into(),
        event_source_arn: if group.is_some() {
            "arn:aws:sqs:eu-west-1:1:q.fifo"
        } else {
            "arn:aws:sqs:eu-west-1:1:q"
        }
        .into(),
        attributes: SqsMessageAttributes { message_group_id: group.map(Into::into), ..Default::default() },
        ..Default::default()
    };
    SqsEvent { records: messages.iter().map(message).collect(), ..Default::default() }
}

fn failed(response: &SqsBatchResponse) -> Vec<&str> {
    response.batch_item_failures.iter().map(|failure| failure.item_identifier.as_str()).collect()
}

#[test]
fn numbers_times_and_bytes_are_typed() {
    let event: SqsEvent = decode("sqs/full.json");
    let message = &event.records[0];
    assert_eq!(message.attributes.approximate_receive_count, 1);
    assert_eq!(message.attributes.sent_timestamp.as_millis(), 1_777_887_000_183);
    assert_eq!(
        message.message_attributes["Thumbnail"].binary_value.as_ref().unwrap().bytes().unwrap(),
        [0, 1, 2, 255]
    );
    assert_eq!(message.message_attributes["Priority"].string_value.as_deref(), Some("7"));
    assert_eq!(message.aws_region, "eu-north-1");
    assert_eq!(event.records[1].attributes.approximate_receive_count, 17);
}

#[test]
fn a_number_that_is_a_number_and_missing_attributes_are_read() {
    let event: SqsEvent = serde_json::from_str(
        r#"{"Records": [{"attributes": {"ApproximateReceiveCount": 3}}, {}, {"attributes": {}}]}"#,
    )
    .unwrap();
    assert_eq!(event.records[0].attributes.approximate_receive_count, 3);
    assert_eq!(event.records[1], event.records[2]);
}

#[test]
fn one_body_that_does_not_decode_leaves_the_others_alone_and_names_its_message() {
    let event: SqsEventObj<serde_json::Value> = decode("sqs/json-bodies.json");
    assert_eq!(event.records[0].payload().unwrap()["b"], 123);
    let error = event.records[1].payload().unwrap_err();
    assert!(error.is_json());
    assert_eq!(error.record(), Some("dcab18e7-6b63-481a-afc7-72330b90f73f"));
    assert!(error.to_string().contains("dcab18e7-6b63-481a-afc7-72330b90f73f"));
    assert_eq!(event.records[1].body.raw(), Some("not JSON at all"));
}

#[test]
fn fields_of_a_body_are_had_directly_and_a_bad_body_panics_where_it_is_used() {
    let event: SqsEventObj<serde_json::Value> = decode("sqs/json-bodies.json");
    assert_eq!(event.records[0].body["b"], 123);
    let used = std::panic::catch_unwind(|| event.records[1].body["b"].clone()).unwrap_err();
    let message = used.downcast_ref::<String>().unwrap();
    assert!(message.contains("no JSON of a `serde_json::value::Value`"), "{message}");
}

#[test]
fn records_that_are_missing_are_an_error_that_names_them() {
    let error = serde_json::from_str::<SqsEvent>("{}").unwrap_err();
    assert!(error.to_string().contains("`Records`"), "{error}");
    assert!(serde_json::from_str::<SqsEvent>(r#"{"Records": null}"#).unwrap().records.is_empty());
}

#[tokio::test]
async fn errors_and_panics_fail_their_message_alone() {
    let event = batch(&[("a", None), ("b", None), ("c", None), ("d", None)]);
    let mut handled = 0;
    let response = event
        .try_each(async |message| {
            handled += 1;
            match message.message_id.as_str() {
                "b" => Err("no".to_owned()),
                "c" => panic!("oh"),
                _ => Ok(()),
            }
        })
        .await
        .unwrap();
    assert_eq!(failed(&response), ["b", "c"]);
    assert_eq!(handled, 4);
}

#[tokio::test]
async fn after_a_failure_the_rest_of_its_group_is_not_tried_and_reported() {
    let event = batch(&[
        ("a1", Some("a")),
        ("b1", Some("b")),
        ("a2", Some("a")),
        ("b2", Some("b")),
        ("a3", Some("a")),
    ]);
    let tried = RefCell::new(Vec::new());
    let handle = async |message: &SqsMessage| {
        tried.borrow_mut().push(message.message_id.clone());
        if message.message_id == "a2" { Err("no") } else { Ok(()) }
    };
    assert_eq!(failed(&event.try_each(&handle).await.unwrap()), ["a2", "a3"]);
    assert_eq!(*tried.borrow(), ["a1", "b1", "a2", "b2"]);
    assert_eq!(failed(&event.try_each_concurrent(5, &handle).await.unwrap()), ["a2", "a3"]);
}

#[tokio::test]
async fn groups_of_a_queue_that_is_not_fifo_have_no_order() {
    let mut event = batch(&[("a1", Some("a")), ("a2", Some("a"))]);
    for message in &mut event.records {
        message.event_source_arn = "arn:aws:sqs:eu-west-1:1:fair".into();
    }
    let response = event
        .try_each(async |message| if message.message_id == "a1" { Err("no") } else { Ok(()) })
        .await
        .unwrap();
    assert_eq!(failed(&response), ["a1"]);
}

#[tokio::test]
async fn a_batch_of_which_everything_failed_is_an_error_that_says_why() {
    let event = batch(&[("a", None), ("b", None)]);
    let error = event.try_each(async |_| Err::<(), _>("the table is gone")).await.unwrap_err();
    let error = BatchError::of(&*error).unwrap();
    assert_eq!(error.failures().len(), 2);
    assert!(error.to_string().contains("the table is gone"), "{error}");
    let none = batch(&[]).try_each(async |_| Err::<(), _>("never")).await.unwrap();
    assert!(failed(&none).is_empty());
}

#[tokio::test(start_paused = true)]
async fn no_more_than_the_limit_run_at_once_and_all_do() {
    let ids: Vec<String> = (0..100).map(|id| id.to_string()).collect();
    let event = batch(&ids.iter().map(|id| (id.as_str(), None)).collect::<Vec<_>>());
    let (running, most) = (Cell::new(0), Cell::new(0));
    let done = RefCell::new(HashSet::new());
    let response = event
        .try_each_concurrent(7, async |message| {
            running.set(running.get() + 1);
            most.set(most.get().max(running.get()));
            tokio::time::sleep(Duration::from_millis(10)).await;
            running.set(running.get() - 1);
            done.borrow_mut().insert(message.message_id.clone());
            if message.message_id.ends_with('3') { Err("no") } else { Ok(()) }
        })
        .await
        .unwrap();
    assert_eq!((most.get(), done.borrow().len()), (7, 100));
    assert_eq!(failed(&response), ["3", "13", "23", "33", "43", "53", "63", "73", "83", "93"]);
}

/// A handler that runs on many threads has to be `Send`, and what it awaits too.
#[test]
fn the_future_of_a_batch_is_send_when_the_function_is() {
    fn send<T: Send>(_: T) {}
    let event = batch(&[("a", None)]);
    send(event.try_each(async |message| {
        tokio::task::yield_now().await;
        message.json::<u32>().map(drop)
    }));
    async fn owned(event: SqsEvent) -> Result<SqsBatchResponse, Error> {
        event.try_each(async |message| Ok::<_, Error>(message.json::<()>()?)).await
    }
    send(owned(event.clone()));
}
