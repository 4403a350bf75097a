//! AWS Config: rules that are a function.
//!
//! Invoked asynchronously, when a resource changes, on a schedule, or when a snapshot of the configuration is delivered. The
//! function gives its verdict by calling `PutEvaluations` with [`ConfigEvent::result_token`]; what it returns is not read.
//!
//! ```
//! use lambda_events::{Error, config::ConfigEvent};
//!
//! async fn handle(event: ConfigEvent) -> Result<(), Error> {
//!     let invoking = event.invoking_event_json()?;
//!     if let Some(item) = invoking.configuration_item {
//!         println!("{} is {:?}", item.resource_id, item.configuration_item_status);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html>

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    PayloadError,
    encodings::{Map, Rfc3339Timestamp},
};

open_enum! {
    /// What a rule is invoked for.
    pub enum ConfigMessageType {
        /// A resource has changed.
        ConfigurationItemChangeNotification = "ConfigurationItemChangeNotification",
        /// A resource has changed, and what it is now is more than fits into the event.
        OversizedConfigurationItemChangeNotification = "OversizedConfigurationItemChangeNotification",
        /// It is time.
        ScheduledNotification = "ScheduledNotification",
        /// A snapshot was delivered.
        ConfigurationSnapshotDeliveryCompleted = "ConfigurationSnapshotDeliveryCompleted",
    }

    /// What has become of a resource.
    pub enum ConfigurationItemStatus {
        /// It changed, and is as the item says.
        Ok = "OK",
        /// It was found, by the recorder.
        ResourceDiscovered = "ResourceDiscovered",
        /// It is gone.
        ResourceDeleted = "ResourceDeleted",
        /// It was found, and its type is not recorded.
        ResourceNotRecorded = "ResourceNotRecorded",
        /// It is gone, and its type is not recorded.
        ResourceDeletedNotRecorded = "ResourceDeletedNotRecorded",
    }

    /// How a resource or a property changed.
    pub enum ConfigChangeType {
        /// It is new.
        Create = "CREATE",
        /// It is different.
        Update = "UPDATE",
        /// It is gone.
        Delete = "DELETE",
    }
}

