//! Amazon EMR: clusters, groups of instances and steps that change their state.
//!
//! <https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-manage-cloudwatch-events.html>

event! {
    /// `EMR Auto Scaling Policy State Change`: a policy is in another state.
    #[serde(rename_all = "camelCase")]
    pub struct AutoScalingPolicyStateChange {
        /// Id of the group of instances.
        pub resource_id: String,
        /// Id of the cluster: `j-` and so on.
        required pub cluster_id: String,
        /// The state that it is in now.
        pub state: String,
        /// What happened, in a sentence.
        pub message: String,
        /// `INSTANCE_GROUP`.
        pub scaling_resource_type: String,
    }

    /// `EMR Cluster State Change`: a cluster is in another state.
    #[serde(rename_all = "camelCase")]
    pub struct ClusterStateChange {
        /// How serious it is: `INFO`, `WARN`, `ERROR`, `CRITICAL`.
        pub severity: String,
        /// Why: JSON in a string.
        pub state_change_reason: String,
        /// Its name.
        pub name: String,
        /// Id of the cluster: `j-` and so on.
        required pub cluster_id: String,
        /// The state that it is in now.
        pub state: String,
        /// What happened, in a sentence.
        pub message: String,
    }

    /// `EMR Instance Group State Change`: a group of instances is in another state.
    #[serde(rename_all = "camelCase")]
    pub struct InstanceGroupStateChange {
        /// `ON_DEMAND` or `SPOT`.
        pub market: String,
        /// How serious it is: `INFO`, `WARN`, `ERROR`, `CRITICAL`.
        pub severity: String,
        /// How many instances there shall be, in decimal.
        pub requested_instance_count: String,
        /// Type of the instances.
        pub instance_type: String,
        /// `MASTER`, `CORE` or `TASK`.
        pub instance_group_type: String,
        /// Id of the group of instances.
        pub instance_group_id: String,
        /// Id of the cluster: `j-` and so on.
        required pub cluster_id: String,
        /// How many instances there are, in decimal.
        pub running_instance_count: String,
        /// The state that it is in now.
        pub state: String,
        /// What happened, in a sentence.
        pub message: String,
    }

    /// `EMR Step Status Change`: a step is in another state.
    #[serde(rename_all = "camelCase")]
    pub struct StepStatusChange {
        /// How serious it is: `INFO`, `WARN`, `ERROR`, `CRITICAL`.
        pub severity: String,
        /// What happens if it fails: `CONTINUE`.
        pub action_on_failure: String,
        /// Id of the step: `s-` and so on.
        required pub step_id: String,
        /// Its name.
        pub name: String,
        /// Id of the cluster: `j-` and so on.
        pub cluster_id: String,
        /// The state that it is in now.
        pub state: String,
        /// What happened, in a sentence.
        pub message: String,
    }
}
