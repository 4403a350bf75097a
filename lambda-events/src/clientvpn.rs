//! AWS Client VPN: the handler of new connections.
//!
//! Synchronous: the connection waits, up to 30 seconds, for whether it is allowed.
//!
//! ```
//! use lambda_events::{Error, clientvpn::{ClientVpnConnectionHandlerRequest, ClientVpnConnectionHandlerResponse}};
//!
//! async fn handle(request: ClientVpnConnectionHandlerRequest) -> Result<ClientVpnConnectionHandlerResponse, Error> {
//!     Ok(if request.public_ip.starts_with("203.0.113.") {
//!         ClientVpnConnectionHandlerResponse::allow(&request)
//!     } else {
//!         ClientVpnConnectionHandlerResponse::deny(&request, "Only from the office")
//!     })
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/connection-authorization.html>

event! {
    /// Somebody connects.
    #[derive(Eq)]
    #[serde(rename_all = "kebab-case")]
    pub struct ClientVpnConnectionHandlerRequest {
        /// Id of the connection: `cvpn-connection-04e7e1b2f0daf9460`.
        required pub connection_id: String,
        /// Id of the endpoint: `cvpn-endpoint-0f13eab7f860433cc`.
        pub endpoint_id: String,
        /// Common name of the certificate of the client. Empty without one.
        pub common_name: String,
        /// Name of the user. Empty without one, as with certificates.
        pub username: String,
        /// Operating system of the client. Empty if the client does not say.
        #[serde(rename = "platform")]
        pub os_platform: String,
        /// Its version. Empty if the client does not say.
        #[serde(rename = "platform-version")]
        pub os_platform_version: String,
        /// IP address of the client.
        pub public_ip: String,
        /// Version of OpenVPN. Empty if the client does not say.
        #[serde(rename = "client-openvpn-version")]
        pub client_open_vpn_version: String,
        /// Version of the client of AWS. Absent before schema `v2`; empty for other clients.
        pub aws_client_version: Option<String>,
        /// Groups of the user, from the directory or the identity provider, with commas between. Absent before schema `v2`.
        pub groups: Option<String>,
        /// Version of the request: `v1`, `v2`, `v3`.
        pub schema_version: String,
    }

    /// Whether a connection is allowed.
    #[derive(Eq)]
    #[serde(rename_all = "kebab-case")]
    pub struct ClientVpnConnectionHandlerResponse {
        /// Whether it is.
        pub allow: bool,
        /// What the user is told who was denied, up to 255 characters. Of schemas `v1` and `v2`.
        pub error_msg_on_failed_posture_compliance: Option<String>,
        /// What the user is told who was denied, up to 255 characters. Of schema `v3`.
        pub error_msg_on_denied_connection: Option<String>,
        /// What was found out about the device: up to 10 words of letters, digits and `_-`, for the log.
        pub posture_compliance_statuses: Vec<String>,
        /// Version of the answer: that of the request.
        pub schema_version: String,
    }
}

impl ClientVpnConnectionHandlerResponse {
    /// The connection is allowed.
    pub fn allow(request: &ClientVpnConnectionHandlerRequest) -> Self {
        let denied = Self::deny(request, "");
        Self { allow: true, ..denied }
    }

    /// The connection is denied, and what the user is told: up to 255 characters, which may be none.
    pub fn deny(request: &ClientVpnConnectionHandlerRequest, message: impl Into<String>) -> Self {
        // Each of the two members is required in its schemas, and unknown in the others.
        let old = matches!(request.schema_version.as_str(), "v1" | "v2");
        let message = message.into();
        let (failed_posture, denied) = if old { (Some(message), None) } else { (None, Some(message)) };
        Self {
            error_msg_on_failed_posture_compliance: failed_posture,
            error_msg_on_denied_connection: denied,
            schema_version: request.schema_version.clone(),
            ..Default::default()
        }
    }

    /// What was found out about the device: up to 10 words of letters, digits and `_-`, for the log.
    #[must_use]
    pub fn with_posture_compliance_statuses<S: Into<String>>(
        mut self,
        statuses: impl IntoIterator<Item = S>,
    ) -> Self {
        self.posture_compliance_statuses = statuses.into_iter().map(Into::into).collect();
        self
    }
}
