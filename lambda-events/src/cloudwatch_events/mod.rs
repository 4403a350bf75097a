//! Details of events of AWS, by way of Amazon EventBridge, whose rules were once CloudWatch Events. Asynchronous; what the function
//! returns is ignored.
//!
//! ```
//! use lambda_events::{Error, cloudwatch_events::{CloudWatchEvent, ec2::InstanceStateChange}};
//!
//! async fn handle(event: CloudWatchEvent<InstanceStateChange>) -> Result<(), Error> {
//!     println!("{} is {}", event.detail.instance_id, event.detail.state);
//!     Ok(())
//! }
//! ```
//!
//! One module per service. A struct's documentation names the [`detail_type`](CloudWatchEvent::detail_type) that it is the
//! detail of. For several of them, take an event of a `serde_json::Value` and decode its detail by its type.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/ref/events.html>

pub mod autoscaling;
pub mod cloudtrail;
pub mod codedeploy;
pub mod codepipeline;
pub mod ec2;
pub mod ecs;
pub mod emr;
pub mod gamelift;
pub mod glue;
pub mod guardduty;
pub mod health;
pub mod inspector2;
pub mod kms;
pub mod macie;
pub mod opsworks;
pub mod rds;
pub mod s3;
pub mod scheduler;
pub mod securityhub;
pub mod signin;
pub mod sms;
pub mod ssm;
pub mod tag;
pub mod trustedadvisor;

/// The event that a detail comes in.
pub use crate::eventbridge::EventBridgeEvent as CloudWatchEvent;
