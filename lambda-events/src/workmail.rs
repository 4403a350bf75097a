//! Amazon WorkMail: flow rules that run a function for each email.
//!
//! Synchronous or asynchronous, as the rule says. A synchronous one waits up to 15 seconds, and the answer says what becomes
//! of the email, for all recipients or for some. The email itself is to be had with `GetRawMessageContent`.
//!
//! ```
//! use lambda_events::{Error, workmail::{WorkMailEvent, WorkMailResponse}};
//!
//! async fn handle(event: WorkMailEvent) -> Result<WorkMailResponse, Error> {
//!     Ok(if event.subject.contains("lottery") { WorkMailResponse::drop() } else { WorkMailResponse::deliver() })
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/workmail/latest/adminguide/lambda.html>

open_enum! {
    /// Which way an email goes.
    pub enum WorkMailFlowDirection {
        /// Into the organization.
        Inbound = "INBOUND",
        /// Out of the organization.
        Outbound = "OUTBOUND",
    }

    /// What becomes of an email.
    pub enum WorkMailActionType {
        /// It is sent back to the sender, with a message.
        Bounce = "BOUNCE",
        /// It is dropped, without a word.
        Drop = "DROP",
        /// It is delivered, with the usual checks.
        Default = "DEFAULT",
        /// It is delivered, without a check for spam. Inbound only.
        BypassSpamCheck = "BYPASS_SPAM_CHECK",
        /// It is delivered to the folder for junk. Inbound only.
        MoveToJunk = "MOVE_TO_JUNK",
    }
}

event! {
    /// An email that a rule matches.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct WorkMailEvent {
        /// Version of the event: `2018-10-10`.
        pub summary_version: String,
        /// Who sent the email to whom, as the mail servers have it.
        required pub envelope: WorkMailEnvelope,
        /// Who sent the email, as it says itself: its header `Sender`, or `From`. Absent where it says nothing.
        pub sender: Option<WorkMailAddress>,
        /// The first 256 characters of the subject.
        pub subject: String,
        /// Id of the email, a UUID, for `GetRawMessageContent`.
        pub message_id: String,
        /// Id of the invocation, the same when it is tried again.
        pub invocation_id: String,
        /// Which way the email goes.
        #[serde(default)]
        pub flow_direction: WorkMailFlowDirection,
        /// Whether members were cut to 128 KB for the whole event.
        #[serde(default)]
        pub truncated: bool,
    }

    /// Who sent an email to whom, as the mail servers have it.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct WorkMailEnvelope {
        /// Who sent it.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub mail_from: WorkMailAddress,
        /// To whom, up to 500.
        pub recipients: Vec<WorkMailAddress>,
    }

    /// An email address.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct WorkMailAddress {
        /// The address: `ada@example.com`.
        pub address: String,
    }

    /// What becomes of an email.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct WorkMailResponse {
        /// What becomes of it, up to 10 different actions. The first that names a recipient counts for it.
        pub actions: Vec<WorkMailActionItem>,
    }

    /// What becomes of an email for some recipients, or for all.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct WorkMailActionItem {
        /// The recipients, by address. Absent when it is about all.
        pub recipients: Option<Vec<String>>,
        /// It is about all recipients. Absent, or `false`, when it is about some.
        pub all_recipients: Option<bool>,
        /// What becomes of the email.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub action: WorkMailAction,
    }

    /// An action, and what goes with it.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct WorkMailAction {
        /// Which action.
        #[serde(default)]
        pub type_: WorkMailActionType,
        /// What goes with it. Only with `BOUNCE`.
        pub parameters: Option<WorkMailActionParameters>,
    }

    /// What goes with an action.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct WorkMailActionParameters {
        /// What the sender is told. Absent for a standard text.
        pub bounce_message: Option<String>,
    }
}

impl WorkMailAction {
    /// An action without parameters.
    pub fn new(action: WorkMailActionType) -> Self {
        Self { type_: action, ..Default::default() }
    }

    /// The email is sent back to the sender, with a message.
    pub fn bounce(message: impl Into<String>) -> Self {
        Self {
            type_: WorkMailActionType::Bounce,
            parameters: Some(WorkMailActionParameters {
                bounce_message: Some(message.into()),
                ..Default::default()
            }),
            ..Default::default()
        }
    }
}

impl WorkMailResponse {
    /// An answer without actions yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The email is delivered, with the usual checks.
    pub fn deliver() -> Self {
        Self::new().with_action(WorkMailAction::new(WorkMailActionType::Default))
    }

    /// The email is dropped, without a word.
    pub fn drop() -> Self {
        Self::new().with_action(WorkMailAction::new(WorkMailActionType::Drop))
    }

    /// The email is sent back to the sender, with a message.
    pub fn bounce(message: impl Into<String>) -> Self {
        Self::new().with_action(WorkMailAction::bounce(message))
    }

    /// Adds an action for all recipients.
    #[must_use]
    pub fn with_action(mut self, action: WorkMailAction) -> Self {
        self.actions.push(WorkMailActionItem { all_recipients: Some(true), action, ..Default::default() });
        self
    }

    /// Adds an action for some recipients, before those for all.
    #[must_use]
    pub fn with_action_for<S: Into<String>>(
        mut self,
        recipients: impl IntoIterator<Item = S>,
        action: WorkMailAction,
    ) -> Self {
        self.actions.insert(
            0,
            WorkMailActionItem {
                recipients: Some(recipients.into_iter().map(Into::into).collect()),
                action,
                ..Default::default()
            },
        );
        self
    }
}
