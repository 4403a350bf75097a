//! Whatever comes by way of EventBridge, or says that something happened, reading it never panics, and what is read is written as it
//! was.

#![no_main]

use lambda_events::{
    cloudwatch_alarms::CloudWatchAlarm,
    cloudwatch_events::{
        CloudWatchEvent, cloudtrail, ecs, gamelift, guardduty, health, inspector2, macie, s3, securityhub,
    },
    code_commit::CodeCommitEvent,
    codebuild::CodeBuildEvent,
    codedeploy::CodeDeployEvent,
    codepipeline_cloudwatch::CodePipelineCloudWatchEvent,
    codepipeline_job::CodePipelineJobEvent,
    config::{ConfigEvent, ConfigInvokingEvent},
    controltower::ControlTowerEvent,
    ecr_scan::EcrScanEvent,
    eventbridge::EventBridgeEvent,
    lambda_destinations::{BatchRecord, InvocationRecord},
    s3::{S3Event, batch_job::S3BatchJobEvent, object_lambda::S3ObjectLambdaEvent},
    step_functions::{ContextObject, ErrorOutput, TaskEvent},
};
use lambda_rt_fuzz::{again, told};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    again::<EventBridgeEvent>(bytes);
    again::<EventBridgeEvent<Vec<String>>>(bytes);
    again::<CloudWatchEvent<cloudtrail::AWSAPICall>>(bytes);
    again::<CloudWatchEvent<ecs::TaskStateChange>>(bytes);
    again::<CloudWatchEvent<gamelift::PotentialMatchCreated>>(bytes);
    again::<CloudWatchEvent<guardduty::Finding>>(bytes);
    again::<CloudWatchEvent<health::Event>>(bytes);
    again::<CloudWatchEvent<inspector2::Finding>>(bytes);
    again::<CloudWatchEvent<macie::BucketScanAlert>>(bytes);
    again::<CloudWatchEvent<s3::ObjectEvent>>(bytes);
    again::<CloudWatchEvent<securityhub::FindingsImported>>(bytes);
    if let Some(event) = again::<CodeBuildEvent>(bytes) {
        let _ = event.detail.additional_information.build_start_time.as_millis();
        let _ = event.time.to_system_time();
    }
    for record in again::<S3Event>(bytes).iter().flat_map(|event| &event.records) {
        let _ = (record.s3.object.decoded_key(), record.event_time.as_millis());
    }
    if let Some(event) = again::<ConfigEvent>(bytes) {
        told(event.invoking_event_json());
    }
    if let Some(record) = again::<BatchRecord>(bytes) {
        told(record.event::<Value>());
    }
    if let Some(record) = again::<InvocationRecord>(bytes) {
        let _ = record.error();
    }
    again::<CloudWatchAlarm>(bytes);
    again::<CodeCommitEvent>(bytes);
    again::<CodeDeployEvent>(bytes);
    again::<CodePipelineCloudWatchEvent>(bytes);
    again::<CodePipelineJobEvent>(bytes);
    again::<ConfigInvokingEvent>(bytes);
    again::<ControlTowerEvent>(bytes);
    again::<EcrScanEvent>(bytes);
    again::<S3BatchJobEvent>(bytes);
    again::<S3ObjectLambdaEvent>(bytes);
    again::<ContextObject>(bytes);
    again::<ErrorOutput>(bytes);
    again::<TaskEvent>(bytes);
});
