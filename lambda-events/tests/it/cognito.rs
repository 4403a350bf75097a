use lambda_events::cognito::*;
use serde_json::{Value, json};

use crate::cases::decode;

#[test]
fn trigger_sources_are_typed_and_those_of_the_future_are_kept() {
    let event: CognitoEventUserPoolsPreSignup = decode("cognito/pre-sign-up-federated.json");
    assert_eq!(
        event.cognito_event_user_pools_header.trigger_source,
        CognitoEventUserPoolsPreSignupTriggerSource::ExternalProvider
    );
    assert_eq!(event.cognito_event_user_pools_header.user_name, "Google_200417755301442188006");

    let event: CognitoEventUserPoolsPreSignup = decode("cognito/pre-sign-up-trigger-of-the-future.json");
    assert_eq!(event.cognito_event_user_pools_header.trigger_source, "PreSignUp_Passkey");
    assert!(serde_json::to_string(&event).unwrap().contains("PreSignUp_Passkey"));
}

/// An event has one of them; those that no fixture has are known all the same.
#[test]
fn every_trigger_source_and_kind_of_provider_is_known() {
    macro_rules! known {
        ($($type:ident: $($word:literal),+;)+) => {$($(
            let word: $type = serde_json::from_value(json!($word)).unwrap();
            assert!(!matches!(word, $type::Unknown(_)), "{} is unknown", $word);
            assert_eq!(serde_json::to_value(&word).unwrap(), $word);
        )+)+};
    }
    known! {
        CognitoEventUserPoolsPreSignupTriggerSource:
            "PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider";
        CognitoEventUserPoolsPostConfirmationTriggerSource:
            "PostConfirmation_ConfirmSignUp", "PostConfirmation_ConfirmForgotPassword";
        CognitoEventUserPoolsMigrateUserTriggerSource:
            "UserMigration_Authentication", "UserMigration_ForgotPassword";
        CognitoEventUserPoolsPreTokenGenTriggerSource:
            "TokenGeneration_HostedAuth", "TokenGeneration_Authentication", "TokenGeneration_NewPasswordChallenge",
            "TokenGeneration_AuthenticateDevice", "TokenGeneration_RefreshTokens", "TokenGeneration_ClientCredentials";
        CognitoEventUserPoolsCustomMessageTriggerSource:
            "CustomMessage_SignUp", "CustomMessage_AdminCreateUser", "CustomMessage_ResendCode",
            "CustomMessage_ForgotPassword", "CustomMessage_UpdateUserAttribute",
            "CustomMessage_VerifyUserAttribute", "CustomMessage_Authentication";
        CognitoEventUserPoolsCustomEmailSenderTriggerSource:
            "CustomEmailSender_SignUp", "CustomEmailSender_Authentication", "CustomEmailSender_ForgotPassword",
            "CustomEmailSender_ResendCode", "CustomEmailSender_UpdateUserAttribute",
            "CustomEmailSender_VerifyUserAttribute", "CustomEmailSender_AdminCreateUser",
            "CustomEmailSender_AccountTakeOverNotification";
        CognitoEventUserPoolsCustomSmsSenderTriggerSource:
            "CustomSMSSender_SignUp", "CustomSMSSender_Authentication", "CustomSMSSender_ForgotPassword",
            "CustomSMSSender_ResendCode", "CustomSMSSender_UpdateUserAttribute",
            "CustomSMSSender_VerifyUserAttribute", "CustomSMSSender_AdminCreateUser";
        CognitoFederationProviderType:
            "OIDC", "SAML", "Facebook", "Google", "SignInWithApple", "LoginWithAmazon";
    }
}

#[test]
fn a_machine_that_signs_in_is_a_trigger_of_version_3() {
    let event: CognitoEventUserPoolsPreTokenGenV3 = decode("cognito/token-v3-machine.json");
    assert_eq!(
        event.cognito_event_user_pools_header.trigger_source,
        CognitoEventUserPoolsPreTokenGenTriggerSource::ClientCredentials
    );
    assert!(event.request.user_attributes.is_empty());
    assert_eq!(event.request.scopes, ["orders/read", "orders/write"]);
}

