//! The emulator over its socket, as a function and its callers see it.

#![allow(clippy::unwrap_used, reason = "a test whose scene cannot be set should fail there")]

use std::time::{Duration, SystemTime};

use lambda_emulator::{Emulator, Invoke};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const TRACE: &str = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

/// Sends a request on a connection of its own and gives head and body of the answer.
async fn ask(emulator: &Emulator, method: &str, path: &str, headers: &str, body: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(emulator.addr()).await.unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
    (String::from_utf8(bytes[..end].to_vec()).unwrap(), bytes[end + 4..].to_vec())
}

async fn next(emulator: &Emulator) -> (String, Vec<u8>) {
    ask(emulator, "GET", "/2018-06-01/runtime/invocation/next", "", "").await
}

async fn answer(emulator: &Emulator, id: &str, kind: &str, headers: &str, body: &str) -> (String, Vec<u8>) {
    ask(emulator, "POST", &format!("/2018-06-01/runtime/invocation/{id}/{kind}"), headers, body).await
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

#[tokio::test]
async fn case_1_2_and_10_a_poll_gets_the_bytes_an_id_a_deadline_and_an_arn_and_the_caller_the_answer() {
    let emulator = Emulator::builder().timeout(Duration::from_secs(7)).start().await.unwrap();
    let function = async {
        let (head, body) = next(&emulator).await;
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
        assert_eq!(body, b" {\"a\" : 1}\n");
        assert_eq!(header(&head, "lambda-runtime-aws-request-id"), Some("id-1"));
        let arn = "arn:aws:lambda:us-east-1:123456789012:function:function";
        assert_eq!(header(&head, "lambda-runtime-invoked-function-arn"), Some(arn));
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis();
        let deadline: u128 = header(&head, "lambda-runtime-deadline-ms").unwrap().parse().unwrap();
        assert!((now + 5000..=now + 7000).contains(&deadline));
        answer(&emulator, "id-1", "response", "", "1").await
    };
    let caller = async {
        // The poll waits by the time another exchange has been answered.
        ask(&emulator, "GET", "/2018-06-01/ping", "", "").await;
        emulator.invoke(Invoke::new(" {\"a\" : 1}\n").request_id("id-1")).await
    };
    let ((head, body), invoked) = tokio::join!(function, caller);
    assert!(head.starts_with("HTTP/1.1 202 "));
    assert_eq!(body, b"{\"status\":\"OK\"}\n");
    assert_eq!((&invoked.payload[..], invoked.error_type), (&b"1"[..], None));
}

#[tokio::test]
async fn case_3_what_a_caller_does_not_send_is_absent() {
    let emulator = Emulator::builder().start().await.unwrap();
    let function = async {
        let (head, _) = next(&emulator).await;
        answer(&emulator, "id", "response", "", "1").await;
        head
    };
    let invoke = Invoke::new("1").request_id("id").trace_id(None);
    let (_, head) = tokio::join!(emulator.invoke(invoke), function);
    for name in ["client-context", "cognito-identity", "aws-tenant-id", "trace-id"] {
        assert_eq!(header(&head, &format!("lambda-runtime-{name}")), None);
    }
}

#[tokio::test]
async fn case_4_and_5_context_tenant_and_trace_of_an_http_caller_reach_the_function() {
    let emulator = Emulator::builder().start().await.unwrap();
    // {"custom":{"a":1}}
    let headers = format!(
        "X-Amz-Client-Context: eyJjdXN0b20iOnsiYSI6MX19\r\nX-Amz-Tenant-Id: blue\r\nX-Amzn-Trace-Id: {TRACE}\r\n\
         X-Amz-Cognito-Identity: {{\"cognitoIdentityId\":\"i\"}}\r\nX-Amzn-RequestId: id-9\r\n"
    );
    let path = "/2015-03-31/functions/function/invocations";
    let function = async {
        let (head, _) = next(&emulator).await;
        answer(&emulator, "id-9", "response", "", "\"done\"").await;
        head
    };
    let ((told, body), head) = tokio::join!(ask(&emulator, "POST", path, &headers, "{}"), function);
    assert_eq!(header(&head, "lambda-runtime-client-context"), Some(r#"{"custom":{"a":1}}"#));
    assert_eq!(header(&head, "lambda-runtime-aws-tenant-id"), Some("blue"));
    assert_eq!(header(&head, "lambda-runtime-trace-id"), Some(TRACE));
    assert_eq!(header(&head, "lambda-runtime-cognito-identity"), Some(r#"{"cognitoIdentityId":"i"}"#));
    assert_eq!((header(&told, "x-amzn-requestid"), &body[..]), (Some("id-9"), &b"\"done\""[..]));
    assert_eq!(header(&told, "x-amz-function-error"), None);
}

#[tokio::test]
async fn case_11_and_12_an_empty_answer_and_the_largest_one_pass() {
    let emulator = Emulator::builder().start().await.unwrap();
    for size in [0, 6_291_556] {
        let function = async {
            next(&emulator).await;
            answer(&emulator, "id", "response", "", &"x".repeat(size)).await
        };
        let (invoked, (head, _)) = tokio::join!(emulator.invoke(Invoke::new("1").request_id("id")), function);
        assert!(head.starts_with("HTTP/1.1 202 "), "{head}");
        assert_eq!(invoked.payload.len(), size);
    }
}

#[tokio::test]
async fn case_20_a_body_cut_short_fails_the_invocation() {
    let emulator = Emulator::builder().start().await.unwrap();
    let function = async {
        next(&emulator).await;
        let mut stream = TcpStream::connect(emulator.addr()).await.unwrap();
        let head = "POST /2018-06-01/runtime/invocation/id/response HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n1";
        stream.write_all(head.as_bytes()).await.unwrap();
    };
    let (invoked, ()) = tokio::join!(emulator.invoke(Invoke::new("1").request_id("id")), function);
    assert_eq!(invoked.error_type.as_deref(), Some("Runtime.TruncatedResponse"));
}

#[tokio::test]
async fn case_23_an_error_reaches_the_caller_verbatim_as_a_function_error() {
    let emulator = Emulator::builder().start().await.unwrap();
    let body = r#"{"errorMessage":"a < b","errorType":"Odd"}"#;
    let function = async {
        let (head, _) = next(&emulator).await;
        let id = header(&head, "lambda-runtime-aws-request-id").unwrap();
        answer(&emulator, id, "error", "Lambda-Runtime-Function-Error-Type: Function.Odd\r\n", body).await
    };
    let ((told, error), (head, _)) = tokio::join!(ask(&emulator, "POST", "/", "", "{}"), function);
    assert!(head.starts_with("HTTP/1.1 202 "));
    assert!(told.starts_with("HTTP/1.1 200 "));
    assert_eq!(header(&told, "x-amz-function-error"), Some("Unhandled"));
    assert_eq!(error, body.as_bytes());
}

#[tokio::test]
async fn what_is_not_there_is_said_and_a_bad_context_refused() {
    let emulator = Emulator::builder().start().await.unwrap();
    for (method, path, status) in [
        ("GET", "/nowhere", "404"),
        ("GET", "/2018-06-01/runtime/restore/next", "404"),
        ("POST", "/2018-06-01/runtime/invocation/next", "405"),
        ("GET", "/2015-03-31/functions/f/invocations", "405"),
        ("DELETE", "/", "405"),
        ("GET", "/2018-06-01/ping", "200"),
        ("GET", "/", "200"),
    ] {
        let (head, _) = ask(&emulator, method, path, "", "").await;
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{method} {path}: {head}");
    }
    let (head, body) = ask(&emulator, "POST", "/", "X-Amz-Client-Context: ???\r\n", "{}").await;
    assert!(head.starts_with("HTTP/1.1 400 ") && String::from_utf8(body).unwrap().contains("not base64"));
}
