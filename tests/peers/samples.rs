//! Every sample event that AWS's SAM CLI ships is read by its type and written as it was, or says here why not.

use std::collections::BTreeSet;
use std::path::Path;

use base64::{Engine, prelude::BASE64_STANDARD};
use lambda_events::*;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// A sample by service and kind, as `sam local generate-event` names it.
struct Row {
    service: &'static str,
    kind: &'static str,
    of: Type,
}

enum Type {
    /// Decodes and encodes again.
    Known(fn(&str) -> Result<Value, serde_json::Error>),
    /// There is no type, and why.
    None(&'static str),
}

fn again<T: DeserializeOwned + Serialize>(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_str::<T>(text)?)
}

macro_rules! rows {
    ($($service:literal: { $($type:ty: $($kind:literal),+;)+ })+) => {
        fn rows() -> Vec<Row> {
            let mut rows = vec![$($($(
                Row { service: $service, kind: $kind, of: Type::Known(again::<$type>) },
            )+)+)+];
            rows.extend(WITHOUT_A_TYPE.iter().map(|(service, kind, why)| Row { service, kind, of: Type::None(why) }));
            rows
        }
    };
}

rows! {
    "alb": { alb::AlbTargetGroupRequest: "request"; }
    "alexa-skills-kit": {
        alexa::AlexaSkillEvent: "end-session", "intent-answer", "intent-getnewfact", "intent-mycoloris", "intent-recipe",
            "start-session";
    }
    "alexa-smart-home": {
        alexa::AlexaHomeDirective: "smart-home-control-turn-off-request", "smart-home-control-turn-on-request",
            "smart-home-discovery-request";
    }
    "apigateway": {
        apigw::ApiGatewayCustomAuthorizerRequest: "authorizer";
        apigw::ApiGatewayCustomAuthorizerRequestTypeRequest: "request-authorizer";
        apigw::ApiGatewayProxyRequest: "aws-proxy";
        apigw::ApiGatewayV2httpRequest: "http-api-proxy";
    }
    "appsync": { appsync::AppSyncDirectResolverEvent: "resolver"; }
    "cloudformation": { cloudformation::CloudFormationCustomResourceRequest: "create-request"; }
    "cloudfront": {
        cloudfront::CloudFrontEvent: "ab-test", "access-request-in-response", "http-redirect", "modify-querystring",
            "modify-response-header", "multiple-remote-calls-aggregate-response", "normalize-querystring-to-improve-cache-hit",
            "redirect-on-viewer-country", "redirect-unauthenticated-users", "response-generation",
            "serve-object-on-viewer-device", "simple-remote-call";
    }
    "cloudwatch": {
        cloudwatch_logs::LogsEvent: "logs";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::scheduler::ScheduledEvent>: "scheduled-event";
    }
    "codecommit": { code_commit::CodeCommitEvent: "repository"; }
    "codepipeline": { codepipeline_job::CodePipelineJobEvent: "job"; }
    "cognito": { cognito::CognitoEvent: "sync-trigger"; }
    "config": { config::ConfigEvent: "item-change-notification", "oversized-item-change-notification", "periodic-rule"; }
    "connect": { connect::ConnectEvent: "contact-flow-event"; }
    "dynamodb": { dynamodb::Event: "update"; }
    "kinesis": {
        kinesis::KinesisEvent: "get-records";
        firehose::KinesisFirehoseEvent: "kinesis-firehose", "apachelog", "cloudwatch-logs-processor", "streams-as-source", "syslog";
        kinesis::analytics::KinesisAnalyticsInputPreprocessingEvent: "analytics", "analytics-compressed", "analytics-dynamodb",
            "analytics-kpl";
    }
    "lex": { lex::LexEvent: "book-car", "book-hotel", "make-appointment", "order-flowers"; }
    "lex-v2": { lex::LexV2Event: "banking-bot", "book-car", "book-hotel"; }
    "rekognition": { s3::S3Event: "s3-request"; }
    "s3": {
        s3::batch_job::S3BatchJobEvent: "batch-invocation";
        s3::S3Event: "delete", "put";
    }
    "sagemaker": {
        sagemaker::GroundTruthPreAnnotationEvent: "ground-truth-pre-human";
        sagemaker::GroundTruthConsolidationEvent: "ground-truth-annotation-consolidation";
    }
    "ses": { ses::SimpleEmailEvent: "email-receiving"; }
    "sns": { sns::SnsEvent: "notification"; }
    "sqs": { sqs::SqsEvent: "receive-message"; }
    "stepfunctions": { step_functions::ErrorOutput: "error"; }
    "workmail": { workmail::WorkMailEvent: "email"; }
}

/// Service, kind, and why there is no type.
const WITHOUT_A_TYPE: &[(&str, &str, &str)] = &[
    (
        "batch",
        "get-job",
        "what a function is called with by its user, who passes it on to the API of AWS Batch",
    ),
    (
        "batch",
        "submit-job",
        "what a function is called with by its user, who passes it on to the API of AWS Batch",
    ),
];

/// Members of a sample that are not written again, and why.
const LOST: &[(&str, &str)] =
    &[("deliverySteamArn", "a slip of the pen: the service sends deliveryStreamArn")];

/// What is read and written otherwise, and why.
const OTHERWISE: &[(&str, &str)] = &[(
    "kinesis syslog: .records[1].approximateArrivalTimestamp",
    "a date where the service sends milliseconds",
)];

