//! Looks a name up in a table, and answers how many microseconds the call took.

use std::time::Instant;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

async fn look_up(tables: &Client, event: LambdaEvent<String>) -> Result<u64, Error> {
    let began = Instant::now();
    let guest = AttributeValue::S(event.payload);
    let found = tables.get_item().table_name("guests").key("name", guest).send().await?;
    assert!(found.item().is_some());
    Ok(began.elapsed().as_micros() as u64)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let aws = aws_config::load_from_env().await;
    let tables = &Client::new(&aws);
    run(service_fn(|event| look_up(tables, event))).await
}
