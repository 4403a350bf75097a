use lambda_events::connect::{ConnectEvent, ConnectInitiationMethod};
use serde_json::{Value, json};

use crate::cases::decode;

/// `aws_lambda_events` refused the event.
#[test]
fn a_contact_without_a_customer_is_read() {
    let event: ConnectEvent = decode("connect/task.json");
    assert_eq!(event.customer_number(), None);
    let contact = &event.details.contact_data;
    assert_eq!(contact.initiation_method, ConnectInitiationMethod::ExternalOutbound);
    assert_eq!(contact.queue.as_ref().unwrap().outbound_caller_id.as_ref().unwrap().address, "+12025550100");
}

#[test]
fn streams_say_when_they_start() {
    let event: ConnectEvent = decode("connect/sam-contact-flow-event.json");
    assert_eq!(event.customer_number(), Some("+11234567890"));
    let audio = event.details.contact_data.media_streams.unwrap().customer.unwrap().audio.unwrap();
    assert_eq!(audio.start_timestamp, Some(1_565_781_909_613));
}

#[test]
fn parameters_that_are_no_strings_are_read_as_text() {
    let mut event: Value = decode("connect/go-event.json");
    event["Details"]["Parameters"] = json!({"n": 1, "b": true});
    let event: ConnectEvent = serde_json::from_value(event).unwrap();
    assert_eq!(
        (event.details.parameters["n"].as_str(), event.details.parameters["b"].as_str()),
        ("1", "true")
    );
}
