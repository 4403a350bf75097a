//! Counts visitors in a table of DynamoDB.
//!
//! `examples/dynamodb/run '"Ada"'`
//!
//! The script starts a local DynamoDB, `moto` from PyPI, which it fetches into `target/`, makes the table, sets what Lambda sets, and
//! runs this function once with the event it is given; without an event, until Ctrl-C.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use aws_sdk_dynamodb::{Client, error::DisplayErrorContext};
use lambda_rt::{Error, Init, LambdaEvent, Runtime, aws, tracing};
use serde::Serialize;

struct Book {
    tables: Client,
    table: String,
}

#[derive(Serialize)]
struct Welcome {
    text: String,
    visits: u64,
}

async fn start(init: &Init) -> Result<Book, Error> {
    let table = init.env("TABLE")?;
    // Region, credentials, endpoint and retries from the environment, connections that survive the freeze.
    let aws = aws::config(init).await;
    // DNS, TCP and TLS while the init goes on, so that the first call finds a connection.
    init.prewarm_service("dynamodb");
    Ok(Book { tables: Client::new(&aws), table })
}

async fn welcome(book: &Book, event: LambdaEvent<String>) -> Result<Welcome, Error> {
    let name = event.payload;
    let counted = book
        .tables
        .update_item()
        .table_name(&book.table)
        .key("name", AttributeValue::S(name.clone()))
        .update_expression("ADD visits :one")
        .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
        .return_values(ReturnValue::UpdatedNew)
        .send()
        .await
        .map_err(|error| format!("the visit of {name} was not counted: {}", DisplayErrorContext(error)))?;
    tracing::info!("{}", aws::connections());
    Ok(Welcome { text: format!("Welcome, {name}"), visits: visits(counted.attributes()) })
}

fn visits(attributes: Option<&HashMap<String, AttributeValue>>) -> u64 {
    let visits = attributes.and_then(|attributes| attributes.get("visits")?.as_n().ok()?.parse().ok());
    visits.unwrap_or_default()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    Runtime::init(start).run(welcome).await
}
