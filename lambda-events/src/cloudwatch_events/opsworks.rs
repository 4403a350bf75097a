//! AWS OpsWorks Stacks, which is no more.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event.html>

event! {
    /// `OpsWorks Instance State Change`: an instance is in another state.
    #[serde(rename_all = "kebab-case")]
    pub struct InstanceStateChange {
        /// Who did it: `user`, `auto-scaling` and so on. Empty if it is not known.
        #[serde(rename = "initiated_by")]
        pub initiated_by: String,
        /// Name of the host.
        pub hostname: String,
        /// Id of the stack: a UUID.
        pub stack_id: String,
        /// Ids of the layers.
        pub layer_ids: Vec<String>,
        /// Id of the instance: a UUID.
        required pub instance_id: String,
        /// Id of the instance in EC2. Absent before there is one.
        pub ec2_instance_id: Option<String>,
        /// The status that it has now.
        pub status: String,
    }

    /// `OpsWorks Command State Change`: a command is in another state.
    #[serde(rename_all = "kebab-case")]
    pub struct CommandStateChange {
        /// Id of the command: a UUID.
        required pub command_id: String,
        /// Id of the instance: a UUID.
        pub instance_id: String,
        /// What it does: `setup`.
        #[serde(rename = "type")]
        pub type_: String,
        /// The status that it has now.
        pub status: String,
    }

    /// `OpsWorks Deployment State Change`: a deployment is in another state.
    #[serde(rename_all = "kebab-case")]
    pub struct DeploymentStateChange {
        /// Seconds that it took. Absent before it ends.
        pub duration: Option<i64>,
        /// Id of the stack: a UUID.
        pub stack_id: String,
        /// Ids of the instances.
        pub instance_ids: Vec<String>,
        /// Id of the deployment: a UUID.
        required pub deployment_id: String,
        /// What is deployed: `deploy`.
        pub command: String,
        /// The status that it has now.
        pub status: String,
    }

    /// `OpsWorks Alert`: something is wrong.
    #[serde(rename_all = "kebab-case")]
    pub struct Alert {
        /// Id of the stack: a UUID.
        pub stack_id: String,
        /// Id of the instance: a UUID.
        pub instance_id: String,
        /// What it is: `InstanceStop`.
        #[serde(rename = "type")]
        pub type_: String,
        /// What happened, in a sentence.
        required pub message: String,
    }
}
