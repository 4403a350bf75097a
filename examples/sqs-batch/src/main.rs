//! Messages of a queue, each of which succeeds or fails alone. Of a FIFO queue, the rest of a group waits for the one that failed.
//!
//! `LAMBDA_EMULATOR_EVENT="$(cat examples/sqs-batch/event.json)" cargo run -p sqs-batch`, and the same with `fifo.json`

use lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use lambda_rt::{Error, LambdaEvent, tracing};
use serde::Deserialize;

#[derive(Deserialize)]
struct Order {
    id: u32,
    quantity: u32,
}

/// The event source mapping has to ask for what this answers: `FunctionResponseTypes: [ReportBatchItemFailures]`.
async fn handler(event: LambdaEvent<SqsEvent>) -> Result<SqsBatchResponse, Error> {
    let messages = event.payload;
    // Four at a time, but of a group of a FIFO queue one after the other.
    messages.try_each_concurrent(4, async |message| place(&message.json()?).await).await
}

async fn place(order: &Order) -> Result<(), Error> {
    if order.quantity == 0 {
        return Err(format!("order {} is of nothing", order.id).into());
    }
    // Here is where a table or another service is written to, and awaited.
    tokio::task::yield_now().await;
    tracing::info!("placed order {}", order.id);
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    lambda_rt::run(handler).await
}
