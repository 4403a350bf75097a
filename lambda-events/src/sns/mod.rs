//! Amazon SNS: a notification of a topic, asynchronously. Lambda tries again when the function fails; what it returns is ignored.
//!
//! ```
//! use lambda_events::{Error, sns::SnsEvent};
//!
//! async fn handle(event: SnsEvent) -> Result<(), Error> {
//!     for record in &event.records {
//!         println!("{}: {}", record.sns.subject.as_deref().unwrap_or("no subject"), record.sns.message);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! A queue that subscribes to a topic gets the notification as the body of its message, unless raw delivery is on:
//! `message.json::<SnsMessage>()` reads it.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html>

mod alarm;

pub use self::alarm::{
    CloudWatchAlarmPayload, CloudWatchAlarmTrigger, CloudWatchDimension, CloudWatchMetric,
    CloudWatchMetricDataQuery, CloudWatchMetricStat,
};

use serde::de::DeserializeOwned;

use crate::{
    PayloadError,
    encodings::{Embedded, Map, Rfc3339Timestamp, Text},
};

event! {
    /// Notifications of a topic. The service sends one at a time.
    #[serde(rename_all = "PascalCase")]
    pub struct SnsEvent {
        /// The notifications.
        required pub records: Vec<SnsRecord>,
    }

    /// A notification, and the subscription that it is for.
    #[serde(rename_all = "PascalCase")]
    pub struct SnsRecord {
        /// `aws:sns`.
        pub event_source: Text,
        /// Version of this structure: `1.0`.
        pub event_version: Text,
        /// ARN of the function's subscription.
        pub event_subscription_arn: String,
        /// The notification itself.
        pub sns: SnsMessage,
    }

    /// A notification of a topic.
    #[serde(rename_all = "PascalCase")]
    pub struct SnsMessage {
        /// `Notification`.
        #[serde(rename = "Type")]
        pub sns_message_type: Text,
        /// A UUID that SNS gave the notification. The same for all subscribers.
        pub message_id: String,
        /// ARN of the topic.
        pub topic_arn: String,
        /// What the publisher wrote above the message. Absent if that was nothing.
        pub subject: Option<String>,
        /// When it was published, RFC 3339.
        pub timestamp: Rfc3339Timestamp,
        /// `1` for signatures with SHA-1, `2` for SHA-256.
        pub signature_version: Text,
        /// Signature of the notification: base64.
        pub signature: String,
        /// URL of the certificate that the signature can be checked with.
        #[serde(alias = "SigningCertURL")]
        pub signing_cert_url: String,
        /// URL that ends the subscription.
        #[serde(alias = "UnsubscribeURL")]
        pub unsubscribe_url: String,
        /// What the publisher wrote, up to 256 KiB of text.
        pub message: String,
        /// What the publisher said about the message, by name. Absent in notifications inside a message of SQS that have none.
        pub message_attributes: Map<MessageAttribute>,
        /// Order within the group, of a FIFO topic. Absent of any other.
        pub sequence_number: Option<String>,
    }

    /// An [`SnsEvent`] whose messages are JSON of a `T`.
    ///
    /// A message that does not decode leaves the event readable: it says so when asked.
    #[serde(rename_all = "PascalCase", bound(deserialize = "T: DeserializeOwned"))]
    pub struct SnsEventObj<T> {
        /// The notifications.
        required pub records: Vec<SnsRecordObj<T>>,
    }

    /// An [`SnsRecord`] whose message is JSON of a `T`.
    #[serde(rename_all = "PascalCase", bound(deserialize = "T: DeserializeOwned"))]
    pub struct SnsRecordObj<T> {
        /// `aws:sns`.
        pub event_source: Text,
        /// Version of this structure: `1.0`.
        pub event_version: Text,
        /// ARN of the function's subscription.
        pub event_subscription_arn: String,
        /// The notification itself.
        pub sns: SnsMessageObj<T>,
    }

    /// An [`SnsMessage`] whose message is JSON of a `T`.
    #[serde(rename_all = "PascalCase", bound(deserialize = "T: DeserializeOwned"))]
    pub struct SnsMessageObj<T> {
        /// `Notification`.
        #[serde(rename = "Type")]
        pub sns_message_type: Text,
        /// A UUID that SNS gave the notification. The same for all subscribers.
        pub message_id: String,
        /// ARN of the topic.
        pub topic_arn: String,
        /// What the publisher wrote above the message. Absent if that was nothing.
        pub subject: Option<String>,
        /// When it was published, RFC 3339.
        pub timestamp: Rfc3339Timestamp,
        /// `1` for signatures with SHA-1, `2` for SHA-256.
        pub signature_version: Text,
        /// Signature of the notification: base64.
        pub signature: String,
        /// URL of the certificate that the signature can be checked with.
        #[serde(alias = "SigningCertURL")]
        pub signing_cert_url: String,
        /// URL that ends the subscription.
        #[serde(alias = "UnsubscribeURL")]
        pub unsubscribe_url: String,
        /// What the publisher wrote.
        pub message: Embedded<T>,
        /// What the publisher said about the message, by name. Absent in notifications inside a message of SQS that have none.
        pub message_attributes: Map<MessageAttribute>,
        /// Order within the group, of a FIFO topic. Absent of any other.
        pub sequence_number: Option<String>,
    }

    /// A value that the publisher attached to a message.
    #[serde(rename_all = "PascalCase")]
    pub struct MessageAttribute {
        /// `String`, `String.Array`, `Number` or `Binary`.
        #[serde(rename = "Type")]
        pub data_type: Text,
        /// The value: text, JSON of a list, a number in decimal, base64.
        pub value: String,
    }

    /// What SNS posts to an endpoint over HTTP, such as a function URL, before it sends notifications, and after a subscription
    /// was ended. Fetching the URL in it confirms the subscription.
    ///
    /// <https://docs.aws.amazon.com/sns/latest/dg/http-subscription-confirmation-json.html>
    #[serde(rename_all = "PascalCase")]
    pub struct SnsSubscriptionMessage {
        /// `SubscriptionConfirmation` or `UnsubscribeConfirmation`.
        #[serde(rename = "Type")]
        pub sns_message_type: Text,
        /// A UUID that SNS gave the message.
        pub message_id: String,
        /// ARN of the topic.
        pub topic_arn: String,
        /// Absent.
        pub subject: Option<String>,
        /// When it was sent, RFC 3339.
        pub timestamp: Rfc3339Timestamp,
        /// `1` for signatures with SHA-1, `2` for SHA-256.
        pub signature_version: Text,
        /// Signature of the message: base64.
        pub signature: String,
        /// URL of the certificate that the signature can be checked with.
        #[serde(rename = "SigningCertURL", alias = "SigningCertUrl")]
        pub signing_cert_url: String,
        /// URL that confirms the subscription, or takes it up again.
        #[serde(rename = "SubscribeURL", alias = "SubscribeUrl")]
        pub subscribe_url: Option<String>,
        /// What `ConfirmSubscription` of the API takes in place of the URL.
        required pub token: String,
        /// A sentence that describes the message.
        pub message: String,
        /// Absent.
        pub message_attributes: Map<MessageAttribute>,
    }
}

impl SnsMessage {
    /// What the message says in JSON: an event of another service, or what your publisher wrote.
    ///
    /// # Errors
    ///
    /// Fails if it is not the JSON of a `T`: [`PayloadError::is_json`]. The error names the notification.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, PayloadError> {
        serde_json::from_str(&self.message)
            .map_err(|error| PayloadError::json(error).in_record(&self.message_id))
    }
}

impl<T> SnsMessageObj<T> {
    /// What the message says.
    ///
    /// # Errors
    ///
    /// Fails if it was not the JSON of a `T`: [`PayloadError::is_json`]. The error names the notification.
    pub fn payload(&self) -> Result<&T, PayloadError> {
        self.message.get().map_err(|error| error.in_record(&self.message_id))
    }
}
