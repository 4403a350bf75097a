//! Alexa: skills and smart homes. Synchronous.
//!
//! ```
//! use lambda_events::{Error, alexa::{AlexaSkillEvent, AlexaSkillResponse}};
//!
//! async fn handle(event: AlexaSkillEvent) -> Result<AlexaSkillResponse, Error> {
//!     Ok(match event.intent_name() {
//!         Some("RecipeIntent") => {
//!             let item = event.slot("Item").unwrap_or("nothing");
//!             AlexaSkillResponse::tell(format!("How to make {item}: mix it."))
//!         }
//!         _ => AlexaSkillResponse::ask("What would you like to make?"),
//!     })
//! }
//! ```
//!
//! A skill of your own gets [`AlexaSkillEvent`]; a smart home skill gets [`AlexaDirectiveEvent`], or, of the old version 2,
//! [`AlexaHomeDirective`].
//!
//! <https://developer.amazon.com/en-US/docs/alexa/custom-skills/request-and-response-json-reference.html>,
//! <https://developer.amazon.com/en-US/docs/alexa/smarthome/smart-home-skill-api-message-reference.html>

use serde_json::Value;

use crate::encodings::{Map, Rfc3339Timestamp, Text};

event! {
    /// Something a user says to a skill, or does with it.
    #[serde(rename_all = "camelCase")]
    pub struct AlexaSkillEvent {
        /// Version of the event: `1.0`.
        pub version: Text,
        /// The session. Absent of requests that come without one: of the audio player, of skill events.
        pub session: Option<AlexaSession>,
        /// What the device can, and is doing. Absent in old samples.
        pub context: Option<AlexaContext>,
        /// What happened.
        required pub request: AlexaRequest,
    }

    /// A conversation with a skill.
    #[serde(rename_all = "camelCase")]
    pub struct AlexaSession {
        /// Whether it begins with this request.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub new: bool,
        /// Its id.
        pub session_id: String,
        /// What the skill remembers. Absent at the start.
        pub attributes: Map<Value>,
        /// The skill.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub application: AlexaApplication,
        /// The user.
        pub user: Option<AlexaUser>,
    }

    /// A skill.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaApplication {
        /// Id of the skill: `amzn1.ask.skill.…`. Check that it is yours.
        pub application_id: String,
    }

    /// What a device can, and is doing.
    #[serde(rename_all = "camelCase")]
    pub struct AlexaContext {
        /// The device, the user, and how Alexa is reached.
        #[serde(rename = "System")]
        pub system: Option<AlexaSystem>,
        /// The audio player.
        #[serde(rename = "AudioPlayer")]
        pub audio_player: Option<AlexaAudioPlayer>,
        /// The screen.
        #[serde(rename = "Viewport")]
        pub viewport: Option<Value>,
        /// The screens.
        #[serde(rename = "Viewports")]
        pub viewports: Option<Value>,
        /// Where the device is.
        #[serde(rename = "Geolocation")]
        pub geolocation: Option<Value>,
    }

    /// A device.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaDevice {
        /// Its id, for this skill. Absent in old samples.
        pub device_id: Option<String>,
        /// What it can, by interface: `AudioPlayer`, `Alexa.Presentation.APL`.
        pub supported_interfaces: Map<Value>,
    }

    /// What an audio player is doing.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaAudioPlayer {
        /// `IDLE`, `PAUSED`, `PLAYING`, `BUFFER_UNDERRUN`, `FINISHED`, `STOPPED`.
        pub player_activity: Option<String>,
        /// The stream that was played last.
        pub token: Option<String>,
        /// Where in the stream, in milliseconds.
        pub offset_in_milliseconds: Option<u64>,
    }

    /// What happened.
    #[serde(rename_all = "camelCase")]
    pub struct AlexaRequest {
        /// It: `LaunchRequest`, `IntentRequest`, `SessionEndedRequest`, `CanFulfillIntentRequest`, or another.
        #[serde(rename = "type")]
        required pub type_: String,
        /// Id of the request.
        pub request_id: String,
        /// When it happened.
        pub timestamp: Option<Rfc3339Timestamp>,
        /// Language of the user: `en-US`.
        pub locale: Option<Text>,
        /// How far the dialog is: `STARTED`, `IN_PROGRESS`, `COMPLETED`. Only of intents with a dialog.
        pub dialog_state: Option<String>,
        /// What the user wants. Only of intents.
        pub intent: Option<AlexaIntent>,
        /// Why the session ended: `USER_INITIATED`, `ERROR`, `EXCEEDED_MAX_REPROMPTS`. Only when it did.
        pub reason: Option<String>,
        /// What went wrong. Only when something did.
        pub error: Option<AlexaError>,
    }

    /// What a user wants.
    #[serde(rename_all = "camelCase")]
    pub struct AlexaIntent {
        /// Its name: `RecipeIntent`, `AMAZON.HelpIntent`.
        pub name: String,
        /// `NONE`, `CONFIRMED` or `DENIED`. Absent in old samples.
        pub confirmation_status: Option<String>,
        /// Its slots, by name. Absent, or `null`, without any.
        pub slots: Map<AlexaSlot>,
    }

    /// A slot.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaSlot {
        /// Its name.
        pub name: String,
        /// What the user said. Absent if nothing.
        pub value: Option<String>,
        /// `NONE`, `CONFIRMED` or `DENIED`. Absent in old samples.
        pub confirmation_status: Option<String>,
        /// What Alexa made of it. Absent without entity resolution.
        pub resolutions: Option<AlexaResolutions>,
        /// The values, of a slot that may have several.
        pub slot_value: Option<Value>,
        /// Where the value comes from: `USER`.
        pub source: Option<String>,
    }

    /// What Alexa made of what a user said.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaResolutions {
        /// By who looked: the slot type, or its dynamic entities.
        pub resolutions_per_authority: Vec<AlexaResolution>,
    }

    /// What one authority made of what a user said.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaResolution {
        /// Who looked.
        pub authority: String,
        /// Whether it was found: `ER_SUCCESS_MATCH`, `ER_SUCCESS_NO_MATCH`, or an error.
        pub status: Option<AlexaResolutionStatus>,
        /// What was found, the best first.
        pub values: Option<Vec<AlexaResolutionValue>>,
    }

    /// Whether something was found.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaResolutionStatus {
        /// `ER_SUCCESS_MATCH`, `ER_SUCCESS_NO_MATCH`, or an error.
        pub code: String,
    }

    /// Something that was found.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaResolutionValue {
        /// It.
        pub value: AlexaEntity,
    }

    /// An entity of a slot type.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaEntity {
        /// Its name.
        pub name: String,
        /// Its id. Absent without one.
        pub id: Option<String>,
    }

    /// What went wrong.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaError {
        /// The kind: `INVALID_RESPONSE`, `INTERNAL_SERVICE_ERROR`.
        #[serde(rename = "type")]
        pub type_: String,
        /// What it was.
        pub message: String,
    }

    /// The answer of a skill.
    #[serde(rename_all = "camelCase")]
    pub struct AlexaSkillResponse {
        /// Version of the answer: `1.0`.
        pub version: Text,
        /// What the skill remembers in the session.
        pub session_attributes: Map<Value>,
        /// What the skill says, and what happens next.
        required pub response: AlexaResponse,
    }

    /// What a skill says, and what happens next.
    #[serde(rename_all = "camelCase")]
    pub struct AlexaResponse {
        /// What Alexa says.
        pub output_speech: Option<AlexaSpeech>,
        /// What the app shows.
        pub card: Option<AlexaCard>,
        /// What Alexa says if the user says nothing.
        pub reprompt: Option<AlexaReprompt>,
        /// What the device does.
        pub directives: Option<Vec<Value>>,
        /// Whether the session is over. Absent, it is, but for a device with a screen.
        pub should_end_session: Option<bool>,
        /// Whether the skill could do it. Only to `CanFulfillIntentRequest`.
        pub can_fulfill_intent: Option<Value>,
    }

    /// What Alexa says.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaSpeech {
        /// `PlainText` or `SSML`.
        #[serde(rename = "type")]
        required pub type_: String,
        /// The text, of `PlainText`.
        pub text: Option<String>,
        /// The speech, of `SSML`: `<speak>…</speak>`.
        pub ssml: Option<String>,
        /// `ENQUEUE`, `REPLACE_ALL` or `REPLACE_ENQUEUED`.
        pub play_behavior: Option<String>,
    }

    /// What Alexa says if the user says nothing.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaReprompt {
        /// It.
        pub output_speech: Option<AlexaSpeech>,
    }

    /// What the app shows.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaCard {
        /// `Simple`, `Standard`, `LinkAccount` or `AskForPermissionsConsent`.
        #[serde(rename = "type")]
        required pub type_: String,
        /// Its title.
        pub title: Option<String>,
        /// Its text, of `Simple`.
        pub content: Option<String>,
        /// Its text, of `Standard`.
        pub text: Option<String>,
        /// Its image, of `Standard`: URLs by size, `smallImageUrl`, `largeImageUrl`.
        pub image: Map<String>,
        /// What the user is asked to allow, of `AskForPermissionsConsent`.
        pub permissions: Option<Vec<String>>,
    }

    /// Something to be done in a smart home: version 3.
    #[serde(rename_all = "camelCase")]
    pub struct AlexaDirectiveEvent {
        /// It.
        required pub directive: AlexaDirective,
    }

    /// Something to be done, or that was done, in a smart home.
    #[serde(rename_all = "camelCase")]
    pub struct AlexaDirective {
        /// What it is.
        required pub header: AlexaHeader,
        /// Where. Absent of discovery and authorization.
        pub endpoint: Option<AlexaEndpoint>,
        /// The rest, by what it is.
        #[serde(default)]
        pub payload: Value,
    }

    /// What a directive or an event is.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaHeader {
        /// Its interface: `Alexa.PowerController`.
        required pub namespace: String,
        /// Its name: `TurnOn`.
        pub name: String,
        /// `3`, or `2` of the old version.
        pub payload_version: Text,
        /// Its id, a UUID.
        pub message_id: String,
        /// Ties a deferred answer to what was asked.
        pub correlation_token: Option<String>,
        /// The thing of the endpoint that it is about.
        pub instance: Option<String>,
    }

    /// A thing in a smart home.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaEndpoint {
        /// How the user is known: `{"type": "BearerToken", "token": "…"}`.
        pub scope: Option<Value>,
        /// Its id, by you.
        pub endpoint_id: String,
        /// What you said of it when it was discovered.
        pub cookie: Map<String>,
    }

    /// The answer to something that was to be done in a smart home.
    #[serde(rename_all = "camelCase")]
    pub struct AlexaEventResponse {
        /// What was done.
        required pub event: AlexaDirective,
        /// How things are now: `{"properties": […]}`.
        pub context: Option<Value>,
    }

    /// Something to be done in a smart home: version 2, and its answer.
    #[serde(rename_all = "camelCase")]
    pub struct AlexaHomeDirective {
        /// What it is.
        required pub header: AlexaHeader,
        /// The rest, by what it is.
        #[serde(default)]
        pub payload: Value,
    }
}

