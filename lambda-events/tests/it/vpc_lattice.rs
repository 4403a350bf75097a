use lambda_events::vpc_lattice::{
    VpcLatticeRequest, VpcLatticeRequestV1, VpcLatticeRequestV2, VpcLatticeResponse,
};
use serde_json::{Value, json};

use crate::cases::decode;

#[test]
fn both_versions_are_told_apart_and_read_alike() {
    let v1: VpcLatticeRequest = decode("vpc_lattice/v1.json");
    let v2: VpcLatticeRequest = decode("vpc_lattice/v2.json");
    assert!(matches!(v1, VpcLatticeRequest::V1(_)) && matches!(v2, VpcLatticeRequest::V2(_)));
    assert_eq!((v1.path(), v2.path()), (Some("/orders"), Some("/labels")));
    assert_eq!((v1.method(), v2.method()), (Some("POST"), Some("PUT")));
    assert_eq!((v1.header("X-Shop"), v2.header("X-Shop")), (Some("berlin, hamburg"), Some("berlin")));
    assert_eq!(v1.json::<Value>().unwrap()["order"], 17);
    assert_eq!(serde_json::to_value(&v1).unwrap(), decode::<Value>("vpc_lattice/v1.json"));
    assert_eq!(serde_json::to_value(&v2).unwrap(), decode::<Value>("vpc_lattice/v2.json"));
    assert_eq!(v2.bytes().unwrap()[..], *b"{\"label\":31}");
}

#[test]
fn an_event_of_the_other_version_is_refused() {
    assert!(serde_json::from_value::<VpcLatticeRequestV1>(json!({"raw_path": "/"})).is_err());
    let error = serde_json::from_value::<VpcLatticeRequestV2>(decode("vpc_lattice/v1.json")).unwrap_err();
    assert!(error.to_string().contains("`requestContext`"), "{error}");
    let error = serde_json::from_value::<VpcLatticeRequest>(json!({"requestContext": 7})).unwrap_err();
    assert!(error.to_string().contains("VpcLatticeRequestV2Context"), "{error}");
}

#[test]
fn the_time_of_a_request_is_in_microseconds() {
    let request: VpcLatticeRequestV2 = decode("vpc_lattice/v2.json");
    assert_eq!(request.request_context.time_epoch, Some(1_782_994_533_408_117));
    assert_eq!(request.request_context.identity.unwrap().x509_san_dns.as_deref(), Some("till.example.com"));
}

#[test]
fn an_answer_of_bytes_says_so() {
    let answer = VpcLatticeResponse::new(200).with_body(&b"\0"[..]);
    assert_eq!(
        serde_json::to_value(answer).unwrap(),
        json!({"statusCode": 200, "body": "AA==", "isBase64Encoded": true})
    );
}
