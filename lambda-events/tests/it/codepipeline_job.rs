use lambda_events::codepipeline_job::CodePipelineJobEvent;
use serde_json::Value;

use crate::cases::decode;

#[test]
fn user_parameters_are_text_or_json() {
    let event: CodePipelineJobEvent = decode("codepipeline_job/full.json");
    let data = &event.code_pipeline_job.data;
    let parameters: Value = data.action_configuration.configuration.user_parameters_json().unwrap();
    assert_eq!(parameters["currency"], "EUR");
    assert_eq!(data.encryption_key.as_ref().unwrap().type_, "KMS");

    let event: CodePipelineJobEvent = decode("codepipeline_job/user-text.json");
    let configuration = &event.code_pipeline_job.data.action_configuration.configuration;
    assert_eq!(configuration.user_parameters.as_deref(), Some("cdn=eu,ap"));
    assert!(configuration.user_parameters_json::<Value>().unwrap_err().is_json());

    let event: CodePipelineJobEvent = decode("codepipeline_job/minimal.json");
    let configuration = &event.code_pipeline_job.data.action_configuration.configuration;
    assert!(configuration.user_parameters_json::<Value>().unwrap_err().is_absent());
}

#[test]
fn another_event_is_refused_by_name() {
    let error = serde_json::from_str::<CodePipelineJobEvent>(r#"{"detail": {}}"#).unwrap_err();
    assert!(error.to_string().contains("CodePipeline.job"), "{error}");
}
