//! Claims and scopes of tokens, before they are issued.

use serde_json::Value;

use super::CognitoEventUserPoolsHeader;
use crate::encodings::{Map, Text};

open_enum! {
    /// What tokens are issued for.
    pub enum CognitoEventUserPoolsPreTokenGenTriggerSource {
        /// A sign-in on the pages that Cognito hosts.
        HostedAuth = "TokenGeneration_HostedAuth",
        /// A sign-in.
        Authentication = "TokenGeneration_Authentication",
        /// A new password, which the user had to give after an administrator created it.
        NewPasswordChallenge = "TokenGeneration_NewPasswordChallenge",
        /// A device that is remembered.
        AuthenticateDevice = "TokenGeneration_AuthenticateDevice",
        /// Tokens that expired.
        RefreshTokens = "TokenGeneration_RefreshTokens",
        /// A machine that signs in with the secret of its app client. Only in version 3.
        ClientCredentials = "TokenGeneration_ClientCredentials",
    }
}

event! {
    /// Tokens are about to be issued, and the id token can be changed: version 1.
    ///
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html>
    #[derive(Eq)]
    pub struct CognitoEventUserPoolsPreTokenGen {
        /// What every event of a user pool begins with.
        #[serde(flatten)]
        pub cognito_event_user_pools_header:
            CognitoEventUserPoolsHeader<CognitoEventUserPoolsPreTokenGenTriggerSource>,
        /// Whose tokens they are.
        required pub request: CognitoEventUserPoolsPreTokenGenRequest,
        /// The answer: what is different in the id token.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub response: CognitoEventUserPoolsPreTokenGenResponse,
    }

    /// Whose tokens are issued, in version 1.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsPreTokenGenRequest {
        /// Attributes of the user: `sub`, `email`, `cognito:user_status`. Numbers and booleans are strings.
        pub user_attributes: Map<String>,
        /// Groups of the user, and the roles that go with them. Empty if the event does not say.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub group_configuration: GroupConfiguration,
        /// What the app sent as `ClientMetadata`. Absent if nothing.
        pub client_metadata: Map<String>,
    }

    /// What is different in the id token.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsPreTokenGenResponse {
        /// The changes. Absent for none.
        pub claims_override_details: Option<ClaimsOverrideDetails>,
    }

    /// Changes of the id token.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ClaimsOverrideDetails {
        /// Groups and roles in place of those of the user. Absent leaves them alone. An empty one removes all of them: start from
        /// a copy of the request's.
        pub group_override_details: Option<GroupConfiguration>,
        /// Claims to be added, or given another value. Absent for none.
        pub claims_to_add_or_override: Map<String>,
        /// Names of claims to be left out. Absent for none.
        pub claims_to_suppress: Option<Vec<String>>,
    }

    /// Groups of a user, and the roles that go with them.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct GroupConfiguration {
        /// Names of the groups.
        pub groups_to_override: Vec<String>,
        /// ARNs of the roles of the groups.
        pub iam_roles_to_override: Vec<String>,
        /// ARN of the role that is preferred. Absent where no group has one.
        pub preferred_role: Option<String>,
    }

    /// Tokens are about to be issued, and id and access token can be changed: versions 2 and 3.
    ///
    /// Version 3 asks about machines as well ([`ClientCredentials`]), which have neither attributes nor groups.
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html>
    ///
    /// [`ClientCredentials`]: CognitoEventUserPoolsPreTokenGenTriggerSource::ClientCredentials
    pub struct CognitoEventUserPoolsPreTokenGenV2 {
        /// What every event of a user pool begins with.
        #[serde(flatten)]
        pub cognito_event_user_pools_header:
            CognitoEventUserPoolsHeader<CognitoEventUserPoolsPreTokenGenTriggerSource>,
        /// Whose tokens they are.
        required pub request: CognitoEventUserPoolsPreTokenGenRequestV2,
        /// The answer: what is different in the tokens.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub response: CognitoEventUserPoolsPreTokenGenResponseV2,
    }

    /// Whose tokens are issued, in versions 2 and 3.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsPreTokenGenRequestV2 {
        /// Attributes of the user: `sub`, `email`, `cognito:user_status`. Numbers and booleans are strings. Absent for a machine.
        pub user_attributes: Map<String>,
        /// Groups of the user, and the roles that go with them. Empty for a machine.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub group_configuration: GroupConfiguration,
        /// What the app sent as `ClientMetadata`. Absent if nothing.
        pub client_metadata: Map<String>,
        /// Scopes of the access token: `openid`, `aws.cognito.signin.user.admin`.
        pub scopes: Vec<String>,
    }

    /// What is different in the tokens.
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsPreTokenGenResponseV2 {
        /// The changes. Absent for none.
        pub claims_and_scope_override_details: Option<ClaimsAndScopeOverrideDetailsV2>,
    }

    /// Changes of id and access token.
    #[serde(rename_all = "camelCase")]
    pub struct ClaimsAndScopeOverrideDetailsV2 {
        /// Groups and roles in place of those of the user. Absent leaves them alone. An empty one removes all of them: start from
        /// a copy of the request's.
        pub group_override_details: Option<GroupConfiguration>,
        /// Changes of the id token. Absent for none.
        pub id_token_generation: Option<CognitoIdTokenGenerationV2>,
        /// Changes of the access token. Absent for none.
        pub access_token_generation: Option<CognitoAccessTokenGenerationV2>,
    }

    /// Changes of the id token.
    #[serde(rename_all = "camelCase")]
    pub struct CognitoIdTokenGenerationV2 {
        /// Claims to be added, or given another value: strings, numbers, booleans, lists and objects. Absent for none.
        pub claims_to_add_or_override: Map<Value>,
        /// Names of claims to be left out. Absent for none.
        pub claims_to_suppress: Option<Vec<String>>,
    }

    /// Changes of the access token.
    #[serde(rename_all = "camelCase")]
    pub struct CognitoAccessTokenGenerationV2 {
        /// Claims to be added, or given another value: strings, numbers, booleans, lists and objects. Absent for none.
        pub claims_to_add_or_override: Map<Value>,
        /// Names of claims to be left out. Absent for none.
        pub claims_to_suppress: Option<Vec<String>>,
        /// Scopes to be added. Absent for none.
        pub scopes_to_add: Option<Vec<String>>,
        /// Scopes to be left out. Absent for none.
        pub scopes_to_suppress: Option<Vec<String>>,
    }
}

