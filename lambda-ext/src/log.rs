//! What the crate itself has to say: warnings, as events of `tracing` where a subscriber listens, else as lines on stderr,
//! which Lambda collects as the extension's log.

use std::fmt;

/// Logs a warning.
pub(crate) fn warn(message: fmt::Arguments<'_>) {
    #[cfg(feature = "tracing")]
    if tracing::dispatcher::has_been_set() {
        tracing::warn!(target: "lambda_ext", "{message}");
        return;
    }
    write(&line(&message.to_string()));
}

/// One warning is one line: a line break inside would make it several records.
fn line(message: &str) -> String {
    format!("WARN lambda_ext: {}\n", message.replace('\n', "\r"))
}

/// Writes a whole line at once; a closed stderr is not worth dying for.
fn write(line: &str) {
    use std::io::Write;
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_is_one_line() {
        assert_eq!(line("first\nsecond"), "WARN lambda_ext: first\rsecond\n");
    }
}
