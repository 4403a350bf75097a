use lambda_events::{
    iam::{IamPolicyDocument, IamPolicyStatement},
    iot::*,
    iot_button::IoTButtonEvent,
};
use serde_json::json;

use crate::cases::decode;

#[test]
fn headers_are_found_in_any_case_and_passwords_are_bytes() {
    let request: IoTCoreCustomAuthorizerRequest = decode("iot/custom-auth-full.json");
    let data = request.protocol_data.unwrap();
    assert_eq!(data.http.unwrap().headers.get("x-shop-branch"), Some("harbour"));
    assert_eq!(data.mqtt.unwrap().password.unwrap().bytes().unwrap(), b"weigh the leaves");
    let request: IoTCoreCustomAuthorizerRequest = decode("iot/custom-auth-certificate.json");
    let data = request.protocol_data.unwrap();
    assert_eq!(
        data.tls.unwrap().principal_id.as_deref(),
        Some("e186ba513dd1a9b8684ce13c0dab3f4749831e612f5c99e06379d334d1a82200")
    );
    assert!(data.mqtt.unwrap().password.is_none());
}

#[test]
fn who_is_let_in_gets_policies_and_limits_within_bounds() {
    let policy = IamPolicyDocument::new([IamPolicyStatement::allow(["iot:Connect"], ["*"])]);
    let response = IoTCoreCustomAuthorizerResponse::allow("ada", [policy]).with_refresh_after(300);
    assert_eq!(
        serde_json::to_value(&response).unwrap(),
        json!({
            "isAuthenticated": true,
            "principalId": "ada",
            "disconnectAfterInSeconds": 86400,
            "refreshAfterInSeconds": 300,
            "policyDocuments": [{
                "Version": "2012-10-17",
                "Statement": [{"Action": ["iot:Connect"], "Effect": "Allow", "Resource": ["*"]}],
            }],
        })
    );
    assert!(!IoTCoreCustomAuthorizerResponse::deny().is_authenticated);
}

#[test]
fn devices_are_registered_or_not() {
    assert_eq!(
        serde_json::to_value(IoTPreProvisionHookResponse::allow().with_parameter("Location", "lab")).unwrap(),
        json!({"allowProvisioning": true, "parameterOverrides": {"Location": "lab"}})
    );
    assert_eq!(
        serde_json::to_value(IoTPreProvisionHookResponse::deny()).unwrap(),
        json!({"allowProvisioning": false})
    );
}

#[test]
fn connections_and_failures_of_rules_are_typed() {
    let event: IoTPresenceEvent = decode("iot/presence-disconnected.json");
    assert_eq!(event.event_type, IoTPresenceEventType::Disconnected);
    assert_eq!(event.timestamp.as_millis(), 1_793_662_877_350);
    let event: IoTRuleErrorEvent = decode("iot/rule-error-full.json");
    assert_eq!(event.base64_original_payload.json::<serde_json::Value>().unwrap()["celsius"], 4.5);
    assert_eq!(event.failures[0].failed_action, "S3Action");
}

#[test]
fn voltages_of_buttons_are_numbers() {
    let millivolts = |fixture: &str| decode::<IoTButtonEvent>(fixture).battery_millivolts();
    assert_eq!(millivolts("iot_button/single.json"), Some(1731));
    assert_eq!(millivolts("iot_button/long.json"), Some(1468));
    assert_eq!(IoTButtonEvent::default().battery_millivolts(), None);
}
