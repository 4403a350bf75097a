//! AWS CloudTrail: a call of an API of AWS.
//!
//! <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::encodings::Rfc3339Timestamp;

event! {
    /// `AWS API Call via CloudTrail`: a call of an API of AWS. `I` is what it was called with, `O` what it
    /// answered.
    #[serde(rename_all = "camelCase", bound(deserialize = "I: DeserializeOwned, O: DeserializeOwned"))]
    pub struct AWSAPICall<I = Value, O = Value> {
        /// Version of this structure: `1.08`.
        pub event_version: String,
        /// Who called.
        pub user_identity: UserIdentity,
        /// When.
        #[serde(default)]
        pub event_time: Rfc3339Timestamp,
        /// The service: `ec2.amazonaws.com`.
        pub event_source: String,
        /// What was called: `RunInstances`.
        required pub event_name: String,
        /// Region that was called.
        pub aws_region: String,
        /// Address that the call came from, or the name of a service.
        #[serde(rename = "sourceIPAddress")]
        pub source_ipaddress: String,
        /// What called. Absent in some events.
        pub user_agent: Option<String>,
        /// Version of the API that was called: `2006-03-01`. Absent where the service has none.
        pub api_version: Option<String>,
        /// What it was called with. Absent or `null` if that is nothing.
        pub request_parameters: Option<I>,
        /// What it answered. Absent or `null` if it changes nothing.
        pub response_elements: Option<O>,
        /// More about it. Absent in most events.
        pub additional_event_data: Option<Value>,
        /// What went wrong: `AccessDenied`. Absent if nothing did.
        pub error_code: Option<String>,
        /// What went wrong, in a sentence. Absent if nothing did.
        pub error_message: Option<String>,
        /// Id of the request. Absent in some events.
        #[serde(rename = "requestID")]
        pub request_id: Option<String>,
        /// Id of the event: a UUID.
        #[serde(rename = "eventID")]
        pub event_id: String,
        /// `AwsApiCall`, `AwsServiceEvent` and so on.
        pub event_type: String,
        /// Whether it changes nothing. Absent in old events.
        pub read_only: Option<bool>,
        /// Whether it is about resources, and not what is in them. Absent in old events.
        pub management_event: Option<bool>,
        /// Account that the event is for. Absent in old events.
        pub recipient_account_id: Option<String>,
        /// What a service did. Absent unless it is of a service.
        pub service_event_details: Option<Value>,
        /// `Management` or `Data`. Absent in old events.
        pub event_category: Option<String>,
        /// `true` if it was done in the console. Absent if not.
        pub session_credential_from_console: Option<String>,
        /// What it was done to. Absent in most events.
        pub resources: Option<Vec<Value>>,
        /// How the call was encrypted. Absent in some events.
        pub tls_details: Option<Value>,
        /// The endpoint that it came through. Absent if there is none.
        pub vpc_endpoint_id: Option<String>,
        /// Account of that endpoint. Absent if there is none, and in old events.
        pub vpc_endpoint_account_id: Option<String>,
        /// Why it is late or was written anew: `reason`, `updatedFields`. Absent unless it was.
        pub addendum: Option<Value>,
        /// Id that it has for all accounts. Absent unless it is for several.
        #[serde(rename = "sharedEventID")]
        pub shared_event_id: Option<String>,
    }

    /// Who called.
    #[serde(rename_all = "camelCase")]
    pub struct UserIdentity {
        /// `IAMUser`, `AssumedRole`, `AWSService`, `Unknown` and so on.
        #[serde(rename = "type")]
        pub type_: String,
        /// Account of the caller. Absent of services.
        pub account_id: Option<String>,
        /// ARN of the caller. Absent of services.
        pub arn: Option<String>,
        /// Id of the access key. Absent if there is none.
        pub access_key_id: Option<String>,
        /// Id of the credential. Absent of most kinds.
        pub credential_id: Option<String>,
        /// The service that called for somebody. Absent if none did.
        pub invoked_by: Option<String>,
        /// Id of the caller. Absent of services.
        pub principal_id: Option<String>,
        /// How the session was made. Absent if there is none.
        pub session_context: Option<SessionContext>,
        /// Name of the caller. Absent of roles.
        pub user_name: Option<String>,
        /// The user of IAM Identity Center. Absent if there is none.
        pub on_behalf_of: Option<OnBehalfOf>,
        /// Who says who it is. Absent unless it is somebody else.
        pub identity_provider: Option<String>,
        /// What a service gave the credentials to: `issuerType`, `credentialsIssuedTo`. Absent in most events.
        pub in_scope_of: Option<Value>,
    }

    /// How a session was made.
    #[serde(rename_all = "camelCase")]
    pub struct SessionContext {
        /// What it was made of. Absent in some events.
        pub session_issuer: Option<SessionIssuer>,
        /// Who says who it is, of users of the web. Absent in some events.
        pub web_id_federation_data: Option<WebIdFederationData>,
        /// When it was made, and how. Absent in some events.
        pub attributes: Option<Attributes>,
        /// Who it is for the one who made it. Absent if that was not said.
        pub source_identity: Option<String>,
        /// Version of the metadata service that gave the keys: `2.0`. Absent outside of EC2.
        pub ec2_role_delivery: Option<String>,
        /// `true` if it is of `AssumeRoot`, `false` if not. Absent in most events.
        pub assumed_root: Option<String>,
    }

    /// What a session was made of.
    #[serde(rename_all = "camelCase")]
    pub struct SessionIssuer {
        /// `Role`, `IAMUser` or `Root`.
        #[serde(rename = "type")]
        pub type_: String,
        /// Its name. Absent of a root user.
        pub user_name: Option<String>,
        /// Its id.
        pub principal_id: String,
        /// Its ARN.
        pub arn: String,
        /// Its account.
        pub account_id: String,
    }

    /// Who says who a user of the web is.
    #[serde(rename_all = "camelCase")]
    pub struct WebIdFederationData {
        /// The provider. Absent in most events.
        pub federated_provider: Option<String>,
        /// What it says. Absent in most events.
        pub attributes: Option<Value>,
    }

    /// When a session was made, and how.
    #[serde(rename_all = "camelCase")]
    pub struct Attributes {
        /// `true` if with a second factor, `false` if not.
        pub mfa_authenticated: String,
        /// When it was made.
        #[serde(default)]
        pub creation_date: Rfc3339Timestamp,
    }

    /// A user of IAM Identity Center.
    #[serde(rename_all = "camelCase")]
    pub struct OnBehalfOf {
        /// Id of the user.
        pub user_id: String,
        /// ARN of the store that it is in.
        pub identity_store_arn: String,
    }
}
