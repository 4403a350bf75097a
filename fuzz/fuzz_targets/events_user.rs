//! Whatever users, devices, bots and emails make a service send, reading it never panics, and what is read is written as it was.

#![no_main]

use lambda_events::{
    alexa, athena, bedrock_agent_runtime, chime_bot, clientvpn, cloudformation, cognito, connect, iot,
    iot_1_click, iot_button, lex, redshift, sagemaker, secretsmanager, ses, transfer, workmail,
};
use lambda_rt_fuzz::{again, told};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    if let Some(event) = again::<bedrock_agent_runtime::AgentEvent>(bytes) {
        told(event.arguments::<Value>());
        assert!(serde_json::to_string(&event.respond("a")).is_ok());
    }
    if let Some(event) = again::<lex::LexV2Event>(bytes) {
        let _ = event.slot("a");
        assert!(serde_json::to_string(&event.close(true)).is_ok());
    }
    if let Some(event) = again::<alexa::AlexaSkillEvent>(bytes) {
        let _ = (event.slot("a"), event.application_id());
    }
    if let Some(request) = again::<cloudformation::CloudFormationCustomResourceRequest>(bytes) {
        cloudformation::CloudFormationCustomResourceResponse::success(&request).to_body();
    }
    if let Some(event) = again::<iot_button::IoTButtonEvent>(bytes) {
        let _ = event.battery_millivolts();
    }
    again::<alexa::AlexaDirectiveEvent>(bytes);
    again::<alexa::AlexaSkillResponse>(bytes);
    again::<athena::AthenaUdfEvent>(bytes);
    again::<chime_bot::ChimeBotEvent>(bytes);
    again::<clientvpn::ClientVpnConnectionHandlerRequest>(bytes);
    again::<cloudformation::provider::CloudFormationCustomResourceRequest>(bytes);
    again::<cloudformation::CloudFormationHookRequest>(bytes);
    again::<cloudformation::CloudFormationMacroRequest>(bytes);
    again::<cognito::CognitoEvent>(bytes);
    again::<cognito::CognitoEventUserPoolsPreSignup>(bytes);
    again::<cognito::CognitoEventUserPoolsMigrateUser>(bytes);
    again::<cognito::CognitoEventUserPoolsPreTokenGenV2>(bytes);
    again::<cognito::CognitoEventUserPoolsVerifyAuthChallenge>(bytes);
    again::<cognito::CognitoEventUserPoolsCustomMessage>(bytes);
    again::<cognito::CognitoEventUserPoolsInboundFederation>(bytes);
    again::<connect::ConnectEvent>(bytes);
    again::<iot::IoTCoreCustomAuthorizerRequest>(bytes);
    again::<iot::IoTPresenceEvent>(bytes);
    again::<iot_1_click::IoTOneClickEvent>(bytes);
    again::<lex::LexEvent>(bytes);
    again::<lex::LexV2Response>(bytes);
    again::<redshift::RedshiftUdfRequest>(bytes);
    again::<sagemaker::GroundTruthConsolidationEvent>(bytes);
    again::<secretsmanager::SecretsManagerSecretRotationEvent>(bytes);
    again::<ses::SimpleEmailEvent>(bytes);
    again::<transfer::TransferFamilyAuthorizerRequest>(bytes);
    again::<transfer::TransferFamilyWorkflowStepEvent>(bytes);
    again::<workmail::WorkMailEvent>(bytes);
});
