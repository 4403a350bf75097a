//! What `aws_lambda_events` 1.2.1 lacks or gets wrong, and the test that keeps it from happening here. [`ROWS`] is the list; each test
//! in it exists, or this one fails. Those that are about nothing else are here.

use std::{fs, path::Path};

use lambda_events::{
    BatchItemFailure, BatchResponse, alb, cloudwatch_events, dynamodb, event::sqs as under_event,
    eventbridge, kinesis, sqs, streams, time_window,
};
use serde_json::{Value, json};

/// What is lacking or wrong, and the tests of it.
const ROWS: &[(&str, &[&str])] = &[
    // Wrong or brittle typing.
    (
        "fractions of seconds are read as nanoseconds",
        &["a_fraction_of_a_second_is_a_fraction_of_a_second", "a_fraction_of_a_second_is_kept"],
    ),
    ("s3:TestEvent is refused", &["the_test_that_s3_sends_is_an_event_without_records"]),
    ("the constant input of a rule is refused", &["an_input_that_is_no_event_is_the_detail"]),
    (
        "an unknown value of an enum rejects the event",
        &[
            "trigger_sources_are_typed_and_those_of_the_future_are_kept",
            "changes_of_every_kind_are_read_and_those_of_the_future_too",
            "why_an_alarm_has_its_state_is_typed_and_what_is_unknown_is_kept",
            "a_word_that_is_new_is_kept_in_place_of_any_text_that_is_no_number",
        ],
    ),
    (
        "one bad body or bad base64 rejects the batch",
        &[
            "one_body_that_does_not_decode_leaves_the_others_alone_and_names_its_message",
            "data_that_is_not_base64_leaves_the_batch_readable_and_names_its_record",
            "bodies_that_are_too_deep_leave_their_batch_readable",
        ],
    ),
    (
        "Kafka: unsigned bytes, null headers and null timestamps are refused, keys and values stay base64",
        &[
            "bytes_of_headers_are_read_whatever_their_sign",
            "nulls_tombstones_and_bad_values_leave_the_batch_readable",
        ],
    ),
    (
        "IAM statements lack members and typed conditions",
        &["every_part_of_the_grammar_is_read", "single_values_are_lists_of_one"],
    ),
    (
        "identity: null, CustomerEndpoint: null, queryStringParameters: null are refused",
        &[
            "null_in_place_of_any_object_is_read",
            "a_contact_without_a_customer_is_read",
            "a_query_that_is_null_is_empty",
        ],
    ),
    (
        "log lines are decompressed on decode and cannot be read from a value",
        &[
            "log_lines_are_decompressed_when_asked_and_written_as_they_were_read",
            "log_lines_are_read_from_a_value_too",
        ],
    ),
    ("one bad header rejects the event", &["values_that_http_does_not_allow_are_read"]),
    (
        "the default answer has status 0, the default window is now",
        &[
            "the_default_of_every_answer_is_a_200_that_api_gateway_takes",
            "the_default_of_a_window_is_the_same_every_time",
        ],
    ),
    ("an id that is absent makes an empty itemIdentifier", &["an_id_is_text_and_never_an_option"]),
    ("types exist twice", &["what_is_the_same_is_one_type"]),
    (
        "features gate nothing, or the wrong thing",
        &["every_module_has_a_feature_of_its_name_that_full_turns_on"],
    ),
    // What aws-lambda-go has and it lacks.
    ("streaming answers", &["a_stream_begins_with_its_prelude_and_eight_zeros"]),
    ("ECR image actions", &["images_are_pushed_and_deleted"]),
    ("ECS container instances", &["what_a_container_instance_has_is_typed"]),
    ("IoT pre-provisioning hooks", &["devices_are_registered_or_not"]),
    (
        "data of restores, replication, tiering and lifecycles of S3",
        &["what_is_special_to_a_kind_of_event_is_there"],
    ),
    ("S3 batch jobs, version 2", &["jobs_of_both_versions_name_their_buckets_and_are_answered"]),
    ("Firehose to Iceberg", &["records_are_answered_one_by_one"]),
    (
        "inbound federation of Cognito",
        &["attributes_of_other_providers_may_be_typed_and_an_empty_answer_is_written"],
    ),
    ("results of actions of CodePipeline", &["what_an_action_made_of_it_is_typed"]),
    ("RotationToken", &["the_step_is_typed_and_the_rotation_token_is_kept"]),
    ("extendedRequestId, identity.clientCert", &["a_rest_request_tells_everything_about_its_caller"]),
    ("commonHeaders.cc", &["copies_verdicts_and_times_are_typed"]),
    (
        "attribute values of DynamoDB",
        &["values_have_their_types_and_unknown_ones_are_kept", "an_item_becomes_a_type_of_the_users"],
    ),
    // What both lack.
    ("Lex V2", &["slots_have_values_lists_and_parts", "an_event_of_the_other_version_is_refused"]),
    ("AppSync Events", &["messages_are_passed_on_changed_or_rejected"]),
    ("custom senders of Cognito", &["codes_of_custom_senders_are_bytes"]),
    ("tokens of Cognito, version 3", &["a_machine_that_signs_in_is_a_trigger_of_version_3"]),
    (
        "functions and answers of Bedrock agents",
        &["operations_and_functions_are_told_apart", "the_answer_has_the_form_of_what_was_asked"],
    ),
    ("S3 by way of EventBridge", &["the_detail_is_a_type_of_the_users"]),
    ("EventBridge Scheduler", &["a_schedule_sends_its_input_or_its_context"]),
    ("EventBridge Pipes", &["a_pipe_sends_records_without_an_event_around_them"]),
    (
        "destinations of Lambda",
        &["a_failure_has_its_event_and_its_error", "batches_say_which_records_were_given_up"],
    ),
    ("schema registries of Kafka", &["nulls_tombstones_and_bad_values_leave_the_batch_readable"]),
    ("answers to batches of Kafka", &["a_partition_ends_at_its_first_failure_and_the_others_go_on"]),
    (
        "identity providers of Transfer",
        &["directories_are_json_in_a_string", "passwords_and_tokens_are_not_shown"],
    ),
    ("ECS tasks and services", &["a_service_says_what_it_reached", "a_task_that_stopped_says_why"]),
    ("Step Functions", &["a_token_is_found_by_each_of_its_names"]),
    ("EC2 spot", &["an_instance_that_is_taken_back_is_named"]),
    ("GuardDuty", &["a_finding_of_guardduty_has_a_severity"]),
    ("Security Hub", &["findings_of_security_hub_have_a_severity_resources_and_a_state"]),
    ("Inspector", &["findings_of_inspector_name_their_vulnerability_and_scans_are_counted"]),
    ("what invoked a rule of Config", &["the_invoking_event_is_typed_by_what_happened"]),
    (
        "macros and hooks of CloudFormation",
        &["macros_answer_with_the_id_of_the_request", "hooks_answer_with_the_token_of_the_request"],
    ),
    ("WorkMail", &["the_way_of_an_email_and_its_addresses_are_typed"]),
    (
        "functions of Athena and Redshift",
        &[
            "a_ping_and_a_call_are_told_apart_and_answered",
            "rows_are_answered_one_by_one_and_null_is_that_of_sql",
        ],
    ),
    ("CloudFront", &["a_request_goes_on_changed"]),
    (
        "RDS, and sources that have no type here either",
        &["an_event_of_rds_says_what_happened", "an_event_of_any_source_is_read"],
    ),
];

