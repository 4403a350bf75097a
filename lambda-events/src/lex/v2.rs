use serde_json::Value;

use crate::encodings::{Map, Text};

event! {
    /// A turn of a conversation.
    #[serde(rename_all = "camelCase")]
    pub struct LexV2Event {
        /// Version of the event: `1.0`.
        pub message_version: Text,
        /// Why the function is called.
        #[serde(default)]
        pub invocation_source: LexV2InvocationSource,
        /// `Text`, `Speech` or `DTMF`.
        pub input_mode: Text,
        /// What the bot wants to answer with: `text/plain; charset=utf-8`, `audio/mpeg`.
        pub response_content_type: String,
        /// Id of the conversation.
        pub session_id: String,
        /// What the user said.
        pub input_transcript: String,
        /// The label of the code hook, from the console. Absent without one.
        pub invocation_label: Option<String>,
        /// The bot.
        #[serde(
            default,
            deserialize_with = "crate::de::null_as_default",
            skip_serializing_if = "crate::de::is_default"
        )]
        pub bot: LexV2Bot,
        /// What the user may want, the likeliest first.
        pub interpretations: Vec<LexV2Interpretation>,
        /// What the bot would do next without the function. Absent in a fulfillment code hook.
        pub proposed_next_state: Option<LexV2NextState>,
        /// What came with the request to Lex. Absent if nothing did.
        pub request_attributes: Map<String>,
        /// The state of the conversation.
        required pub session_state: LexV2SessionState,
        /// What the user may have said, the likeliest first.
        pub transcriptions: Option<Vec<LexV2Transcription>>,
    }

    /// A bot.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LexV2Bot {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Id of the alias that was called.
        pub alias_id: String,
        /// Name of the alias that was called. Absent in old samples.
        pub alias_name: Option<String>,
        /// Its language: `en_US`.
        pub locale_id: Text,
        /// Its version: `DRAFT`, `1`.
        pub version: String,
    }

    /// What the user may want.
    #[serde(rename_all = "camelCase")]
    pub struct LexV2Interpretation {
        /// The intent.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub intent: LexV2Intent,
        /// Who found it: `Lex` or `Bedrock`. Absent in old samples.
        pub interpretation_source: Option<String>,
        /// How sure Lex is, from 0 to 1. Absent of the fallback intent.
        pub nlu_confidence: Option<f64>,
        /// How the user feels. Absent unless the bot looks for it.
        pub sentiment_response: Option<LexV2Sentiment>,
    }

    /// An intent, and how far the conversation is with it.
    #[serde(rename_all = "camelCase")]
    pub struct LexV2Intent {
        /// Its name.
        pub name: String,
        /// Its slots, by name. `None` for a slot without a value.
        pub slots: Map<Option<LexV2Slot>>,
        /// How far the conversation is with it.
        pub state: Option<LexV2IntentState>,
        /// Whether the user confirmed it.
        pub confirmation_state: Option<LexV2ConfirmationState>,
        /// What Amazon Kendra found. Only of the intent that searches with it.
        pub kendra_response: Option<LexV2KendraResponse>,
    }

    /// A slot that has a value, or values.
    #[serde(rename_all = "camelCase")]
    pub struct LexV2Slot {
        /// `Scalar`, `List` or `Composite`. Absent in old samples.
        pub shape: Option<Text>,
        /// The value. Of a list, the one of the whole.
        pub value: Option<LexV2SlotValue>,
        /// The values of a list.
        pub values: Option<Vec<LexV2Slot>>,
        /// The slots of a composite slot, by name.
        pub sub_slots: Map<Option<LexV2Slot>>,
    }

    /// What the user said for a slot, and what Lex made of it.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LexV2SlotValue {
        /// What the user said.
        pub original_value: Option<String>,
        /// What Lex made of it: what to go by. Absent in transcriptions.
        pub interpreted_value: Option<String>,
        /// What else it may be, the likeliest first.
        pub resolved_values: Option<Vec<String>>,
    }

    /// How the user feels.
    #[serde(rename_all = "camelCase")]
    pub struct LexV2Sentiment {
        /// `MIXED`, `NEGATIVE`, `NEUTRAL` or `POSITIVE`.
        pub sentiment: String,
        /// How sure Amazon Comprehend is of each.
        pub sentiment_score: Option<LexV2SentimentScore>,
    }

    /// How sure Amazon Comprehend is, from 0 to 1.
    #[serde(rename_all = "camelCase")]
    pub struct LexV2SentimentScore {
        /// Of mixed feelings.
        #[serde(default)]
        pub mixed: f64,
        /// Of negative feelings.
        #[serde(default)]
        pub negative: f64,
        /// Of none.
        #[serde(default)]
        pub neutral: f64,
        /// Of positive feelings.
        #[serde(default)]
        pub positive: f64,
    }

    /// What the bot would do next.
    #[serde(rename_all = "camelCase")]
    pub struct LexV2NextState {
        /// What it would do.
        pub dialog_action: Option<LexV2DialogAction>,
        /// The intent it would do it with.
        pub intent: Option<LexV2Intent>,
        /// What it would say.
        pub prompt: Option<Value>,
    }

    /// The state of a conversation, in events and in answers.
    #[serde(rename_all = "camelCase")]
    pub struct LexV2SessionState {
        /// What the conversation is about. Absent, or `null`, if that is not known.
        pub active_contexts: Option<Vec<LexV2ActiveContext>>,
        /// What the bot and the function remember. Absent in some samples.
        pub session_attributes: Map<String>,
        /// What the bot does next. In answers.
        pub dialog_action: Option<LexV2DialogAction>,
        /// The intent. Absent in answers with `ElicitIntent`.
        pub intent: Option<LexV2Intent>,
        /// Words to listen for, until the next turn.
        pub runtime_hints: Option<Value>,
        /// Id of the request to Lex.
        pub originating_request_id: Option<String>,
    }

    /// What a conversation is about.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LexV2ActiveContext {
        /// Its name.
        pub name: String,
        /// What is known about it.
        pub context_attributes: Map<String>,
        /// How long it lasts.
        pub time_to_live: Option<LexV2TimeToLive>,
    }

    /// How long something lasts: until one of both is over.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LexV2TimeToLive {
        /// In seconds.
        #[serde(default)]
        pub time_to_live_in_seconds: u32,
        /// In turns of the conversation.
        #[serde(default)]
        pub turns_to_live: u32,
    }

    /// What the user may have said.
    #[serde(rename_all = "camelCase")]
    pub struct LexV2Transcription {
        /// It.
        pub transcription: String,
        /// How sure Lex is, from 0 to 1.
        pub transcription_confidence: Option<f64>,
        /// What it is about.
        pub resolved_context: Option<LexV2ResolvedContext>,
        /// The slots that are in it.
        pub resolved_slots: Map<Option<LexV2Slot>>,
    }

    /// What something that was said is about.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LexV2ResolvedContext {
        /// Name of the intent.
        pub intent: String,
    }

    /// What Amazon Kendra found: the answer of its API.
    #[derive(Eq)]
    pub struct LexV2KendraResponse {
        /// What was found.
        #[serde(rename = "ResultItems", alias = "resultItems")]
        pub result_items: Option<Vec<Value>>,
        /// How many there are in all.
        #[serde(rename = "TotalNumberOfResults", alias = "totalNumberOfResults")]
        pub total_number_of_results: Option<u64>,
        /// Id of the query.
        #[serde(rename = "QueryId", alias = "queryId")]
        pub query_id: Option<String>,
        /// Facets of what was found.
        #[serde(rename = "FacetResults", alias = "facetResults")]
        pub facet_results: Option<Vec<Value>>,
    }

    /// What the bot does next.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LexV2DialogAction {
        /// It.
        #[serde(default)]
        pub type_: LexV2DialogActionType,
        /// The slot that is asked for, with `ElicitSlot`.
        pub slot_to_elicit: Option<String>,
        /// How the user is to spell it: `Default`, `SpellByLetter` or `SpellByWord`.
        pub slot_elicitation_style: Option<String>,
        /// The part of a composite slot that is asked for.
        pub sub_slot_to_elicit: Option<Value>,
    }

    /// The answer: the state of the conversation, and what the bot says.
    #[serde(rename_all = "camelCase")]
    pub struct LexV2Response {
        /// The state of the conversation. It replaces what was.
        required pub session_state: LexV2SessionState,
        /// What the bot says. Needed with `ElicitIntent`; absent, the bot says what it was built to say.
        pub messages: Option<Vec<LexV2Message>>,
        /// What goes with the answer to the client.
        pub request_attributes: Map<String>,
    }

    /// Something that the bot says.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LexV2Message {
        /// How it is written.
        required pub content_type: LexV2MessageContentType,
        /// The text. Absent of a card.
        pub content: Option<String>,
        /// The card.
        pub image_response_card: Option<LexV2ImageResponseCard>,
    }

    /// A card with buttons.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LexV2ImageResponseCard {
        /// Its title.
        pub title: String,
        /// What is under the title.
        pub subtitle: Option<String>,
        /// URL of an image.
        pub image_url: Option<String>,
        /// Its buttons, up to 5.
        pub buttons: Option<Vec<LexV2Button>>,
    }

    /// A button.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LexV2Button {
        /// What is on it.
        pub text: String,
        /// What it says for the user.
        pub value: String,
    }
}

