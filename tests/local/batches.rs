//! The examples that answer for a batch record by record, each with the events that lie beside it.

use std::path::Path;
use std::process::{Command, Output};

use e2e::program;
use serde_json::{Value, json};

/// The event of an example.
fn event(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(file);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Runs an example with one event, as the line at the top of its `main.rs` does.
fn run(name: &str, event: &Value) -> Output {
    let mut command = Command::new(program(name));
    command
        .env_remove("AWS_LAMBDA_RUNTIME_API")
        .env_remove("RUST_BACKTRACE")
        .env("LAMBDA_EMULATOR_PORT", "0")
        .env("LAMBDA_EMULATOR_EVENT", event.to_string());
    command.output().unwrap()
}

/// What it answers, and what it logs.
fn answer(name: &str, event: &Value) -> (Value, String) {
    let output = run(name, event);
    let told = String::from_utf8(output.stdout).unwrap();
    let logged = told.clone() + &String::from_utf8_lossy(&output.stderr);
    let last = told.lines().last().unwrap_or_else(|| panic!("no answer: {logged}"));
    (serde_json::from_str(last).unwrap_or_else(|error| panic!("{error}: {told}")), logged)
}

fn failures(items: &[&str]) -> Value {
    let items: Vec<Value> = items.iter().map(|item| json!({ "itemIdentifier": item })).collect();
    json!({ "batchItemFailures": items })
}

fn sequence_number(record: &Value) -> &str {
    let number = record.pointer("/kinesis/sequenceNumber").or(record.pointer("/dynamodb/SequenceNumber"));
    number.and_then(Value::as_str).unwrap()
}

#[test]
fn of_a_queue_only_the_messages_that_failed_come_again_and_the_log_says_why() {
    let (answer, logged) = answer("sqs-batch", &event("sqs-batch/event.json"));
    assert_eq!(answer, failures(&["empty", "torn"]));
    for words in ["order 2 is of nothing", "placed order 1", "placed order 4", "torn"] {
        assert!(logged.contains(words), "{words} is not in {logged}");
    }
}

#[test]
fn of_a_fifo_queue_the_rest_of_the_group_waits_for_the_message_that_failed() {
    let (answer, logged) = answer("sqs-batch", &event("sqs-batch/fifo.json"));
    assert_eq!(answer, failures(&["ada-2", "ada-3"]));
    assert!(logged.contains("placed order 5") && !logged.contains("placed order 4"), "{logged}");
}

#[test]
fn of_a_shard_the_first_record_that_failed_is_where_lambda_goes_on() {
    let batch = event("kinesis-batch/event.json");
    let (answer, logged) = answer("kinesis-batch", &batch);
    assert_eq!(answer, failures(&[sequence_number(&batch["Records"][1])]));
    assert!(logged.contains("11.5 °C") && !logged.contains("11.4 °C"), "{logged}");
}

#[test]
fn of_a_table_the_first_change_that_failed_is_where_lambda_goes_on() {
    let batch = event("dynamodb-stream/event.json");
    let (answer, logged) = answer("dynamodb-stream", &batch);
    assert_eq!(answer, failures(&[sequence_number(&batch["Records"][2])]));
    for words in ["leave it at the door", "o-1: 7 became 9", "total"] {
        assert!(logged.contains(words), "{words} is not in {logged}");
    }
    assert!(!logged.contains("o-3"), "{logged}");
}

/// Without an answer that lists failures, an error is all that Lambda understands.
#[test]
fn a_batch_of_which_nothing_could_be_handled_is_an_error() {
    for (name, file, at) in [
        ("sqs-batch", "sqs-batch/event.json", 1),
        ("kinesis-batch", "kinesis-batch/event.json", 1),
        ("dynamodb-stream", "dynamodb-stream/event.json", 2),
    ] {
        let batch = event(file);
        let batch = json!({ "Records": [batch["Records"][at]] });
        let output = run(name, &batch);
        assert_eq!(output.status.code(), Some(1), "{name}");
        let (answer, _) = answer(name, &batch);
        let message = answer["errorMessage"].as_str().unwrap();
        assert!(message.contains("no record of the batch could be handled"), "{name}: {message}");
    }
}

#[test]
fn a_batch_of_which_all_was_handled_has_no_failures() {
    for (name, file) in [
        ("sqs-batch", "sqs-batch/event.json"),
        ("kinesis-batch", "kinesis-batch/event.json"),
        ("dynamodb-stream", "dynamodb-stream/event.json"),
    ] {
        let batch = event(file);
        let (answer, logged) = answer(name, &json!({ "Records": [batch["Records"][0]] }));
        assert_eq!(answer, failures(&[]), "{logged}");
    }
}
