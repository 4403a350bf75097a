use serde_json::Value;

use crate::encodings::{Map, Text};

event! {
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
