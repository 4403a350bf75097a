use lambda_events::secretsmanager::{SecretRotationStep, SecretsManagerSecretRotationEvent};

use crate::cases::decode;

#[test]
fn the_step_is_typed_and_the_rotation_token_is_kept() {
    let event: SecretsManagerSecretRotationEvent = decode("secretsmanager/full.json");
    assert_eq!(event.step, SecretRotationStep::CreateSecret);
    assert_eq!(event.rotation_token.as_deref(), Some("0891494c-dbc9-42b0-95f7-6045cd2c36b2"));
    let event: SecretsManagerSecretRotationEvent = decode("secretsmanager/minimal.json");
    assert_eq!((event.step.as_str(), event.rotation_token), ("finishSecret", None));
}

#[test]
fn a_step_of_the_future_is_kept() {
    let event: SecretsManagerSecretRotationEvent =
        serde_json::from_str(r#"{"Step": "auditSecret", "SecretId": "s"}"#).unwrap();
    assert_eq!(event.step, "auditSecret");
}
