use lambda_events::s3::{
    S3Event,
    batch_job::{S3BatchJobEvent, S3BatchJobEventV2, S3BatchJobResult},
    object_lambda::S3ObjectLambdaEvent,
};
use serde_json::json;

use crate::cases::decode;

#[test]
fn the_test_that_s3_sends_is_an_event_without_records() {
    let event: S3Event = decode("s3/test-event.json");
    assert!(event.is_test() && event.records.is_empty());
    assert_eq!(event.test_event.unwrap().bucket, "tea-shop");
    let error = serde_json::from_str::<S3Event>(r#"{"records": []}"#).unwrap_err();
    assert!(error.to_string().contains("`Records`"), "{error}");
}

#[test]
fn keys_are_decoded_when_asked() {
    let event: S3Event = decode("s3/put.json");
    let object = &event.records[0].s3.object;
    assert_eq!(
        (object.key.as_str(), object.decoded_key().as_str()),
        ("labels/Green%20tea.png", "labels/Green tea.png")
    );
    let removed: S3Event = decode("s3/minimal.json");
    assert_eq!((removed.records[0].s3.object.size, &removed.records[0].s3.object.e_tag), (None, &None));
}

#[test]
fn what_is_special_to_a_kind_of_event_is_there() {
    let event: S3Event = decode("s3/full.json");
    let [restored, restored_before, failed, late, tiered, moved] = &event.records[..] else {
        panic!("six records")
    };
    let data = restored.glacier_event_data.as_ref().unwrap();
    assert_eq!(data.restore_event_data.lifecycle_restore_storage_class, "GLACIER");
    let data = restored_before.restore_event_data.as_ref().unwrap();
    assert_eq!(data.lifecycle_restore_storage_class, "DEEP_ARCHIVE");
    let data = failed.replication_event_data.as_ref().unwrap();
    assert_eq!((data.failure_reason.as_deref(), &data.threshold), (Some("DstBucketNotFound"), &None));
    let data = late.replication_event_data.as_ref().unwrap();
    assert_eq!((data.threshold.as_deref(), &data.failure_reason), (Some("15"), &None));
    let data = tiered.intelligent_tiering_event_data.as_ref().unwrap();
    assert_eq!(data.destination_access_tier, "DEEP_ARCHIVE_ACCESS");
    let data = moved.lifecycle_event_data.as_ref().unwrap();
    assert_eq!(data.transition_event_data.destination_storage_class, "GLACIER_IR");
}

#[test]
fn jobs_of_both_versions_name_their_buckets_and_are_answered() {
    let one: S3BatchJobEvent = decode("s3/batch-job-v1.json");
    let two: S3BatchJobEventV2 = decode("s3/batch-job-v2-full.json");
    assert_eq!(one.tasks[0].bucket_name(), Some("tea-shop"));
    assert_eq!(two.tasks[0].bucket_name(), Some("tea-shop"));
    assert_eq!(two.job.user_arguments["format"], "webp");
    let answer = two.respond(vec![S3BatchJobResult::succeeded(&two.tasks[0].task_id, "done")]);
    assert_eq!(
        serde_json::to_value(answer).unwrap(),
        json!({
            "invocationSchemaVersion": "2.0",
            "treatMissingKeysAs": "PermanentFailure",
            "invocationId": two.invocation_id,
            "results": [{ "taskId": two.tasks[0].task_id, "resultCode": "Succeeded", "resultString": "done" }],
        })
    );
}

#[test]
fn headers_of_a_request_are_found_in_whatever_case() {
    let event: S3ObjectLambdaEvent<String> = decode("s3/object-lambda-list-v2.json");
    assert_eq!(event.user_request.headers.get("accept-encoding"), Some("br"));
    assert_eq!(event.configuration.payload, "{}");
    assert!(event.input_s3_url().is_some_and(|url| url.starts_with("https://")));
}
