//! Changes of a table, with items that are types of your own: the first change that fails ends the batch, and Lambda goes on with it.
//!
//! `LAMBDA_EMULATOR_EVENT="$(cat examples/dynamodb-stream/event.json)" cargo run -p dynamodb-stream`

use lambda_events::{
    BatchResponse,
    dynamodb::{Event, EventRecord},
};
use lambda_rt::{Error, LambdaEvent, tracing};
use serde::Deserialize;

#[derive(Deserialize)]
struct Order {
    id: String,
    total: f64,
    notes: Option<String>,
}

/// The event source mapping has to ask for what this answers: `FunctionResponseTypes: [ReportBatchItemFailures]`.
async fn handler(event: LambdaEvent<Event>) -> Result<BatchResponse, Error> {
    event.payload.try_each(async |record| told(record)).await
}

fn told(record: &EventRecord) -> Result<(), Error> {
    if record.is_expired() {
        tracing::info!("an order was kept for long enough");
        return Ok(());
    }
    let (before, after) = (record.old_item::<Order>()?, record.new_item::<Order>()?);
    match (before, after) {
        (None, Some(order)) => {
            tracing::info!("{} is new: {}", order.id, order.notes.as_deref().unwrap_or("no notes"));
        }
        (Some(before), Some(after)) => {
            tracing::info!("{}: {} became {}", after.id, before.total, after.total)
        }
        (Some(order), None) => tracing::info!("{} is gone", order.id),
        (None, None) => {
            return Err("the stream has no images; its view type has to be NEW_AND_OLD_IMAGES".into());
        }
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    lambda_rt::run(handler).await
}
