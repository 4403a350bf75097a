//! What is a secret is not in what `Debug` shows, and so not in logs.

use lambda_events::{
    alexa, apigw, appsync, codepipeline_job, cognito, iot, iot_deprecated, s3, secretsmanager, transfer,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const SECRET: &str = "correct horse battery staple";

fn shown<T: DeserializeOwned + std::fmt::Debug>(event: Value) -> [String; 2] {
    let event: T = serde_json::from_value(event).expect("an event");
    [format!("{event:?}"), format!("{event:#?}")]
}

fn check<T: DeserializeOwned + std::fmt::Debug>(event: Value) {
    for shown in shown::<T>(event) {
        assert!(!shown.contains(SECRET), "{shown}");
        assert!(shown.contains("[redacted]"), "{shown}");
        assert!(shown.contains("visible"), "{shown}");
    }
}

#[test]
fn passwords_and_tokens_are_not_shown() {
    check::<cognito::CognitoEventUserPoolsMigrateUser>(json!({
        "userName": "visible", "request": {"password": SECRET, "clientMetadata": {"a": "visible"}}, "response": {},
    }));
    check::<transfer::TransferFamilyAuthorizerRequest>(json!({
        "username": "visible", "password": SECRET, "serverId": "s-1", "protocol": "SFTP",
    }));
    check::<codepipeline_job::CodePipelineJobEvent>(json!({"CodePipeline.job": {"id": "1", "data": {
        "artifactCredentials": {"accessKeyId": "visible", "secretAccessKey": SECRET, "sessionToken": SECRET},
    }}}));
    check::<iot::IoTCoreCustomAuthorizerRequest>(json!({
        "token": SECRET, "signatureVerified": true, "protocols": ["visible"],
        "protocolData": {"mqtt": {"username": "u", "password": "Y29ycmVjdCBob3JzZSBiYXR0ZXJ5IHN0YXBsZQ=="}},
    }));
    check::<iot_deprecated::IoTCustomAuthorizerRequest>(json!({
        "token": SECRET, "tokenSignature": SECRET, "tlsContext": {"serverName": "visible"},
    }));
    check::<apigw::ApiGatewayCustomAuthorizerRequest>(json!({
        "type": "TOKEN", "authorizationToken": SECRET, "methodArn": "visible",
    }));
    check::<apigw::ApiGatewayV2CustomAuthorizerV1Request>(json!({
        "methodArn": "visible", "identitySource": SECRET, "authorizationToken": SECRET, "requestContext": {},
    }));
    check::<appsync::AppSyncLambdaAuthorizerRequest>(json!({
        "authorizationToken": SECRET, "requestContext": {"apiId": "visible"},
    }));
    check::<secretsmanager::SecretsManagerSecretRotationEvent>(json!({
        "Step": "createSecret", "SecretId": "visible", "ClientRequestToken": "1", "RotationToken": SECRET,
    }));
    check::<alexa::AlexaSkillEvent>(json!({
        "request": {"type": "visible"}, "session": {"user": {"userId": "u", "accessToken": SECRET}},
        "context": {"System": {"apiAccessToken": SECRET}},
    }));
    check::<s3::object_lambda::GetObjectContext>(json!({
        "inputS3Url": "visible", "outputRoute": "r", "outputToken": SECRET,
    }));
}

/// Whether there is a secret at all is no secret.
#[test]
fn a_secret_that_is_absent_is_shown_as_absent() {
    let [shown, _] =
        shown::<transfer::TransferFamilyAuthorizerRequest>(json!({"username": "u", "serverId": "s-1"}));
    assert!(shown.contains("password: None"), "{shown}");
}

/// What is not shown is kept.
#[test]
fn a_secret_is_written_as_it_was_read() {
    let event = json!({"username": "u", "password": SECRET, "protocol": "SFTP", "serverId": "s-1", "sourceIp": "::1"});
    let read: transfer::TransferFamilyAuthorizerRequest =
        serde_json::from_value(event.clone()).expect("an event");
    assert_eq!(read.password.as_deref(), Some(SECRET));
    assert_eq!(serde_json::to_value(read).expect("JSON"), event);
}