#[test]
fn every_row_has_a_test() {
    fn sources(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                sources(&entry, all);
            } else if entry.extension().is_some_and(|ending| ending == "rs") {
                all.push_str(&fs::read_to_string(entry).expect("a source"));
            }
        }
    }
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = String::new();
    sources(&package.join("tests/it"), &mut all);
    sources(&package.join("src"), &mut all);
    for (row, tests) in ROWS {
        for test in *tests {
            let declared = [
                format!("    fn {test}() {{"),
                format!("\nfn {test}() {{"),
                format!("\nasync fn {test}() {{"),
            ];
            assert!(declared.iter().any(|fun| all.contains(fun)), "{row}: there is no test {test}");
        }
    }
}

#[test]
fn a_query_that_is_null_is_empty() {
    let request: alb::AlbTargetGroupRequest = serde_json::from_value(json!({
        "requestContext": {"elb": {"targetGroupArn": "arn"}}, "httpMethod": "GET", "path": "/", "headers": {"a": "b"},
        "queryStringParameters": null, "multiValueQueryStringParameters": null, "multiValueHeaders": null, "body": null,
        "isBase64Encoded": null,
    }))
    .unwrap();
    assert!(request.query_string_parameters.is_absent() && !request.is_multi_value());
    assert_eq!(request.query("a"), None);
}

