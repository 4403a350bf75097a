//! Amazon MQ for RabbitMQ: batches of messages, polled from queues. An error makes Lambda send the batch again; what the function
//! returns is ignored.
//!
//! ```
//! use lambda_events::{Error, rabbitmq::RabbitMqEvent};
//!
//! async fn handle(event: RabbitMqEvent) -> Result<(), Error> {
//!     for (queue, messages) in &event.messages_by_queue {
//!         for message in messages {
//!             println!("{queue}: {}", message.text()?);
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html>

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    PayloadError,
    encodings::{Base64Data, Map, Text},
};

event! {
    /// A batch of messages.
    #[serde(rename_all = "camelCase")]
    pub struct RabbitMqEvent {
        /// `aws:rmq`.
        pub event_source: Text,
        /// ARN of the broker.
        pub event_source_arn: String,
        /// The messages of each queue, by its name, two colons and its virtual host: `orders::/`.
        #[serde(rename = "rmqMessagesByQueue")]
        required pub messages_by_queue: Map<Vec<RabbitMqMessage>>,
    }

    /// A message of a batch.
    #[serde(rename_all = "camelCase")]
    pub struct RabbitMqMessage {
        /// What the sender said about it.
        pub basic_properties: RabbitMqBasicProperties,
        /// Whether it was received before and not acknowledged.
        pub redelivered: bool,
        /// What the sender wrote: base64.
        pub data: Base64Data,
    }

    /// What the sender of a message said about it, in the words of AMQP. What it did not say is `null` in the event.
    #[serde(
        rename_all = "camelCase",
        bound(serialize = "T: Serialize", deserialize = "T: DeserializeOwned + Default")
    )]
    pub struct RabbitMqBasicProperties<T = Value> {
        /// MIME type of the content.
        pub content_type: Option<String>,
        /// Encoding of the content.
        pub content_encoding: Option<String>,
        /// Headers of the sender's own. Text is an object with a list of bytes in it: `{"bytes": [118, 97]}`.
        pub headers: Map<T>,
        /// 1 if it may be lost when the broker fails, 2 if not. Absent if the sender did not say.
        pub delivery_mode: Option<u8>,
        /// From 0 up. Absent if the sender did not say.
        pub priority: Option<u8>,
        /// What the sender ties it to another one by.
        pub correlation_id: Option<String>,
        /// Where an answer should go.
        pub reply_to: Option<String>,
        /// Milliseconds after which it is of no use, in decimal.
        #[serde(deserialize_with = "crate::de::scalar::optional")]
        pub expiration: Option<String>,
        /// What the sender knows it by.
        pub message_id: Option<String>,
        /// When it was sent, as Java writes it: `Jan 1, 1970, 12:33:41 AM`. In no time zone that it says.
        pub timestamp: Option<String>,
        /// What the sender calls its kind.
        #[serde(rename = "type")]
        pub type_: Option<String>,
        /// The user that sent it.
        pub user_id: Option<String>,
        /// The application that sent it.
        pub app_id: Option<String>,
        /// Not in use.
        pub cluster_id: Option<String>,
        /// Size of the content, in bytes.
        pub body_size: u64,
    }
}

impl RabbitMqMessage {
    /// What the sender wrote, as text.
    ///
    /// # Errors
    ///
    /// Fails if the event did not have it as base64, or if it is not UTF-8: [`PayloadError::is_base64`],
    /// [`PayloadError::is_utf8`]. The error names the message, if the sender did.
    pub fn text(&self) -> Result<&str, PayloadError> {
        self.data.text().map_err(|error| self.named(error))
    }

    /// What the sender wrote, in JSON.
    ///
    /// # Errors
    ///
    /// Fails if the event did not have it as base64, or if it is not the JSON of a `T`: [`PayloadError::is_base64`],
    /// [`PayloadError::is_json`]. The error names the message, if the sender did.
    pub fn data_json<T: DeserializeOwned>(&self) -> Result<T, PayloadError> {
        self.data.json().map_err(|error| self.named(error))
    }

    fn named(&self, error: PayloadError) -> PayloadError {
        match &self.basic_properties.message_id {
            Some(id) => error.in_record(id),
            None => error,
        }
    }
}
