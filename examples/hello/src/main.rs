//! The smallest function: a typed event in, a typed answer out.
//!
//! `LAMBDA_EMULATOR_EVENT='{"name": "world"}' cargo run -p hello`

use lambda_rt::{Error, LambdaEvent};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Person {
    name: String,
}

#[derive(Serialize)]
struct Greeting {
    message: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    lambda_rt::run(async |event: LambdaEvent<Person>| {
        Ok::<_, Error>(Greeting { message: format!("Hello, {}!", event.payload.name) })
    })
    .await
}
