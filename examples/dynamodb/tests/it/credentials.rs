//! Credentials that come from an endpoint: when they are fetched, and what is said when they cannot be.

use std::time::Duration;

use lambda_emulator::{Bootstrap, Emulator, Invoke};

use crate::bad_input::failure;
use crate::peer::{Peer, json};
use crate::vault::{Answer, Vault};

const WELCOME: &str = r#"{"text":"Welcome, Ada","visits":7}"#;
const HOUR: Duration = Duration::from_secs(3600);
/// Less than what the SDK takes for a margin.
const MOMENT: Duration = Duration::from_secs(2);

fn function(peer: &Peer) -> Bootstrap {
    Bootstrap::new(env!("CARGO_BIN_EXE_dynamodb"))
        .env("TABLE", "visits")
        .env("AWS_ENDPOINT_URL", &peer.url)
        .env("AWS_CA_BUNDLE", peer.bundle.display().to_string())
}

/// The same, with an endpoint where credentials are.
fn function_with(peer: &Peer, vault: &Vault) -> Bootstrap {
    function(peer)
        .env("AWS_ACCESS_KEY_ID", "")
        .env("AWS_SECRET_ACCESS_KEY", "")
        .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &vault.url)
}

async fn welcomed(emulator: &Emulator) {
    let answer = emulator.invoke(Invoke::new("\"Ada\"")).await;
    assert_eq!(answer.payload, WELCOME);
}

#[tokio::test]
async fn under_snapstart_credentials_come_from_the_endpoint_that_lambda_names() {
    let peer = Peer::start().await;
    let builder = Emulator::builder().timeout(Duration::from_secs(10)).initialization_type("snap-start");
    let emulator = builder.bootstrap(function(&peer)).start().await.unwrap();
    welcomed(&emulator).await;
    // The connection of the init was closed before the snapshot.
    assert_eq!(peer.connections(), 2);
    assert!(peer.served()[0].contains("x-amz-security-token: "), "{}", peer.served()[0]);
}

#[tokio::test]
async fn credentials_are_kept_until_shortly_before_they_expire_also_across_a_freeze() {
    let (peer, vault) = (Peer::start().await, Vault::start(Answer::Key("FIRST", MOMENT)).await);
    let token = std::env::temp_dir().join(format!("lambda-rt-{}-token", std::process::id()));
    std::fs::write(&token, "of a file\n").unwrap();
    let function = function_with(&peer, &vault)
        .env("AWS_CONTAINER_AUTHORIZATION_TOKEN", "of a variable")
        .env("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.display().to_string());
    let emulator = Emulator::builder().timeout(Duration::from_secs(10)).bootstrap(function);
    let emulator = emulator.start().await.unwrap();
    welcomed(&emulator).await;
    vault.answers(Answer::Key("SECOND", HOUR));
    emulator.freeze().await;
    tokio::time::sleep(MOMENT + Duration::from_millis(10)).await;
    for _ in 0..3 {
        welcomed(&emulator).await;
    }
    std::fs::remove_file(&token).unwrap();
    let keys: Vec<_> =
        peer.served().iter().map(|call| if call.contains("Credential=FIRST/") { 1 } else { 2 }).collect();
    assert_eq!(keys, [1, 2, 2, 2]);
    let asked = vault.asked();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(asked[0].contains("authorization: of a file\r\n"), "{asked:?}");
}

#[tokio::test]
async fn whatever_the_endpoint_does_it_and_its_variable_are_named_within_the_deadline() {
    let whole = json(r#"{"AccessKeyId":"key","SecretAccessKey":"hush"}"#);
    let not_found = [b"HTTP/1.1 404 Not Found\r\ncontent-length: 7\r\n\r\n".to_vec(), b"unknown".to_vec()];
    for (answer, why) in [
        (Answer::Never, "has not answered"),
        (Answer::Reset, "onnection"),
        (Answer::Bytes(Vec::new()), "onnection"),
        (Answer::Bytes(whole[..whole.len() - 9].to_vec()), "half an answer"),
        (Answer::Bytes(b"no http\r\n\r\n".to_vec()), "http://"),
        (Answer::Bytes(json("no json")), "its answer is not understood"),
        (Answer::Bytes(not_found.concat()), "404 \\\"unknown\\\""),
        (Answer::Key("OLD", Duration::ZERO), "they have expired already"),
    ] {
        let vault = Vault::start(answer).await;
        let told = failed_with(&vault.url, &[]).await;
        assert!(told.contains(&vault.url) && told.contains("AWS_CONTAINER_CREDENTIALS_FULL_URI"), "{told}");
        assert!(told.contains(why) && !told.contains("hush"), "{why}: {told}");
    }
    let refusing = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let told = failed_with(&format!("http://{refusing}/"), &[]).await;
    assert!(told.contains(&refusing.to_string()), "{told}");
}

#[tokio::test]
async fn a_token_is_not_read_from_nowhere_and_not_told_to_everybody() {
    let told =
        failed_with("http://127.0.0.1:1/", &[("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/nowhere/token")])
            .await;
    assert!(told.contains("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE is \\\"/nowhere/token\\\""), "{told}");
    let told = failed_with("http://192.0.2.1/", &[]).await;
    assert!(told.contains("AWS_CONTAINER_CREDENTIALS_FULL_URI leads to \\\"http://192.0.2.1/\\\""), "{told}");
}

async fn failed_with(uri: &str, more: &[(&str, &str)]) -> String {
    let mut variables = vec![
        ("AWS_ACCESS_KEY_ID", ""),
        ("AWS_SECRET_ACCESS_KEY", ""),
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri),
    ];
    variables.extend(more);
    failure(&variables).await
}
