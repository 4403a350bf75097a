//! The [`tracing`](https://docs.rs/tracing) crate, and a subscriber that writes lines which Lambda collects as the extension's log.
//!
//! | Variable | Values | Unset |
//! |---|---|---|
//! | `AWS_LAMBDA_LOG_FORMAT` | `JSON` or `Text`, in any case | text |
//! | `AWS_LAMBDA_LOG_LEVEL` | `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`, `FATAL` (as `ERROR`) | `RUST_LOG` |
//! | `RUST_LOG` | targets and levels, such as `info,my_crate=debug` | `INFO` |
//!
//! # Examples
//!
//! ```
//! lambda_ext::tracing::init_default_subscriber();
//! lambda_ext::tracing::info!(secrets = 3, "ready");
//! ```

use ::tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, fmt};

pub use ::tracing::*;
pub use ::tracing_subscriber as subscriber;

/// Installs the subscriber described in the [module's documentation](crate::tracing), writing to stdout.
///
/// A subscriber that is already installed stays.
pub fn init_default_subscriber() {
    init_default_subscriber_with_writer(std::io::stdout);
}

/// Like [`init_default_subscriber`], writing to `writer`.
pub fn init_default_subscriber_with_writer<W>(writer: W)
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    // Somebody else's subscriber was there first: it is theirs to keep.
    let _ =
        ::tracing::subscriber::set_global_default(subscriber_for(&|name| std::env::var(name).ok(), writer));
}

fn subscriber_for<W>(variable: &dyn Fn(&str) -> Option<String>, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let json = variable("AWS_LAMBDA_LOG_FORMAT").is_some_and(|format| format.eq_ignore_ascii_case("json"));
    let lines = fmt::layer().with_ansi(false).with_writer(writer);
    let lines = match json {
        true => lines.json().flatten_event(true).with_current_span(false).boxed(),
        false => lines.boxed(),
    };
    tracing_subscriber::registry().with(lines.with_filter(filter(variable)))
}

fn filter(variable: &dyn Fn(&str) -> Option<String>) -> Targets {
    let level =
        variable("AWS_LAMBDA_LOG_LEVEL").and_then(|level| match level.to_ascii_uppercase().as_str() {
            "FATAL" => Some(LevelFilter::ERROR),
            level => level.parse().ok(),
        });
    let directives = || variable("RUST_LOG").filter(|directives| !directives.is_empty())?.parse().ok();
    level
        .map(|level: LevelFilter| Targets::new().with_default(level))
        .or_else(directives)
        .unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO))
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(variables: &[(&str, &str)]) -> Vec<String> {
        let log = Log::default();
        let variable =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let writer = log.clone();
        ::tracing::subscriber::with_default(subscriber_for(&variable, move || writer.clone()), || {
            debug!("details");
            error!(tries = 3, "it is down");
        });
        let bytes = log.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn json_lines_have_the_names_that_lambda_looks_for() {
        let lines = logged(&[("AWS_LAMBDA_LOG_FORMAT", "json")]);
        let [line] = &lines[..] else { panic!("{lines:?}") };
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(
            (&line["level"], &line["message"], &line["tries"]),
            (&"ERROR".into(), &"it is down".into(), &3.into())
        );
        assert!(line["timestamp"].as_str().is_some_and(|time| time.ends_with('Z')), "{line}");
    }

    #[test]
    fn lambdas_level_wins_over_rust_log_and_nonsense_is_info() {
        for (variables, lines) in [
            (&[][..], 1),
            (&[("RUST_LOG", "debug")], 2),
            (&[("RUST_LOG", "debug"), ("AWS_LAMBDA_LOG_LEVEL", "Fatal")], 1),
            (&[("AWS_LAMBDA_LOG_LEVEL", "DEBUG")], 2),
            (&[("AWS_LAMBDA_LOG_LEVEL", "loud")], 1),
        ] {
            assert_eq!(logged(variables).len(), lines, "{variables:?}");
        }
        assert!(logged(&[])[0].contains("ERROR lambda_ext::tracing::tests: it is down tries=3"));
    }
}
