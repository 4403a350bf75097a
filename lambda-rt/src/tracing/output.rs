//! The subscriber: filter by Lambda's level, one line per event, in Lambda's format.

use std::io::Write as _;

use serde_json::Value;
use tracing::field::Visit;
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use super::fields::Fields;
use crate::timestamp;

/// Installs the subscriber described in the [module's documentation](crate::tracing), writing to stdout.
///
/// A subscriber that is already installed stays.
///
/// # Examples
///
/// ```
/// lambda_rt::tracing::init_default_subscriber();
/// ```
pub fn init_default_subscriber() {
    init_default_subscriber_with_writer(std::io::stdout);
}

/// Like [`init_default_subscriber`], writing to `writer`.
///
/// # Examples
///
/// ```
/// lambda_rt::tracing::init_default_subscriber_with_writer(std::io::stderr);
/// ```
pub fn init_default_subscriber_with_writer<W>(writer: W)
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let settings = Settings::read(&|name| std::env::var(name).ok());
    // Somebody else's subscriber was there first: it is theirs to keep.
    let _ = tracing::subscriber::set_global_default(settings.subscriber(writer));
}

/// What the environment asks for.
#[derive(Debug)]
struct Settings {
    json: bool,
    filter: Targets,
}

impl Settings {
    fn read(variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let json =
            variable("AWS_LAMBDA_LOG_FORMAT").is_some_and(|format| format.eq_ignore_ascii_case("json"));
        let level = variable("AWS_LAMBDA_LOG_LEVEL").as_deref().and_then(level);
        let filter = match level {
            Some(level) => Targets::new().with_default(level),
            None => variable("RUST_LOG")
                .filter(|directives| !directives.is_empty())
                .and_then(|directives| directives.parse().ok())
                .unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO)),
        };
        Self { json, filter }
    }

    fn subscriber<W>(self, writer: W) -> impl Subscriber + Send + Sync
    where
        W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
    {
        let lines = Lines { json: self.json, writer };
        tracing_subscriber::registry().with(lines.with_filter(self.filter))
    }
}

fn level(name: &str) -> Option<LevelFilter> {
    match name.to_ascii_uppercase().as_str() {
        "TRACE" => Some(LevelFilter::TRACE),
        "DEBUG" => Some(LevelFilter::DEBUG),
        "INFO" => Some(LevelFilter::INFO),
        "WARN" => Some(LevelFilter::WARN),
        "ERROR" | "FATAL" => Some(LevelFilter::ERROR),
        _ => None,
    }
}

/// Writes each event as one line, in one call.
struct Lines<W> {
    json: bool,
    writer: W,
}

impl<S, W> Layer<S> for Lines<W>
where
    S: Subscriber + for<'s> LookupSpan<'s>,
    W: for<'w> MakeWriter<'w> + 'static,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            let mut fields = Fields::default();
            attributes.record(&mut fields);
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            values.record(fields as &mut dyn Visit);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        if let Some(scope) = context.event_scope(event) {
            for span in scope {
                if let Some(outer) = span.extensions().get::<Fields>() {
                    outer.iter().for_each(|(name, value)| fields.add_outer(name, value));
                }
            }
        }
        let metadata = event.metadata();
        let line = match self.json {
            true => json_line(metadata.level(), metadata.target(), fields),
            false => text_line(metadata.level(), metadata.target(), fields),
        };
        // A log stream that is closed must not end the function.
        let _ = self.writer.make_writer_for(metadata).write_all(line.as_bytes());
    }
}

/// What a JSON line says of itself; a field of the user's with such a name is written with an underscore before it.
const RESERVED: [&str; 4] = ["timestamp", "level", "message", "target"];

