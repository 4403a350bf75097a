use lambda_events::{
    cloudwatch_alarms::{
        CloudWatchAlarmStateReasonData, CloudWatchAlarmStateValue, CloudWatchCompositeAlarm,
        CloudWatchMetricAlarm,
    },
    cloudwatch_events::{CloudWatchEvent, scheduler::ScheduledEvent},
    cloudwatch_logs::LogsEvent,
};

use crate::cases::decode;

#[cfg(feature = "gzip")]
#[test]
fn log_lines_are_decompressed_when_asked_and_written_as_they_were_read() {
    use lambda_events::cloudwatch_logs::{AwsLogs, LogData, LogMessageType};

    let event: LogsEvent = decode("cloudwatch_logs/event.json");
    let data = event.aws_logs.decode().unwrap();
    assert_eq!(data.message_type, LogMessageType::DataMessage);
    assert_eq!(data, decode::<LogData>("cloudwatch_logs/data.json"));
    let control: LogsEvent = decode("cloudwatch_logs/event-control.json");
    assert_eq!(control.aws_logs.decode().unwrap(), decode::<LogData>("cloudwatch_logs/data-control.json"));

    let again = AwsLogs::encode(&data).unwrap();
    assert_eq!(again.decode().unwrap(), data);

    let bad = AwsLogs { data: b"not gzip".to_vec().into(), ..Default::default() };
    assert!(bad.decode().unwrap_err().is_compression());
}

#[test]
fn log_lines_are_read_from_a_value_too() {
    let value = serde_json::json!({ "awslogs": { "data": "%%%" } });
    let event: LogsEvent = serde_json::from_value(value).unwrap();
    assert!(event.aws_logs.data.bytes().unwrap_err().is_base64());
}

#[test]
fn why_an_alarm_has_its_state_is_typed_and_what_is_unknown_is_kept() {
    let event: CloudWatchMetricAlarm = decode("cloudwatch_alarms/metric-full.json");
    let state = event.alarm_data.state.unwrap();
    let Some(CloudWatchAlarmStateReasonData::Metric(reason)) = state.reason_data else { panic!("a metric") };
    assert_eq!(reason.evaluated_datapoints.unwrap()[1].value, Some(14.5));

    let event: CloudWatchMetricAlarm = decode("cloudwatch_alarms/metric-math.json");
    assert_eq!(event.alarm_data.configuration.metrics[0].expression.as_deref(), Some("100*lost/all"));

    let event: CloudWatchMetricAlarm = decode("cloudwatch_alarms/metric-anomaly.json");
    let before = event.alarm_data.previous_state.unwrap();
    let nobody = serde_json::json!({ "nobody": true });
    assert_eq!(before.reason_data, Some(CloudWatchAlarmStateReasonData::Generic(nobody)));

    let event: CloudWatchCompositeAlarm = decode("cloudwatch_alarms/composite-unknown.json");
    let state = event.alarm_data.state.unwrap();
    assert_eq!(state.value, CloudWatchAlarmStateValue::Unknown("A_STATE_OF_THE_FUTURE".into()));
    assert!(matches!(state.reason_data, Some(CloudWatchAlarmStateReasonData::Composite(_))));
    let before = event.alarm_data.previous_state.unwrap();
    assert_eq!(before.reason_data, Some(CloudWatchAlarmStateReasonData::Generic("it smells burnt".into())));
}

#[test]
fn the_detail_of_a_schedule_is_an_object_of_a_rule_and_text_of_scheduler() {
    let event: CloudWatchEvent<ScheduledEvent> = decode("cloudwatch_events/scheduled-by-a-rule.json");
    assert_eq!((event.source.as_str(), event.detail.text), ("aws.events", None));
    let event: CloudWatchEvent<ScheduledEvent> = decode("cloudwatch_events/scheduled-by-scheduler.json");
    assert_eq!((event.source.as_str(), event.detail.text.as_deref()), ("aws.scheduler", Some("{}")));
    let event = event.resources[0].as_str();
    assert!(event.ends_with(":schedule/shop/close-the-shop"), "{event}");
}
