//! Amazon Connect: the block of a flow that invokes a function. Synchronous.
//!
//! The function has up to 8 seconds to answer with [`ConnectResponse`], a flat map of strings of up to 32 KiB, whose values
//! the flow finds as external attributes. A flow that expects JSON takes a nested value too.
//!
//! ```
//! use lambda_events::{Error, connect::{ConnectEvent, ConnectResponse}};
//!
//! async fn handle(event: ConnectEvent) -> Result<ConnectResponse, Error> {
//!     let number = event.customer_number().unwrap_or("unknown");
//!     Ok(ConnectResponse::from([("greeting", format!("You call from {number}"))]))
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html>

use serde_json::Value;

use crate::encodings::{Map, Text};

event! {
    /// A contact reached the block.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ConnectEvent {
        /// `ContactFlowEvent`.
        pub name: String,
        /// The contact, and what the block says.
        required pub details: ConnectDetails,
    }

    /// The contact, and what the block says.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ConnectDetails {
        /// The contact.
        required pub contact_data: ConnectContactData,
        /// What the block says, by the names it gives.
        pub parameters: Map<String>,
    }

    /// A contact: a call, a chat, a task or an email.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ConnectContactData {
        /// What flows have noted about the contact.
        pub attributes: Map<String>,
        /// `VOICE`, `CHAT`, `TASK`, `EMAIL`.
        pub channel: String,
        /// Id of the contact.
        pub contact_id: String,
        /// The customer. `None` of a task, and in a test from the console.
        pub customer_endpoint: Option<ConnectEndpoint>,
        /// Id that the customer has in your own system. Absent without one.
        pub customer_id: Option<String>,
        /// What the agent is told about the contact.
        pub description: Option<String>,
        /// Id of the first contact, of which this one goes on.
        pub initial_contact_id: Option<String>,
        /// How the contact came about.
        #[serde(default)]
        pub initiation_method: ConnectInitiationMethod,
        /// ARN of the instance of Amazon Connect.
        #[serde(rename = "InstanceARN")]
        pub instance_arn: String,
        /// Language of the contact: `en-US`.
        pub language_code: Option<Text>,
        /// Where what the customer says can be heard. Only while the flow streams it.
        pub media_streams: Option<ConnectMediaStreams>,
        /// Name of the contact, of a task.
        pub name: Option<String>,
        /// Id of the contact that was before this one.
        pub previous_contact_id: Option<String>,
        /// The queue that the contact is in. `None` if it is in none.
        pub queue: Option<ConnectQueue>,
        /// What the contact refers to: links, files. By name.
        pub references: Map<Value>,
        /// Id of a contact that has to do with this one.
        pub related_contact_id: Option<String>,
        /// Attributes for the routing of the contact.
        pub segment_attributes: Map<Value>,
        /// The number or address that the customer reached. `None` of a task.
        pub system_endpoint: Option<ConnectEndpoint>,
        /// Tags of the contact.
        pub tags: Map<String>,
    }

    /// A number or an address.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ConnectEndpoint {
        /// The number, in E.164: `+11234567890`, or the address.
        pub address: String,
        /// `TELEPHONE_NUMBER`, `EMAIL_ADDRESS`.
        pub type_: String,
    }

    /// A queue.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ConnectQueue {
        /// Its name.
        pub name: String,
        /// Its ARN.
        #[serde(rename = "ARN")]
        pub arn: String,
        /// The number that calls from the queue show. Absent without one.
        pub outbound_caller_id: Option<ConnectEndpoint>,
    }

    /// Where a contact can be heard.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ConnectMediaStreams {
        /// What the customer says.
        pub customer: Option<ConnectMediaStream>,
    }

    /// Where somebody can be heard.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ConnectMediaStream {
        /// The sound. `None` before the flow streams it.
        pub audio: Option<ConnectAudio>,
    }

    /// Sound, in a stream of Amazon Kinesis Video Streams.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ConnectAudio {
        /// Number of the fragment that it starts with.
        pub start_fragment_number: Option<String>,
        /// When it starts, in milliseconds since 1970. A string of digits in the event.
        #[serde(default, with = "crate::de::text::option", skip_serializing_if = "Option::is_none")]
        custom pub start_timestamp: Option<i64>,
        /// Number of the fragment that it stops with. Absent while it goes on.
        pub stop_fragment_number: Option<String>,
        /// When it stops, in milliseconds since 1970. A string of digits in the event. Absent while it goes on.
        #[serde(default, with = "crate::de::text::option", skip_serializing_if = "Option::is_none")]
        custom pub stop_timestamp: Option<i64>,
        /// ARN of the stream.
        #[serde(rename = "StreamARN")]
        pub stream_arn: Option<String>,
    }
}

open_enum! {
    /// How a contact came about.
    pub enum ConnectInitiationMethod {
        /// The customer called or wrote.
        Inbound = "INBOUND",
        /// An agent called.
        Outbound = "OUTBOUND",
        /// Somebody passed the contact on.
        Transfer = "TRANSFER",
        /// The customer is called back.
        Callback = "CALLBACK",
        /// A program made it.
        Api = "API",
        /// The contact goes on in another queue.
        QueueTransfer = "QUEUE_TRANSFER",
        /// Somebody hung up, and the flow for that runs.
        Disconnect = "DISCONNECT",
        /// A call from the outside that an agent takes.
        ExternalOutbound = "EXTERNAL_OUTBOUND",
        /// Somebody listens in.
        Monitor = "MONITOR",
    }
}

/// What a flow finds as external attributes: strings.
pub type ConnectResponse = Map<String>;

impl ConnectEvent {
    /// Number or address of the customer.
    pub fn customer_number(&self) -> Option<&str> {
        self.details.contact_data.customer_endpoint.as_ref().map(|endpoint| endpoint.address.as_str())
    }
}
