use lambda_events::athena::{AthenaUdfEvent, AthenaUdfResponse};
use serde_json::Value;

use crate::cases::decode;

#[test]
fn a_ping_and_a_call_are_told_apart_and_answered() {
    let AthenaUdfEvent::Ping(ping) = decode("athena/ping.json") else { panic!("not a ping") };
    let pong = serde_json::to_value(AthenaUdfResponse::from(ping.pong())).unwrap();
    assert_eq!(pong, decode::<Value>("athena/ping-response.json"));
    let AthenaUdfEvent::Call(call) = decode("athena/call.json") else { panic!("not a call") };
    assert_eq!(call.input_records.records.bytes().unwrap(), [0, 255]);
    let mut records = call.input_records.clone();
    records.a_id = "a".into();
    records.schema = call.output_schema.schema.clone();
    let result = serde_json::to_value(AthenaUdfResponse::from(call.respond(records))).unwrap();
    assert_eq!(result, decode::<Value>("athena/result.json"));
}
