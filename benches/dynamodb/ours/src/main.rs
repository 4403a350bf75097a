//! Looks a name up in a table, and answers how many microseconds the call took.

use std::time::Instant;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use lambda_rt::{Error, Init, LambdaEvent, Runtime};

async fn start(init: &Init) -> Result<Client, Error> {
    let aws = lambda_rt::aws::config(init).await;
    if init.env_or("PREWARM", true)? {
        init.prewarm_service("dynamodb");
    }
    Ok(Client::new(&aws))
}

async fn look_up(tables: &Client, event: LambdaEvent<String>) -> Result<u64, Error> {
    let began = Instant::now();
    let guest = AttributeValue::S(event.payload);
    let found = tables.get_item().table_name("guests").key("name", guest).send().await?;
    assert!(found.item().is_some());
    Ok(began.elapsed().as_micros() as u64)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    Runtime::init(start).run(look_up).await
}
