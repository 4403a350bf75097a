use lambda_events::encodings::{Body, Headers, MultiHeaders};
use serde_json::json;

#[test]
fn a_header_is_found_and_replaced_in_whatever_case_and_keeps_its_own() {
    let mut headers: Headers = serde_json::from_value(json!({"Content-Type": "a", "X-B": "b"})).unwrap();
    assert_eq!(headers.get("content-type"), Some("a"));
    assert_eq!(headers.insert("CONTENT-TYPE", "c").as_deref(), Some("a"));
    assert_eq!(serde_json::to_value(&headers).unwrap(), json!({"Content-Type": "c", "X-B": "b"}));
    assert_eq!(headers.remove("x-b").as_deref(), Some("b"));
    assert!(!headers.contains("X-B"));
}

#[test]
fn a_value_that_is_added_comes_after_a_comma_or_in_the_list() {
    let mut headers = Headers::new();
    headers.append("Accept", "text/html");
    headers.append("accept", "text/plain");
    assert_eq!(headers.get("ACCEPT"), Some("text/html, text/plain"));
    let headers = MultiHeaders::from([("Set-Cookie", "a=1"), ("set-cookie", "b=2")]);
    assert_eq!(serde_json::to_value(&headers).unwrap(), json!({"Set-Cookie": ["a=1", "b=2"]}));
    assert_eq!(headers.get("set-cookie"), Some("a=1"));
    assert!(headers.get_all("missing").is_empty());
}

/// One value that HTTP does not allow made `aws_lambda_events` refuse the whole event.
#[test]
fn values_that_http_does_not_allow_are_read() {
    let headers: Headers = serde_json::from_value(json!({"a b": "x\ny", "ü": "\u{0}"})).unwrap();
    assert_eq!(headers.get("a b"), Some("x\ny"));
}

#[test]
fn numbers_lists_and_single_values_are_read() {
    let headers: Headers =
        serde_json::from_value(json!({"n": 5, "b": true, "l": ["a", "b"], "z": null})).unwrap();
    assert_eq!(
        ["n", "b", "l", "z"].map(|name| headers.get(name)),
        [Some("5"), Some("true"), Some("a,b"), Some("")]
    );
    let headers: MultiHeaders = serde_json::from_value(json!({"s": "one", "l": ["a", 2]})).unwrap();
    assert_eq!(headers.get_all("S"), ["one"]);
    assert_eq!(headers.get_all("L"), ["a", "2"]);
    assert!(serde_json::from_value::<Headers>(json!({"o": {}})).is_err());
}

#[test]
fn null_is_absent_and_what_was_collected_is_not() {
    assert!(serde_json::from_value::<Headers>(json!(null)).unwrap().is_absent());
    assert!(Headers::new().is_absent());
    let none: [(&str, &str); 0] = [];
    assert!(!Headers::from(none).is_absent());
}

#[test]
fn a_body_is_text_base64_or_null() {
    for (body, json) in [
        (Body::from("text"), json!("text")),
        (Body::from(&b"\xff"[..]), json!("/w==")),
        (Body::from(()), json!(null)),
        (Body::from(json!({"a": 1})), json!(r#"{"a":1}"#)),
    ] {
        assert_eq!(serde_json::to_value(&body).unwrap(), json);
    }
    assert_eq!(serde_json::from_value::<Body>(json!("x")).unwrap().as_bytes(), b"x");
}

#[cfg(feature = "http")]
#[test]
fn headers_convert_from_and_to_those_of_http() {
    use http::HeaderMap;

    let mut map = HeaderMap::new();
    map.append("set-cookie", "a=1".parse().unwrap());
    map.append("set-cookie", "b=2".parse().unwrap());
    let multi = MultiHeaders::from(&map);
    assert_eq!(multi.get_all("Set-Cookie"), ["a=1", "b=2"]);
    assert_eq!(Headers::from(&map).get("Set-Cookie"), Some("a=1, b=2"));
    assert_eq!(HeaderMap::try_from(&multi).unwrap(), map);
    assert_eq!(
        HeaderMap::try_from(&Headers::from([("X-Ü", "v")])).unwrap_err().to_string(),
        "invalid HTTP header name"
    );
    assert!(HeaderMap::try_from(&Headers::from([("x", "a\nb")])).is_err());
    let utf8 = HeaderMap::try_from(&Headers::from([("x", "ü")])).unwrap();
    assert_eq!(utf8["x"].as_bytes(), "ü".as_bytes());
}
