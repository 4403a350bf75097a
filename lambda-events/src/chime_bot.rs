//! Amazon Chime: bots. Chime ended in February 2025.
//!
//! Asynchronous: what the function returns is not read. To say something, send it to the [endpoint](ChimeBotEventInboundHttpsEndpoint).
//!
//! ```
//! use lambda_events::chime_bot::ChimeBotEvent;
//!
//! fn said(event: &ChimeBotEvent) -> Option<&str> {
//!     event.message.as_deref()
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/chime-sdk/latest/dg/what-is-chime-sdk.html>

use crate::encodings::Rfc3339Timestamp;

event! {
    /// Something happened to a bot: it was mentioned, invited or removed.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ChimeBotEvent {
        /// Who did it.
        required pub sender: ChimeBotEventSender,
        /// Where.
        required pub discussion: ChimeBotEventDiscussion,
        /// `Mention`, `Invite` or `Remove`.
        pub event_type: String,
        /// Where to send answers. Absent when the bot was removed.
        pub inbound_https_endpoint: Option<ChimeBotEventInboundHttpsEndpoint>,
        /// When it happened.
        #[serde(default)]
        pub event_timestamp: Rfc3339Timestamp,
        /// What was said. Absent unless the bot was mentioned.
        pub message: Option<String>,
    }

    /// Who did something.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ChimeBotEventSender {
        /// Id of the sender.
        pub sender_id: String,
        /// `EmailId`.
        pub sender_id_type: String,
    }

    /// Where something happened.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ChimeBotEventDiscussion {
        /// Id of the room.
        pub discussion_id: String,
        /// `Room`.
        pub discussion_type: String,
    }

    /// Where to send answers.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ChimeBotEventInboundHttpsEndpoint {
        /// `Persistent`, or `ShortLived` for 60 minutes.
        pub endpoint_type: String,
        /// The address. It is secret.
        pub url: String,
    }
}
