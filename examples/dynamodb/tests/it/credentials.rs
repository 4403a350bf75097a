//! SnapStart: credentials come from an endpoint, after the restore.

use std::time::Duration;

use lambda_emulator::{Bootstrap, Emulator, Invoke};

use crate::peer::Peer;

#[tokio::test]
async fn under_snapstart_credentials_come_from_the_endpoint_that_lambda_names() {
    let peer = Peer::start().await;
    let function = Bootstrap::new(env!("CARGO_BIN_EXE_dynamodb"))
        .env("TABLE", "visits")
        .env("AWS_ENDPOINT_URL", &peer.url)
        .env("AWS_CA_BUNDLE", peer.bundle.display().to_string());
    let builder = Emulator::builder().timeout(Duration::from_secs(10)).initialization_type("snap-start");
    let emulator = builder.bootstrap(function).start().await.unwrap();
    let answer = emulator.invoke(Invoke::new("\"Ada\"")).await;
    assert_eq!(answer.payload, r#"{"text":"Welcome, Ada","visits":7}"#);
    // The connection of the init was closed before the snapshot.
    assert_eq!(peer.connections(), 2);
    assert!(peer.served()[0].contains("x-amz-security-token: "), "{}", peer.served()[0]);
}
