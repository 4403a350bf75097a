use lambda_events::{activemq::ActiveMqEvent, rabbitmq::RabbitMqEvent};

use crate::cases::decode;

#[test]
fn contents_are_text_when_asked_and_errors_name_their_message() {
    let event: ActiveMqEvent = decode("activemq/full.json");
    assert_eq!(event.messages[0].text().unwrap(), "Two tins of Assam, please. Größe: klein.");
    let event: ActiveMqEvent = decode("activemq/minimal.json");
    let error = event.messages[0].text().unwrap_err();
    assert!(error.is_utf8());
    assert_eq!(error.record(), Some("ID:till-4-50211-1:1"));

    let event: RabbitMqEvent = decode("rabbitmq/full.json");
    let message = &event.messages_by_queue["parcels::/"][0];
    assert_eq!(message.data_json::<serde_json::Value>().unwrap()["parcel"], 88120);
    assert_eq!(message.basic_properties.headers["weight"], 1250);
    assert_eq!(message.basic_properties.correlation_id.as_deref(), Some("parcel-88120"));
    assert_eq!(event.messages_by_queue["returns::shop"][0].basic_properties.correlation_id, None);
    let event: RabbitMqEvent = decode("rabbitmq/minimal.json");
    assert_eq!(event.messages_by_queue["returns::/"][0].basic_properties.delivery_mode, None);
}
