//! Decodes the same bytes with `aws_lambda_events` and with `lambda-events`, round by round in turns, and prints the medians.
//!
//! Each crate is measured as functions meet it: `lambda_runtime` decodes with `serde_json::from_slice`, which checks each string
//! by itself; `lambda-rt` checks the whole text once. A column more has ours by `from_slice`.
//!
//! With the arguments `<row> <theirs|ours|checked> <times>` it decodes one row so many times and does nothing else, for a tool that counts
//! instructions.

mod batches;

use std::{hint::black_box, time::Instant};

use serde::de::DeserializeOwned;

#[global_allocator]
static ALLOCATOR: counting::Counting = counting::Counting;

const ROUNDS: usize = 41;

/// Something that both crates decode.
struct Row {
    name: &'static str,
    text: fn() -> Vec<u8>,
    theirs: fn(&[u8]),
    ours: fn(&[u8]),
    /// As `lambda-rt` decodes: the text is checked once, as a whole.
    checked: fn(&[u8]),
}

fn row<T: DeserializeOwned, O: DeserializeOwned>(name: &'static str, text: fn() -> Vec<u8>) -> Row {
    Row { name, text, theirs: decode::<T>, ours: decode::<O>, checked: decode_checked::<O> }
}

fn rows() -> [Row; 7] {
    use aws_lambda_events as theirs;
    use lambda_events as ours;
    const REST: &str = include_str!("../../../lambda-events/tests/fixtures/apigw/rest-full.json");
    const HTTP: &str = include_str!("../../../lambda-events/tests/fixtures/apigw/v2-iam.json");
    type Http = ours::apigw::ApiGatewayV2httpRequest;
    type TheirHttp = theirs::apigw::ApiGatewayV2httpRequest;
    [
        row::<theirs::sqs::SqsEvent, ours::sqs::SqsEvent>("SQS, 10,000 messages", || batches::sqs(10_000)),
        row::<theirs::dynamodb::Event, ours::dynamodb::Event>("DynamoDB, 1,000 records", || {
            batches::dynamodb(1_000)
        }),
        row::<theirs::kinesis::KinesisEvent, ours::kinesis::KinesisEvent>("Kinesis, 500 records", || {
            batches::kinesis(500)
        }),
        row::<theirs::apigw::ApiGatewayProxyRequest, ours::apigw::ApiGatewayProxyRequest>(
            "API Gateway, REST",
            || compact(REST),
        ),
        row::<TheirHttp, Http>("API Gateway, HTTP, IAM", || compact(HTTP)),
        row::<TheirHttp, Http>("API Gateway, HTTP, of a browser", batches::browser),
        row::<TheirHttp, Http>("API Gateway, HTTP, IAM and mutual TLS", batches::signed),
    ]
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [at, side, times] = &arguments[..] {
        let row = &rows()[at.parse::<usize>().expect("the number of a row")];
        let decode = match side.as_str() {
            "theirs" => row.theirs,
            "ours" => row.ours,
            _ => row.checked,
        };
        let text = (row.text)();
        (0..times.parse().expect("how many times")).for_each(|_: u32| decode(&text));
        return;
    }
    println!(
        "| event | theirs in lambda_runtime | ours in lambda-rt | ratio | ours by from_slice | ratio | allocations, theirs | ours | ratio |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    rows().iter().for_each(compare);
}

/// As the service writes it: without white space between values.
fn compact(sample: &str) -> Vec<u8> {
    let sample: serde_json::Value = serde_json::from_str(sample).expect("a sample");
    sample.to_string().into_bytes()
}

fn compare(row: &Row) {
    let text = &(row.text)()[..];
    // A round is long enough to be measured.
    let repeat = (1_000_000 / text.len()).clamp(1, 1_000);
    let (mut theirs, mut ours, mut checked) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        theirs.push(round(row.theirs, text, repeat));
        ours.push(round(row.ours, text, repeat));
        checked.push(round(row.checked, text, repeat));
    }
    let (theirs, ours, checked) = (median(theirs), median(ours), median(checked));
    let (their_allocations, our_allocations) = (allocations(row.theirs, text), allocations(row.ours, text));
    println!(
        "| {} | {theirs:.1} us | {checked:.1} us | {:.2} | {ours:.1} us | {:.2} | {their_allocations} | {our_allocations} | {:.2} |",
        row.name,
        checked / theirs,
        ours / theirs,
        our_allocations as f64 / their_allocations as f64,
    );
}

/// Microseconds to decode once, and to drop.
fn round(decode: fn(&[u8]), text: &[u8], repeat: usize) -> f64 {
    let started = Instant::now();
    for _ in 0..repeat {
        decode(text);
    }
    started.elapsed().as_secs_f64() * 1e6 / repeat as f64
}

fn allocations(decode: fn(&[u8]), text: &[u8]) -> u64 {
    let before = counting::count();
    decode(text);
    counting::count() - before
}

fn decode<T: DeserializeOwned>(text: &[u8]) {
    let event: T = serde_json::from_slice(black_box(text)).expect("an event that both crates read");
    black_box(event);
}

fn decode_checked<T: DeserializeOwned>(text: &[u8]) {
    let text = std::str::from_utf8(black_box(text)).expect("an event is text");
    let event: T = serde_json::from_str(text).expect("an event that both crates read");
    black_box(event);
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
