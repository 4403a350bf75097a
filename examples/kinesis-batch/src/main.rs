//! Records of a shard, in their order: the first that fails ends the batch, and Lambda goes on with it.
//!
//! `LAMBDA_EMULATOR_EVENT="$(cat examples/kinesis-batch/event.json)" cargo run -p kinesis-batch`

use lambda_events::{BatchResponse, kinesis::KinesisEvent};
use lambda_rt::{Error, LambdaEvent, tracing};
use serde::Deserialize;

#[derive(Deserialize)]
struct Reading {
    sensor: String,
    celsius: f64,
}

/// The event source mapping has to ask for what this answers: `FunctionResponseTypes: [ReportBatchItemFailures]`.
async fn handler(event: LambdaEvent<KinesisEvent>) -> Result<BatchResponse, Error> {
    let batch = event.payload;
    batch
        .try_each(async |record| {
            let reading: Reading = record.data_json()?;
            tracing::info!("{}: {} °C", reading.sensor, reading.celsius);
            Ok::<_, Error>(())
        })
        .await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    lambda_rt::run(handler).await
}
