//! AWS CodeDeploy: deployments that change, by way of EventBridge, and hooks of deployments of functions and containers.
//!
//! Asynchronous: what the function returns is not read. A hook, [`CodeDeployLifecycleEvent`], says how it went by calling
//! `PutLifecycleEventHookExecutionStatus` with the two ids of the event; until it does, for an hour, the deployment waits.
//!
//! ```
//! use lambda_events::codedeploy::{CodeDeployDeploymentState, CodeDeployEvent};
//!
//! fn has_failed(event: &CodeDeployEvent) -> bool {
//!     event.detail.state == CodeDeployDeploymentState::Failure
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html>

use crate::eventbridge::EventBridgeEvent;

open_enum! {
    /// State of a deployment.
    pub enum CodeDeployDeploymentState {
        /// It failed.
        Failure = "FAILURE",
        /// It is ready for traffic.
        Ready = "READY",
        /// It has started.
        Start = "START",
        /// It was stopped.
        Stop = "STOP",
        /// It succeeded.
        Success = "SUCCESS",
    }
}

/// A deployment, or an instance of one, has changed: `CodeDeploy Deployment State-change Notification` or
/// `CodeDeploy Instance State-change Notification`.
pub type CodeDeployEvent = EventBridgeEvent<CodeDeployEventDetail>;

event! {
    /// A deployment, or an instance of one, that has changed.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CodeDeployEventDetail {
        /// Id of the group of instances, a UUID. Absent of deployments of functions and containers.
        pub instance_group_id: Option<String>,
        /// Id of the instance: `i-` and so on. Only of an instance.
        pub instance_id: Option<String>,
        /// Region of the deployment: `us-east-1`.
        pub region: String,
        /// Name of the application.
        pub application: String,
        /// Id of the deployment: `d-` and so on.
        required pub deployment_id: String,
        /// State of the deployment, or of the instance.
        #[serde(default)]
        pub state: CodeDeployDeploymentState,
        /// Name of the deployment group.
        pub deployment_group: String,
    }

    /// A hook of a deployment: `BeforeAllowTraffic`, `AfterAllowTraffic` and, of containers, `BeforeInstall`, `AfterInstall`,
    /// `AfterAllowTestTraffic`.
    ///
    /// <https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html>
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct CodeDeployLifecycleEvent {
        /// Id of the deployment: `d-` and so on.
        required pub deployment_id: String,
        /// Id of this execution of the hook.
        required pub lifecycle_event_hook_execution_id: String,
    }
}