secret_event! {
    /// A device, its user, and how Alexa is reached.
    #[serde(rename_all = "camelCase")]
    pub struct AlexaSystem {
        /// Token for the API of Alexa. Absent in old samples.
        pub api_access_token: Option<String>,
        /// URL of the API of Alexa. Absent in old samples.
        pub api_endpoint: Option<String>,
        /// The skill.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub application: AlexaApplication,
        /// The device.
        pub device: Option<AlexaDevice>,
        /// The person who speaks, if Alexa knows the voice.
        pub person: Option<Value>,
        /// Where in a home or hotel the device is.
        pub unit: Option<Value>,
        /// The user.
        pub user: Option<AlexaUser>,
    }
    secrets: api_access_token
}

secret_event! {
    /// A user.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlexaUser {
        /// Id of the user, for this skill.
        pub user_id: String,
        /// Token of the account that the user linked. Absent without one.
        pub access_token: Option<String>,
        /// What the user lets the skill do.
        pub permissions: Option<Value>,
    }
    secrets: access_token
}

impl AlexaSkillEvent {
    /// What the user wants. `None` if the request is not of an intent.
    pub fn intent_name(&self) -> Option<&str> {
        self.request.intent.as_ref().map(|intent| intent.name.as_str())
    }

    /// What the user said for a slot of the intent.
    pub fn slot(&self, name: &str) -> Option<&str> {
        self.request.intent.as_ref()?.slots.get(name)?.value.as_deref()
    }

