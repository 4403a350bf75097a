use lambda_events::cloudformation::{provider, *};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::cases::decode;

/// Without a default, as properties are that a user has.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Bucket {
    name: String,
    #[serde(default)]
    versioned: Option<String>,
}

#[test]
fn properties_are_of_the_users_type() {
    let request: CloudFormationCustomResourceRequest<Bucket, Bucket> = decode("cloudformation/update.json");
    let CloudFormationCustomResourceRequest::Update(update) = &request else { panic!("{request:?}") };
    assert_eq!(
        (update.old_resource_properties.name.as_str(), update.resource_properties.name.as_str()),
        ("b-1", "b-2")
    );
    assert_eq!(request.physical_resource_id(), Some("b-1"));
    assert_eq!(request.resource_properties().versioned.as_deref(), Some("true"));

    let request: provider::CloudFormationCustomResourceRequest<Bucket, Bucket> =
        decode("cloudformation/provider-delete.json");
    assert_eq!(request.common().resource_properties.name, "b-2");
    assert_eq!(request.common().response_url.as_deref(), Some("..."));
    assert_eq!(request.physical_resource_id(), Some("b-2"));
}

#[test]
fn answers_carry_the_ids_of_the_request() {
    let request: CloudFormationCustomResourceRequest = decode("cloudformation/create.json");
    let answer = CloudFormationCustomResourceResponse::success(&request).with_data("Arn", "a").with_no_echo();
    let body: Value = serde_json::from_slice(&answer.to_body()).unwrap();
    assert_eq!(
        body,
        json!({
            "Status": "SUCCESS",
            "PhysicalResourceId": request.request_id(),
            "StackId": request.stack_id(),
            "RequestId": request.request_id(),
            "LogicalResourceId": "Bucket",
            "NoEcho": true,
            "Data": {"Arn": "a"},
        })
    );

    let request: CloudFormationCustomResourceRequest = decode("cloudformation/delete.json");
    let answer = CloudFormationCustomResourceResponse::failed(&request, "in use");
    assert_eq!(answer.status, CloudFormationCustomResourceResponseStatus::Failed);
    assert_eq!(answer.reason.as_deref(), Some("in use"));
    assert_eq!(answer.physical_resource_id, "b-2");
}

#[test]
fn a_request_that_cannot_be_answered_is_refused_by_name() {
    let error = serde_json::from_str::<CloudFormationCustomResourceRequest>(
        r#"{"RequestType": "Create", "RequestId": "1", "ResourceProperties": {}}"#,
    )
    .unwrap_err();
    assert!(error.to_string().contains("ResponseURL"), "{error}");
    let error = serde_json::from_str::<CloudFormationCustomResourceRequest>(r#"{"RequestType": "Import"}"#)
        .unwrap_err();
    assert!(error.to_string().contains("Import"), "{error}");
}

#[test]
fn no_member_of_a_provider_request_is_written_twice() {
    let request: provider::CloudFormationCustomResourceRequest =
        decode("cloudformation/provider-create.json");
    let text = serde_json::to_string(&request).unwrap();
    for member in [
        "\"StackId\"",
        "\"ServiceToken\":\"arn:aws:lambda:eu-north-1:444455556666:function:tea-shop-framework-onEvent\",\"ResponseURL\"",
    ] {
        assert_eq!(text.matches(member).count(), 1, "{member} in {text}");
    }
}

#[test]
fn provider_answers_are_what_the_framework_reads() {
    let answer = provider::CloudFormationCustomResourceResponse::new().with_physical_resource_id("b-2");
    assert_eq!(
        serde_json::to_value(&answer).unwrap(),
        json!({"PhysicalResourceId": "b-2", "Data": {}, "NoEcho": false})
    );
    let answer = answer.with_data(Bucket { name: "b-2".to_owned(), versioned: None });
    assert_eq!(serde_json::to_value(&answer).unwrap()["Data"]["Name"], "b-2");
    assert_eq!(
        serde_json::to_value(provider::IsCompleteResponse::not_yet()).unwrap(),
        json!({"IsComplete": false})
    );
}

#[test]
fn macros_answer_with_the_id_of_the_request() {
    let request: CloudFormationMacroRequest = decode("cloudformation/macro.json");
    assert_eq!(request.template_parameter_values["Zones"], json!(["a", "b"]));
    let answer = CloudFormationMacroResponse::success(&request, request.fragment.clone());
    assert_eq!(
        (answer.status.as_str(), answer.request_id.as_str()),
        ("success", "d4ce31b0-c67c-480f-bf9e-4b3922f0263d")
    );
    let answer = CloudFormationMacroResponse::<Value>::failure(&request, "no");
    assert_eq!((answer.status.as_str(), answer.error_message.as_deref()), ("failure", Some("no")));
}

#[test]
fn hooks_answer_with_the_token_of_the_request() {
    let request: CloudFormationHookRequest = decode("cloudformation/hook-stack-again.json");
    let token = "54131b11-619b-4727-8af7-a74bd9bc66a2";
    assert_eq!(request.request_context.invocation, 2);
    assert_eq!(request.request_context.callback_context, Some(json!({"seen": 1})));
    assert_eq!(
        serde_json::to_value(CloudFormationHookResponse::non_compliant(&request, "no")).unwrap(),
        json!({"hookStatus": "FAILED", "errorCode": "NonCompliant", "message": "no", "clientRequestToken": token})
    );
    assert_eq!(
        serde_json::to_value(
            CloudFormationHookResponse::in_progress(&request, 5).with_callback_context(json!(2))
        )
        .unwrap(),
        json!({"hookStatus": "IN_PROGRESS", "clientRequestToken": token, "callbackContext": 2, "callbackDelaySeconds": 5})
    );
}
