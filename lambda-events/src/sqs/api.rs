//! What SQS's own `ReceiveMessage` answers with: EventBridge Pipes and code that polls by itself see it.

use serde::de::DeserializeOwned;

use super::{SqsMessageAttribute, SqsMessageAttributes};
use crate::encodings::{Embedded, Map};

event! {
    /// Messages as `ReceiveMessage` has them.
    ///
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html>
    #[serde(rename_all = "PascalCase")]
    pub struct SqsApiEvent {
        /// The messages, up to 10.
        #[serde(alias = "messages")]
        required pub messages: Vec<SqsApiMessage>,
    }

    /// A message as `ReceiveMessage` has it.
    #[serde(rename_all = "PascalCase")]
    pub struct SqsApiMessage {
        /// A UUID that SQS gave the message.
        pub message_id: String,
        /// Identifies this receipt of the message, for deleting it or changing its visibility.
        pub receipt_handle: String,
        /// What the sender wrote.
        pub body: String,
        /// MD5 of the body, in hexadecimal.
        #[serde(rename = "MD5OfBody", alias = "Md5OfBody")]
        pub md5_of_body: String,
        /// MD5 of the message attributes, in hexadecimal. Absent without message attributes.
        #[serde(rename = "MD5OfMessageAttributes", alias = "Md5OfMessageAttributes")]
        pub md5_of_message_attributes: Option<String>,
        /// What SQS says about the message. Absent unless it was asked for.
        pub attributes: Option<SqsMessageAttributes>,
        /// What the sender said about the message, by name. Absent unless it was asked for.
        pub message_attributes: Map<SqsMessageAttribute>,
    }

    /// An [`SqsApiEvent`] whose bodies are JSON of a `T`.
    #[serde(rename_all = "PascalCase", bound(deserialize = "T: DeserializeOwned"))]
    pub struct SqsApiEventObj<T> {
        /// The messages, up to 10.
        #[serde(alias = "messages")]
        required pub messages: Vec<SqsApiMessageObj<T>>,
    }

    /// An [`SqsApiMessage`] whose body is JSON of a `T`.
    #[serde(rename_all = "PascalCase", bound(deserialize = "T: DeserializeOwned"))]
    pub struct SqsApiMessageObj<T> {
        /// A UUID that SQS gave the message.
        pub message_id: String,
        /// Identifies this receipt of the message, for deleting it or changing its visibility.
        pub receipt_handle: String,
        /// What the sender wrote.
        pub body: Embedded<T>,
        /// MD5 of the body, in hexadecimal.
        #[serde(rename = "MD5OfBody", alias = "Md5OfBody")]
        pub md5_of_body: String,
        /// MD5 of the message attributes, in hexadecimal. Absent without message attributes.
        #[serde(rename = "MD5OfMessageAttributes", alias = "Md5OfMessageAttributes")]
        pub md5_of_message_attributes: Option<String>,
        /// What SQS says about the message. Absent unless it was asked for.
        pub attributes: Option<SqsMessageAttributes>,
        /// What the sender said about the message, by name. Absent unless it was asked for.
        pub message_attributes: Map<SqsMessageAttribute>,
    }
}
