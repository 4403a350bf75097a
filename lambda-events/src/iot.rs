//! AWS IoT Core: custom authorizers, hooks of provisioning, and what rules send.
//!
//! Authorizers and hooks are synchronous, and wait up to 5 seconds. Rules are asynchronous: what a rule sends is what its
//! `SELECT` makes, so take a type of your own for it; there are types here for connections and for errors of rules.
//!
//! ```
//! use lambda_events::{Error, iam::{IamPolicyDocument, IamPolicyStatement}};
//! use lambda_events::iot::{IoTCoreCustomAuthorizerRequest, IoTCoreCustomAuthorizerResponse};
//!
//! async fn handle(request: IoTCoreCustomAuthorizerRequest) -> Result<IoTCoreCustomAuthorizerResponse, Error> {
//!     let Some(token) = request.token else { return Ok(IoTCoreCustomAuthorizerResponse::deny()) };
//!     let policy = IamPolicyDocument::new([IamPolicyStatement::allow(["iot:Connect"], ["*"])]);
//!     Ok(IoTCoreCustomAuthorizerResponse::allow(token, [policy]))
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/iot/latest/developerguide/custom-authentication.html>

use crate::{
    encodings::{Base64Data, Headers, Map, MillisecondTimestamp, Text},
    iam::IamPolicyDocument,
};

open_enum! {
    /// What happened to a connection.
    pub enum IoTPresenceEventType {
        /// A client has connected.
        Connected = "connected",
        /// A client has disconnected, or was.
        Disconnected = "disconnected",
        /// A client has subscribed to topics.
        Subscribed = "subscribed",
        /// A client has unsubscribed from topics.
        Unsubscribed = "unsubscribed",
    }
}

event! {
    /// What the protocols of a connection say. Each is absent where the connection does without.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTCoreProtocolData {
        /// TLS.
        pub tls: Option<IoTCoreTlsContext>,
        /// HTTP, also that of a WebSocket.
        pub http: Option<IoTCoreHttpContext>,
        /// MQTT.
        pub mqtt: Option<IoTCoreMqttContext>,
    }

    /// What TLS says.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTCoreTlsContext {
        /// Name that the client asked for, its SNI.
        pub server_name: Option<String>,
        /// Certificate of the client, PEM. Absent without one.
        pub x509_certificate_pem: Option<String>,
        /// Id of the certificate, if it is registered. Absent without one.
        pub principal_id: Option<String>,
    }

    /// What HTTP says.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTCoreHttpContext {
        /// Headers, with their names in the case of the client.
        pub headers: Headers,
        /// What follows the path: `?name=value`. Empty if nothing does.
        pub query_string: Option<String>,
    }

    /// What the `CONNECT` of MQTT says.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTCoreMqttContext {
        /// Id of the client.
        pub client_id: Option<String>,
        /// The password: base64 of its bytes. Absent if there is none.
        pub password: Option<Base64Data>,
        /// The user name. Absent if there is none.
        pub username: Option<String>,
    }

    /// Which connection it is.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTCoreConnectionMetadata {
        /// Id of the connection, a UUID, for the logs.
        pub id: String,
    }

    /// Who is connecting, and what that may do.
    ///
    /// <https://docs.aws.amazon.com/iot/latest/developerguide/config-custom-auth.html>
    #[serde(rename_all = "camelCase")]
    pub struct IoTCoreCustomAuthorizerResponse {
        /// Whether the connection is let in.
        pub is_authenticated: bool,
        /// Name of who is connecting: 1 to 128 letters and digits.
        pub principal_id: String,
        /// When to disconnect, in seconds: 300 to 86,400.
        pub disconnect_after_in_seconds: u32,
        /// When to ask again, in seconds: 300 to 86,400. The answer is kept that long.
        pub refresh_after_in_seconds: u32,
        /// What the connection may do, up to 10 policies of up to 2,048 characters.
        pub policy_documents: Vec<IamPolicyDocument>,
    }

    /// A device is about to be registered, and the hook of the template is asked.
    ///
    /// <https://docs.aws.amazon.com/iot/latest/developerguide/pre-provisioning-hook.html>
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTPreProvisionHookRequest {
        /// Id of the claim certificate, which the device came with. Absent when it is registered just in time.
        pub claim_certificate_id: Option<String>,
        /// Id of the certificate of the device.
        pub certificate_id: String,
        /// Certificate of the device, PEM.
        pub certificate_pem: String,
        /// ARN of the template.
        required pub template_arn: String,
        /// Id of the MQTT client. Absent when it is registered just in time.
        pub client_id: Option<String>,
        /// What the device says about itself: `SerialNumber`.
        pub parameters: Map<String>,
    }

    /// Whether a device may be registered.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTPreProvisionHookResponse {
        /// Whether it may.
        pub allow_provisioning: bool,
        /// Parameters of the template, in place of those of the device. May be absent.
        pub parameter_overrides: Map<String>,
    }

    /// A client has come or gone, or has changed its subscriptions: what a rule `SELECT * FROM '$aws/events/#'` sends.
    ///
    /// <https://docs.aws.amazon.com/iot/latest/developerguide/life-cycle-events.html>
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTPresenceEvent {
        /// Id of the client.
        pub client_id: String,
        /// When it happened, in milliseconds.
        pub timestamp: MillisecondTimestamp,
        /// What happened.
        required pub event_type: IoTPresenceEventType,
        /// Id of the session, a UUID.
        pub session_identifier: String,
        /// Id of the certificate, or the name of who connected.
        pub principal_identifier: String,
        /// IP address of the client. Only of `connected`.
        pub ip_address: Option<String>,
        /// Number of the connection, from 0 on, for putting events in order. Only of `connected` and `disconnected`.
        pub version_number: Option<i64>,
        /// Whether the client said that it goes. Only of `disconnected`.
        pub client_initiated_disconnect: Option<bool>,
        /// Why: `CLIENT_INITIATED_DISCONNECT`, `MQTT_KEEP_ALIVE_TIMEOUT`. Only of `disconnected`.
        pub disconnect_reason: Option<String>,
        /// The topics. Only of `subscribed` and `unsubscribed`.
        pub topics: Option<Vec<String>>,
    }

    /// An action of a rule has failed: what the error action of the rule sends.
    ///
    /// <https://docs.aws.amazon.com/iot/latest/developerguide/rule-error-handling.html>
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTRuleErrorEvent {
        /// Name of the rule.
        pub rule_name: String,
        /// Topic of the message.
        pub topic: String,
        /// Id in the logs.
        pub cloudwatch_trace_id: String,
        /// Id of the client that sent the message.
        pub client_id: String,
        /// IP address of the client. Absent from older events.
        pub source_ip: Option<String>,
        /// The message: base64.
        #[serde(default)]
        pub base64_original_payload: Base64Data,
        /// What failed.
        required pub failures: Vec<IoTRuleFailure>,
    }

    /// An action that failed.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTRuleFailure {
        /// Kind of the action: `S3Action`.
        pub failed_action: String,
        /// What it is about: the name of a bucket.
        pub failed_resource: String,
        /// Why it failed.
        pub error_message: String,
    }
}

