//! Users that sign in: before, and after.

use super::CognitoEventUserPoolsHeader;
use crate::encodings::Map;

open_enum! {
    /// What made Cognito ask before a user signs in.
    pub enum CognitoEventUserPoolsPreAuthenticationTriggerSource {
        /// The user signs in.
        Authentication = "PreAuthentication_Authentication",
    }

    /// What the user did.
    pub enum CognitoEventUserPoolsPostAuthenticationTriggerSource {
        /// Signed in.
        Authentication = "PostAuthentication_Authentication",
    }
}

event! {
    /// Somebody signs in. An error of the function denies it, and its message is shown; else the answer is the event as it is.
    ///
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-authentication.html>
    #[derive(Eq)]
    pub struct CognitoEventUserPoolsPreAuthentication {
        /// What every event of a user pool begins with.
        #[serde(flatten)]
        pub cognito_event_user_pools_header:
            CognitoEventUserPoolsHeader<CognitoEventUserPoolsPreAuthenticationTriggerSource>,
        /// Who signs in.
        required pub request: CognitoEventUserPoolsPreAuthenticationRequest,
        /// Nothing that Cognito reads.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub response: CognitoEventUserPoolsPreAuthenticationResponse,
    }

    /// Who signs in.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsPreAuthenticationRequest {
        /// Attributes of the user: `sub`, `email`, `cognito:user_status`. Numbers and booleans are strings.
        pub user_attributes: Map<String>,
        /// What the app sent as `ValidationData` or, in newer apps, as `ClientMetadata`. Absent if nothing.
        pub validation_data: Map<String>,
        /// What the app sent as `ClientMetadata`. Absent if nothing.
        pub client_metadata: Map<String>,
        /// There is no such user. Absent unless the app client prevents errors that tell so.
        pub user_not_found: Option<bool>,
    }

    /// Nothing: this trigger has no answer.
    #[derive(Eq)]
    pub struct CognitoEventUserPoolsPreAuthenticationResponse {}

    /// Somebody has signed in. The answer is the event as it is.
    ///
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-authentication.html>
    #[derive(Eq)]
    pub struct CognitoEventUserPoolsPostAuthentication {
        /// What every event of a user pool begins with.
        #[serde(flatten)]
        pub cognito_event_user_pools_header:
            CognitoEventUserPoolsHeader<CognitoEventUserPoolsPostAuthenticationTriggerSource>,
        /// Who has signed in.
        required pub request: CognitoEventUserPoolsPostAuthenticationRequest,
        /// Nothing that Cognito reads.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub response: CognitoEventUserPoolsPostAuthenticationResponse,
    }

    /// Who has signed in.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsPostAuthenticationRequest {
        /// The user signed in with a new device. Only where the pool remembers devices.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub new_device_used: bool,
        /// Attributes of the user: `sub`, `email`, `cognito:user_status`. Numbers and booleans are strings.
        pub user_attributes: Map<String>,
        /// What the app sent as `ClientMetadata`. Absent if nothing.
        pub client_metadata: Map<String>,
    }

    /// Nothing: this trigger has no answer.
    #[derive(Eq)]
    pub struct CognitoEventUserPoolsPostAuthenticationResponse {}
}