open_enum! {
    /// Why the function is called.
    pub enum LexV2InvocationSource {
        /// To check what was said, and to say what the bot does next.
        DialogCodeHook = "DialogCodeHook",
        /// To do what was asked for.
        FulfillmentCodeHook = "FulfillmentCodeHook",
    }

    /// How far a conversation is with an intent.
    pub enum LexV2IntentState {
        /// It failed.
        Failed = "Failed",
        /// It is done.
        Fulfilled = "Fulfilled",
        /// It is being done.
        FulfillmentInProgress = "FulfillmentInProgress",
        /// Slots are being asked for.
        InProgress = "InProgress",
        /// All slots are there.
        ReadyForFulfillment = "ReadyForFulfillment",
        /// The bot waits for the user.
        Waiting = "Waiting",
    }

    /// Whether the user confirmed an intent.
    pub enum LexV2ConfirmationState {
        /// The user did.
        Confirmed = "Confirmed",
        /// The user did not want it.
        Denied = "Denied",
        /// The user was not asked, or has not answered.
        None = "None",
    }

    /// What a bot does next.
    pub enum LexV2DialogActionType {
        /// It is done with the intent.
        Close = "Close",
        /// It asks whether the intent is right.
        ConfirmIntent = "ConfirmIntent",
        /// It goes on as it was built to.
        Delegate = "Delegate",
        /// It asks what the user wants.
        ElicitIntent = "ElicitIntent",
        /// It asks for a slot.
        ElicitSlot = "ElicitSlot",
        /// It asks the same again.
        None = "None",
    }

    /// How something that a bot says is written.
    pub enum LexV2MessageContentType {
        /// As text.
        PlainText = "PlainText",
        /// In SSML, for speech.
        Ssml = "SSML",
        /// As the client wants it.
        CustomPayload = "CustomPayload",
        /// As a card.
        ImageResponseCard = "ImageResponseCard",
    }
}

