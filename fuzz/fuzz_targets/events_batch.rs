//! Whatever is sent as a batch of a queue or a stream, reading it and its payloads never panics, and what is read is written as it
//! was.

#![no_main]

use lambda_events::{
    activemq::ActiveMqEvent,
    cloudwatch_logs::LogsEvent,
    documentdb::DocumentDbEvent,
    dynamodb,
    firehose::{KinesisFirehoseEvent, KinesisFirehoseResponse},
    kafka::{KafkaEvent, KafkaEventResponse},
    kinesis::{
        KinesisEvent, KinesisTimeWindowEvent,
        analytics::{KinesisAnalyticsInputPreprocessingEvent, KinesisAnalyticsOutputDeliveryEvent},
    },
    rabbitmq::RabbitMqEvent,
    sns::{CloudWatchAlarmPayload, SnsEvent, SnsEventObj, SnsSubscriptionMessage},
    sqs::{SqsApiEvent, SqsBatchResponse, SqsEvent, SqsEventObj},
};
use lambda_rt_fuzz::{again, told};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    for message in again::<SqsEvent>(bytes).iter().flat_map(|event| &event.records) {
        told(message.json::<SnsEvent>());
    }
    for record in again::<KinesisEvent>(bytes).iter().flat_map(|event| &event.records) {
        told(record.data_json::<Value>());
        told(record.user_records());
    }
    for record in again::<dynamodb::Event>(bytes).iter().flat_map(|event| &event.records) {
        let _ = record.new_item::<Value>();
        let _ = record.keys::<Value>();
    }
    for record in again::<KafkaEvent>(bytes).iter().flat_map(|event| event.records.values().flatten()) {
        told(record.value_json::<Value>());
    }
    if let Some(event) = again::<LogsEvent>(bytes) {
        told(event.aws_logs.decode());
    }
    again::<SqsEventObj<Value>>(bytes);
    again::<SqsApiEvent>(bytes);
    again::<SqsBatchResponse>(bytes);
    again::<SnsEvent>(bytes);
    again::<SnsEventObj<CloudWatchAlarmPayload>>(bytes);
    again::<SnsSubscriptionMessage>(bytes);
    again::<KinesisTimeWindowEvent>(bytes);
    again::<KinesisAnalyticsOutputDeliveryEvent>(bytes);
    again::<KinesisAnalyticsInputPreprocessingEvent>(bytes);
    again::<dynamodb::TimeWindowEvent>(bytes);
    again::<dynamodb::AttributeValue>(bytes);
    again::<KafkaEventResponse>(bytes);
    again::<KinesisFirehoseEvent>(bytes);
    again::<KinesisFirehoseResponse>(bytes);
    again::<ActiveMqEvent>(bytes);
    again::<RabbitMqEvent>(bytes);
    again::<DocumentDbEvent>(bytes);
});
