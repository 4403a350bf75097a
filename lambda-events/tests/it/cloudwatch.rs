use lambda_events::{
    cloudwatch_alarms::{
        CloudWatchAlarmStateReasonData, CloudWatchAlarmStateValue, CloudWatchCompositeAlarm,
        CloudWatchMetricAlarm,
    },
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
    let event: CloudWatchMetricAlarm = decode("cloudwatch_alarms/metric.json");
    let before = event.alarm_data.previous_state.unwrap();
    let Some(CloudWatchAlarmStateReasonData::Metric(reason)) = before.reason_data else { panic!("a metric") };
    assert_eq!(reason.evaluated_datapoints.unwrap()[1].value, Some(1.5));
    assert_eq!(event.alarm_data.configuration.metrics[1].expression.as_deref(), Some("m1*2"));

    let event: CloudWatchCompositeAlarm = decode("cloudwatch_alarms/composite.json");
    let state = event.alarm_data.state.unwrap();
    assert_eq!(state.value, CloudWatchAlarmStateValue::Unknown("A_STATE_OF_THE_FUTURE".into()));
    assert!(matches!(state.reason_data, Some(CloudWatchAlarmStateReasonData::Composite(_))));
    let before = event.alarm_data.previous_state.unwrap();
    assert_eq!(before.reason_data, Some(CloudWatchAlarmStateReasonData::Generic("not JSON".into())));
}
