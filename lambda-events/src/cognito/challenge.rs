//! Custom authentication: which challenge comes next, what it is, and whether it was met.

use serde_json::Value;

use super::CognitoEventUserPoolsHeader;
use crate::encodings::{Map, Text};

open_enum! {
    /// What made Cognito ask for the next challenge.
    pub enum CognitoEventUserPoolsDefineAuthChallengeTriggerSource {
        /// The user signs in.
        Authentication = "DefineAuthChallenge_Authentication",
    }

    /// What made Cognito ask for a challenge.
    pub enum CognitoEventUserPoolsCreateAuthChallengeTriggerSource {
        /// The user signs in.
        Authentication = "CreateAuthChallenge_Authentication",
    }

    /// What made Cognito ask about an answer.
    pub enum CognitoEventUserPoolsVerifyAuthChallengeTriggerSource {
        /// The user signs in.
        Authentication = "VerifyAuthChallengeResponse_Authentication",
    }
}

event! {
    /// Which challenge comes next, or whether the user is signed in.
    ///
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-define-auth-challenge.html>
    #[derive(Eq)]
    pub struct CognitoEventUserPoolsDefineAuthChallenge {
        /// What every event of a user pool begins with.
        #[serde(flatten)]
        pub cognito_event_user_pools_header:
            CognitoEventUserPoolsHeader<CognitoEventUserPoolsDefineAuthChallengeTriggerSource>,
        /// Who signs in, and what challenges there were.
        required pub request: CognitoEventUserPoolsDefineAuthChallengeRequest,
        /// The answer: what comes next.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub response: CognitoEventUserPoolsDefineAuthChallengeResponse,
    }

    /// Who signs in, and what challenges there were.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsDefineAuthChallengeRequest {
        /// Attributes of the user: `sub`, `email`, `cognito:user_status`. Numbers and booleans are strings.
        pub user_attributes: Map<String>,
        /// The challenges that there were, first to last.
        pub session: Vec<CognitoEventUserPoolsChallengeResult>,
        /// What the app sent as `ClientMetadata`. Absent if nothing, and when the sign-in starts.
        pub client_metadata: Map<String>,
        /// There is no such user. Absent unless the app client prevents errors that tell so.
        pub user_not_found: Option<bool>,
    }

    /// A challenge that there was.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsChallengeResult {
        /// `CUSTOM_CHALLENGE`, `SRP_A`, `PASSWORD_VERIFIER`, `SMS_MFA`, `SOFTWARE_TOKEN_MFA`, `DEVICE_SRP_AUTH`,
        /// `DEVICE_PASSWORD_VERIFIER`, `NEW_PASSWORD_REQUIRED` or `ADMIN_NO_SRP_AUTH`.
        pub challenge_name: String,
        /// Whether it was met.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub challenge_result: bool,
        /// What the function called the challenge when it created it. Absent if nothing, or if it was not custom.
        pub challenge_metadata: Option<String>,
    }

    /// What comes next: a challenge, tokens, or the end.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsDefineAuthChallengeResponse {
        /// The next challenge: `CUSTOM_CHALLENGE`. Absent if there is none.
        pub challenge_name: Option<String>,
        /// The user is signed in.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub issue_tokens: bool,
        /// The user is turned away.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub fail_authentication: bool,
    }

    /// A challenge is to be created.
    ///
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-create-auth-challenge.html>
    #[derive(Eq)]
    pub struct CognitoEventUserPoolsCreateAuthChallenge {
        /// What every event of a user pool begins with.
        #[serde(flatten)]
        pub cognito_event_user_pools_header:
            CognitoEventUserPoolsHeader<CognitoEventUserPoolsCreateAuthChallengeTriggerSource>,
        /// Who signs in, and what challenges there were.
        required pub request: CognitoEventUserPoolsCreateAuthChallengeRequest,
        /// The answer: the challenge.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub response: CognitoEventUserPoolsCreateAuthChallengeResponse,
    }

    /// Who signs in, and what challenges there were.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsCreateAuthChallengeRequest {
        /// Attributes of the user: `sub`, `email`, `cognito:user_status`. Numbers and booleans are strings.
        pub user_attributes: Map<String>,
        /// The challenge to be created: `CUSTOM_CHALLENGE`.
        pub challenge_name: String,
        /// The challenges that there were, first to last.
        pub session: Vec<CognitoEventUserPoolsChallengeResult>,
        /// What the app sent as `ClientMetadata`. Absent if nothing, and when the sign-in starts.
        pub client_metadata: Map<String>,
        /// There is no such user. Absent unless the app client prevents errors that tell so.
        pub user_not_found: Option<bool>,
    }

    /// A challenge.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsCreateAuthChallengeResponse {
        /// What the app is told: a question, the address of an image. Absent if nothing.
        pub public_challenge_parameters: Map<String>,
        /// What only the function is told that verifies the answer. Absent if nothing.
        pub private_challenge_parameters: Map<String>,
        /// Your name of the challenge, which the session says later. Absent if none.
        pub challenge_metadata: Option<String>,
    }

    /// An answer of the user is to be judged.
    ///
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-verify-auth-challenge-response.html>
    pub struct CognitoEventUserPoolsVerifyAuthChallenge {
        /// What every event of a user pool begins with.
        #[serde(flatten)]
        pub cognito_event_user_pools_header:
            CognitoEventUserPoolsHeader<CognitoEventUserPoolsVerifyAuthChallengeTriggerSource>,
        /// Who answered, and what.
        required pub request: CognitoEventUserPoolsVerifyAuthChallengeRequest,
        /// The answer: whether the challenge was met.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub response: CognitoEventUserPoolsVerifyAuthChallengeResponse,
    }

    /// Who answered a challenge, and what.
    #[serde(rename_all = "camelCase", bound(deserialize = "T1: serde::Deserialize<'de>"))]
    pub struct CognitoEventUserPoolsVerifyAuthChallengeRequest<T1 = Value> {
        /// Attributes of the user: `sub`, `email`, `cognito:user_status`. Numbers and booleans are strings.
        pub user_attributes: Map<String>,
        /// What the function said that created the challenge. Absent if nothing.
        pub private_challenge_parameters: Map<String>,
        /// What the user answered: a string. Absent if nothing.
        pub challenge_answer: Option<T1>,
        /// What the app sent as `ClientMetadata`. Absent if nothing.
        pub client_metadata: Map<String>,
        /// There is no such user. Absent unless the app client prevents errors that tell so.
        pub user_not_found: Option<bool>,
    }

    /// Whether a challenge was met.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsVerifyAuthChallengeResponse {
        /// Whether the challenge was met.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub answer_correct: bool,
    }
}

