//! What Lambda is told about a failed invocation or a failed init: the error document and its two headers.

pub(crate) mod type_name;
mod xray;

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::error::Error;

/// Callers see the message in full up to this; the service refuses error documents over 1 MiB.
const LONGEST_MESSAGE: usize = 128 * 1024;
/// Servers refuse trailers of 16 KiB, and base64 makes four bytes of three.
#[cfg(feature = "streaming")]
const LONGEST_SHORT_DOCUMENT: usize = 8 * 1024;
/// A chain of causes longer than this is a cycle or a mistake.
const MOST_CAUSES: usize = 32;

/// A failed invocation on its way to the service.
///
/// Layers around the bytes-level service see it as their error. Every [`Diagnostic`] and every boxed error converts into
/// it, and it converts into a boxed error and back without loss, so that tower's own layers can stand in between.
///
/// # Examples
///
/// ```
/// use lambda_rt::{Diagnostic, Failure};
///
/// let failure = Failure::from(Diagnostic { error_type: "Busy".into(), error_message: "try again".into() });
/// assert_eq!(failure.category(), "Function.Busy");
/// assert_eq!(failure.to_string(), "Busy: try again");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    diagnostic: Diagnostic,
    category: Option<&'static str>,
    causes: Vec<Cause>,
    stack: Vec<String>,
}

/// One error of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cause {
    kind: String,
    message: String,
}

/// The document of `/error` and `/init/error`, by convention of every Lambda runtime.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    error_type: &'a str,
    error_message: &'a str,
    stack_trace: Vec<String>,
}

impl Failure {
    /// A failure the runtime itself found. `kind` is its legal category, such as `Runtime.UnmarshalError`, and its type.
    pub(crate) fn of_runtime(kind: &'static str, message: impl Into<String>) -> Self {
        let diagnostic = Diagnostic { error_type: kind.to_owned(), error_message: message.into() };
        Self { category: Some(kind), ..Self::from(diagnostic) }
    }

    /// A handler's own error, with its chain of causes where its type shows one.
    pub(crate) fn of_handler<E: Into<Diagnostic> + 'static>(error: E) -> Self {
        let causes = chain_of(&error);
        Self { causes, ..Self::from(error.into()) }
    }

    /// The same failure under another legal category.
    #[must_use]
    pub(crate) fn with_category(mut self, category: &'static str) -> Self {
        self.category = Some(category);
        self
    }

    #[must_use]
    pub(crate) fn with_stack(mut self, stack: Vec<String>) -> Self {
        self.stack = stack;
        self
    }

    /// What callers see.
    pub fn diagnostic(&self) -> &Diagnostic {
        &self.diagnostic
    }

    /// The category for Lambda's telemetry: `Runtime.` or `Function.` and letters, which is all that the service keeps.
    pub fn category(&self) -> String {
        match self.category {
            Some(category) => category.to_owned(),
            None => type_name::category(&self.diagnostic.error_type),
        }
    }

    /// The JSON document: type, message, and as the stack trace the causes and the frames that are known.
    pub(crate) fn document(&self) -> Vec<u8> {
        let mut stack_trace: Vec<String> =
            self.causes.iter().map(|cause| format!("caused by {}: {}", cause.kind, cause.message)).collect();
        stack_trace.extend_from_slice(&self.stack);
        let document = Document {
            error_type: &self.diagnostic.error_type,
            error_message: shortened(&self.diagnostic.error_message),
            stack_trace,
        };
        // Invariant: strings always encode; were that to change, the service still takes an empty document.
        serde_json::to_vec(&document).unwrap_or_default()
    }

    /// As [`document`](Self::document), short enough for a trailer.
    #[cfg(feature = "streaming")]
    pub(crate) fn short_document(&self) -> Vec<u8> {
        let whole = self.document();
        if whole.len() <= LONGEST_SHORT_DOCUMENT {
            return whole;
        }
        let Diagnostic { error_type, error_message } = &self.diagnostic;
        // Escaped, a byte takes six at most.
        let document = Document {
            error_type: cut(error_type, LONGEST_SHORT_DOCUMENT / 48),
            error_message: cut(error_message, LONGEST_SHORT_DOCUMENT / 8),
            stack_trace: Vec::new(),
        };
        serde_json::to_vec(&document).unwrap_or_default()
    }

    /// The X-Ray cause header, as ASCII text.
    pub(crate) fn xray_cause(&self) -> String {
        let own = (self.diagnostic.error_type.as_str(), self.diagnostic.error_message.as_str());
        let causes = self.causes.iter().map(|cause| (cause.kind.as_str(), cause.message.as_str()));
        xray::cause(std::iter::once(own).chain(causes))
    }
}

