use lambda_events::connect::{ConnectEvent, ConnectInitiationMethod};
use serde_json::{Value, json};

use crate::cases::decode;

/// `aws_lambda_events` refused the event.
#[test]
fn a_contact_without_a_customer_is_read() {
    let event: ConnectEvent = decode("connect/task.json");
    assert_eq!(event.customer_number(), None);
    let contact = &event.details.contact_data;
    assert_eq!(contact.initiation_method, ConnectInitiationMethod::Api);
    assert_eq!(
        contact.queue.as_ref().unwrap().outbound_caller_id.as_ref().unwrap().address,
        "+4930901820100"
    );
}

#[test]
fn streams_say_when_they_start() {
    let event: ConnectEvent = decode("connect/streaming.json");
    assert_eq!(event.customer_number(), Some("+4930901820177"));
    let audio = event.details.contact_data.media_streams.unwrap().customer.unwrap().audio.unwrap();
    assert_eq!(audio.start_timestamp, Some(1_788_436_040_615));
}

#[test]
fn parameters_that_are_no_strings_are_read_as_text() {
    let mut event: Value = decode("connect/call.json");
    event["Details"]["Parameters"] = json!({"n": 1, "b": true});
    let event: ConnectEvent = serde_json::from_value(event).unwrap();
    assert_eq!(
        (event.details.parameters["n"].as_str(), event.details.parameters["b"].as_str()),
        ("1", "true")
    );
}
