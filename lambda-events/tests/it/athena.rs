use lambda_events::athena::{AthenaUdfEvent, AthenaUdfResponse, AthenaUdfResult};
use serde_json::Value;

use crate::cases::decode;

#[test]
fn a_ping_and_a_call_are_told_apart_and_answered() {
    let AthenaUdfEvent::Ping(ping) = decode("athena/ping.json") else { panic!("not a ping") };
    let pong = serde_json::to_value(AthenaUdfResponse::from(ping.pong())).unwrap();
    assert_eq!(pong, decode::<Value>("athena/ping-response.json"));
    let AthenaUdfEvent::Call(call) = decode("athena/call.json") else { panic!("not a call") };
    let rows = call.input_records.records.bytes().unwrap();
    assert!(rows.starts_with(&[0xff; 4]) && rows.windows(11).any(|text| text == b"senchaassam"));
    let expected: AthenaUdfResult = decode("athena/result.json");
    assert_eq!(expected.records.schema, call.output_schema.schema);
    let result = serde_json::to_value(AthenaUdfResponse::from(call.respond(expected.records))).unwrap();
    assert_eq!(result, decode::<Value>("athena/result.json"));
}