/// The message of `error` followed by those of its causes that it does not repeat, joined as `outer: inner`.
pub(crate) fn with_causes(error: &(dyn StdError + '_)) -> String {
    let mut message = error.to_string();
    let mut source = error.source();
    for _ in 0..MOST_CAUSES {
        let Some(cause) = source else { break };
        let text = cause.to_string();
        if !message.ends_with(&text) {
            message.push_str(": ");
            message.push_str(&text);
        }
        source = cause.source();
    }
    message
}

fn chain_of(error: &dyn Any) -> Vec<Cause> {
    let mut source = None;
    if let Some(error) = error.downcast_ref::<Error>() {
        source = error.source();
    }
    if let Some(error) = error.downcast_ref::<Box<dyn StdError>>() {
        source = error.source();
    }
    #[cfg(feature = "anyhow")]
    if let Some(error) = error.downcast_ref::<anyhow::Error>() {
        source = error.source();
    }
    #[cfg(feature = "eyre")]
    if let Some(error) = error.downcast_ref::<eyre::Report>() {
        source = error.source();
    }
    #[cfg(feature = "miette")]
    if let Some(error) = error.downcast_ref::<miette::Report>() {
        source = StdError::source(AsRef::<dyn StdError>::as_ref(error));
    }
    causes(source)
}

fn causes(mut source: Option<&(dyn StdError + 'static)>) -> Vec<Cause> {
    let mut causes = Vec::new();
    while let Some(cause) = source
        && causes.len() < MOST_CAUSES
    {
        causes.push(Cause {
            kind: type_name::of_dyn(cause),
            message: shortened(&cause.to_string()).to_owned(),
        });
        source = cause.source();
    }
    causes
}

/// At most [`LONGEST_MESSAGE`] bytes.
fn shortened(text: &str) -> &str {
    cut(text, LONGEST_MESSAGE)
}

/// At most `longest` bytes, cut between characters.
fn cut(text: &str, longest: usize) -> &str {
    let mut end = text.len().min(longest);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, category: None, causes: Vec::new(), stack: Vec::new() }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error.downcast::<Self>() {
            Ok(failure) => *failure,
            Err(error) => Self::of_handler(error),
        }
    }
}

impl From<std::convert::Infallible> for Failure {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.diagnostic.error_type, self.diagnostic.error_message)
    }
}

impl StdError for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct LoadFailed(std::num::ParseIntError);

    impl fmt::Display for LoadFailed {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the order could not be loaded")
        }
    }

    impl StdError for LoadFailed {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            Some(&self.0)
        }
    }

    fn load_failed() -> LoadFailed {
        LoadFailed("x".parse::<u8>().unwrap_err())
    }

    #[test]
    fn case_27_a_boxed_error_keeps_its_type_its_message_and_its_causes() {
        let local: Box<dyn StdError> = Box::new(load_failed());
        for failure in [Failure::of_handler(Error::from(load_failed())), Failure::of_handler(local)] {
            let document: serde_json::Value = serde_json::from_slice(&failure.document()).unwrap();
            assert_eq!(
                document,
                serde_json::json!({
                    "errorType": "LoadFailed",
                    "errorMessage": "the order could not be loaded: invalid digit found in string",
                    "stackTrace": ["caused by ParseIntError: invalid digit found in string"],
                })
            );
            assert_eq!(failure.category(), "Function.LoadFailed");
        }
    }

    #[test]
    fn a_failure_survives_the_way_through_a_boxed_error() {
        let failure = Failure::of_runtime("Runtime.UnmarshalError", "no");
        assert_eq!(Failure::from(Error::from(failure.clone())), failure);
    }

    #[test]
    fn a_message_of_megabytes_is_shortened_between_characters() {
        let failure =
            Failure::from(Diagnostic { error_type: "T".into(), error_message: "ü".repeat(1 << 20) });
        let document = failure.document();
        assert!(
            document.len() < 2 * LONGEST_MESSAGE
                && serde_json::from_slice::<serde_json::Value>(&document).is_ok()
        );
        assert!(failure.xray_cause().len() < 16 * 1024);
        #[cfg(feature = "streaming")]
        for character in ["ü", "\u{1}"] {
            let text = character.repeat(1 << 20);
            let failure = Failure::from(Diagnostic { error_type: text.clone(), error_message: text });
            let document = failure.short_document();
            assert!(document.len() <= LONGEST_SHORT_DOCUMENT);
            assert!(serde_json::from_slice::<serde_json::Value>(&document).is_ok());
        }
    }

    #[cfg(feature = "anyhow")]
    #[test]
    fn an_anyhow_error_shows_its_context_and_its_cause() {
        let error = anyhow::Error::from(load_failed()).context("while serving");
        let failure = Failure::of_handler(error);
        assert_eq!(
            failure.diagnostic().error_message,
            "while serving: the order could not be loaded: invalid digit found in string"
        );
        assert_eq!(failure.causes.len(), 2);
    }
}
