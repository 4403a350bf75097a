//! The metadata endpoint.

use lambda_emulator::Emulator;

use crate::support::Peer;

#[tokio::test]
async fn case_104_the_right_token_is_200_a_wrong_or_absent_one_401_and_a_post_405() {
    let emulator = Emulator::builder().region("eu-west-1").start().await.unwrap();
    let environment = emulator.environment();
    let value = |name: &str| {
        let found = environment.iter().find(|(known, _)| known == name);
        found.unwrap_or_else(|| panic!("{name} is missing")).1.clone()
    };
    assert_eq!(value("AWS_LAMBDA_METADATA_API"), emulator.runtime_api());
    let token = value("AWS_LAMBDA_METADATA_TOKEN");
    let mut peer = Peer::of(&emulator).await;
    let path = "/2026-01-15/metadata/execution-environment";
    let right = format!("authorization: Bearer {token}\r\n");
    let answer = peer.ask(&format!("GET {path}"), &right, b"").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
    assert_eq!(answer.json(), serde_json::json!({ "AvailabilityZoneID": "euw1-az1" }));
    assert_eq!(answer.header("cache-control"), Some("private, max-age=43200, immutable"));
    for wrong in ["", "authorization: Bearer wrong\r\n", &format!("authorization: {token}\r\n")] {
        assert_eq!(peer.ask(&format!("GET {path}"), wrong, b"").await.status, 401, "{wrong:?}");
    }
    for header in ["", &right] {
        assert_eq!(peer.ask(&format!("POST {path}"), header, b"").await.status, 405);
    }
}