/// The event without its answer is what Cognito sent, so that nothing of it is lost on the way back.
#[test]
fn the_answer_to_a_sign_up_is_the_event_with_its_flags() {
    let mut event: CognitoEventUserPoolsPreSignup = decode("cognito/pre-sign-up-federated.json");
    event.response =
        CognitoEventUserPoolsPreSignupResponse::new().with_auto_confirm_user().with_auto_verify_email();
    let answer = serde_json::to_value(&event).unwrap();
    assert_eq!(
        answer["response"],
        json!({"autoConfirmUser": true, "autoVerifyEmail": true, "autoVerifyPhone": false})
    );
    assert_eq!(answer["userPoolId"], "eu-central-1_teaSh0pQ1");
    assert_eq!(answer["triggerSource"], "PreSignUp_ExternalProvider");
    assert_eq!(answer["request"]["clientMetadata"]["campaign"], "spring");
}

#[test]
fn no_member_is_written_twice() {
    let event: CognitoEventUserPoolsPreSignup = serde_json::from_str(
        r#"{"version": "1", "userName": "ada", "callerContext": {}, "newMember": 1, "request": {}, "response": {}}"#,
    )
    .unwrap();
    let text = serde_json::to_string(&event).unwrap();
    for member in ["\"version\"", "\"userName\"", "\"request\"", "\"callerContext\""] {
        assert_eq!(text.matches(member).count(), 1, "{member} in {text}");
    }
    assert_eq!(
        text.matches("\"newMember\"").count(),
        usize::from(cfg!(feature = "catch-all-fields")),
        "{text}"
    );
}