#[test]
fn the_default_of_a_window_is_the_same_every_time() {
    assert_eq!(time_window::Window::default().start.as_str(), "");
}

#[test]
fn an_id_is_text_and_never_an_option() {
    let message = sqs::SqsMessage { message_id: "m-1".into(), ..Default::default() };
    let failure: BatchItemFailure = message.message_id.clone().into();
    assert_eq!(serde_json::to_value(failure).unwrap(), json!({"itemIdentifier": "m-1"}));
}

#[test]
fn what_is_the_same_is_one_type() {
    let response: BatchResponse = ["a"].into_iter().collect();
    let sqs: sqs::SqsBatchResponse = response.clone();
    let of_streams: [streams::SqsEventResponse; 2] = [sqs, response];
    let of_streams: [streams::KinesisEventResponse; 2] = of_streams;
    let [one, two]: [dynamodb::DynamoDbEventResponse; 2] = of_streams;
    assert_eq!(one, two);
    let _: eventbridge::EventBridgeEvent = cloudwatch_events::CloudWatchEvent::<Value>::default();
    let _: under_event::SqsEvent = sqs::SqsEvent::default();
}

#[test]
fn a_schedule_sends_its_input_or_its_context() {
    type Scheduled = eventbridge::EventBridgeEvent<cloudwatch_events::scheduler::ContextInput>;
    let event: Scheduled = serde_json::from_value(json!({
        "scheduleArn": "arn:aws:scheduler:eu-west-1:123456789012:schedule/default/nightly",
        "scheduledTime": "2026-03-22T17:59:43Z", "executionId": "d32c5kddcf5bb8c3", "attemptNumber": "1",
    }))
    .unwrap();
    assert_eq!(event.detail.attempt_number.as_deref(), Some("1"));
    assert!(!event.is_event());
    let event: eventbridge::EventBridgeEvent = serde_json::from_value(json!({
        "version": "0", "id": "i", "detail-type": "Scheduled Event", "source": "aws.scheduler", "account": "123456789012",
        "time": "2026-03-22T17:59:43Z", "region": "eu-west-1",
        "resources": ["arn:aws:scheduler:eu-west-1:123456789012:schedule/default/nightly"], "detail": "{}",
    }))
    .unwrap();
    assert_eq!((event.detail, event.detail_type.as_str()), (json!("{}"), "Scheduled Event"));
}

