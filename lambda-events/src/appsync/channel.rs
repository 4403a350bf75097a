use serde_json::Value;

use super::{AppSyncEventsOperation, AppSyncIdentity, AppSyncPrevResult, AppSyncRequest};

event! {
    /// Somebody publishes to a channel of AppSync Events, or subscribes to it.
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncEventsEvent {
        /// Who publishes or subscribes. `None` with an API key.
        pub identity: Option<AppSyncIdentity>,
        /// A result. Always `None` when a handler is called.
        pub result: Option<Value>,
        /// The request of HTTP that it came with.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub request: AppSyncRequest,
        /// The channel, and what is done.
        required pub info: AppSyncEventsInfo,
        /// An error. Always `None` when a handler is called.
        pub error: Option<Value>,
        /// What came before in a pipeline. Always `None`: a handler has none.
        pub prev: Option<AppSyncPrevResult>,
        /// An empty object.
        pub stash: Option<Value>,
        /// An empty list.
        pub out_errors: Option<Vec<Value>>,
        /// What is published. `None` when somebody subscribes.
        pub events: Option<Vec<AppSyncEventsMessage>>,
    }

    /// A channel, and what is done with it.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncEventsInfo {
        /// The channel.
        required pub channel: AppSyncEventsChannel,
        /// The namespace that the channel belongs to.
        required pub channel_namespace: AppSyncEventsChannelNamespace,
        /// What is done.
        #[serde(default)]
        pub operation: AppSyncEventsOperation,
    }

    /// A channel.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncEventsChannel {
        /// The path, the namespace first: `/default/orders`.
        pub path: String,
        /// The parts of the path: `default`, `orders`. A subscription may end in `*`.
        pub segments: Vec<String>,
    }

    /// A namespace of channels.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncEventsChannelNamespace {
        /// Its name: `default`.
        pub name: String,
    }

    /// Something that is published.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncEventsMessage {
        /// Its id, by which the answer says what becomes of it.
        pub id: String,
        /// What is published: any JSON.
        #[serde(default)]
        pub payload: Value,
    }

    /// What becomes of what is published. Messages that are not in it are not passed on.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncEventsPublishResponse {
        /// What is passed on, and what has failed. Absent with `error`.
        pub events: Option<Vec<AppSyncEventsResult>>,
        /// Why nothing is passed on. Absent if something is.
        pub error: Option<String>,
    }

    /// What becomes of one message: it is passed on, as it is or changed, or has failed.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncEventsResult {
        /// Id of the message.
        pub id: String,
        /// What is passed on. Absent if it has failed.
        pub payload: Option<Value>,
        /// Why it has failed, for who publishes. Absent if it is passed on.
        pub error: Option<String>,
    }

    /// Whether somebody may subscribe. A function may also answer `null` to allow it.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncEventsSubscribeResponse {
        /// Why not. Absent if allowed.
        pub error: Option<String>,
    }
}

impl AppSyncEventsEvent {
    /// What is published: nothing, when somebody subscribes.
    pub fn messages(&self) -> &[AppSyncEventsMessage] {
        self.events.as_deref().unwrap_or_default()
    }
}

impl AppSyncEventsPublishResponse {
    /// An answer of these results, one per message.
    pub fn new(results: impl IntoIterator<Item = AppSyncEventsResult>) -> Self {
        Self { events: Some(results.into_iter().collect()), ..Self::default() }
    }

    /// Everything is passed on as it is.
    pub fn unchanged(event: &AppSyncEventsEvent) -> Self {
        let pass =
            |message: &AppSyncEventsMessage| AppSyncEventsResult::pass(&message.id, message.payload.clone());
        Self::new(event.messages().iter().map(pass))
    }

    /// Nothing is passed on, for this reason.
    pub fn reject(error: impl Into<String>) -> Self {
        Self { error: Some(error.into()), ..Self::default() }
    }
}

impl AppSyncEventsResult {
    /// This is passed on for the message of this id.
    pub fn pass(id: impl Into<String>, payload: impl Into<Value>) -> Self {
        Self { id: id.into(), payload: Some(payload.into()), ..Self::default() }
    }

    /// The message of this id has failed, for this reason.
    pub fn fail(id: impl Into<String>, error: impl Into<String>) -> Self {
        Self { id: id.into(), error: Some(error.into()), ..Self::default() }
    }
}

impl AppSyncEventsSubscribeResponse {
    /// Somebody may subscribe.
    pub fn allow() -> Self {
        Self::default()
    }

    /// Somebody may not subscribe, for this reason.
    pub fn reject(error: impl Into<String>) -> Self {
        Self { error: Some(error.into()), ..Self::default() }
    }
}
