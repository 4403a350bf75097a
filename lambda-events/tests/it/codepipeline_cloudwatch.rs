use lambda_events::codepipeline_cloudwatch::*;
use serde_json::json;

use crate::cases::decode;

#[test]
fn what_an_action_made_of_it_is_typed() {
    let event: CodePipelineCloudWatchEvent = decode("codepipeline_cloudwatch/action-full.json");
    assert_eq!(event.detail.state, CodePipelineActionState::Failed);
    let result = event.detail.execution_result.unwrap();
    assert_eq!(result.external_execution_summary.as_deref(), Some("2 of 31 pages did not load"));
    assert_eq!(result.error_code.as_deref(), Some("JobFailed"));
    assert_eq!(event.detail.pipeline_execution_attempt, Some(1));
}

/// The documentation has it as a string, the service as a number.
#[test]
fn a_version_that_is_a_string_is_read() {
    let event: CodePipelineCloudWatchEvent = serde_json::from_value(json!({
        "detail": {"pipeline": "p", "version": "3", "type": {"version": "1"}},
    }))
    .unwrap();
    assert_eq!((event.detail.version, event.detail.type_.unwrap().version), (3, 1));
}
