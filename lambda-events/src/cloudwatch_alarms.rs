//! Amazon CloudWatch alarms: a change of an alarm's state, asynchronously. Lambda tries again when the function fails; what it
//! returns is ignored.
//!
//! ```
//! use lambda_events::{Error, cloudwatch_alarms::{CloudWatchAlarmStateValue, CloudWatchMetricAlarm}};
//!
//! async fn handle(event: CloudWatchMetricAlarm) -> Result<(), Error> {
//!     if let Some(state) = event.alarm_data.state.filter(|state| state.value == CloudWatchAlarmStateValue::Alarm) {
//!         println!("{}: {}", event.alarm_data.alarm_name, state.reason);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! An alarm that notifies a topic of SNS sends something else: `sns::CloudWatchAlarmPayload`.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html>

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned, ser::Error as _};
use serde_json::Value;

use crate::encodings::{Map, Rfc3339Timestamp, Text};

/// A change of an alarm on metrics.
pub type CloudWatchMetricAlarm<R = CloudWatchAlarmStateReasonData> =
    CloudWatchAlarm<CloudWatchMetricAlarmConfiguration, R>;

/// A change of an alarm on other alarms.
pub type CloudWatchCompositeAlarm<R = CloudWatchAlarmStateReasonData> =
    CloudWatchAlarm<CloudWatchCompositeAlarmConfiguration, R>;

event! {
    /// A change of an alarm's state.
    ///
    /// `C` is the alarm's configuration, which depends on its kind; `R` is why it has its state.
    #[serde(
        rename_all = "camelCase",
        bound(serialize = "C: Serialize, R: Serialize", deserialize = "C: DeserializeOwned, R: DeserializeOwned")
    )]
    pub struct CloudWatchAlarm<C = Value, R = CloudWatchAlarmStateReasonData> {
        /// Account of the alarm: 12 digits. Absent in an event that comes by way of EventBridge.
        pub account_id: Option<Text>,
        /// ARN of the alarm. Absent in an event that comes by way of EventBridge.
        pub alarm_arn: Option<String>,
        /// `aws.cloudwatch`.
        pub source: Text,
        /// Region of the alarm: `us-east-1`.
        pub region: Text,
        /// When the state changed, ISO 8601 with an offset of `+0000`.
        pub time: Rfc3339Timestamp,
        /// The alarm.
        pub alarm_data: CloudWatchAlarmData<C, R>,
    }

    /// An alarm, and how its state changed.
    #[serde(
        rename_all = "camelCase",
        bound(serialize = "C: Serialize, R: Serialize", deserialize = "C: DeserializeOwned, R: DeserializeOwned")
    )]
    pub struct CloudWatchAlarmData<C = Value, R = CloudWatchAlarmStateReasonData> {
        /// Name of the alarm.
        pub alarm_name: String,
        /// The state that it has. Absent in some events.
        pub state: Option<CloudWatchAlarmState<R>>,
        /// The state that it had. Absent in some events.
        pub previous_state: Option<CloudWatchAlarmState<R>>,
        /// How it is configured.
        pub configuration: C,
    }

    /// A state of an alarm, and why.
    #[serde(rename_all = "camelCase", bound(serialize = "R: Serialize", deserialize = "R: DeserializeOwned"))]
    pub struct CloudWatchAlarmState<R = Value> {
        /// The state.
        pub value: CloudWatchAlarmStateValue,
        /// Why, in a sentence.
        pub reason: String,
        /// Why, for programs: JSON in a string. Absent if the state was set by hand.
        pub reason_data: Option<R>,
        /// Since when, ISO 8601 with an offset of `+0000`.
        pub timestamp: Rfc3339Timestamp,
        /// What keeps actions from happening: `WaitPeriod`, `ExtensionPeriod` or `Alarm`. Absent if nothing does.
        pub actions_suppressed_by: Option<String>,
        /// Why actions do not happen, in a sentence. Absent if they do.
        pub actions_suppressed_reason: Option<String>,
    }

    /// How an alarm on metrics is configured.
    #[serde(rename_all = "camelCase")]
    pub struct CloudWatchMetricAlarmConfiguration {
        /// What its owner wrote about it. Absent if that is nothing.
        pub description: Option<String>,
        /// The metrics and the expressions.
        pub metrics: Vec<CloudWatchMetricDefinition>,
    }

    /// A metric, or an expression over others.
    #[serde(rename_all = "camelCase")]
    pub struct CloudWatchMetricDefinition {
        /// What expressions name it by.
        pub id: String,
        /// Whether it is what the alarm compares. Absent in some events.
        pub return_data: Option<bool>,
        /// The metric. Absent of an expression.
        pub metric_stat: Option<CloudWatchMetricStatDefinition>,
        /// The expression. Absent of a metric.
        pub expression: Option<String>,
        /// What people name it by. Absent if that is nothing.
        pub label: Option<String>,
        /// Seconds that a datapoint is for. Absent of a metric.
        pub period: Option<u32>,
    }

    /// A statistic of a metric.
    #[serde(rename_all = "camelCase")]
    pub struct CloudWatchMetricStatDefinition {
        /// Unit of the metric: `Percent`. Absent if it was not chosen.
        pub unit: Option<String>,
        /// `Average` and the like.
        pub stat: String,
        /// Seconds that a datapoint is for.
        pub period: u32,
        /// The metric.
        pub metric: CloudWatchMetricStatMetricDefinition,
    }

    /// A metric.
    #[serde(rename_all = "camelCase")]
    pub struct CloudWatchMetricStatMetricDefinition {
        /// Namespace of the metric: `AWS/Logs`. Absent in some events.
        pub namespace: Option<String>,
        /// Name of the metric.
        pub name: String,
        /// Which of the metrics of that name: `InstanceId` and so on.
        pub dimensions: Map<String>,
    }

    /// How an alarm on other alarms is configured.
    #[serde(rename_all = "camelCase")]
    pub struct CloudWatchCompositeAlarmConfiguration {
        /// What its owner wrote about it. Absent if that is nothing.
        pub description: Option<String>,
        /// When it is in the state `ALARM`: `ALARM(a) OR ALARM(b)`.
        pub alarm_rule: String,
        /// The alarm that keeps actions from happening. Absent if there is none.
        pub actions_suppressor: Option<String>,
        /// Seconds that it waits for that alarm. Absent if there is none.
        pub actions_suppressor_wait_period: Option<u32>,
        /// Seconds that it waits after that alarm. Absent if there is none.
        pub actions_suppressor_extension_period: Option<u32>,
    }

    /// Why an alarm on metrics has its state.
    #[serde(rename_all = "camelCase")]
    pub struct CloudWatchAlarmStateReasonDataMetric {
        /// Version of this structure: `1.0`.
        pub version: String,
        /// When the metric was looked at, ISO 8601. Absent in some events.
        pub query_date: Option<Rfc3339Timestamp>,
        /// From when it was looked at, ISO 8601. Absent without datapoints.
        pub start_date: Option<Rfc3339Timestamp>,
        /// Unit of the metric. Absent if it was not chosen.
        pub unit: Option<String>,
        /// `Average` and the like. Absent of expressions.
        pub statistic: Option<String>,
        /// Seconds that a datapoint is for.
        pub period: u32,
        /// The newest values. Absent in some events.
        pub recent_datapoints: Option<Vec<f64>>,
        /// Lower ends of what was expected. Absent unless the alarm is on anomalies.
        pub recent_lower_thresholds: Option<Vec<f64>>,
        /// Upper ends of what was expected. Absent unless the alarm is on anomalies.
        pub recent_upper_thresholds: Option<Vec<f64>>,
        /// What values are compared with. Absent of an alarm on anomalies.
        pub threshold: Option<f64>,
        /// The values that decided. Absent in some events.
        pub evaluated_datapoints: Option<Vec<CloudWatchAlarmStateEvaluatedDatapoint>>,
    }

    /// A value that decided on an alarm's state.
    #[serde(rename_all = "camelCase")]
    pub struct CloudWatchAlarmStateEvaluatedDatapoint {
        /// When it is of, ISO 8601.
        pub timestamp: Rfc3339Timestamp,
        /// How many samples are in it. Absent if there are none.
        pub sample_count: Option<f64>,
        /// The value. Absent if there is none.
        pub value: Option<f64>,
        /// What it was compared with. Absent unless the alarm is on anomalies.
        pub threshold: Option<f64>,
    }

    /// Why an alarm on other alarms has its state.
    #[serde(rename_all = "camelCase")]
    pub struct CloudWatchAlarmStateReasonDataComposite {
        /// The alarms that decided.
        required pub triggering_alarms: Vec<CloudWatchAlarmStateTriggeringAlarm>,
    }

    /// An alarm that decided on another alarm's state.
    #[serde(rename_all = "camelCase")]
    pub struct CloudWatchAlarmStateTriggeringAlarm {
        /// Its ARN.
        pub arn: String,
        /// Its state.
        pub state: CloudWatchAlarmStateTriggeringAlarmState,
    }

    /// The state of an alarm that decided on another's.
    #[serde(rename_all = "camelCase")]
    pub struct CloudWatchAlarmStateTriggeringAlarmState {
        /// Since when, ISO 8601.
        pub timestamp: Rfc3339Timestamp,
        /// The state.
        pub value: CloudWatchAlarmStateValue,
    }
}

