use serde_json::Value;

use crate::encodings::{Map, Text};

event! {
    /// A turn of a conversation, of version 1 of Amazon Lex.
    #[serde(rename_all = "camelCase")]
    pub struct LexEvent {
        /// Version of the event: `1.0`.
        pub message_version: Text,
        /// `DialogCodeHook` to check what was said, `FulfillmentCodeHook` to do what was asked for.
        pub invocation_source: String,
        /// Id of the user, from the request to Lex.
        pub user_id: String,
        /// What the user said. Absent in old samples.
        pub input_transcript: Option<String>,
        /// What the bot and the function remember. Absent, or `null`, at the start.
        pub session_attributes: Map<String>,
        /// What came with the request to Lex. Absent, or `null`, if nothing did.
        pub request_attributes: Map<String>,
        /// The bot.
        #[serde(
            default,
            deserialize_with = "crate::de::null_as_default",
            skip_serializing_if = "crate::de::is_default"
        )]
        pub bot: LexBot,
        /// `Text` or `Voice`.
        pub output_dialog_mode: String,
        /// What the user wants.
        required pub current_intent: LexCurrentIntent,
        /// What else the user may want. Absent unless the bot was built with it.
        pub alternative_intents: Option<Vec<LexAlternativeIntents>>,
        /// The intents before this one, newest first. Absent unless the bot keeps them.
        pub recent_intent_summary_view: Option<Vec<Value>>,
        /// What the user feels, as Amazon Comprehend sees it. Absent unless the bot asks for it.
        pub sentiment_response: Option<Value>,
        /// What Amazon Kendra found. Absent unless the intent searches.
        pub kendra_response: Option<Value>,
        /// Contexts that are active. Absent in old samples.
        pub active_contexts: Option<Vec<Value>>,
        /// Never in an event of Lex.
        pub dialog_action: Option<LexDialogAction>,
    }

    /// A bot.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LexBot {
        /// Its name.
        pub name: String,
        /// The alias that was called. `$LATEST` in the console.
        pub alias: Option<String>,
        /// Its version: `$LATEST`, `1`.
        pub version: String,
    }

    /// What the user wants.
    #[serde(rename_all = "camelCase")]
    pub struct LexCurrentIntent {
        /// Name of the intent.
        pub name: String,
        /// How sure Lex is, from 0 to 1. Absent unless the bot was built with it.
        pub nlu_intent_confidence_score: Option<f64>,
        /// Values of the slots, by name: strings, or `null` for a slot without a value.
        pub slots: Map<Value>,
        /// What Lex made of what the user said, by name of the slot. `None` for a slot without a value.
        pub slot_details: Map<Option<SlotDetail>>,
        /// `None`, `Confirmed` or `Denied`.
        pub confirmation_status: String,
    }

    /// What Lex made of what the user said.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct SlotDetail {
        /// Values of the slot type that fit, the best first: `{"value": "…"}`.
        pub resolutions: Vec<Map<String>>,
        /// What the user said.
        pub original_value: Option<String>,
    }

    /// The answer: what the bot does next.
    #[serde(rename_all = "camelCase")]
    pub struct LexResponse {
        /// What the bot and the function remember.
        pub session_attributes: Map<String>,
        /// What the bot does next.
        pub dialog_action: Option<LexDialogAction>,
    }

    /// What a bot does next.
    #[serde(rename_all = "camelCase")]
    pub struct LexDialogAction {
        /// `ElicitIntent`, `ElicitSlot`, `ConfirmIntent`, `Delegate` or `Close`.
        pub type_: String,
        /// `Fulfilled` or `Failed`, with `Close`.
        pub fulfillment_state: Option<String>,
        /// What the bot says: `contentType`, which is `PlainText`, `SSML` or `CustomPayload`, and `content`.
        pub message: Map<String>,
        /// Name of the intent, with `ElicitSlot` and `ConfirmIntent`.
        pub intent_name: Option<String>,
        /// Values of the slots.
        pub slots: Map<Value>,
        /// Name of the slot that is asked for, with `ElicitSlot`.
        pub slot_to_elicit: Option<String>,
        /// A card with buttons.
        pub response_card: Option<LexResponseCard>,
    }

    /// A card with buttons.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LexResponseCard {
        /// Version of the card.
        pub version: Option<i64>,
        /// `application/vnd.amazonaws.card.generic`.
        pub content_type: Option<String>,
        /// Up to 10 parts of the card.
        pub generic_attachments: Option<Vec<Attachment>>,
    }

    /// A part of a card.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct Attachment {
        /// Its title.
        pub title: Option<String>,
        /// What is under the title.
        pub sub_title: Option<String>,
        /// URL of an image.
        pub image_url: Option<String>,
        /// URL that the part links to.
        pub attachment_link_url: Option<String>,
        /// Up to 5 buttons: `text`, and the `value` that is sent.
        pub buttons: Option<Vec<Map<String>>>,
    }
}

/// What a bot and its function remember.
pub type SessionAttributes = Map<String>;

/// Values of slots by name: strings, or `null` for a slot without a value. Samples of AWS have numbers too.
pub type Slots = Map<Value>;

/// An intent that is not the current one looks like the current one.
pub type LexAlternativeIntents = LexCurrentIntent;

impl LexCurrentIntent {
    /// The value of a slot. `None` for a slot without a value.
    pub fn slot(&self, name: &str) -> Option<&str> {
        self.slots.get(name)?.as_str()
    }
}

impl LexResponse {
    /// The bot says this and is done with the intent. Remembers what the event does.
    pub fn close(event: &LexEvent, fulfilled: bool, message: impl Into<String>) -> Self {
        let state = if fulfilled { "Fulfilled" } else { "Failed" };
        let message = Map::from([("contentType", "PlainText".to_owned()), ("content", message.into())]);
        let action = LexDialogAction { fulfillment_state: Some(state.into()), message, ..Default::default() };
        Self::action(event, "Close", action)
    }

    /// The bot goes on as it was built to. Remembers what the event does, and its slots.
    pub fn delegate(event: &LexEvent) -> Self {
        let slots = event.current_intent.slots.clone();
        Self::action(event, "Delegate", LexDialogAction { slots, ..Default::default() })
    }

    /// The bot asks for a slot. Remembers what the event does, and its slots.
    pub fn elicit_slot(event: &LexEvent, slot: impl Into<String>) -> Self {
        let action = LexDialogAction {
            intent_name: Some(event.current_intent.name.clone()),
            slots: event.current_intent.slots.clone(),
            slot_to_elicit: Some(slot.into()),
            ..Default::default()
        };
        Self::action(event, "ElicitSlot", action)
    }

    fn action(event: &LexEvent, type_: &str, action: LexDialogAction) -> Self {
        Self {
            session_attributes: event.session_attributes.clone(),
            dialog_action: Some(LexDialogAction { type_: type_.to_owned(), ..action }),
            ..Self::default()
        }
    }
}
