use lambda_events::secretsmanager::{SecretRotationStep, SecretsManagerSecretRotationEvent};

use crate::cases::decode;

#[test]
fn the_step_is_typed_and_the_rotation_token_is_kept() {
    let event: SecretsManagerSecretRotationEvent = decode("secretsmanager/go-rotation.json");
    assert_eq!(event.step, SecretRotationStep::CreateSecret);
    assert_eq!(event.rotation_token.as_deref(), Some("abcd1234-efgh-5678-ijkl-8ab4515a7db0"));
    let event: SecretsManagerSecretRotationEvent = decode("secretsmanager/minimal.json");
    assert_eq!((event.step.as_str(), event.rotation_token), ("finishSecret", None));
}

#[test]
fn a_step_of_the_future_is_kept() {
    let event: SecretsManagerSecretRotationEvent =
        serde_json::from_str(r#"{"Step": "auditSecret", "SecretId": "s"}"#).unwrap();
    assert_eq!(event.step, "auditSecret");
}
