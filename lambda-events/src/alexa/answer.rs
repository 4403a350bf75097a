use serde_json::Value;

use crate::encodings::{Map, Text};

event! {
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
