//! Signing in to the console.
//!
//! <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html>

use serde_json::Value;

use super::cloudtrail::SessionContext;
use crate::encodings::Rfc3339Timestamp;

event! {
    /// `AWS Console Sign In via CloudTrail`: somebody signed in, or tried to.
    #[serde(rename_all = "camelCase")]
    pub struct SignIn {
        /// Version of this structure.
        pub event_version: String,
        /// Who.
        pub user_identity: UserIdentity,
        /// When.
        #[serde(default)]
        pub event_time: Rfc3339Timestamp,
        /// `signin.amazonaws.com`.
        pub event_source: String,
        /// `ConsoleLogin`.
        pub event_name: String,
        /// Region of the page.
        pub aws_region: String,
        /// Address of the browser.
        #[serde(rename = "sourceIPAddress")]
        pub source_ipaddress: String,
        /// The browser.
        pub user_agent: String,
        /// `null`.
        pub request_parameters: Option<Value>,
        /// How it ended. Absent in some events.
        pub response_elements: Option<ResponseElements>,
        /// More about it. Absent in some events.
        pub additional_event_data: Option<AdditionalEventData>,
        /// What went wrong. Absent if nothing did.
        pub error_message: Option<String>,
        /// Id of the event: a UUID.
        #[serde(rename = "eventID")]
        pub event_id: String,
        /// `AwsConsoleSignIn`.
        pub event_type: String,
        /// Whether it changes nothing: `false`. Absent in old events.
        pub read_only: Option<bool>,
        /// Whether it is an event of management: `true`. Absent in old events.
        pub management_event: Option<bool>,
        /// Account that the event is for. Absent in old events.
        pub recipient_account_id: Option<String>,
        /// `Management`. Absent in old events.
        pub event_category: Option<String>,
        /// How the call was encrypted. Absent in some events.
        pub tls_details: Option<Value>,
    }

    /// Who signed in.
    #[serde(rename_all = "camelCase")]
    pub struct UserIdentity {
        /// `Root`, `IAMUser` and so on.
        #[serde(rename = "type")]
        pub type_: String,
        /// Id of the user.
        pub principal_id: String,
        /// ARN of the user. Absent if it is not known.
        pub arn: Option<String>,
        /// Account of the user.
        pub account_id: String,
        /// Name of the user. Absent of a root user.
        pub user_name: Option<String>,
        /// Id of the access key: empty of a user with a password. Absent in some events.
        pub access_key_id: Option<String>,
        /// How the session was made. Absent unless a role signed in.
        pub session_context: Option<SessionContext>,
    }

    /// How it ended.
    #[serde(rename_all = "PascalCase")]
    pub struct ResponseElements {
        /// `Success` or `Failure`.
        pub console_login: String,
    }

    /// More about a sign-in.
    #[serde(rename_all = "PascalCase")]
    pub struct AdditionalEventData {
        /// Page that was gone to. Absent in some events.
        pub login_to: Option<String>,
        /// `Yes` or `No`.
        pub mobile_version: String,
        /// Whether there was a second factor: `Yes` or `No`.
        #[serde(rename = "MFAUsed")]
        pub mfaused: String,
        /// ARN of the second factor. Absent if there was none.
        #[serde(rename = "MFAIdentifier")]
        pub mfaidentifier: Option<String>,
    }
}
