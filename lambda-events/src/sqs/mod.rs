//! Amazon SQS: batches of messages, polled from a queue.
//!
//! Lambda deletes the messages that were handled. An error puts all of them back; with `ReportBatchItemFailures` in the
//! event source mapping, [`SqsBatchResponse`] says which. [`SqsEvent::try_each`] makes one.
//!
//! ```
//! use lambda_events::{Error, sqs::{SqsBatchResponse, SqsEvent}};
//!
//! async fn handle(event: SqsEvent) -> Result<SqsBatchResponse, Error> {
//!     event.try_each(async |message| Ok::<_, Error>(println!("{}", message.body))).await
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>

mod api;
mod attributes;
mod batch;

pub use self::{
    api::{SqsApiEvent, SqsApiEventObj, SqsApiMessage, SqsApiMessageObj},
    attributes::SqsMessageAttributes,
};
pub use crate::batch::{BatchItemFailure, BatchResponse as SqsBatchResponse};

use serde::de::DeserializeOwned;

use crate::{
    PayloadError,
    encodings::{Base64Data, Embedded, Map, Text},
};

event! {
    /// A batch of messages.
    #[serde(rename_all = "camelCase")]
    pub struct SqsEvent {
        /// The messages, 1 to 10,000. Of a FIFO queue, those of one group are in their order.
        #[serde(rename = "Records")]
        required pub records: Vec<SqsMessage>,
    }

    /// A message of a batch.
    #[serde(rename_all = "camelCase")]
    pub struct SqsMessage {
        /// A UUID that SQS gave the message.
        pub message_id: String,
        /// Identifies this receipt of the message, for deleting it or changing its visibility.
        pub receipt_handle: String,
        /// What the sender wrote, up to 1 MiB of text.
        pub body: String,
        /// What SQS says about the message: how often and when it was received, who sent it.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub attributes: SqsMessageAttributes,
        /// What the sender said about the message, by name.
        pub message_attributes: Map<SqsMessageAttribute>,
        /// MD5 of the body, in hexadecimal.
        #[serde(rename = "md5OfBody")]
        pub md5_of_body: String,
        /// MD5 of the message attributes, in hexadecimal. Absent without message attributes.
        #[serde(rename = "md5OfMessageAttributes")]
        pub md5_of_message_attributes: Option<String>,
        /// `aws:sqs`.
        pub event_source: Text,
        /// ARN of the queue. Ends in `.fifo` if it is a FIFO queue.
        #[serde(rename = "eventSourceARN")]
        pub event_source_arn: String,
        /// Region of the queue: `us-east-1`.
        pub aws_region: Text,
    }

    /// An [`SqsEvent`] whose bodies are JSON of a `T`.
    ///
    /// A body that does not decode leaves the event readable: its message says so when asked.
    #[serde(rename_all = "camelCase", bound(deserialize = "T: DeserializeOwned"))]
    pub struct SqsEventObj<T> {
        /// The messages, 1 to 10,000. Of a FIFO queue, those of one group are in their order.
        #[serde(rename = "Records")]
        required pub records: Vec<SqsMessageObj<T>>,
    }

    /// An [`SqsMessage`] whose body is JSON of a `T`.
    #[serde(rename_all = "camelCase", bound(deserialize = "T: DeserializeOwned"))]
    pub struct SqsMessageObj<T> {
        /// A UUID that SQS gave the message.
        pub message_id: String,
        /// Identifies this receipt of the message, for deleting it or changing its visibility.
        pub receipt_handle: String,
        /// What the sender wrote.
        pub body: Embedded<T>,
        /// What SQS says about the message: how often and when it was received, who sent it.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub attributes: SqsMessageAttributes,
        /// What the sender said about the message, by name.
        pub message_attributes: Map<SqsMessageAttribute>,
        /// MD5 of the body, in hexadecimal.
        #[serde(rename = "md5OfBody")]
        pub md5_of_body: String,
        /// MD5 of the message attributes, in hexadecimal. Absent without message attributes.
        #[serde(rename = "md5OfMessageAttributes")]
        pub md5_of_message_attributes: Option<String>,
        /// `aws:sqs`.
        pub event_source: Text,
        /// ARN of the queue. Ends in `.fifo` if it is a FIFO queue.
        #[serde(rename = "eventSourceARN")]
        pub event_source_arn: String,
        /// Region of the queue: `us-east-1`.
        pub aws_region: Text,
    }

    /// A value that the sender attached to a message.
    #[serde(rename_all = "camelCase")]
    pub struct SqsMessageAttribute {
        /// The value, of the types `String` and `Number`. A number is in decimal.
        pub string_value: Option<String>,
        /// The value, of the type `Binary`: base64.
        pub binary_value: Option<Base64Data>,
        /// Reserved by SQS. Empty where it is sent at all.
        pub string_list_values: Option<Vec<String>>,
        /// Reserved by SQS. Empty where it is sent at all.
        pub binary_list_values: Option<Vec<Base64Data>>,
        /// `String`, `Number` or `Binary`, maybe followed by a dot and a name of the sender's own.
        pub data_type: Text,
    }
}

impl SqsMessage {
    /// What the body says in JSON.
    ///
    /// # Errors
    ///
    /// Fails if it is not the JSON of a `T`: [`PayloadError::is_json`]. The error names the message.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, PayloadError> {
        serde_json::from_str(&self.body)
            .map_err(|error| PayloadError::json(error).in_record(&self.message_id))
    }

    /// Whether the queue is a FIFO queue.
    pub fn is_fifo(&self) -> bool {
        self.event_source_arn.ends_with(".fifo")
    }
}

impl<T> SqsMessageObj<T> {
    /// What the body says.
    ///
    /// # Errors
    ///
    /// Fails if it was not the JSON of a `T`: [`PayloadError::is_json`]. The error names the message.
    pub fn payload(&self) -> Result<&T, PayloadError> {
        self.body.get().map_err(|error| error.in_record(&self.message_id))
    }

    /// Whether the queue is a FIFO queue.
    pub fn is_fifo(&self) -> bool {
        self.event_source_arn.ends_with(".fifo")
    }
}
