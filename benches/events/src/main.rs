//! Decodes the same batches with `aws_lambda_events` and with `lambda-events`, round by round in turns, and prints the medians.

mod batches;

use std::{hint::black_box, time::Instant};

use serde::de::DeserializeOwned;

#[global_allocator]
static ALLOCATOR: counting::Counting = counting::Counting;

const ROUNDS: usize = 41;

fn main() {
    println!("| event | time, theirs | ours | ratio | allocations, theirs | ours | ratio |");
    println!("|---|---|---|---|---|---|---|");
    compare::<aws_lambda_events::sqs::SqsEvent, lambda_events::sqs::SqsEvent>(
        "SQS, 10,000 messages",
        &batches::sqs(10_000),
    );
    compare::<aws_lambda_events::dynamodb::Event, lambda_events::dynamodb::Event>(
        "DynamoDB, 1,000 records",
        &batches::dynamodb(1_000),
    );
    compare::<aws_lambda_events::kinesis::KinesisEvent, lambda_events::kinesis::KinesisEvent>(
        "Kinesis, 500 records",
        &batches::kinesis(500),
    );
    compare::<aws_lambda_events::apigw::ApiGatewayProxyRequest, lambda_events::apigw::ApiGatewayProxyRequest>(
        "API Gateway, REST",
        &compact(include_str!("../../../lambda-events/tests/fixtures/apigw/sam-aws-proxy.json")),
    );
    compare::<aws_lambda_events::apigw::ApiGatewayV2httpRequest, lambda_events::apigw::ApiGatewayV2httpRequest>(
        "API Gateway, HTTP, IAM and mutual TLS",
        &compact(include_str!("../../../lambda-events/tests/fixtures/apigw/go-v2-request-iam.json")),
    );
    compare::<aws_lambda_events::apigw::ApiGatewayV2httpRequest, lambda_events::apigw::ApiGatewayV2httpRequest>(
        "API Gateway, HTTP, of a browser",
        &batches::browser(),
    );
}

/// As the service writes it: without white space between values.
fn compact(sample: &str) -> Vec<u8> {
    let sample: serde_json::Value = serde_json::from_str(sample).expect("a sample");
    sample.to_string().into_bytes()
}

fn compare<T: DeserializeOwned, O: DeserializeOwned>(name: &str, text: &[u8]) {
    // A round is long enough to be measured.
    let repeat = (1_000_000 / text.len()).clamp(1, 1_000);
    let (mut theirs, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        theirs.push(round::<T>(text, repeat));
        ours.push(round::<O>(text, repeat));
    }
    let (theirs, ours) = (median(theirs), median(ours));
    let (their_allocations, our_allocations) = (allocations::<T>(text), allocations::<O>(text));
    println!(
        "| {name} | {theirs:.1} us | {ours:.1} us | {:.2} | {their_allocations} | {our_allocations} | {:.2} |",
        ours / theirs,
        our_allocations as f64 / their_allocations as f64,
    );
}

/// Microseconds to decode once, and to drop.
fn round<T: DeserializeOwned>(text: &[u8], repeat: usize) -> f64 {
    let started = Instant::now();
    for _ in 0..repeat {
        black_box(decode::<T>(black_box(text)));
    }
    started.elapsed().as_secs_f64() * 1e6 / repeat as f64
}

fn allocations<T: DeserializeOwned>(text: &[u8]) -> u64 {
    let before = counting::count();
    black_box(decode::<T>(text));
    counting::count() - before
}

fn decode<T: DeserializeOwned>(text: &[u8]) -> T {
    serde_json::from_slice(text).expect("an event that both crates read")
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
