use crate::{
    de::{is_default, text},
    encodings::{MillisecondTimestamp, Text},
};

event! {
    /// What SQS says about a message. Numbers and times are strings on the wire.
    #[serde(rename_all = "PascalCase")]
    pub struct SqsMessageAttributes {
        /// How often the message was received and not deleted, this time included. 0 if the event does not say, which the
        /// service always does.
        #[serde(default, with = "text", skip_serializing_if = "is_default")]
        custom pub approximate_receive_count: u32,
        /// When the message was sent, in milliseconds. The start of 1970 if the event does not say.
        #[serde(default, with = "text", skip_serializing_if = "is_default")]
        pub sent_timestamp: MillisecondTimestamp,
        /// When the message was received for the first time, in milliseconds. The start of 1970 if the event does not say.
        #[serde(default, with = "text", skip_serializing_if = "is_default")]
        pub approximate_first_receive_timestamp: MillisecondTimestamp,
        /// Id of the user or role that sent the message, or the name of the service.
        #[serde(skip_serializing_if = "is_default")]
        pub sender_id: Text,
        /// Order within the group. Absent unless the queue is a FIFO queue.
        pub sequence_number: Option<Text>,
        /// Group whose messages are handled in order. Absent unless the sender gave one.
        pub message_group_id: Option<Text>,
        /// What SQS recognises duplicates by. Absent unless the queue is a FIFO queue.
        pub message_deduplication_id: Option<String>,
        /// Header of AWS X-Ray. Absent unless the sender is traced.
        #[serde(rename = "AWSTraceHeader")]
        pub aws_trace_header: Option<String>,
        /// ARN of the queue that the message could not be handled from. Absent unless this is a dead-letter queue.
        pub dead_letter_queue_source_arn: Option<String>,
    }
}