secret_event! {
    /// Somebody connects, or sends a request, and a custom authorizer is asked.
    ///
    /// <https://docs.aws.amazon.com/iot/latest/developerguide/config-custom-auth.html>
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTCoreCustomAuthorizerRequest {
        /// The token, from a header or from the user name of MQTT. Absent if there is none.
        pub token: Option<String>,
        /// Whether the signature of the token was checked, and right.
        pub signature_verified: bool,
        /// Protocols of the connection: `tls`, `http`, `mqtt`.
        required pub protocols: Vec<String>,
        /// What the protocols say.
        pub protocol_data: Option<IoTCoreProtocolData>,
        /// Which connection it is. Absent from tests in the console.
        pub connection_metadata: Option<IoTCoreConnectionMetadata>,
    }
    secrets: token
}

impl IoTCoreCustomAuthorizerResponse {
    /// The connection is not let in.
    pub fn deny() -> Self {
        Self { disconnect_after_in_seconds: 300, refresh_after_in_seconds: 300, ..Default::default() }
    }

    /// The connection is let in, for a day, and the answer is kept for an hour. The name is 1 to 128 letters and digits.
    pub fn allow(
        principal_id: impl Into<String>,
        policies: impl IntoIterator<Item = IamPolicyDocument>,
    ) -> Self {
        Self {
            is_authenticated: true,
            principal_id: principal_id.into(),
            disconnect_after_in_seconds: 86_400,
            refresh_after_in_seconds: 3_600,
            policy_documents: policies.into_iter().collect(),
            ..Default::default()
        }
    }

    /// When to disconnect, in seconds: 300 to 86,400.
    #[must_use]
    pub fn with_disconnect_after(mut self, seconds: u32) -> Self {
        self.disconnect_after_in_seconds = seconds;
        self
    }

    /// When to ask again, in seconds: 300 to 86,400.
    #[must_use]
    pub fn with_refresh_after(mut self, seconds: u32) -> Self {
        self.refresh_after_in_seconds = seconds;
        self
    }
}

impl IoTPreProvisionHookResponse {
    /// The device may be registered.
    pub fn allow() -> Self {
        Self { allow_provisioning: true, ..Default::default() }
    }

    /// The device may not be registered.
    pub fn deny() -> Self {
        Self::default()
    }

    /// A parameter of the template, in place of that of the device.
    #[must_use]
    pub fn with_parameter(mut self, name: impl Into<Text>, value: impl Into<String>) -> Self {
        self.parameter_overrides.insert(name, value.into());
        self
    }
}
