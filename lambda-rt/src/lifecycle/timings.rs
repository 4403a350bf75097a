//! When the phases of an environment began.

use std::fmt;
use std::time::{Duration, SystemTime};

/// When the process, its init, and its first poll began, by the wall clock.
///
/// # Examples
///
/// ```
/// # fn start(init: &lambda_rt::Init) {
/// let timings = init.timings();
/// // What the kernel and the linker took before `main` reached the runtime.
/// let before = timings.init_started.duration_since(timings.process_started);
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timings {
    /// When the kernel started the process, to a hundredth of a second; where it does not say, as `init_started`.
    pub process_started: SystemTime,
    /// When the runtime was asked to run.
    pub init_started: SystemTime,
    /// When it first asked for an event, which ends the Init phase; `None` before.
    pub first_poll: Option<SystemTime>,
}

impl Timings {
    /// Looks at the clock, and at what the kernel says of the process.
    pub(super) fn now() -> Self {
        let init_started = SystemTime::now();
        let process_started = age().and_then(|age| init_started.checked_sub(age)).unwrap_or(init_started);
        Self { process_started, init_started, first_poll: None }
    }
}

impl fmt::Display for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let after = |later: SystemTime, earlier| {
            later.duration_since(earlier).unwrap_or_default().as_secs_f64() * 1e3
        };
        write!(
            f,
            "the init began {:.1} ms after the process",
            after(self.init_started, self.process_started)
        )?;
        match self.first_poll {
            Some(polled) => {
                write!(f, " and took {:.1} ms until the first poll", after(polled, self.init_started))
            }
            None => Ok(()),
        }
    }
}

/// How long ago the kernel started this process, by a clock that counts while the machine sleeps.
///
/// Source: proc(5): the 22nd field of `/proc/self/stat` is in ticks since boot, of which Linux shows a hundred a second to
/// every program, and `/proc/uptime` begins with seconds since boot.
fn age() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let uptime = std::fs::read_to_string("/proc/uptime").ok()?;
    since_start(&stat, &uptime)
}

fn since_start(stat: &str, uptime: &str) -> Option<Duration> {
    // The second field is the name of the program, which may contain spaces and brackets itself.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: u64 = fields.split_ascii_whitespace().nth(19)?.parse().ok()?;
    let uptime: f64 = uptime.split_ascii_whitespace().next()?.parse().ok()?;
    let uptime = Duration::try_from_secs_f64(uptime).ok()?;
    Some(uptime.saturating_sub(Duration::from_millis(ticks.checked_mul(10)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_age_is_uptime_less_the_start_in_ticks() {
        let stat = "7 (a (b) c) S 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 12345 0 0\n";
        assert_eq!(since_start(stat, "125.50 80.00\n"), Some(Duration::from_millis(2050)));
        for garbage in ["", "7 (x", "7 (x) S", "7 (x) S 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 nine"] {
            assert_eq!(since_start(garbage, "1 1"), None, "{garbage}");
        }
        assert_eq!(since_start(stat, "soon"), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_started_before_now_and_not_long_ago() {
        let timings = Timings::now();
        let age = timings.init_started.duration_since(timings.process_started).unwrap();
        assert!(age > Duration::ZERO && age < Duration::from_secs(3600), "{age:?}");
    }
}