open_enum! {
    /// A state of an alarm.
    pub enum CloudWatchAlarmStateValue {
        /// Nothing is wrong.
        Ok = "OK",
        /// Something is.
        Alarm = "ALARM",
        /// It is not known.
        InsufficientData = "INSUFFICIENT_DATA",
    }
}

/// Why an alarm has its state. JSON in a string of the event; written anew.
#[derive(Clone, Debug, PartialEq)]
pub enum CloudWatchAlarmStateReasonData {
    /// Of an alarm on metrics.
    Metric(Box<CloudWatchAlarmStateReasonDataMetric>),
    /// Of an alarm on other alarms.
    Composite(CloudWatchAlarmStateReasonDataComposite),
    /// Something else: the JSON of the string, or the string if it is not JSON.
    Generic(Value),
}

impl Default for CloudWatchAlarmStateReasonData {
    fn default() -> Self {
        Self::Generic(Value::String(String::new()))
    }
}

impl Serialize for CloudWatchAlarmStateReasonData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = match self {
            Self::Metric(metric) => serde_json::to_string(metric),
            Self::Composite(composite) => serde_json::to_string(composite),
            Self::Generic(Value::String(text)) => return serializer.serialize_str(text),
            Self::Generic(value) => serde_json::to_string(value),
        };
        serializer.serialize_str(&text.map_err(S::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for CloudWatchAlarmStateReasonData {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::de::string(deserializer)
    }
}

impl From<&str> for CloudWatchAlarmStateReasonData {
    fn from(text: &str) -> Self {
        if let Ok(composite) = serde_json::from_str(text) {
            Self::Composite(composite)
        } else if let Ok(metric) = serde_json::from_str(text) {
            Self::Metric(metric)
        } else {
            Self::Generic(serde_json::from_str(text).unwrap_or_else(|_| text.into()))
        }
    }
}

impl From<String> for CloudWatchAlarmStateReasonData {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}
