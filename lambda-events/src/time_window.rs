//! Tumbling windows: batches of a stream that share a state.
//!
//! With a window of up to 15 minutes in the event source mapping, each invocation gets the state that the one before it returned,
//! until the window is over.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html>

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    BatchItemFailure,
    encodings::{Map, Rfc3339Timestamp},
};

event! {
    /// From when to when records belong together.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct Window {
        /// The start, RFC 3339, included.
        pub start: Rfc3339Timestamp,
        /// The end, RFC 3339, excluded.
        pub end: Rfc3339Timestamp,
    }

    /// What an invocation in a window answers: the state for the next one, and what failed.
    #[serde(rename_all = "camelCase", bound(serialize = "S: Serialize", deserialize = "S: DeserializeOwned + Default"))]
    pub struct TimeWindowEventResponse<S = Map<Value>> {
        /// The state for the next invocation of this window, up to 1 MB of JSON. The last one of a window need not have any.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub state: S,
        /// The records that failed, by their sequence numbers. Empty if none did.
        pub batch_item_failures: Vec<BatchItemFailure>,
    }
}

impl<S> TimeWindowEventResponse<S> {
    /// Every record was handled, and the next invocation gets `state`.
    pub fn new(state: S) -> Self {
        Self {
            state,
            batch_item_failures: Vec::new(),
            #[cfg(feature = "catch-all-fields")]
            other: serde_json::Map::new(),
        }
    }

    /// Adds a record that failed, by its sequence number.
    pub fn add_failure(&mut self, sequence_number: impl Into<String>) {
        self.batch_item_failures.push(BatchItemFailure::new(sequence_number));
    }
}
