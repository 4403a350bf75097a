//! Amazon Lex: code hooks of bots. Synchronous.
//!
//! Version 2 is [`LexV2Event`] and [`LexV2Response`]. Version 1, which AWS turned off in 2025, is [`LexEvent`] and
//! [`LexResponse`]. Neither reads the other's events.
//!
//! ```
//! use lambda_events::{Error, lex::{LexV2Event, LexV2Message, LexV2Response}};
//!
//! async fn handle(event: LexV2Event) -> Result<LexV2Response, Error> {
//!     match event.slot("City") {
//!         None => Ok(event.elicit_slot("City").with_message(LexV2Message::text("Which city?"))),
//!         Some(city) => {
//!             let text = format!("A car in {city} it is.");
//!             Ok(event.close(true).with_message(LexV2Message::text(text)))
//!         }
//!     }
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/lexv2/latest/dg/lambda-input-format.html>,
//! <https://docs.aws.amazon.com/lexv2/latest/dg/lambda-response-format.html>

mod v1;
mod v2;

pub use self::{
    v1::{
        Attachment, LexAlternativeIntents, LexBot, LexCurrentIntent, LexDialogAction, LexEvent, LexResponse,
        LexResponseCard, SessionAttributes, SlotDetail, Slots,
    },
    v2::{
        LexV2ActiveContext, LexV2Bot, LexV2Button, LexV2ConfirmationState, LexV2DialogAction,
        LexV2DialogActionType, LexV2Event, LexV2ImageResponseCard, LexV2Intent, LexV2IntentState,
        LexV2Interpretation, LexV2InvocationSource, LexV2KendraResponse, LexV2Message,
        LexV2MessageContentType, LexV2NextState, LexV2ResolvedContext, LexV2Response, LexV2Sentiment,
        LexV2SentimentScore, LexV2SessionState, LexV2Slot, LexV2SlotValue, LexV2TimeToLive,
        LexV2Transcription,
    },
};
