//! Custom authorizers of AWS IoT as they were described before [`iot`](crate::iot), whose types are those to use.
//!
//! Synchronous. The types are here for code that has them.
//!
//! ```
//! use lambda_events::iot_deprecated::{IoTCustomAuthorizerRequest, IoTCustomAuthorizerResponse};
//!
//! fn answer(request: &IoTCustomAuthorizerRequest) -> IoTCustomAuthorizerResponse {
//!     IoTCustomAuthorizerResponse {
//!         is_authenticated: request.authorization_token.is_some(),
//!         ..Default::default()
//!     }
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/iot/latest/developerguide/config-custom-auth.html>

use crate::iot::{IoTCoreHttpContext, IoTCoreMqttContext, IoTCoreTlsContext};

/// What HTTP says.
pub type IoTHttpContext = IoTCoreHttpContext;
/// What the `CONNECT` of MQTT says.
pub type IoTMqttContext = IoTCoreMqttContext;
/// What TLS says.
pub type IoTTlsContext = IoTCoreTlsContext;

event! {
    /// Who is connecting. Use [`IoTCoreCustomAuthorizerResponse`](crate::iot::IoTCoreCustomAuthorizerResponse) instead.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTCustomAuthorizerResponse {
        /// Whether the connection is let in.
        pub is_authenticated: bool,
        /// Name of who is connecting: 1 to 128 letters and digits.
        pub principal_id: String,
        /// When to disconnect, in seconds: 300 to 86,400.
        pub disconnect_after_in_seconds: i32,
        /// When to ask again, in seconds: 300 to 86,400.
        pub refresh_after_in_seconds: i32,
        /// What the connection may do: policies, each a string of JSON.
        pub policy_documents: Vec<String>,
    }
}

secret_event! {
    /// Somebody connects. Use [`IoTCoreCustomAuthorizerRequest`](crate::iot::IoTCoreCustomAuthorizerRequest) instead.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTCustomAuthorizerRequest {
        /// What HTTP says. Absent where the connection does without.
        pub http_context: Option<IoTHttpContext>,
        /// What MQTT says. Absent where the connection does without.
        pub mqtt_context: Option<IoTMqttContext>,
        /// What TLS says. Absent where the connection does without.
        pub tls_context: Option<IoTTlsContext>,
        /// The token. Absent if there is none.
        #[serde(rename = "token")]
        pub authorization_token: Option<String>,
        /// Signature of the token. Absent if there is none.
        pub token_signature: Option<String>,
    }
    secrets: authorization_token, token_signature
}
