//! Handling the records of a batch one by one, so that one that fails does not fail the others.

mod concurrent;
mod guard;
mod response;

pub use self::response::{BatchItemFailure, BatchResponse};
pub(crate) use self::{concurrent::at_most, guard::attempt};

use std::{error, fmt};

use crate::Error;

/// A record that failed, and why.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RecordFailure {
    record: String,
    reason: Reason,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Reason {
    Error(String),
    Panic(String),
    Skipped,
}

impl RecordFailure {
    pub(crate) fn new(record: &str, reason: Reason) -> Self {
        #[cfg(feature = "tracing")]
        tracing::error!(record, error = %reason, "a record of the batch failed");
        Self { record: record.to_owned(), reason }
    }

    /// What the service knows the record by.
    pub fn record(&self) -> &str {
        &self.record
    }

    /// The function panicked.
    pub fn is_panic(&self) -> bool {
        matches!(self.reason, Reason::Panic(_))
    }

    /// The function was not called: a record failed that had to come first.
    pub fn is_skipped(&self) -> bool {
        self.reason == Reason::Skipped
    }
}

impl fmt::Display for RecordFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.record, self.reason)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(text) => f.write_str(text),
            Self::Panic(text) => write!(f, "panicked: {text}"),
            Self::Skipped => f.write_str("not tried, because one that comes first failed"),
        }
    }
}

/// Nothing of a batch could be handled. Answering with this error instead of a list of failures makes it count as an error of
/// the function, and keeps the records where no list was asked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BatchError {
    failures: Vec<RecordFailure>,
}

impl BatchError {
    pub(crate) fn new(failures: Vec<RecordFailure>) -> Self {
        Self { failures }
    }

    /// Finds this error behind the one that `try_each` returns.
    pub fn of<'a>(error: &'a (dyn error::Error + 'static)) -> Option<&'a Self> {
        error.downcast_ref()
    }

    /// The records, in the order of the event.
    pub fn failures(&self) -> &[RecordFailure] {
        &self.failures
    }
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no record of the batch could be handled: {} failed", self.failures.len())?;
        self.failures.first().map_or(Ok(()), |first| write!(f, ", first {first}"))
    }
}

impl error::Error for BatchError {}

/// The failures among `total` records, unless there is nothing else.
pub(crate) fn failed_of(total: usize, failures: Vec<RecordFailure>) -> Result<BatchResponse, Error> {
    if total > 0 && failures.len() == total {
        return Err(BatchError { failures }.into());
    }
    Ok(failures.into_iter().map(|failure| failure.record).collect())
}

/// Handles the records of one shard in their order. The first failure ends it: what comes after has to wait for it.
pub(crate) async fn until_failure<T, E: fmt::Display>(
    records: &[T],
    id: impl Fn(&T) -> String,
    mut handle: impl AsyncFnMut(&T) -> Result<(), E>,
) -> Result<BatchResponse, Error> {
    for (at, record) in records.iter().enumerate() {
        let Err(reason) = attempt(|| handle(record)).await else { continue };
        let failure = RecordFailure::new(&id(record), reason);
        if at == 0 {
            return Err(BatchError { failures: vec![failure] }.into());
        }
        return Ok([failure.record].into_iter().collect());
    }
    Ok(BatchResponse::new())
}
