//! Amazon ECS: tasks, container instances, services and deployments that change their state.
//!
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwe_events.html>

use serde_json::Value;

use crate::encodings::Rfc3339Timestamp;

event! {
    /// `ECS Task State Change`: a task is in another state.
    #[serde(rename_all = "camelCase")]
    pub struct TaskStateChange {
        /// ARN of the task.
        required pub task_arn: String,
        /// ARN of the cluster.
        pub cluster_arn: String,
        /// ARN of the task definition.
        pub task_definition_arn: String,
        /// The state that it is in: `RUNNING`, `STOPPED` and so on.
        pub last_status: String,
        /// The state that it shall be in.
        pub desired_status: String,
        /// `FARGATE`, `EC2` or `EXTERNAL`. Absent with a capacity provider.
        pub launch_type: Option<String>,
        /// The capacity provider. Absent if there is none.
        pub capacity_provider_name: Option<String>,
        /// Version of Fargate. Absent on EC2.
        pub platform_version: Option<String>,
        /// `service:` and its name, or `family:` and its name. Absent in some events.
        pub group: Option<String>,
        /// Who started it: `ecs-svc/` and so on. Absent if nobody said so.
        pub started_by: Option<String>,
        /// ARN of the container instance. Absent on Fargate.
        pub container_instance_arn: Option<String>,
        /// The zone. Absent in some events.
        pub availability_zone: Option<String>,
        /// Whether its network works: `CONNECTED`. Absent before it has one.
        pub connectivity: Option<String>,
        /// Since when its network works. Absent before.
        pub connectivity_at: Option<Rfc3339Timestamp>,
        /// CPU units, in decimal. Absent if there is no limit.
        pub cpu: Option<String>,
        /// MiB of memory, in decimal. Absent if there is no limit.
        pub memory: Option<String>,
        /// Why it stops: `EssentialContainerExited` and so on. Absent while it runs.
        pub stop_code: Option<String>,
        /// Why it stops, in a sentence. Absent while it runs.
        pub stopped_reason: Option<String>,
        /// When it was made. Absent in some events.
        pub created_at: Option<Rfc3339Timestamp>,
        /// When it was running. Absent before.
        pub started_at: Option<Rfc3339Timestamp>,
        /// When it was told to stop. Absent before.
        pub stopping_at: Option<Rfc3339Timestamp>,
        /// When it had stopped. Absent before.
        pub stopped_at: Option<Rfc3339Timestamp>,
        /// When its containers had stopped. Absent before.
        pub execution_stopped_at: Option<Rfc3339Timestamp>,
        /// When its images were being fetched. Absent before.
        pub pull_started_at: Option<Rfc3339Timestamp>,
        /// When its images were there. Absent before.
        pub pull_stopped_at: Option<Rfc3339Timestamp>,
        /// When it last changed. Absent in some events.
        pub updated_at: Option<Rfc3339Timestamp>,
        /// How often it has changed: later events have greater numbers.
        #[serde(default)]
        pub version: u64,
        /// Its containers.
        pub containers: Vec<Container>,
        /// Its network interfaces and volumes.
        pub attachments: Vec<Attachment>,
        /// What was changed in the task definition for it. Absent in some events.
        pub overrides: Option<Value>,
        /// Its attributes. Absent in some events.
        pub attributes: Option<Vec<Value>>,
        /// Whether commands can be run in it. Absent in old events.
        pub enable_execute_command: Option<bool>,
        /// Its storage. Absent on EC2.
        pub ephemeral_storage: Option<Value>,
    }

    /// A container of a task.
    #[serde(rename_all = "camelCase")]
    pub struct Container {
        /// ARN of the container.
        pub container_arn: String,
        /// Its name in the task definition.
        pub name: String,
        /// Its image. Absent in old events.
        pub image: Option<String>,
        /// Digest of its image. Absent before it is there.
        pub image_digest: Option<String>,
        /// Id of the container for its runtime. Absent before it runs.
        pub runtime_id: Option<String>,
        /// The state that it is in: `RUNNING`, `STOPPED` and so on.
        pub last_status: String,
        /// What it exited with. Absent before.
        pub exit_code: Option<i64>,
        /// Why it stopped, in a sentence. Absent in most cases.
        pub reason: Option<String>,
        /// ARN of the task.
        pub task_arn: String,
        /// Its network interfaces.
        pub network_interfaces: Vec<NetworkInterface>,
        /// CPU units, in decimal. Absent if there is no limit.
        pub cpu: Option<String>,
        /// MiB of memory, in decimal. Absent if there is no limit.
        pub memory: Option<String>,
        /// MiB of memory that are kept for it. Absent if none are.
        pub memory_reservation: Option<String>,
        /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`. Absent without a check.
        pub health_status: Option<String>,
        /// Ports of its host: `containerPort`, `hostPort` and so on. Absent if it has a network of its own.
        pub network_bindings: Option<Vec<Value>>,
        /// Agents that run in it, as for ECS Exec: `name`, `lastStatus` and so on. Absent if there are none.
        pub managed_agents: Option<Vec<Value>>,
        /// Ids of its GPUs. Absent if it has none.
        pub gpu_ids: Option<Vec<String>>,
    }

    /// A network interface of a container.
    #[serde(rename_all = "camelCase")]
    pub struct NetworkInterface {
        /// Id of the attachment: a UUID.
        pub attachment_id: String,
        /// Its address. Absent before it has one.
        pub private_ipv4_address: Option<String>,
        /// Its address of version 6. Absent without one.
        pub ipv6_address: Option<String>,
    }

    /// Something that belongs to a task: a network interface, a volume.
    #[serde(rename_all = "camelCase")]
    pub struct Attachment {
        /// Its id: a UUID.
        pub id: String,
        /// Its kind: `eni`, `elastic network interface`.
        #[serde(rename = "type")]
        pub type_: String,
        /// `ATTACHED`, `DELETED` and so on.
        pub status: String,
        /// What is known of it.
        pub details: Vec<NameValue>,
    }

    /// A name and a value.
    #[serde(rename_all = "camelCase")]
    pub struct NameValue {
        /// The name.
        pub name: String,
        /// The value.
        pub value: String,
    }

    /// `ECS Container Instance State Change`: a container instance is in another state.
    #[serde(rename_all = "camelCase")]
    pub struct ContainerInstanceStateChange {
        /// ARN of the container instance.
        required pub container_instance_arn: String,
        /// ARN of the cluster.
        pub cluster_arn: String,
        /// Id of the instance. Absent outside of EC2.
        pub ec2_instance_id: Option<String>,
        /// Whether its agent is there.
        #[serde(default)]
        pub agent_connected: bool,
        /// `ACTIVE`, `DRAINING` and so on.
        pub status: String,
        /// How often it has changed: later events have greater numbers.
        #[serde(default)]
        pub version: u64,
        /// How many tasks are about to run. Absent in old events.
        pub pending_tasks_count: Option<u64>,
        /// How many tasks run. Absent in old events.
        pub running_tasks_count: Option<u64>,
        /// When it came. Absent in some events.
        pub registered_at: Option<Rfc3339Timestamp>,
        /// When it last changed. Absent in some events.
        pub updated_at: Option<Rfc3339Timestamp>,
        /// Account of the cluster. Absent in some events.
        pub account_id: Option<String>,
        /// Its attributes.
        pub attributes: Vec<ContainerInstanceAttribute>,
        /// What it has.
        pub registered_resources: Vec<ContainerInstanceResource>,
        /// What of that is free.
        pub remaining_resources: Vec<ContainerInstanceResource>,
        /// Versions of its agent and of Docker. Absent in some events.
        pub version_info: Option<ContainerInstanceVersionInfo>,
    }

    /// An attribute of a container instance.
    #[serde(rename_all = "camelCase")]
    pub struct ContainerInstanceAttribute {
        /// The name: `com.amazonaws.ecs.capability.privileged-container`.
        pub name: String,
        /// The value. Absent if it has none.
        pub value: Option<String>,
    }

    /// What a container instance has of one kind. Its type says which value there is.
    #[serde(rename_all = "camelCase")]
    pub struct ContainerInstanceResource {
        /// `CPU`, `MEMORY`, `PORTS`, `PORTS_UDP`, `GPU`.
        pub name: String,
        /// `INTEGER`, `STRINGSET`, `DOUBLE` or `LONG`.
        pub type_: String,
        /// Units of CPU, of which 1,024 are one core, or MiB of memory. Only of `INTEGER`.
        pub integer_value: Option<i64>,
        /// Only of `LONG`.
        pub long_value: Option<i64>,
        /// Only of `DOUBLE`.
        pub double_value: Option<f64>,
        /// The ports that are taken. Only of `STRINGSET`.
        pub string_set_value: Option<Vec<String>>,
    }

    /// Versions of the agent of a container instance and of Docker.
    #[serde(rename_all = "camelCase")]
    pub struct ContainerInstanceVersionInfo {
        /// Commit of the agent, in hexadecimal. Absent where it does not say.
        pub agent_hash: Option<String>,
        /// Version of the agent: `1.13.0`. Absent where it does not say.
        pub agent_version: Option<String>,
        /// Version of Docker: `DockerVersion: 1.11.2`. Absent where it does not say.
        pub docker_version: Option<String>,
    }

    /// `ECS Service Action`: a service reached what it should, or cannot.
    #[serde(rename_all = "camelCase")]
    pub struct ServiceAction {
        /// `SERVICE_STEADY_STATE`, `SERVICE_TASK_PLACEMENT_FAILURE` and so on.
        required pub event_name: String,
        /// `INFO`, `WARN` or `ERROR`.
        pub event_type: String,
        /// ARN of the cluster.
        pub cluster_arn: String,
        /// When it happened. Absent in some events.
        pub created_at: Option<Rfc3339Timestamp>,
        /// Why: `RESOURCE:FARGATE`. Absent unless something is wrong.
        pub reason: Option<String>,
        /// ARNs of the capacity providers. Absent if there are none.
        pub capacity_provider_arns: Option<Vec<String>>,
    }

    /// `ECS Deployment State Change`: a deployment of a service goes on, or fails.
    #[serde(rename_all = "camelCase")]
    pub struct DeploymentStateChange {
        /// `SERVICE_DEPLOYMENT_IN_PROGRESS`, `SERVICE_DEPLOYMENT_COMPLETED` or `SERVICE_DEPLOYMENT_FAILED`.
        required pub event_name: String,
        /// `INFO` or `ERROR`.
        pub event_type: String,
        /// Id of the deployment: `ecs-svc/` and so on.
        pub deployment_id: String,
        /// When it happened. Absent in some events.
        pub updated_at: Option<Rfc3339Timestamp>,
        /// Why, in a sentence.
        pub reason: String,
    }
}