#[test]
fn answers_that_are_null_or_missing_are_those_of_no_change() {
    for response in ["null", "{}", r#"{"answerCorrect": null}"#] {
        let event: CognitoEventUserPoolsVerifyAuthChallenge =
            serde_json::from_str(&format!(r#"{{"request": {{}}, "response": {response}}}"#)).unwrap();
        assert!(!event.response.answer_correct);
    }
    let event: CognitoEventUserPoolsDefineAuthChallenge = serde_json::from_value(json!({
        "request": {"userAttributes": null, "session": null},
        "response": {"challengeName": null, "issueTokens": null, "failAuthentication": null},
    }))
    .unwrap();
    assert_eq!(event.response, CognitoEventUserPoolsDefineAuthChallengeResponse::default());
    assert!(event.request.session.is_empty());
    let event: CognitoEventUserPoolsPreTokenGenV2 = serde_json::from_value(json!({
        "request": {"groupConfiguration": null, "scopes": ["a"]}, "response": null,
    }))
    .unwrap();
    assert_eq!(event.request.group_configuration, GroupConfiguration::default());
}

#[test]
fn an_event_without_a_request_is_refused_by_name() {
    let error = serde_json::from_str::<CognitoEventUserPoolsPreSignup>(r#"{"version": "1", "response": {}}"#)
        .unwrap_err();
    assert!(error.to_string().contains("`request`"), "{error}");
}

#[test]
fn claims_have_types_and_groups_stay_as_they_are_unless_given() {
    let mut event: CognitoEventUserPoolsPreTokenGenV2 = decode("cognito/token-v2-full.json");
    let details = event.response.claims_and_scope_override_details.as_ref().unwrap();
    let claims = &details.access_token_generation.as_ref().unwrap().claims_to_add_or_override;
    assert_eq!(claims["favourite_tin"], 2);

    event.response = ClaimsAndScopeOverrideDetailsV2::new()
        .with_id_token(CognitoIdTokenGenerationV2::new().with_claim("level", 7).with_claim("beta", true))
        .with_access_token(
            CognitoAccessTokenGenerationV2::new()
                .with_scopes_to_add(["orders/read"])
                .with_claims_to_suppress(["email"]),
        )
        .into();
    // An empty `groupOverrideDetails` would take the user out of every group.
    assert_eq!(
        serde_json::to_value(&event.response).unwrap(),
        json!({"claimsAndScopeOverrideDetails": {
            "idTokenGeneration": {"claimsToAddOrOverride": {"level": 7, "beta": true}},
            "accessTokenGeneration": {"scopesToAdd": ["orders/read"], "claimsToSuppress": ["email"]},
        }})
    );
    let v1 =
        CognitoEventUserPoolsPreTokenGenResponse::from(ClaimsOverrideDetails::new().with_claim("a", "b"));
    assert_eq!(
        serde_json::to_value(&v1).unwrap(),
        json!({"claimsOverrideDetails": {"claimsToAddOrOverride": {"a": "b"}}})
    );
}

#[test]
fn a_custom_sign_in_is_answered_step_by_step() {
    use CognitoEventUserPoolsDefineAuthChallengeResponse as Next;
    let written = |next: Next| serde_json::to_value(next).unwrap();
    assert_eq!(
        written(Next::challenge("CUSTOM_CHALLENGE")),
        json!({"challengeName": "CUSTOM_CHALLENGE", "issueTokens": false, "failAuthentication": false})
    );
    assert_eq!(written(Next::tokens()), json!({"issueTokens": true, "failAuthentication": false}));
    assert_eq!(written(Next::failure()), json!({"issueTokens": false, "failAuthentication": true}));
    assert_eq!(
        serde_json::to_value(
            CognitoEventUserPoolsCreateAuthChallengeResponse::new()
                .with_public_parameter("question", "2 + 3")
                .with_private_parameter("answer", "5")
                .with_challenge_metadata("SUM")
        )
        .unwrap(),
        json!({
            "publicChallengeParameters": {"question": "2 + 3"},
            "privateChallengeParameters": {"answer": "5"},
            "challengeMetadata": "SUM",
        })
    );
}

#[test]
fn codes_of_custom_senders_are_bytes() {
    let event: CognitoEventUserPoolsCustomEmailSender = decode("cognito/custom-email-sender-full.json");
    assert_eq!(event.request.code.as_ref().unwrap().bytes().unwrap()[..3], [1, 128, 3]);
    assert_eq!(
        event.cognito_event_user_pools_header.trigger_source,
        CognitoEventUserPoolsCustomEmailSenderTriggerSource::ForgotPassword
    );
    let event: CognitoEventUserPoolsCustomEmailSender = decode("cognito/custom-email-sender-minimal.json");
    assert!(event.request.code.is_none());
    let event: CognitoEventUserPoolsCustomSmsSender = decode("cognito/custom-sms-sender-full.json");
    assert_eq!(event.request.user_attributes["phone_number"], "+4930901820001");
}

#[test]
fn attributes_of_other_providers_may_be_typed_and_an_empty_answer_is_written() {
    let mut event: CognitoEventUserPoolsInboundFederation =
        decode("cognito/inbound-federation-typed-claims.json");
    assert_eq!(event.request.provider_type, CognitoFederationProviderType::Google);
    assert_eq!(event.request.attributes.id_token["email_verified"], Value::Bool(true));
    event.response = CognitoEventUserPoolsInboundFederationResponse::new();
    assert_eq!(serde_json::to_value(&event.response).unwrap(), json!({"userAttributesToMap": {}}));
    let response = event.response.with_attribute("email", "ada@example.com");
    assert_eq!(
        serde_json::to_value(&response).unwrap(),
        json!({"userAttributesToMap": {"email": "ada@example.com"}})
    );
}

#[test]
fn a_user_that_moves_in_is_described_by_what_was_set() {
    let user = CognitoEventUserPoolsMigrateUserResponse::new([("username", "ada".to_owned())])
        .with_final_user_status("CONFIRMED")
        .with_message_action("SUPPRESS");
    assert_eq!(
        serde_json::to_value(&user).unwrap(),
        json!({"userAttributes": {"username": "ada"}, "finalUserStatus": "CONFIRMED", "messageAction": "SUPPRESS"})
    );
}
