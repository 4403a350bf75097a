//! Amazon Cognito: the triggers of user pools, and the sync event of identity pools.
//!
//! All but the custom senders are synchronous, and what Cognito reads is the event itself with `response` filled in: change
//! it and give it back. It waits for 5 seconds, and an error of the function is shown to the user who signs up or in.
//! [`CognitoEventUserPoolsCustomEmailSender`] and [`CognitoEventUserPoolsCustomSmsSender`] need no answer.
//!
//! ```
//! use lambda_events::{Error, cognito::CognitoEventUserPoolsPreSignup};
//!
//! async fn handle(mut event: CognitoEventUserPoolsPreSignup) -> Result<CognitoEventUserPoolsPreSignup, Error> {
//!     let email = event.request.user_attributes.get("email").ok_or("an email address is required")?;
//!     event.response.auto_confirm_user = email.ends_with("@example.com");
//!     Ok(event)
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html>

mod challenge;
mod federation;
mod message;
mod sign_in;
mod sign_up;
mod sync;
mod token;

pub use self::{
    challenge::{
        CognitoEventUserPoolsChallengeResult, CognitoEventUserPoolsCreateAuthChallenge,
        CognitoEventUserPoolsCreateAuthChallengeRequest, CognitoEventUserPoolsCreateAuthChallengeResponse,
        CognitoEventUserPoolsCreateAuthChallengeTriggerSource, CognitoEventUserPoolsDefineAuthChallenge,
        CognitoEventUserPoolsDefineAuthChallengeRequest, CognitoEventUserPoolsDefineAuthChallengeResponse,
        CognitoEventUserPoolsDefineAuthChallengeTriggerSource, CognitoEventUserPoolsVerifyAuthChallenge,
        CognitoEventUserPoolsVerifyAuthChallengeRequest, CognitoEventUserPoolsVerifyAuthChallengeResponse,
        CognitoEventUserPoolsVerifyAuthChallengeTriggerSource,
    },
    federation::{
        CognitoEventUserPoolsInboundFederation, CognitoEventUserPoolsInboundFederationAttributes,
        CognitoEventUserPoolsInboundFederationRequest, CognitoEventUserPoolsInboundFederationResponse,
        CognitoEventUserPoolsInboundFederationTriggerSource, CognitoFederationProviderType,
    },
    message::{
        CognitoEventUserPoolsCustomEmailSender, CognitoEventUserPoolsCustomEmailSenderTriggerSource,
        CognitoEventUserPoolsCustomMessage, CognitoEventUserPoolsCustomMessageRequest,
        CognitoEventUserPoolsCustomMessageResponse, CognitoEventUserPoolsCustomMessageTriggerSource,
        CognitoEventUserPoolsCustomSenderRequest, CognitoEventUserPoolsCustomSmsSender,
        CognitoEventUserPoolsCustomSmsSenderTriggerSource,
    },
    sign_in::{
        CognitoEventUserPoolsPostAuthentication, CognitoEventUserPoolsPostAuthenticationRequest,
        CognitoEventUserPoolsPostAuthenticationResponse,
        CognitoEventUserPoolsPostAuthenticationTriggerSource, CognitoEventUserPoolsPreAuthentication,
        CognitoEventUserPoolsPreAuthenticationRequest, CognitoEventUserPoolsPreAuthenticationResponse,
        CognitoEventUserPoolsPreAuthenticationTriggerSource,
    },
    sign_up::{
        CognitoEventUserPoolsMigrateUser, CognitoEventUserPoolsMigrateUserRequest,
        CognitoEventUserPoolsMigrateUserResponse, CognitoEventUserPoolsMigrateUserTriggerSource,
        CognitoEventUserPoolsPostConfirmation, CognitoEventUserPoolsPostConfirmationRequest,
        CognitoEventUserPoolsPostConfirmationResponse, CognitoEventUserPoolsPostConfirmationTriggerSource,
        CognitoEventUserPoolsPreSignup, CognitoEventUserPoolsPreSignupRequest,
        CognitoEventUserPoolsPreSignupResponse, CognitoEventUserPoolsPreSignupTriggerSource,
    },
    sync::{CognitoDatasetRecord, CognitoEvent},
    token::{
        ClaimsAndScopeOverrideDetailsV2, ClaimsOverrideDetails, CognitoAccessTokenGenerationV2,
        CognitoEventUserPoolsPreTokenGen, CognitoEventUserPoolsPreTokenGenRequest,
        CognitoEventUserPoolsPreTokenGenRequestV2, CognitoEventUserPoolsPreTokenGenResponse,
        CognitoEventUserPoolsPreTokenGenResponseV2, CognitoEventUserPoolsPreTokenGenTriggerSource,
        CognitoEventUserPoolsPreTokenGenV2, CognitoEventUserPoolsPreTokenGenV3, CognitoIdTokenGenerationV2,
        GroupConfiguration,
    },
};

use serde::{Deserialize, Serialize};

/// What every event of a user pool begins with. Its members are those of the event itself.
///
/// `T` is the trigger source: what the user did, `PreSignUp_SignUp`.
// Not an `event!`: a flattened struct that keeps unknown members would keep those of the event around it, twice.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "T: Default + Deserialize<'de>"))]
pub struct CognitoEventUserPoolsHeader<T> {
    /// Version of the event: `1`. That of token generation is `1`, `2` or `3`, as the trigger is configured.
    #[serde(default, deserialize_with = "crate::de::null_as_default")]
    pub version: String,
    /// What made Cognito ask: the trigger, an underscore, and the operation.
    #[serde(default, deserialize_with = "crate::de::null_as_default")]
    pub trigger_source: T,
    /// Region of the user pool: `us-east-1`.
    #[serde(default, deserialize_with = "crate::de::null_as_default")]
    pub region: String,
    /// Id of the user pool: `us-east-1_aBcDeFgHi`.
    #[serde(default, deserialize_with = "crate::de::null_as_default")]
    pub user_pool_id: String,
    /// Name of the user, as it is in the user pool. Of a machine that signs in, the id of its app client.
    #[serde(default, deserialize_with = "crate::de::null_as_default")]
    pub user_name: String,
    /// Where the request came from.
    #[serde(default, deserialize_with = "crate::de::null_as_default")]
    pub caller_context: CognitoEventUserPoolsCallerContext,
}

event! {
    /// Where the request came from that a trigger is asked about.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsCallerContext {
        /// Version of the SDK that made the request: `aws-sdk-unknown-unknown` where it did not say.
        #[serde(rename = "awsSdkVersion")]
        pub awssdk_version: String,
        /// Id of the app client.
        pub client_id: String,
    }
}
