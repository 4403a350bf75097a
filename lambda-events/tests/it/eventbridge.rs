use lambda_events::{
    cloudwatch_events::{CloudWatchEvent, ec2::InstanceStateChange, s3::ObjectEvent},
    eventbridge::EventBridgeEvent,
    sqs::SqsMessage,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::cases::decode;

#[derive(Debug, Default, Deserialize, PartialEq)]
struct Order {
    id: u64,
}

#[test]
fn the_detail_is_a_type_of_the_users() {
    let event: EventBridgeEvent<Order> = decode("eventbridge/full.json");
    assert!(event.is_event());
    assert_eq!(
        (event.detail, event.detail_type.as_str(), event.resources.len()),
        (Order { id: 17 }, "order placed", 2)
    );
    let event: CloudWatchEvent<InstanceStateChange> =
        decode("cloudwatch_events/ec2-state-change-terminated.json");
    assert_eq!(event.detail.state, "terminated");
    let event: CloudWatchEvent<ObjectEvent> = decode("cloudwatch_events/s3-object-created.json");
    assert_eq!(event.detail.object.key, "teapots/green tea.jpg");
}

#[test]
fn an_input_that_is_no_event_is_the_detail() {
    let event: EventBridgeEvent<Order> = decode("eventbridge/custom-object.json");
    assert!(!event.is_event());
    assert_eq!(event.detail, Order { id: 42 });
    let event: EventBridgeEvent = decode("eventbridge/custom-object.json");
    assert_eq!(event.detail, json!({ "job": "count the stock", "id": 42, "source": "night shift" }));
    let event: EventBridgeEvent<String> = decode("eventbridge/custom-text.json");
    assert_eq!(event.detail, "count the stock");
    let event: EventBridgeEvent<Vec<Value>> = decode("eventbridge/custom-list.json");
    assert_eq!(event.detail.len(), 3);
    let event: EventBridgeEvent<Order> = decode("eventbridge/partial.json");
    assert_eq!((event.detail.id, event.detail_type.as_str(), event.is_event()), (17, "order placed", false));
}

#[test]
fn what_is_neither_an_event_nor_an_input_says_so() {
    let error = serde_json::from_str::<EventBridgeEvent<Order>>(r#"{"source": "x", "detail-type": "y"}"#)
        .unwrap_err();
    assert!(error.to_string().contains("`detail`") && error.to_string().contains("`id`"), "{error}");
    let error =
        serde_json::from_str::<EventBridgeEvent<Order>>(r#"{"detail": {"id": "seven"}}"#).unwrap_err();
    assert!(error.to_string().contains("seven") && error.line() == 1, "{error}");
}

#[test]
fn an_event_in_a_message_of_sqs_is_read() {
    let body =
        json!({ "source": "my.shop", "detail-type": "order placed", "detail": { "id": 7 } }).to_string();
    let message = SqsMessage { body, ..Default::default() };
    assert_eq!(message.json::<EventBridgeEvent<Order>>().unwrap().detail.id, 7);
}
