//! Amazon EC2: instances that change their state, and news of Spot Instances.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/automating_with_eventbridge.html>

event! {
    /// `EC2 Instance State-change Notification`: an instance is in another state.
    #[serde(rename_all = "kebab-case")]
    pub struct InstanceStateChange {
        /// Id of the instance: `i-` and so on.
        required pub instance_id: String,
        /// `pending`, `running`, `stopping`, `stopped`, `shutting-down` or `terminated`.
        pub state: String,
    }

    /// `EC2 Spot Instance Interruption Warning`: a Spot Instance will be taken away in two minutes.
    #[serde(rename_all = "kebab-case")]
    pub struct SpotInstanceInterruptionWarning {
        /// Id of the instance: `i-` and so on.
        required pub instance_id: String,
        /// What will become of it: `terminate`, `stop` or `hibernate`.
        pub instance_action: String,
    }

    /// `EC2 Instance Rebalance Recommendation`: a Spot Instance is likely to be taken away.
    #[serde(rename_all = "kebab-case")]
    pub struct InstanceRebalanceRecommendation {
        /// Id of the instance: `i-` and so on.
        required pub instance_id: String,
    }
}
