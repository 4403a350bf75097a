//! AWS CodeDeploy: deployments and instances that change their state.
//!
//! <https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html>

use serde_json::Value;

event! {
    /// `CodeDeploy Deployment State-change Notification`: a deployment is in another state.
    #[serde(rename_all = "camelCase")]
    pub struct StateChangeNotification {
        /// Id of the group of instances.
        pub instance_group_id: String,
        /// Region that it happened in.
        pub region: String,
        /// The application.
        pub application: String,
        /// Id of the deployment: `d-` and so on.
        required pub deployment_id: String,
        /// `START`, `SUCCESS`, `FAILURE`, `STOP` and so on.
        pub state: String,
        /// The deployment group.
        pub deployment_group: String,
    }

    /// `CodeDeploy Instance State-change Notification`: a deployment on an instance is in another state.
    #[serde(rename_all = "camelCase")]
    pub struct DeploymentStateChangeNotification {
        /// Id of the instance: `i-` and so on.
        pub instance_id: String,
        /// Region that it happened in.
        pub region: String,
        /// `START`, `SUCCESS`, `FAILURE` and so on.
        pub state: String,
        /// The application.
        pub application: String,
        /// Id of the deployment: `d-` and so on.
        required pub deployment_id: String,
        /// Id of the group of instances.
        pub instance_group_id: String,
        /// The deployment group.
        pub deployment_group: String,
    }

    /// A pipeline that deploys is in another state.
    #[serde(rename_all = "kebab-case")]
    pub struct InstanceStateChangeNotification {
        /// Name of the pipeline.
        required pub pipeline: String,
        /// Version of the pipeline: a number, or text in old events.
        #[serde(default)]
        pub version: Value,
        /// The state that it is in now.
        pub state: String,
        /// Id of the execution of the pipeline: a UUID.
        pub execution_id: String,
    }
}
