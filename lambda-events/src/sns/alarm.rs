//! What CloudWatch writes into a notification when an alarm changes its state.

use crate::encodings::Rfc3339Timestamp;

event! {
    /// A change of an alarm's state, as the message of a notification: `SnsEventObj<CloudWatchAlarmPayload>`.
    ///
    /// An alarm that invokes the function itself sends something else: the module `cloudwatch_alarms`.
    #[serde(rename_all = "PascalCase")]
    pub struct CloudWatchAlarmPayload {
        /// Name of the alarm.
        required pub alarm_name: String,
        /// What its owner wrote about it. Absent if that is nothing.
        pub alarm_description: Option<String>,
        /// Account of the alarm: 12 digits.
        #[serde(rename = "AWSAccountId")]
        pub aws_account_id: String,
        /// When the alarm was last configured, ISO 8601. Absent in old notifications.
        pub alarm_configuration_updated_timestamp: Option<Rfc3339Timestamp>,
        /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
        pub new_state_value: String,
        /// Why, in a sentence.
        pub new_state_reason: String,
        /// When the state changed, ISO 8601 with an offset of `+0000`.
        pub state_change_time: Rfc3339Timestamp,
        /// Name of the region, as people write it: `US East (N. Virginia)`.
        pub region: String,
        /// ARN of the alarm.
        pub alarm_arn: String,
        /// What the state was: `OK`, `ALARM` or `INSUFFICIENT_DATA`.
        pub old_state_value: String,
        /// ARNs of what happens in the state `OK`. Absent in old notifications.
        #[serde(rename = "OKActions")]
        pub ok_actions: Option<Vec<String>>,
        /// ARNs of what happens in the state `ALARM`. Absent in old notifications.
        pub alarm_actions: Option<Vec<String>>,
        /// ARNs of what happens in the state `INSUFFICIENT_DATA`. Absent in old notifications.
        pub insufficient_data_actions: Option<Vec<String>>,
        /// What the alarm watches. Absent of composite alarms.
        pub trigger: Option<CloudWatchAlarmTrigger>,
        /// The rule of a composite alarm. Absent of any other.
        pub alarm_rule: Option<String>,
    }

    /// What an alarm watches: one metric, or expressions over several.
    #[serde(rename_all = "PascalCase")]
    pub struct CloudWatchAlarmTrigger {
        /// Seconds that a datapoint is for. Absent of several metrics, which say it themselves.
        pub period: Option<i64>,
        /// How many datapoints are looked at.
        pub evaluation_periods: i64,
        /// How many of them have to be over the threshold. Absent where it is all of them.
        pub datapoints_to_alarm: Option<i64>,
        /// `GreaterThanThreshold` and the like.
        pub comparison_operator: String,
        /// What datapoints are compared with. Absent of an alarm on anomalies.
        pub threshold: Option<f64>,
        /// What a datapoint that is missing counts as: `missing`, `breaching` and so on.
        pub treat_missing_data: String,
        /// Whether a percentile of few samples counts. Empty unless the statistic is a percentile.
        pub evaluate_low_sample_count_percentile: String,
        /// The metrics and the expressions. Absent of a single metric.
        pub metrics: Option<Vec<CloudWatchMetricDataQuery>>,
        /// Name of the metric. Absent of several.
        pub metric_name: Option<String>,
        /// Namespace of the metric: `AWS/EC2`. Absent of several.
        pub namespace: Option<String>,
        /// `Statistic` or `ExtendedStatistic`. Absent of several metrics.
        pub statistic_type: Option<String>,
        /// `AVERAGE` and the like. Absent of several metrics.
        pub statistic: Option<String>,
        /// Unit of the metric: `Bytes`. Absent if it was not chosen.
        pub unit: Option<String>,
        /// Which of the metrics of that name. Absent of several.
        pub dimensions: Option<Vec<CloudWatchDimension>>,
    }

    /// A metric, or an expression over others.
    #[serde(rename_all = "PascalCase")]
    pub struct CloudWatchMetricDataQuery {
        /// What expressions name it by.
        pub id: String,
        /// The expression. Absent of a metric.
        pub expression: Option<String>,
        /// What people name it by. Absent if that is nothing.
        pub label: Option<String>,
        /// The metric. Absent of an expression.
        pub metric_stat: Option<CloudWatchMetricStat>,
        /// Seconds that a datapoint is for. Absent of a metric.
        pub period: Option<i64>,
        /// Whether it is what the alarm compares.
        #[serde(default)]
        pub return_data: bool,
    }

    /// A statistic of a metric.
    #[serde(rename_all = "PascalCase")]
    pub struct CloudWatchMetricStat {
        /// The metric.
        pub metric: CloudWatchMetric,
        /// Seconds that a datapoint is for.
        pub period: i64,
        /// `Average` and the like.
        pub stat: String,
        /// Unit of the metric. Absent if it was not chosen.
        pub unit: Option<String>,
    }

    /// A metric.
    #[serde(rename_all = "PascalCase")]
    pub struct CloudWatchMetric {
        /// Which of the metrics of that name.
        pub dimensions: Vec<CloudWatchDimension>,
        /// Name of the metric.
        pub metric_name: String,
        /// Namespace of the metric: `AWS/EC2`.
        pub namespace: String,
    }

    /// What tells a metric from others of its name.
    #[serde(rename_all = "camelCase")]
    pub struct CloudWatchDimension {
        /// What it is: `InstanceId`.
        pub name: String,
        /// Which one.
        pub value: String,
    }
}
