//! What the runtime itself has to say.
//!
//! With a `tracing` subscriber it is an event of the target `lambda_rt`. Without one it still reaches the log stream, as
//! a line on stderr in the format Lambda asks for: a refusal that nobody can read is a refusal nobody can mend.

use std::fmt;

/// How loud a message is. Nothing quieter than a warning is written when no subscriber asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Error,
    Warn,
}

/// Logs an error, with the request it belongs to.
pub(crate) fn error(request_id: &str, message: fmt::Arguments<'_>) {
    say(Level::Error, request_id, message);
}

/// Logs a warning, with the request it belongs to; an empty id is none.
pub(crate) fn warn(request_id: &str, message: fmt::Arguments<'_>) {
    say(Level::Warn, request_id, message);
}

/// Logs what helps whoever asks for it, with a subscriber; without one it is not said.
pub(crate) fn debug(message: fmt::Arguments<'_>) {
    #[cfg(feature = "tracing")]
    tracing::debug!(target: "lambda_rt", "{message}");
    #[cfg(not(feature = "tracing"))]
    let _ = message;
}

fn say(level: Level, request_id: &str, message: fmt::Arguments<'_>) {
    #[cfg(feature = "tracing")]
    if tracing::dispatcher::has_been_set() {
        match level {
            Level::Error => tracing::error!(target: "lambda_rt", requestId = id(request_id), "{message}"),
            Level::Warn => tracing::warn!(target: "lambda_rt", requestId = id(request_id), "{message}"),
        }
        return;
    }
    let json = std::env::var("AWS_LAMBDA_LOG_FORMAT").is_ok_and(|format| format.eq_ignore_ascii_case("json"));
    write(&line(json, level, request_id, &message.to_string()));
}

/// `None` leaves the field out of the event.
#[cfg(feature = "tracing")]
fn id(request_id: &str) -> Option<&str> {
    Some(request_id).filter(|id| !id.is_empty())
}

/// One event is one line: a line break inside would make it several.
fn line(json: bool, level: Level, request_id: &str, message: &str) -> String {
    let level = match level {
        Level::Error => "ERROR",
        Level::Warn => "WARN",
    };
    let time = crate::timestamp::now();
    if json {
        let text = |text: &str| serde_json::Value::from(text).to_string();
        let id = match request_id {
            "" => String::new(),
            id => format!(r#","requestId":{}"#, text(id)),
        };
        return format!(
            "{{\"timestamp\":\"{time}\",\"level\":\"{level}\",\"message\":{}{id},\"target\":\"lambda_rt\"}}\n",
            text(message)
        );
    }
    let id = match request_id {
        "" => String::new(),
        id => format!(" requestId={id}"),
    };
    format!("{time} {level} lambda_rt: {}{id}\n", message.replace('\n', "\r"))
}

/// Writes a whole line at once; a closed stderr is not worth dying for.
pub(crate) fn write(line: &str) {
    use std::io::Write;
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_in_both_formats() {
        let text = line(false, Level::Warn, "id-1", "first\nsecond");
        assert!(text.ends_with("WARN lambda_rt: first\rsecond requestId=id-1\n"), "{text}");
        let json = line(true, Level::Error, "id-1", "first\n\"second\"");
        assert_eq!(json.matches('\n').count(), 1);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&json["level"], &json["requestId"]), (&"ERROR".into(), &"id-1".into()));
        assert_eq!(json["message"], "first\n\"second\"");
    }
}
