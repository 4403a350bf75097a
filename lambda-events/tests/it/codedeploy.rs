use lambda_events::codedeploy::*;

use crate::cases::decode;

#[test]
fn deployments_and_instances_have_a_state_which_may_be_new() {
    let event: CodeDeployEvent = decode("codedeploy/deployment.json");
    assert_eq!((event.detail.state, event.detail.instance_id), (CodeDeployDeploymentState::Success, None));
    let event: CodeDeployEvent = decode("codedeploy/instance-full.json");
    assert_eq!(event.detail.instance_id.as_deref(), Some("i-01c70a6e5eb48c860"));
    let event: CodeDeployEvent = decode("codedeploy/function-baking.json");
    assert_eq!(event.detail.state, "BAKING");
}

#[test]
fn a_hook_without_its_ids_is_refused_by_name() {
    let error = serde_json::from_str::<CodeDeployLifecycleEvent>(r#"{"DeploymentId": "d-1"}"#).unwrap_err();
    assert!(error.to_string().contains("LifecycleEventHookExecutionId"), "{error}");
}
