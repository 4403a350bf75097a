//! SnapStart: many environments are restored from one snapshot of this process, and must not share what ought to be unique.
//!
//! `LAMBDA_EMULATOR_SNAPSTART=true LAMBDA_EMULATOR_EVENT='"Ada"' cargo run -p snapstart`
//!
//! In Lambda it is for functions in container images, whose published versions have SnapStart switched on.

use std::cell::{Cell, RefCell};
use std::hash::{BuildHasher, RandomState};

use lambda_rt::{Error, LambdaEvent, Runtime, tracing};

struct Tickets {
    /// Took long to make, is the same for all, and is why one wants a snapshot.
    catalogue: Vec<String>,
    /// Must differ from environment to environment.
    seed: Cell<u64>,
    /// Must not outlive the snapshot: none of its peers will know of it.
    connection: RefCell<Option<String>>,
}

impl Tickets {
    async fn disconnect(&self) {
        self.connection.take();
        tracing::info!("ready for a snapshot");
    }

    async fn reconnect(&self) -> Result<(), Error> {
        self.seed.set(RandomState::new().hash_one(std::process::id()));
        self.connection.replace(Some("a new connection".to_owned()));
        tracing::info!("restored, with a seed of its own");
        Ok(())
    }

    fn draw(&self, name: &str) -> String {
        let seed = self.seed.get();
        self.seed.set(seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
        format!("{name} drew {}", self.catalogue[(seed >> 33) as usize % self.catalogue.len()])
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    Runtime::init(async |_| {
        let catalogue = (1..=1000).map(|number| format!("ticket {number}")).collect();
        Ok(Tickets { catalogue, seed: Cell::new(1), connection: RefCell::default() })
    })
    .before_snapshot(async |tickets: &Tickets| tickets.disconnect().await)
    .after_restore(async |tickets: &Tickets| tickets.reconnect().await)
    .run(async |tickets: &Tickets, event: LambdaEvent<String>| Ok::<_, Error>(tickets.draw(&event.payload)))
    .await
}