/// A pipe with Lambda as its target or enrichment sends a list.
#[test]
fn a_pipe_sends_records_without_an_event_around_them() {
    let messages: Vec<sqs::SqsMessage> = serde_json::from_value(json!([
        {"messageId": "m-1", "body": "{\"id\": 1}", "attributes": {"ApproximateReceiveCount": "1"}, "eventSource": "aws:sqs"},
        {"messageId": "m-2", "body": "x", "eventSource": "aws:sqs"},
    ]))
    .unwrap();
    assert_eq!(messages[0].json::<Value>().unwrap()["id"], 1);
    let records: Vec<kinesis::KinesisRecord> = serde_json::from_value(json!([{
        "kinesisSchemaVersion": "1.0", "partitionKey": "1", "sequenceNumber": "495", "data": "eyJhIjoxfQ==",
        "approximateArrivalTimestamp": 1_545_084_650.987, "eventSource": "aws:kinesis", "eventVersion": "1.0",
        "eventID": "shardId-000000000006:495", "eventName": "aws:kinesis:record", "awsRegion": "eu-west-1",
        "invokeIdentityArn": "arn", "eventSourceARN": "arn",
    }]))
    .unwrap();
    assert_eq!(records[0].data.json::<Value>().unwrap()["a"], 1);
    let changes: Vec<dynamodb::EventRecord> = serde_json::from_value(json!([{
        "eventID": "1", "eventVersion": "1.0", "eventName": "INSERT", "eventSource": "aws:dynamodb", "awsRegion": "eu-west-1",
        "eventSourceARN": "arn", "dynamodb": {"Keys": {"Id": {"N": "101"}}, "SequenceNumber": "111", "SizeBytes": 26},
    }]))
    .unwrap();
    assert_eq!(changes[0].change.keys["Id"].as_n(), Some("101"));
}

fn detail<T: serde::de::DeserializeOwned>(source: &str, detail: Value) -> T {
    let event = json!({"version": "0", "id": "i", "detail-type": "t", "source": source, "detail": detail});
    serde_json::from_value::<eventbridge::EventBridgeEvent<T>>(event).expect("an event").detail
}

#[test]
fn an_instance_that_is_taken_back_is_named() {
    let warning: cloudwatch_events::ec2::SpotInstanceInterruptionWarning =
        detail("aws.ec2", json!({"instance-id": "i-1234567890abcdef0", "instance-action": "terminate"}));
    assert_eq!(
        (warning.instance_id.as_str(), warning.instance_action.as_str()),
        ("i-1234567890abcdef0", "terminate")
    );
}

#[test]
fn a_task_that_stopped_says_why() {
    let task: cloudwatch_events::ecs::TaskStateChange = detail(
        "aws.ecs",
        json!({
            "taskArn": "arn:aws:ecs:eu-west-1:123456789012:task/c/1", "lastStatus": "STOPPED", "version": 5,
            "stopCode": "EssentialContainerExited", "stoppedReason": "Essential container in task exited",
            "containers": [{"name": "web", "exitCode": 137, "lastStatus": "STOPPED", "networkInterfaces": null}],
        }),
    );
    assert_eq!(task.containers[0].exit_code, Some(137));
    assert_eq!(task.stop_code.as_deref(), Some("EssentialContainerExited"));
}

#[test]
fn a_finding_of_guardduty_has_a_severity() {
    for severity in [json!(8), json!(5.5), json!("8")] {
        let finding: cloudwatch_events::guardduty::Finding = detail(
            "aws.guardduty",
            json!({"id": "f", "severity": severity, "service": {"count": 3, "archived": false}}),
        );
        assert!(finding.severity >= 5.5 && finding.service.count == 3);
    }
}

#[test]
fn an_event_of_rds_says_what_happened() {
    let event: cloudwatch_events::rds::Event = detail(
        "aws.rds",
        json!({
            "EventCategories": ["failover"], "SourceType": "DB_INSTANCE", "SourceIdentifier": "orders",
            "SourceArn": "arn:aws:rds:eu-west-1:123456789012:db:orders", "Date": "2026-03-01T12:00:00.000Z",
            "Message": "A Multi-AZ failover has completed.", "EventID": "RDS-EVENT-0049", "Tags": {"stage": "prod"},
        }),
    );
    assert_eq!((event.event_id.as_str(), event.tags["stage"].as_str()), ("RDS-EVENT-0049", "prod"));
}

#[test]
fn an_event_of_any_source_is_read() {
    let deep: Value = detail("aws.partner/example.com/shop", json!({"order": {"id": 7}}));
    assert_eq!(deep["order"]["id"], 7);
}
