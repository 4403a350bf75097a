mod epoch;
mod rfc3339;

pub use self::{
    epoch::{MillisecondTimestamp, SecondTimestamp},
    rfc3339::{Rfc3339Timestamp, TimestampError},
};

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The time so many nanoseconds after 1970, or before it. 1970 itself if the system cannot hold it.
fn system_time(nanos: i128) -> SystemTime {
    let distance = nanos.unsigned_abs();
    let secs = u64::try_from(distance / 1_000_000_000).unwrap_or(u64::MAX);
    let distance = Duration::new(secs, (distance % 1_000_000_000) as u32);
    let time = if nanos < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
    time.unwrap_or(UNIX_EPOCH)
}

/// Nanoseconds since 1970.
fn nanos(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    }
}
