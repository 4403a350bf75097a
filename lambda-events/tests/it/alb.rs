use lambda_events::alb::{AlbTargetGroupRequest, AlbTargetGroupResponse};
use serde_json::{Value, json};

use crate::cases::decode;

#[test]
fn headers_of_an_answer_go_where_the_load_balancer_reads_them() {
    let single: AlbTargetGroupRequest = decode("alb/single-value.json");
    let multi: AlbTargetGroupRequest = decode("alb/multi-value.json");
    assert!(multi.is_multi_value() && !single.is_multi_value());
    assert_eq!((single.header("X-Shop"), multi.header("X-Shop")), (Some("berlin"), Some("berlin")));
    assert_eq!((single.query("tea"), multi.query("tea")), (Some("green%20tea"), Some("green%20tea")));
    let answer = AlbTargetGroupResponse::new(200)
        .with_header("content-type", "text/plain")
        .with_multi_value_header("x-a", "1")
        .with_multi_value_header("x-a", "2")
        .with_status_description("200 OK");
    let written = |answer: AlbTargetGroupResponse| serde_json::to_value(answer).unwrap();
    assert_eq!(
        written(answer.clone().answering(&multi)),
        json!({
            "statusCode": 200, "statusDescription": "200 OK", "isBase64Encoded": false,
            "multiValueHeaders": {"x-a": ["1", "2"], "content-type": ["text/plain"]},
        })
    );
    assert_eq!(
        written(answer.answering(&single)),
        json!({
            "statusCode": 200, "statusDescription": "200 OK", "isBase64Encoded": false,
            "headers": {"content-type": "text/plain", "x-a": "1, 2"},
        })
    );
}

#[test]
fn a_body_in_base64_is_decoded() {
    let request: AlbTargetGroupRequest = decode("alb/binary.json");
    assert_eq!(request.json::<Value>().unwrap(), json!({"tea": "sencha", "paid": true}));
}

#[test]
fn the_event_of_an_api_is_refused() {
    let event: Value = decode("apigw/rest-full.json");
    let error = serde_json::from_value::<AlbTargetGroupRequest>(event).unwrap_err();
    assert!(error.to_string().contains("`elb`"), "{error}");
}
