//! What is missing, and what endpoints do: errors that name the variable or the endpoint, within the deadline.

use std::time::Duration;

use lambda_emulator::{Bootstrap, Emulator, Invoke};
use tokio::net::TcpListener;

use crate::peer::{Peer, json};

const COMPLETE: [(&str, &str); 4] = [
    ("TABLE", "visits"),
    ("AWS_REGION", "us-east-1"),
    ("AWS_ACCESS_KEY_ID", "local"),
    ("AWS_SECRET_ACCESS_KEY", "local"),
];

/// What the function fails with, in this environment. It has three seconds.
pub async fn failure(variables: &[(&str, &str)]) -> String {
    let mut function = Bootstrap::new(env!("CARGO_BIN_EXE_dynamodb"));
    for (name, value) in COMPLETE.iter().chain(variables) {
        function = function.env(*name, *value);
    }
    let emulator =
        Emulator::builder().timeout(Duration::from_secs(3)).bootstrap(function).start().await.unwrap();
    let answer = emulator.invoke(Invoke::new("\"Ada\"")).await;
    let text = String::from_utf8(answer.payload.to_vec()).unwrap();
    // Its own words, and not those with which the emulator ends it.
    assert!(text.contains("was not counted"), "{text}");
    text
}

#[tokio::test]
async fn credentials_that_are_missing_or_half_there_are_named() {
    let none = failure(&[("AWS_ACCESS_KEY_ID", ""), ("AWS_SECRET_ACCESS_KEY", "")]).await;
    assert!(none.contains("neither AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set"), "{none}");
    let half = failure(&[("AWS_SECRET_ACCESS_KEY", "")]).await;
    assert!(half.contains("AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not"), "{half}");
}

#[tokio::test]
async fn credentials_that_have_expired_are_told_by_the_service() {
    let refusal = r#"{"__type":"com.amazonaws.dynamodb.v20120810#ExpiredTokenException","message":"The security token included in the request is expired"}"#;
    let refusal = json(refusal).strip_prefix(b"HTTP/1.1 200 OK").unwrap().to_vec();
    let peer = Peer::answering([b"HTTP/1.1 400 Bad Request".to_vec(), refusal].concat(), false, false).await;
    let told = failure(&[("AWS_ENDPOINT_URL", &peer.url)]).await;
    assert!(told.contains("ExpiredTokenException") && told.contains("is expired"), "{told}");
}

#[test]
fn a_missing_region_is_named() {
    // An emulator would set it.
    let mut function = std::process::Command::new(env!("CARGO_BIN_EXE_dynamodb"));
    function.envs(COMPLETE).env("LAMBDA_EMULATOR_PORT", "0").env("LAMBDA_EMULATOR_EVENT", "\"Ada\"");
    let output = function.env("AWS_REGION", "").env("AWS_DEFAULT_REGION", "").output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("neither AWS_REGION nor AWS_DEFAULT_REGION is set"), "{told}");
    assert!(told.contains("was not counted") && told.to_lowercase().contains("region"), "{told}");
}

#[tokio::test]
async fn an_endpoint_that_refuses_hangs_closes_or_answers_half_is_an_error_within_the_deadline() {
    let refusing = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let told = failure(&[("AWS_ENDPOINT_URL", &format!("http://{refusing}"))]).await;
    assert!(told.contains(&refusing.to_string()), "{told}");

    let half = &json(r#"{"Attributes":{"visits":{"N":"7"}}}"#)[..110];
    for (answer, closes) in [
        (&b""[..], false),
        (b"", true),
        (b"HTTP/1.1 200 O", false),
        (half, false),
        (half, true),
        (b"no http\r\n\r\n", true),
    ] {
        let peer = Peer::answering(answer.to_vec(), closes, false).await;
        let told = failure(&[("AWS_ENDPOINT_URL", &peer.url)]).await;
        assert!(told.contains(&peer.url), "{:?}: {told}", String::from_utf8_lossy(answer));
    }
}

#[tokio::test]
async fn an_endpoint_that_hangs_or_resets_before_it_is_trusted_is_named_within_the_deadline() {
    for resets in [false, true] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let accepting = tokio::spawn(async move {
            let mut held = Vec::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                if !resets {
                    held.push(stream);
                }
            }
        });
        let told = failure(&[("AWS_ENDPOINT_URL", &url)]).await;
        assert!(told.contains(&url), "{told}");
        accepting.abort();
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_signed_is_refused() {
    let peer = Peer::start().await;
    let told = failure(&[("AWS_ENDPOINT_URL", &peer.url), ("AWS_CA_BUNDLE", "/nowhere.pem")]).await;
    assert!(told.contains("certificate"), "{told}");
}
