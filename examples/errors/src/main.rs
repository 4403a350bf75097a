//! Ways to fail, and what callers are told.
//!
//! `LAMBDA_EMULATOR_EVENT='{"quantity": "many"}' cargo run -p errors`

use lambda_rt::{Diagnostic, Error, LambdaEvent, tracing};
use serde::Deserialize;

#[derive(Deserialize)]
struct Order {
    quantity: String,
}

/// An error type that chooses its own words.
enum OrderError {
    Empty,
    Other(Error),
}

impl From<OrderError> for Diagnostic {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::Empty => Diagnostic {
                error_type: "OrderEmpty".to_owned(),
                error_message: "an order needs a quantity above zero".to_owned(),
            },
            OrderError::Other(error) => error.into(),
        }
    }
}

async fn handler(event: LambdaEvent<Order>) -> Result<u32, OrderError> {
    let quantity = parse(&event.payload.quantity).map_err(OrderError::Other)?;
    if quantity == 0 {
        return Err(OrderError::Empty);
    }
    // A panic is the failure of one invocation; the next one is served.
    assert_ne!(quantity, 13, "thirteen is unlucky");
    Ok(quantity * 2)
}

/// Any error goes through `?` and keeps its type and its causes.
fn parse(quantity: &str) -> Result<u32, Error> {
    Ok(quantity.parse()?)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    lambda_rt::run(handler).await
}
