use lambda_events::{activemq::ActiveMqEvent, rabbitmq::RabbitMqEvent};

use crate::cases::decode;

#[test]
fn contents_are_text_when_asked_and_errors_name_their_message() {
    let event: ActiveMqEvent = decode("activemq/go-event.json");
    assert_eq!(event.messages[0].text().unwrap(), "Enter some text here for the message body...");
    let event: ActiveMqEvent = decode("activemq/minimal.json");
    let error = event.messages[0].text().unwrap_err();
    assert!(error.is_utf8());
    assert_eq!(error.record(), Some("ID:1"));

    let event: RabbitMqEvent = decode("rabbitmq/go-event.json");
    let message = &event.messages_by_queue["test::/"][0];
    assert_eq!(message.data_json::<serde_json::Value>().unwrap()["timeout"], 0);
    assert_eq!(message.basic_properties.headers["numberInHeader"], 10);
    assert_eq!(message.basic_properties.correlation_id, None);
    let event: RabbitMqEvent = decode("rabbitmq/minimal.json");
    assert_eq!(event.messages_by_queue["q::/"][0].basic_properties.delivery_mode, None);
}