    /// Id of the skill: check that it is yours.
    pub fn application_id(&self) -> Option<&str> {
        let session = self.session.as_ref().map(|session| &session.application);
        let system = || self.context.as_ref()?.system.as_ref().map(|system| &system.application);
        session.or_else(system).map(|application| application.application_id.as_str())
    }
}

impl AlexaSlot {
    /// The name of the entity that Alexa found for what the user said. `None` if it found none.
    pub fn resolved(&self) -> Option<&str> {
        let authorities = &self.resolutions.as_ref()?.resolutions_per_authority;
        let found = authorities.iter().filter_map(|found| found.values.as_ref()?.first());
        found.into_iter().next().map(|found| found.value.name.as_str())
    }
}

impl AlexaSpeech {
    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { type_: "PlainText".to_owned(), text: Some(text.into()), ..Self::default() }
    }

    /// SSML: `<speak>…</speak>`.
    pub fn ssml(ssml: impl Into<String>) -> Self {
        Self { type_: "SSML".to_owned(), ssml: Some(ssml.into()), ..Self::default() }
    }
}

impl AlexaSkillResponse {
    /// Alexa says this, and the session is over.
    pub fn tell(text: impl Into<String>) -> Self {
        Self::speak(AlexaSpeech::text(text), true)
    }

    /// Alexa says this, and waits for what the user says. If that is nothing, she says it again.
    pub fn ask(text: impl Into<String>) -> Self {
        let speech = AlexaSpeech::text(text);
        let mut response = Self::speak(speech.clone(), false);
        response.response.reprompt =
            Some(AlexaReprompt { output_speech: Some(speech), ..Default::default() });
        response
    }

    /// Alexa says this. The session is over, or not.
    pub fn speak(speech: AlexaSpeech, end_session: bool) -> Self {
        let response = AlexaResponse {
            output_speech: Some(speech),
            should_end_session: Some(end_session),
            ..Default::default()
        };
        Self { version: "1.0".into(), response, ..Default::default() }
    }

    /// The same answer, with a card of this title and text.
    #[must_use]
    pub fn with_card(mut self, title: impl Into<String>, content: impl Into<String>) -> Self {
        self.response.card = Some(AlexaCard {
            type_: "Simple".to_owned(),
            title: Some(title.into()),
            content: Some(content.into()),
            ..Default::default()
        });
        self
    }

    /// The same answer, by which the session remembers this.
    #[must_use]
    pub fn with_session_attribute(mut self, name: impl Into<Text>, value: impl Into<Value>) -> Self {
        self.session_attributes.insert(name, value.into());
        self
    }
}
