//! Members that samples of other libraries and of services have, and older samples of ours had not.

use lambda_events::{
    activemq::ActiveMqEvent, apigw::ApiGatewayCustomAuthorizerRequestTypeRequest,
    cognito::CognitoEventUserPoolsPostConfirmation, config::ConfigEvent, firehose::KinesisFirehoseResponse,
    kafka::KafkaEvent, rabbitmq::RabbitMqEvent, s3::object_lambda::S3ObjectLambdaEvent,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// A fixture with one member more or one of another value.
fn fixture_with(path: &str, pointer: &str, name: &str, value: Value) -> Value {
    let text = std::fs::read_to_string(format!("{}/tests/fixtures/{path}", env!("CARGO_MANIFEST_DIR")));
    let mut event: Value = serde_json::from_str(&text.expect("the fixture")).expect("JSON");
    event
        .pointer_mut(pointer)
        .and_then(Value::as_object_mut)
        .expect("an object")
        .insert(name.to_owned(), value);
    event
}

fn there_and_back<T: Serialize + DeserializeOwned>(event: &Value) -> Value {
    let typed: T = serde_json::from_value(event.clone()).expect("an event");
    serde_json::to_value(typed).expect("JSON")
}

#[test]
fn a_request_authorizer_of_an_http_api_may_be_judged_by_the_type_of_a_rest_api() {
    for name in ["version", "identitySource", "authorizationToken"] {
        let event = fixture_with("apigw/request-authorizer.json", "", name, json!("mira,berlin"));
        let written = there_and_back::<ApiGatewayCustomAuthorizerRequestTypeRequest>(&event);
        assert_eq!(written[name], "mira,berlin");
    }
}

#[test]
fn the_evaluation_mode_of_a_rule_is_kept() {
    let event = fixture_with("config/minimal.json", "", "evaluationMode", json!("DETECTIVE"));
    assert_eq!(there_and_back::<ConfigEvent>(&event)["evaluationMode"], "DETECTIVE");
}

#[test]
fn the_name_of_a_user_of_object_lambda_is_kept() {
    let path = "s3/object-lambda-get-minimal.json";
    let event = fixture_with(path, "/userIdentity", "userName", json!("ada"));
    assert_eq!(there_and_back::<S3ObjectLambdaEvent>(&event)["userIdentity"]["userName"], "ada");
}

#[test]
fn a_confirmation_without_a_response_is_read() {
    let mut event = fixture_with("cognito/post-confirmation-minimal.json", "", "response", Value::Null);
    there_and_back::<CognitoEventUserPoolsPostConfirmation>(&event);
    event.as_object_mut().expect("an object").remove("response");
    assert_eq!(there_and_back::<CognitoEventUserPoolsPostConfirmation>(&event)["response"], json!({}));
}

#[test]
fn a_message_that_does_not_say_whether_it_comes_again_is_read() {
    let mut event = fixture_with("activemq/minimal.json", "/messages/0", "redelivered", json!(true));
    assert_eq!(there_and_back::<ActiveMqEvent>(&event)["messages"][0]["redelivered"], true);
    event["messages"][0].as_object_mut().expect("a message").remove("redelivered");
    assert_eq!(there_and_back::<ActiveMqEvent>(&event)["messages"][0]["redelivered"], false);
}

#[test]
fn an_expiration_in_digits_is_read_as_its_text() {
    let pointer = "/rmqMessagesByQueue/parcels::~1/0/basicProperties";
    let event = fixture_with("rabbitmq/full.json", pointer, "expiration", json!(60000));
    let written = there_and_back::<RabbitMqEvent>(&event);
    assert_eq!(written.pointer(pointer).expect("properties")["expiration"], "60000");
}

#[test]
fn a_header_in_base64_is_read_as_its_bytes_and_other_text_is_refused() {
    let event = |header: &str| {
        json!({ "eventSource": "aws:kafka", "records": { "t-0": [{ "topic": "t", "partition": 0, "offset": 1,
            "headers": [{ "name": header }] }] } })
    };
    let read: KafkaEvent = serde_json::from_value(event("dmFsdWU=")).expect("an event");
    assert_eq!(read.records["t-0"][0].header("name"), Some(&b"value"[..]));
    assert!(serde_json::from_value::<KafkaEvent>(event("%%%")).is_err());
}

#[test]
fn an_answer_for_records_of_msk_says_what_goes_on_in_its_own_member() {
    let answer = json!({ "records": [
        { "recordId": "1", "result": "Ok", "data": "", "kafkaRecordValue": "dmFsdWU=" },
    ] });
    assert_eq!(there_and_back::<KinesisFirehoseResponse>(&answer), answer);
}
