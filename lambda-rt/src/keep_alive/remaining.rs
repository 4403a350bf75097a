//! The time a request may take: what the running invocation has left.

use std::time::Duration;

use crate::context;

/// How long before the deadline a request is given up: early enough for the handler to say so before the runtime cancels it,
/// 100 ms before the deadline.
pub(crate) const MARGIN: Duration = Duration::from_millis(250);

/// The remaining time of the invocation that this task works for, less `margin`; `None` outside of one, and without a deadline.
pub(crate) fn remaining(margin: Duration) -> Option<Duration> {
    Some(context::of_thread()?.remaining_time()?.saturating_sub(margin))
}
