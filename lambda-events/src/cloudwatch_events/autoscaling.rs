//! Amazon EC2 Auto Scaling: instances that come and go, and lifecycle hooks that wait for an answer.
//!
//! <https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html>

use serde_json::Value;

use crate::encodings::Map;

event! {
    /// `EC2 Instance-launch Lifecycle Action` and `EC2 Instance-terminate Lifecycle Action`: a hook waits until
    /// it is told to go on.
    #[serde(rename_all = "PascalCase")]
    pub struct InstanceLifecycleAction {
        /// What `CompleteLifecycleAction` names the wait by: a UUID.
        required pub lifecycle_action_token: String,
        /// The group.
        pub auto_scaling_group_name: String,
        /// The hook.
        pub lifecycle_hook_name: String,
        /// Id of the instance.
        #[serde(rename = "EC2InstanceId")]
        pub ec2_instance_id: String,
        /// `autoscaling:EC2_INSTANCE_LAUNCHING` or `autoscaling:EC2_INSTANCE_TERMINATING`.
        pub lifecycle_transition: String,
        /// What the hook's owner gave it. Absent if that is nothing.
        pub notification_metadata: Option<String>,
        /// Where the instance comes from: `EC2`, `WarmPool` or `AutoScalingGroup`. Absent in old events.
        pub origin: Option<String>,
        /// Where the instance goes to. Absent in old events.
        pub destination: Option<String>,
    }

    /// `EC2 Instance Launch Successful`, `EC2 Instance Launch Unsuccessful` and the same for `Terminate`: an
    /// instance came or went, or did not.
    #[serde(rename_all = "PascalCase")]
    pub struct InstanceActivity {
        /// Id of the activity: a UUID.
        required pub activity_id: String,
        /// The group.
        pub auto_scaling_group_name: String,
        /// `InProgress`, `Failed` and so on.
        pub status_code: String,
        /// What went wrong. Empty if nothing did.
        pub status_message: String,
        /// Id of the request: a UUID.
        pub request_id: String,
        /// What was done, in a sentence.
        pub description: String,
        /// Why it was done, in sentences.
        pub cause: String,
        /// When it started, as the service writes it.
        pub start_time: String,
        /// When it ended, as the service writes it.
        pub end_time: String,
        /// Id of the instance. Empty if there is none.
        #[serde(rename = "EC2InstanceId")]
        pub ec2_instance_id: String,
        /// `Subnet ID`, `Availability Zone` and so on.
        pub details: Map<Value>,
        /// Where the instance comes from: `EC2` or `WarmPool`. Absent in old events.
        pub origin: Option<String>,
        /// Where the instance goes to. Absent in old events.
        pub destination: Option<String>,
    }
}