event! {
    /// A rule is to be evaluated.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ConfigEvent {
        /// Account of the rule, 12 digits.
        pub account_id: String,
        /// ARN of the rule.
        pub config_rule_arn: String,
        /// Id of the rule: `config-rule-0123456`.
        pub config_rule_id: String,
        /// Name of the rule.
        pub config_rule_name: String,
        /// Whether the resource has left the scope of the rule: it was removed, or changed so that the rule is not about it.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub event_left_scope: bool,
        /// `DETECTIVE`, of what exists, or `PROACTIVE`, of what is about to be made. Absent in old samples.
        pub evaluation_mode: Option<String>,
        /// ARN of the role of AWS Config.
        pub execution_role_arn: String,
        /// What happened: JSON, see [`ConfigEvent::invoking_event_json`].
        required pub invoking_event: String,
        /// What `PutEvaluations` has to be given.
        pub result_token: String,
        /// Parameters of the rule: an object in JSON whose values are strings, see [`ConfigEvent::rule_parameters_json`]. Absent
        /// if it has none.
        pub rule_parameters: Option<String>,
        /// Version of the event: `1.0`.
        pub version: String,
    }

    /// What a rule is invoked for. Which members there are depends on [`message_type`](Self::message_type).
    ///
    /// `C` is the type of the configuration of a resource.
    #[serde(rename_all = "camelCase", bound(deserialize = "C: Deserialize<'de>"))]
    pub struct ConfigInvokingEvent<C = Value> {
        /// What happened.
        required pub message_type: ConfigMessageType,
        /// The resource that changed. Only of a change.
        pub configuration_item: Option<ConfigurationItem<C>>,
        /// What is different about it. Only of a change; absent of a new resource.
        pub configuration_item_diff: Option<ConfigurationItemDiff>,
        /// The resource that changed, without its configuration. Only of a change that is too large.
        pub configuration_item_summary: Option<ConfigurationItemSummary>,
        /// Account, 12 digits. Only of a schedule.
        pub aws_account_id: Option<String>,
        /// When the message was made. Absent from some samples.
        pub notification_creation_time: Option<Rfc3339Timestamp>,
        /// Version of the message: `1.0`. Absent from some samples.
        pub record_version: Option<String>,
        /// Bucket of the snapshot. Only of a snapshot.
        pub s3_bucket: Option<String>,
        /// Key of the snapshot. Only of a snapshot.
        pub s3_object_key: Option<String>,
        /// Id of the snapshot, a UUID. Only of a snapshot.
        pub config_snapshot_id: Option<String>,
    }

    /// A resource as it is.
    #[serde(rename_all = "camelCase", bound(deserialize = "C: Deserialize<'de>"))]
    pub struct ConfigurationItem<C = Value> {
        /// Type of the resource: `AWS::EC2::Instance`.
        pub resource_type: String,
        /// Id of the resource.
        pub resource_id: String,
        /// Name of the resource. Absent if it has none.
        pub resource_name: Option<String>,
        /// ARN of the resource. Absent if it has none.
        #[serde(rename = "ARN")]
        pub arn: Option<String>,
        /// Account of the resource, 12 digits.
        pub aws_account_id: String,
        /// Region of the resource. `global` if it has none.
        pub aws_region: String,
        /// Availability zone, or `Not Applicable`. Absent if it has none.
        pub availability_zone: Option<String>,
        /// What has become of the resource.
        #[serde(default)]
        pub configuration_item_status: ConfigurationItemStatus,
        /// When the configuration was recorded.
        #[serde(default)]
        pub configuration_item_capture_time: Rfc3339Timestamp,
        /// Version of the item: `1.3`.
        pub configuration_item_version: String,
        /// Number of the state of the resource, rising.
        #[serde(default)]
        pub configuration_state_id: i64,
        /// MD5 of the state, in hexadecimal. Empty in newer items.
        pub configuration_state_md5_hash: Option<String>,
        /// When the resource was created. Absent where the service does not say.
        pub resource_creation_time: Option<Rfc3339Timestamp>,
        /// What the service that the resource is of says about it. Absent of one that is gone.
        pub configuration: Option<C>,
        /// More of that, by name. Absent from older items.
        pub supplementary_configuration: Map<Value>,
        /// Tags of the resource. Absent if it has none.
        pub tags: Map<String>,
        /// Resources that it has to do with.
        pub relationships: Option<Vec<ConfigRelationship>>,
        /// Ids of events of CloudTrail that changed it. Empty in newer items.
        pub related_events: Option<Vec<String>>,
    }

    /// A resource that another one has to do with.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ConfigRelationship {
        /// Id of the resource. Absent where it has only a name.
        pub resource_id: Option<String>,
        /// Name of the resource. Absent where it has none.
        pub resource_name: Option<String>,
        /// Type of the resource: `AWS::EC2::SecurityGroup`.
        pub resource_type: String,
        /// What they have to do: `Is attached to ElasticIp`.
        pub name: String,
    }

    /// What is different about a resource.
    #[serde(rename_all = "camelCase")]
    pub struct ConfigurationItemDiff {
        /// What changed, by its place: `Configuration.State.Name`.
        pub changed_properties: Map<ConfigChangedProperty>,
        /// How the resource changed.
        #[serde(default)]
        pub change_type: ConfigChangeType,
    }

    /// A property that changed.
    #[serde(rename_all = "camelCase")]
    pub struct ConfigChangedProperty {
        /// What it was. Absent if it is new.
        pub previous_value: Option<Value>,
        /// What it is. Absent if it is gone.
        pub updated_value: Option<Value>,
        /// How it changed.
        #[serde(default)]
        pub change_type: ConfigChangeType,
    }

    /// A resource without its configuration. `GetResourceConfigHistory` tells the rest.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ConfigurationItemSummary {
        /// How the resource changed.
        #[serde(default)]
        pub change_type: ConfigChangeType,
        /// Type of the resource: `AWS::EC2::Instance`.
        pub resource_type: String,
        /// Id of the resource.
        pub resource_id: String,
        /// Name of the resource. Absent if it has none.
        pub resource_name: Option<String>,
        /// ARN of the resource. Absent if it has none.
        #[serde(rename = "ARN")]
        pub arn: Option<String>,
        /// Account of the resource, 12 digits.
        pub aws_account_id: String,
        /// Region of the resource. `global` if it has none.
        pub aws_region: String,
        /// Availability zone. Absent if it has none.
        pub availability_zone: Option<String>,
        /// What has become of the resource.
        #[serde(default)]
        pub configuration_item_status: ConfigurationItemStatus,
        /// When the configuration was recorded.
        #[serde(default)]
        pub configuration_item_capture_time: Rfc3339Timestamp,
        /// Version of the item: `1.3`.
        pub configuration_item_version: String,
        /// Number of the state of the resource, rising.
        #[serde(default)]
        pub configuration_state_id: i64,
        /// MD5 of the state, in hexadecimal. Empty in newer items.
        pub configuration_state_md5_hash: Option<String>,
        /// When the resource was created. Absent where the service does not say.
        pub resource_creation_time: Option<Rfc3339Timestamp>,
    }
}

impl ConfigEvent {
    /// What happened.
    ///
    /// # Errors
    ///
    /// Fails if it is not JSON of the documented form: [`PayloadError::is_json`].
    pub fn invoking_event_json(&self) -> Result<ConfigInvokingEvent, PayloadError> {
        serde_json::from_str(&self.invoking_event).map_err(PayloadError::json)
    }

    /// Parameters of the rule, as a `T`. Their values are strings. Without parameters, those of an empty object.
    ///
    /// # Errors
    ///
    /// Fails if they are not the JSON of a `T`: [`PayloadError::is_json`].
    pub fn rule_parameters_json<T: DeserializeOwned>(&self) -> Result<T, PayloadError> {
        let text = self.rule_parameters.as_deref().filter(|text| !text.trim().is_empty()).unwrap_or("{}");
        serde_json::from_str(text).map_err(PayloadError::json)
    }
}
