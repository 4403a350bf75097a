//! Amazon MQ for ActiveMQ: batches of messages, polled from a queue. An error makes Lambda send the batch again; what the
//! function returns is ignored.
//!
//! ```
//! use lambda_events::{Error, activemq::ActiveMqEvent};
//!
//! async fn handle(event: ActiveMqEvent) -> Result<(), Error> {
//!     for message in &event.messages {
//!         println!("{}: {}", message.message_id, message.text()?);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html>

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    PayloadError,
    encodings::{Base64Data, Map, MillisecondTimestamp, Text},
};

event! {
    /// A batch of messages.
    #[serde(rename_all = "camelCase")]
    pub struct ActiveMqEvent {
        /// `aws:mq`.
        pub event_source: Text,
        /// ARN of the broker.
        pub event_source_arn: String,
        /// The messages, 1 to 10,000.
        required pub messages: Vec<ActiveMqMessage>,
    }

    /// A message of a batch.
    #[serde(rename_all = "camelCase")]
    pub struct ActiveMqMessage {
        /// What ActiveMQ knows it by: `ID:` and so on.
        #[serde(rename = "messageID")]
        pub message_id: String,
        /// `jms/text-message` or `jms/bytes-message`.
        pub message_type: Text,
        /// When it was sent, in milliseconds.
        pub timestamp: MillisecondTimestamp,
        /// 1 if it may be lost when the broker fails, 2 if not. Absent in old samples.
        pub delivery_mode: Option<i64>,
        /// What the sender ties it to another one by. Absent or empty if that is nothing.
        #[serde(rename = "correlationID", alias = "correlationId")]
        pub correlation_id: Option<String>,
        /// The connection that it came over. Only in old samples.
        pub connection_id: Option<String>,
        /// Where an answer should go; the service writes nothing as `null` in a string. Absent in some events.
        pub reply_to: Option<String>,
        /// The queue.
        pub destination: ActiveMqDestination,
        /// Whether it was received before and not acknowledged. `false` in old samples, which do not say.
        #[serde(default)]
        pub redelivered: bool,
        /// What the sender calls its kind. Absent or empty if that is nothing.
        #[serde(rename = "type")]
        pub type_: Option<String>,
        /// When it stops being of use, in milliseconds since 1970. 0 for never. Absent in old samples.
        pub expiration: Option<i64>,
        /// From 0 to 9. Absent in old samples.
        pub priority: Option<i64>,
        /// What the sender wrote: base64.
        pub data: Base64Data,
        /// When the broker got it, in milliseconds.
        pub broker_in_time: MillisecondTimestamp,
        /// When the broker gave it to Lambda, in milliseconds.
        pub broker_out_time: MillisecondTimestamp,
        /// What the sender said about it, by name. Absent in some events.
        pub properties: Map<Value>,
    }

    /// Where a message was sent to.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ActiveMqDestination {
        /// Name of the queue.
        #[serde(alias = "physicalname")]
        pub physical_name: String,
    }
}

impl ActiveMqMessage {
    /// What the sender wrote, as text.
    ///
    /// # Errors
    ///
    /// Fails if the event did not have it as base64, or if it is not UTF-8: [`PayloadError::is_base64`],
    /// [`PayloadError::is_utf8`]. The error names the message.
    pub fn text(&self) -> Result<&str, PayloadError> {
        self.data.text().map_err(|error| error.in_record(&self.message_id))
    }

    /// What the sender wrote, in JSON.
    ///
    /// # Errors
    ///
    /// Fails if the event did not have it as base64, or if it is not the JSON of a `T`: [`PayloadError::is_base64`],
    /// [`PayloadError::is_json`]. The error names the message.
    pub fn data_json<T: DeserializeOwned>(&self) -> Result<T, PayloadError> {
        self.data.json().map_err(|error| error.in_record(&self.message_id))
    }
}
