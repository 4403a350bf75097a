use lambda_events::transfer::*;
use serde_json::{Value, json};

use crate::cases::decode;

#[test]
fn directories_are_json_in_a_string() {
    let response = TransferFamilyAuthorizerResponse::allow("r")
        .with_logical_directories([TransferFamilyHomeDirectoryMapping::new("/", "/bucket/ada")]);
    let written = serde_json::to_value(&response).unwrap();
    assert_eq!(written["HomeDirectoryType"], "LOGICAL");
    let details: Value = serde_json::from_str(written["HomeDirectoryDetails"].as_str().unwrap()).unwrap();
    assert_eq!(details, json!([{"Entry": "/", "Target": "/bucket/ada"}]));

    let response: TransferFamilyAuthorizerResponse = decode("transfer/response-logical-full.json");
    assert_eq!(response.home_directory_details.unwrap().get().unwrap()[0].target, "/shop-growers/grower-18");
}

#[test]
fn who_is_denied_gets_an_empty_answer() {
    assert_eq!(serde_json::to_value(TransferFamilyAuthorizerResponse::deny()).unwrap(), json!({}));
    assert_eq!(
        serde_json::to_value(TransferFamilyAuthorizerResponse::allow("r").with_posix_profile(1, 2)).unwrap(),
        json!({"Role": "r", "PosixProfile": {"Uid": 1, "Gid": 2}})
    );
}

#[test]
fn files_of_a_workflow_are_in_s3_or_in_efs() {
    let event: TransferFamilyWorkflowStepEvent = decode("transfer/workflow-s3-full.json");
    assert_eq!(event.file_location.domain, TransferFamilyStorageDomain::S3);
    assert_eq!(event.file_location.key.as_deref(), Some("grower-18/harvest.csv"));
    let event: TransferFamilyWorkflowStepEvent = decode("transfer/workflow-efs-full.json");
    assert_eq!(event.file_location.path.as_deref(), Some("/growers/18/harvest.csv"));
    assert_eq!(event.service_metadata.transfer_details.user_name, "grower-18");
}

#[test]
fn a_protocol_of_the_future_is_kept() {
    let request: TransferFamilyAuthorizerRequest = decode("transfer/protocol-of-the-future.json");
    assert_eq!(request.protocol, "AS9");
    let request: TransferFamilyAuthorizerRequest = decode("transfer/minimal.json");
    assert!(request.password.is_none());
}
