//! Ends what an SDK client waits for with the invocation it waits in.

use std::time::Duration;

use aws_smithy_async::rt::sleep::{self, AsyncSleep, TokioSleep};

use crate::keep_alive::remaining;

/// Sleeps, and never longer than the invocation lasts. The SDK waits with it between retries, and measures its timeouts with it.
#[derive(Debug)]
pub(super) struct Sleep {
    margin: Duration,
}

impl Sleep {
    pub(super) fn new(margin: Duration) -> Self {
        Self { margin }
    }
}

impl AsyncSleep for Sleep {
    fn sleep(&self, duration: Duration) -> sleep::Sleep {
        let allowed = remaining(self.margin).map_or(duration, |remaining| remaining.min(duration));
        TokioSleep::new().sleep(allowed)
    }
}
