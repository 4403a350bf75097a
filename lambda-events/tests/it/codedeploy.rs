use lambda_events::codedeploy::*;

use crate::cases::decode;

#[test]
fn deployments_and_instances_have_a_state_which_may_be_new() {
    let event: CodeDeployEvent = decode("codedeploy/go-deployment.json");
    assert_eq!((event.detail.state, event.detail.instance_id), (CodeDeployDeploymentState::Success, None));
    let event: CodeDeployEvent = decode("codedeploy/go-instance.json");
    assert_eq!(event.detail.instance_id.as_deref(), Some("i-0000000aaaaaaaaaa"));
    let event: CodeDeployEvent = decode("codedeploy/function.json");
    assert_eq!(event.detail.state, "BAKING");
}

#[test]
fn a_hook_without_its_ids_is_refused_by_name() {
    let error = serde_json::from_str::<CodeDeployLifecycleEvent>(r#"{"DeploymentId": "d-1"}"#).unwrap_err();
    assert!(error.to_string().contains("LifecycleEventHookExecutionId"), "{error}");
}
