use lambda_events::cloudfront::{CloudFrontAnswer, CloudFrontEvent, CloudFrontEventType, CloudFrontResponse};
use serde_json::{Value, json};

use crate::cases::decode;

#[test]
fn a_request_goes_on_changed() {
    let event: CloudFrontEvent = decode("cloudfront/origin-request.json");
    assert_eq!(event.records[0].cf.config.event_type, Some(CloudFrontEventType::OriginRequest));
    let mut request = event.into_request().unwrap();
    assert_eq!(request.body.as_ref().unwrap().bytes().unwrap()[..], *b"3 cups of sencha");
    assert_eq!(request.origin.as_ref().unwrap().custom.as_ref().unwrap().port, 8443);
    assert_eq!(request.headers.get_all("COOKIE").collect::<Vec<_>>(), ["basket=17", "theme=dark"]);
    request.headers.insert("Cookie", "c=3");
    request.headers.append("X-New", "1");
    for name in ["host", "x-forwarded-for", "CloudFront-Viewer-Country"] {
        request.headers.remove(name);
    }
    let written = serde_json::to_value(CloudFrontAnswer::from(request)).unwrap();
    assert_eq!(
        written["headers"],
        json!({"cookie": [{"key": "Cookie", "value": "c=3"}], "x-new": [{"key": "X-New", "value": "1"}]})
    );
    assert_eq!(written["uri"], "/orders");
}

#[test]
fn a_response_of_its_own_has_its_status_as_a_string() {
    let answer = CloudFrontResponse::new(302)
        .with_status_description("Found")
        .with_header("Location", "/b")
        .with_body(vec![255]);
    assert_eq!(
        serde_json::to_value(CloudFrontAnswer::from(answer)).unwrap(),
        json!({
            "status": "302", "statusDescription": "Found", "body": "/w==", "bodyEncoding": "base64",
            "headers": {"location": [{"key": "Location", "value": "/b"}]},
        })
    );
}

#[test]
fn a_response_is_there_or_is_said_to_be_absent() {
    let response = decode::<CloudFrontEvent>("cloudfront/origin-response.json").into_response().unwrap();
    assert_eq!((response.status, response.headers.get("X-Cache")), (404, Some("Miss from tea")));
    assert!(
        decode::<CloudFrontEvent>("cloudfront/viewer-request.json").into_response().unwrap_err().is_absent()
    );
    let number: CloudFrontResponse = serde_json::from_value(json!({"status": 200})).unwrap();
    assert_eq!(number.status, 200);
    assert!(serde_json::from_value::<CloudFrontEvent>(json!({"Records": [{"s3": {}}]})).is_err());
    let _: Value = decode("cloudfront/response.json");
}
