//! What a function gathers over many events is not lost at its end: hooks run between SIGTERM, or Ctrl-C here, and the end.
//!
//! `cargo run -p graceful-shutdown`, then `curl` as it says, a few times, then Ctrl-C

use std::cell::RefCell;

use lambda_rt::{Error, LambdaEvent, Runtime, tracing};

#[derive(Default)]
struct Orders {
    unsent: RefCell<Vec<String>>,
}

impl Orders {
    /// Every third order sends what has gathered.
    async fn take(&self, order: String) -> Result<usize, Error> {
        self.unsent.borrow_mut().push(order);
        if self.unsent.borrow().len() == 3 {
            self.send().await?;
        }
        Ok(self.unsent.borrow().len())
    }

    async fn send(&self) -> Result<(), Error> {
        let orders = self.unsent.take();
        tracing::info!("sent {}: {}", orders.len(), orders.join(", "));
        Ok(())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    Runtime::init(async |_| Ok(Orders::default()))
        .on_shutdown(async |orders: &Orders, shutdown| {
            tracing::info!("{:?}: {:?} are left", shutdown.reason(), shutdown.remaining_time());
            orders.send().await
        })
        .run(async |orders: &Orders, event: LambdaEvent<String>| orders.take(event.payload).await)
        .await
}