impl LexV2Event {
    /// The intent of the conversation, if it has one.
    pub fn intent(&self) -> Option<&LexV2Intent> {
        self.session_state.intent.as_ref()
    }

    /// What Lex made of what the user said for a slot of the intent. `None` for a slot without a value.
    pub fn slot(&self, name: &str) -> Option<&str> {
        self.intent()?.slots.get(name)?.as_ref()?.text()
    }

    /// The answer by which the bot is done with the intent.
    pub fn close(&self, fulfilled: bool) -> LexV2Response {
        let state = if fulfilled { LexV2IntentState::Fulfilled } else { LexV2IntentState::Failed };
        let mut response = self.next(LexV2DialogActionType::Close);
        if let Some(intent) = &mut response.session_state.intent {
            intent.state = Some(state);
        }
        response
    }

    /// The answer by which the bot goes on as it was built to.
    pub fn delegate(&self) -> LexV2Response {
        self.next(LexV2DialogActionType::Delegate)
    }

    /// The answer by which the bot asks for a slot.
    pub fn elicit_slot(&self, slot: impl Into<String>) -> LexV2Response {
        let mut response = self.next(LexV2DialogActionType::ElicitSlot);
        if let Some(action) = &mut response.session_state.dialog_action {
            action.slot_to_elicit = Some(slot.into());
        }
        response
    }

    /// The answer by which the bot asks what the user wants, with this message.
    pub fn elicit_intent(&self, message: LexV2Message) -> LexV2Response {
        let mut response = self.next(LexV2DialogActionType::ElicitIntent);
        response.session_state.intent = None;
        response.with_message(message)
    }

    /// The answer by which the bot asks whether the intent is right.
    pub fn confirm_intent(&self) -> LexV2Response {
        self.next(LexV2DialogActionType::ConfirmIntent)
    }

    /// An answer with the state of the event, and this to do next.
    fn next(&self, type_: LexV2DialogActionType) -> LexV2Response {
        let session_state = LexV2SessionState {
            dialog_action: Some(LexV2DialogAction { type_, ..Default::default() }),
            ..self.session_state.clone()
        };
        LexV2Response {
            session_state,
            request_attributes: self.request_attributes.clone(),
            ..Default::default()
        }
    }
}

impl LexV2Slot {
    /// What Lex made of what the user said.
    pub fn text(&self) -> Option<&str> {
        self.value.as_ref()?.interpreted_value.as_deref()
    }
}

impl LexV2Response {
    /// The same answer, with which the bot says this too.
    #[must_use]
    pub fn with_message(mut self, message: LexV2Message) -> Self {
        self.messages.get_or_insert_default().push(message);
        self
    }

    /// The same answer, which remembers this.
    #[must_use]
    pub fn with_session_attribute(mut self, name: impl Into<Text>, value: impl Into<String>) -> Self {
        self.session_state.session_attributes.insert(name, value.into());
        self
    }
}

impl LexV2Message {
    /// A text.
    pub fn text(content: impl Into<String>) -> Self {
        Self::new(LexV2MessageContentType::PlainText, content)
    }

    /// Text of this kind.
    pub fn new(content_type: LexV2MessageContentType, content: impl Into<String>) -> Self {
        Self { content_type, content: Some(content.into()), ..Self::default() }
    }

    /// A card with buttons.
    pub fn card(card: LexV2ImageResponseCard) -> Self {
        let content_type = LexV2MessageContentType::ImageResponseCard;
        Self { content_type, image_response_card: Some(card), ..Self::default() }
    }
}