fn json_line(level: &Level, target: &str, mut fields: Fields) -> String {
    let mut line = format!(r#"{{"timestamp":"{}","level":"{level}","message":"#, timestamp::now());
    line.push_str(&fields.take("message").unwrap_or_else(|| Value::from("")).to_string());
    if let Some(id) = fields.take("requestId") {
        line.push_str(r#","requestId":"#);
        line.push_str(&id.to_string());
    }
    line.push_str(r#","target":"#);
    line.push_str(&Value::from(target).to_string());
    for (name, value) in fields.iter() {
        line.push(',');
        let name = match RESERVED.contains(&name) {
            true => Value::from(format!("_{name}")),
            false => Value::from(name),
        };
        line.push_str(&name.to_string());
        line.push(':');
        line.push_str(&value.to_string());
    }
    line.push_str("}\n");
    line
}

fn text_line(level: &Level, target: &str, mut fields: Fields) -> String {
    let mut line = format!("{} {level} {target}:", timestamp::now());
    if let Some(message) = fields.take("message") {
        line.push(' ');
        line.push_str(&plain(&message));
    }
    for (name, value) in fields.iter() {
        line.push(' ');
        line.push_str(name);
        line.push('=');
        line.push_str(&plain(value));
    }
    // A line break would make two log events of one; managed runtimes write a carriage return instead.
    let mut line = line.replace('\n', "\r");
    line.push('\n');
    line
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(variables: &[(&str, &str)], act: impl FnOnce()) -> Vec<String> {
        let log = Log::default();
        let settings = Settings::read(&|name| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        });
        let writer = log.clone();
        tracing::subscriber::with_default(settings.subscriber(move || writer.clone()), act);
        let bytes = log.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn case_102_json_at_warn_prints_only_the_error_as_one_line() {
        let lines = logged(
            &[("AWS_LAMBDA_LOG_FORMAT", "json"), ("AWS_LAMBDA_LOG_LEVEL", "WARN"), ("RUST_LOG", "trace")],
            || {
                tracing::info_span!("outer").in_scope(|| {
                    let span = tracing::warn_span!(
                        "invocation",
                        requestId = "id-1",
                        tenantId = tracing::field::Empty
                    );
                    span.record("tenantId", "blue");
                    span.in_scope(|| {
                        tracing::info!("not this");
                        tracing::error!(orders = 3, level = "mine", "two\nlines");
                    });
                });
            },
        );
        assert_eq!(lines.len(), 1, "{lines:?}");
        let line: Value = serde_json::from_str(&lines[0]).unwrap();
        assert_eq!(line["level"], "ERROR");
        assert_eq!(line["message"], "two\nlines");
        assert_eq!(line["requestId"], "id-1");
        assert_eq!(line["tenantId"], "blue");
        assert_eq!((&line["orders"], &line["_level"]), (&3.into(), &"mine".into()));
        assert_eq!(line["timestamp"].as_str().unwrap().len(), "2026-01-01T00:00:00.000Z".len());
    }

    #[test]
    fn text_is_one_line_per_event_with_its_fields() {
        let lines = logged(&[], || tracing::info!(n = 1, text = "a b", "first\nsecond"));
        assert_eq!(lines.len(), 1);
        assert!(lines[0].contains("INFO lambda_rt::tracing::output"), "{lines:?}");
        assert!(lines[0].ends_with("first\rsecond n=1 text=a b"), "{lines:?}");
    }

    #[test]
    fn rust_log_counts_only_without_a_level_of_lambda() {
        let act = || {
            tracing::debug!(target: "noisy", "d");
            tracing::info!(target: "other", "i");
        };
        assert_eq!(logged(&[("RUST_LOG", "warn,noisy=debug")], act).len(), 1);
        assert_eq!(
            logged(&[("RUST_LOG", "warn,noisy=debug"), ("AWS_LAMBDA_LOG_LEVEL", "info")], act).len(),
            1
        );
        assert_eq!(logged(&[("AWS_LAMBDA_LOG_LEVEL", "nonsense")], act).len(), 1);
        assert_eq!(logged(&[("AWS_LAMBDA_LOG_LEVEL", "debug")], act).len(), 2);
    }
}
