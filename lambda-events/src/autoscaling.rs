//! Amazon EC2 Auto Scaling: instances that come and go, by way of EventBridge.
//!
//! Asynchronous: what the function returns is not read. A lifecycle action waits until the function calls
//! `CompleteLifecycleAction`. Take [`AutoScalingEvent`] for all kinds of events; for one, take its detail:
//!
//! ```
//! use lambda_events::autoscaling::{AutoScalingLifecycleEvent, AutoScalingEvent};
//!
//! fn hook(event: &AutoScalingLifecycleEvent) -> &str {
//!     &event.detail.lifecycle_hook_name
//! }
//!
//! fn group(event: &AutoScalingEvent) -> Option<&str> {
//!     event.detail.get("AutoScalingGroupName")?.as_str()
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html>

use serde_json::Value;

use crate::{
    cloudwatch_events::autoscaling::{InstanceActivity, InstanceLifecycleAction},
    encodings::Map,
    eventbridge::EventBridgeEvent,
};

/// Any event of Auto Scaling, its detail by name.
pub type AutoScalingEvent<T1 = Value> = EventBridgeEvent<Map<T1>>;

/// An instance came or went, or did not: `EC2 Instance Launch Successful`, `EC2 Instance Terminate Unsuccessful`.
pub type AutoScalingActivityEvent = EventBridgeEvent<InstanceActivity>;

/// A lifecycle hook waits: `EC2 Instance-launch Lifecycle Action`, `EC2 Instance-terminate Lifecycle Action`.
pub type AutoScalingLifecycleEvent = EventBridgeEvent<InstanceLifecycleAction>;
