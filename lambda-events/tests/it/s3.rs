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
    assert_eq!(event.test_event.unwrap().bucket, "bucketname");
    let error = serde_json::from_str::<S3Event>(r#"{"records": []}"#).unwrap_err();
    assert!(error.to_string().contains("`Records`"), "{error}");
}

#[test]
fn keys_are_decoded_when_asked() {
    let event: S3Event = decode("s3/go-event.json");
    let object = &event.records[0].s3.object;
    assert_eq!((object.key.as_str(), object.decoded_key().as_str()), ("Happy%20Face.jpg", "Happy Face.jpg"));
    let removed: S3Event = decode("s3/sam-delete.json");
    assert_eq!((removed.records[0].s3.object.size, &removed.records[0].s3.object.e_tag), (None, &None));
}

#[test]
fn what_is_special_to_a_kind_of_event_is_there() {
    let restored: S3Event = decode("s3/go-glacier-event.json");
    let data = restored.records[0].glacier_event_data.as_ref().unwrap();
    assert_eq!(data.restore_event_data.lifecycle_restore_storage_class, "STANDARD");
    let replicated: S3Event = decode("s3/go-replication-event.json");
    let data = replicated.records[0].replication_event_data.as_ref().unwrap();
    assert_eq!(data.failure_reason.as_deref(), Some("AssumeRoleNotPermitted"));
}

#[test]
fn jobs_of_both_versions_name_their_buckets_and_are_answered() {
    let one: S3BatchJobEvent = decode("s3/go-batch-job-event-request-1.0.json");
    let two: S3BatchJobEventV2 = decode("s3/go-batch-job-event-request-2.0.json");
    assert!(one.tasks[0].bucket_name().is_some());
    assert_eq!(two.tasks[0].bucket_name(), Some("awsexamplebucket"));
    assert_eq!(two.job.user_arguments["k1"], "v1");
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
    let event: S3ObjectLambdaEvent<String> = decode("s3/go-object-lambda-event-list-objects-v2-iam.json");
    assert_eq!(event.user_request.headers.get("accept-encoding"), Some("identity"));
    assert_eq!(event.configuration.payload, "{}");
    assert!(event.input_s3_url().is_some_and(|url| url.starts_with("https://")));
}
