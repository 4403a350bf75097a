//! State made once in `main` and borrowed by the handler: no `Arc`, no `static`, no `Clone`.
//!
//! `LAMBDA_EMULATOR_EVENT='"Ada"' cargo run -p shared-state`

use std::cell::Cell;

use lambda_rt::{Error, LambdaEvent};
use serde::Serialize;

/// What is expensive to make and is made before the first event: configuration, clients, caches.
struct Shop {
    greeting: String,
    visits: Cell<u64>,
}

#[derive(Serialize)]
struct Welcome {
    text: String,
    visit: u64,
}

impl Shop {
    async fn welcome(&self, name: &str) -> Result<Welcome, Error> {
        self.visits.set(self.visits.get() + 1);
        Ok(Welcome { text: format!("{}, {name}", self.greeting), visit: self.visits.get() })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let greeting = std::env::var("GREETING").unwrap_or_else(|_| "Welcome".to_owned());
    let shop = Shop { greeting, visits: Cell::new(0) };
    lambda_rt::run(async |event: LambdaEvent<String>| shop.welcome(&event.payload).await).await
}
