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