impl CognitoEventUserPoolsDefineAuthChallengeResponse {
    /// The user gets a challenge: `CUSTOM_CHALLENGE`.
    pub fn challenge(name: impl Into<String>) -> Self {
        Self { challenge_name: Some(name.into()), ..Default::default() }
    }

    /// The user is signed in.
    pub fn tokens() -> Self {
        Self { issue_tokens: true, ..Default::default() }
    }

    /// The user is turned away.
    pub fn failure() -> Self {
        Self { fail_authentication: true, ..Default::default() }
    }
}

impl CognitoEventUserPoolsCreateAuthChallengeResponse {
    /// A challenge that asks nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Something that the app is told.
    #[must_use]
    pub fn with_public_parameter(mut self, name: impl Into<Text>, value: impl Into<String>) -> Self {
        self.public_challenge_parameters.insert(name, value.into());
        self
    }

    /// Something that only the function is told that verifies the answer.
    #[must_use]
    pub fn with_private_parameter(mut self, name: impl Into<Text>, value: impl Into<String>) -> Self {
        self.private_challenge_parameters.insert(name, value.into());
        self
    }

    /// Your name of the challenge, which the session says later.
    #[must_use]
    pub fn with_challenge_metadata(mut self, metadata: impl Into<String>) -> Self {
        self.challenge_metadata = Some(metadata.into());
        self
    }
}