/// A sample with its gaps filled in as `sam local generate-event` does without arguments.
fn sample(folder: &Path, service: &str, kind: &Value) -> Value {
    let file =
        folder.join("events").join(service).join(format!("{}.json", kind["filename"].as_str().unwrap()));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let tags = kind["tags"].as_object().unwrap();
    let mut sample = serde_json::from_str(&text).unwrap();
    fill(&mut sample, tags);
    sample
}

fn fill(value: &mut Value, tags: &Map<String, Value>) {
    match value {
        Value::Object(members) => members.values_mut().for_each(|value| fill(value, tags)),
        Value::Array(items) => items.iter_mut().for_each(|value| fill(value, tags)),
        Value::String(text) if text.contains("{{") => *value = filled(text, tags),
        _ => {}
    }
}

/// Gaps are `{{{account_id}}}`, of the tag `account-id`.
fn filled(text: &str, tags: &Map<String, Value>) -> Value {
    let mut filled = text.to_owned();
    for (name, tag) in tags {
        let default = tag["default"].as_str().unwrap();
        if tag["type"] == "dict" && text == format!("{{{{{{{name}}}}}}}") {
            return serde_json::from_str(default).unwrap();
        }
        let default = match tag["encoding"].as_str() {
            Some("base64") => BASE64_STANDARD.encode(default),
            // The defaults have nothing that would have to be escaped.
            Some("url") | None => default.to_owned(),
            Some(other) => panic!("`{name}` is encoded as {other}, which this test does not know"),
        };
        let name = name.replace('-', "_");
        filled = filled
            .replace(&format!("{{{{{{{name}}}}}}}"), &default)
            .replace(&format!("{{{{{name}}}}}"), &default);
    }
    // Sums of defaults, which nobody checks, and a gap that no tag fills.
    for left in ["md5_of_body", "accountId"] {
        filled = filled.replace(&format!("{{{{{{{left}}}}}}}"), "");
    }
    assert!(!filled.contains("{{"), "nothing fills {filled}");
    filled.into()
}

/// What of `read` is not in `written`. A `null` may be absent, a flag that was absent `false`, JSON inside a string is written anew.
fn lost(read: &Value, written: Option<&Value>, path: &str, found: &mut Vec<String>) {
    match (read, written) {
        (Value::Null, None) => {}
        (Value::Object(read), Some(Value::Object(written))) => {
            for (name, value) in read {
                if !LOST.iter().any(|(lost, _)| lost == name) {
                    lost(value, written.get(name), &format!("{path}.{name}"), found);
                }
            }
            let new = written
                .iter()
                .filter(|(name, value)| !read.contains_key(*name) && **value != Value::Bool(false));
            found.extend(new.map(|(name, value)| format!("{path}.{name} is new: {value}")));
        }
        (Value::Array(read), Some(Value::Array(written))) if read.len() == written.len() => {
            for (at, value) in read.iter().enumerate() {
                lost(value, written.get(at), &format!("{path}[{at}]"), found);
            }
        }
        (Value::Number(read), Some(Value::Number(written))) if read.as_f64() == written.as_f64() => {}
        (Value::String(read), Some(Value::Number(written))) if read.parse().ok() == written.as_f64() => {}
        (Value::String(read), Some(Value::String(written))) => {
            let json = serde_json::from_str::<Value>;
            let same = || matches!((json(read), json(written)), (Ok(read), Ok(written)) if read == written);
            if read != written && !same() {
                found.push(format!("{path}: {read} became {written}"));
            }
        }
        (read, Some(written)) if read == written => {}
        (read, written) => found.push(format!("{path}: {read} became {written:?}")),
    }
}

#[test]
fn every_sample_of_the_sam_cli_is_read_by_its_type_and_written_as_it_was() {
    let folder = e2e::sam_samples();
    let mapping = std::fs::read_to_string(folder.join("event-mapping.json")).unwrap();
    let mapping: Value = serde_json::from_str(&mapping).unwrap();
    let mut rows = rows();
    let mut found = Vec::new();
    let mut files = BTreeSet::new();
    for (service, kinds) in mapping.as_object().unwrap() {
        for (kind, described) in kinds.as_object().unwrap() {
            files.insert(format!("{service}/{}.json", described["filename"].as_str().unwrap()));
            let at = rows.iter().position(|row| row.service == service && row.kind == kind);
            let row =
                rows.swap_remove(at.unwrap_or_else(|| panic!("no row for the sample `{service} {kind}`")));
            let sample = sample(&folder, service, described);
            match row.of {
                Type::Known(again) => match again(&sample.to_string()) {
                    Ok(written) => lost(&sample, Some(&written), &format!("{service} {kind}: "), &mut found),
                    Err(error) => found.push(format!("{service} {kind}: {error}")),
                },
                Type::None(why) => assert!(!why.is_empty()),
            }
        }
    }
    found.retain(|wrong| !OTHERWISE.iter().any(|(place, _)| wrong.starts_with(place)));
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    let left: Vec<_> = rows.iter().map(|row| format!("{} {}", row.service, row.kind)).collect();
    assert!(left.is_empty(), "rows without a sample: {left:?}");
    for service in std::fs::read_dir(folder.join("events")).unwrap().map(|entry| entry.unwrap().path()) {
        for file in std::fs::read_dir(&service).unwrap().map(|entry| entry.unwrap().path()) {
            let name = file.strip_prefix(folder.join("events")).unwrap().to_string_lossy().into_owned();
            assert!(files.contains(&name), "nothing names the sample {name}");
        }
    }
}
