event! {
    /// A record that has to be tried again.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct BatchItemFailure {
        /// What the service knows the record by: the message id in SQS, the sequence number in streams. An empty one fails the
        /// whole batch.
        pub item_identifier: String,
    }
}

impl BatchItemFailure {
    /// The record that the service knows by `item_identifier` has to be tried again.
    pub fn new(item_identifier: impl Into<String>) -> Self {
        Self { item_identifier: item_identifier.into(), ..Self::default() }
    }
}

impl<T: Into<String>> From<T> for BatchItemFailure {
    fn from(item_identifier: T) -> Self {
        Self::new(item_identifier)
    }
}

event! {
    /// The records of a batch that have to be tried again.
    ///
    /// Lambda reads it only with `ReportBatchItemFailures` among the function response types of the event source mapping.
    /// Without, it takes every answer for a success.
    ///
    /// From SQS, the records that are not in it are deleted. From a stream, the one that comes first in the stream is where
    /// Lambda goes on: it and everything after it come again.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct BatchResponse {
        /// The records that failed. Empty if none did.
        pub batch_item_failures: Vec<BatchItemFailure>,
    }
}

impl BatchResponse {
    /// An answer by which every record was handled.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a record that failed: its message id in SQS, its sequence number in a stream.
    pub fn add_failure(&mut self, item_identifier: impl Into<String>) {
        self.batch_item_failures.push(BatchItemFailure::new(item_identifier));
    }

    /// Replaces the records that failed.
    pub fn set_failures<I, S>(&mut self, item_identifiers: I)
    where
        I: IntoIterator<Item = S>,
        S: Into<String>,
    {
        self.batch_item_failures = item_identifiers.into_iter().map(BatchItemFailure::new).collect();
    }
}

impl<S: Into<String>> FromIterator<S> for BatchResponse {
    fn from_iter<I: IntoIterator<Item = S>>(item_identifiers: I) -> Self {
        let mut response = Self::new();
        response.set_failures(item_identifiers);
        response
    }
}
