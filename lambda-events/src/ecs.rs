//! Amazon ECS: tasks, container instances and services that change, by way of EventBridge.
//!
//! Asynchronous: what the function returns is not read. An event can come twice and late: of two with the same ARN, the one with
//! the greater version is the newer.
//!
//! ```
//! use lambda_events::ecs::EcsTaskEvent;
//!
//! fn has_stopped(event: &EcsTaskEvent) -> bool {
//!     event.detail.last_status == "STOPPED"
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwe_events.html>

pub use crate::cloudwatch_events::ecs::{
    ContainerInstanceStateChange as EcsContainerInstanceEventDetailType,
    DeploymentStateChange as EcsDeploymentEventDetailType, ServiceAction as EcsServiceEventDetailType,
    TaskStateChange as EcsTaskEventDetailType,
};

use crate::eventbridge::EventBridgeEvent;

/// A container instance has changed: `ECS Container Instance State Change`.
pub type EcsContainerInstanceEvent = EventBridgeEvent<EcsContainerInstanceEventDetailType>;

/// A task has changed: `ECS Task State Change`.
pub type EcsTaskEvent = EventBridgeEvent<EcsTaskEventDetailType>;

/// A service reached what it should, or cannot: `ECS Service Action`.
pub type EcsServiceEvent = EventBridgeEvent<EcsServiceEventDetailType>;

/// A deployment of a service goes on, or fails: `ECS Deployment State Change`.
pub type EcsDeploymentEvent = EventBridgeEvent<EcsDeploymentEventDetailType>;