/// Version 3 has the members of version 2, and asks about machines as well.
pub type CognitoEventUserPoolsPreTokenGenV3 = CognitoEventUserPoolsPreTokenGenV2;

fn strings<S: Into<String>>(items: impl IntoIterator<Item = S>) -> Option<Vec<String>> {
    Some(items.into_iter().map(Into::into).collect())
}

impl ClaimsOverrideDetails {
    /// No changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a claim, or gives it another value.
    #[must_use]
    pub fn with_claim(mut self, name: impl Into<Text>, value: impl Into<String>) -> Self {
        self.claims_to_add_or_override.insert(name, value.into());
        self
    }

    /// Leaves claims out.
    #[must_use]
    pub fn with_claims_to_suppress<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.claims_to_suppress = strings(names);
        self
    }

    /// Groups and roles in place of those of the user.
    #[must_use]
    pub fn with_group_override_details(mut self, groups: GroupConfiguration) -> Self {
        self.group_override_details = Some(groups);
        self
    }
}

impl From<ClaimsOverrideDetails> for CognitoEventUserPoolsPreTokenGenResponse {
    fn from(details: ClaimsOverrideDetails) -> Self {
        Self { claims_override_details: Some(details), ..Default::default() }
    }
}

impl ClaimsAndScopeOverrideDetailsV2 {
    /// No changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Changes of the id token.
    #[must_use]
    pub fn with_id_token(mut self, changes: CognitoIdTokenGenerationV2) -> Self {
        self.id_token_generation = Some(changes);
        self
    }

    /// Changes of the access token.
    #[must_use]
    pub fn with_access_token(mut self, changes: CognitoAccessTokenGenerationV2) -> Self {
        self.access_token_generation = Some(changes);
        self
    }

    /// Groups and roles in place of those of the user.
    #[must_use]
    pub fn with_group_override_details(mut self, groups: GroupConfiguration) -> Self {
        self.group_override_details = Some(groups);
        self
    }
}

impl From<ClaimsAndScopeOverrideDetailsV2> for CognitoEventUserPoolsPreTokenGenResponseV2 {
    fn from(details: ClaimsAndScopeOverrideDetailsV2) -> Self {
        Self { claims_and_scope_override_details: Some(details), ..Default::default() }
    }
}

impl CognitoIdTokenGenerationV2 {
    /// No changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a claim, or gives it another value.
    #[must_use]
    pub fn with_claim(mut self, name: impl Into<Text>, value: impl Into<Value>) -> Self {
        self.claims_to_add_or_override.insert(name, value.into());
        self
    }

    /// Leaves claims out.
    #[must_use]
    pub fn with_claims_to_suppress<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.claims_to_suppress = strings(names);
        self
    }
}

impl CognitoAccessTokenGenerationV2 {
    /// No changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a claim, or gives it another value.
    #[must_use]
    pub fn with_claim(mut self, name: impl Into<Text>, value: impl Into<Value>) -> Self {
        self.claims_to_add_or_override.insert(name, value.into());
        self
    }

    /// Leaves claims out.
    #[must_use]
    pub fn with_claims_to_suppress<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.claims_to_suppress = strings(names);
        self
    }

    /// Adds scopes.
    #[must_use]
    pub fn with_scopes_to_add<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes_to_add = strings(scopes);
        self
    }

    /// Leaves scopes out.
    #[must_use]
    pub fn with_scopes_to_suppress<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes_to_suppress = strings(scopes);
        self
    }
}
