//! Users that come to the pool: sign-up, confirmation, migration.

use super::CognitoEventUserPoolsHeader;
use crate::encodings::Map;

open_enum! {
    /// What made Cognito ask before a user signs up.
    pub enum CognitoEventUserPoolsPreSignupTriggerSource {
        /// The user signs up.
        SignUp = "PreSignUp_SignUp",
        /// An administrator creates the user.
        AdminCreateUser = "PreSignUp_AdminCreateUser",
        /// The user signs in with another identity provider for the first time.
        ExternalProvider = "PreSignUp_ExternalProvider",
    }

    /// What was confirmed.
    pub enum CognitoEventUserPoolsPostConfirmationTriggerSource {
        /// A new password, after the old one was forgotten.
        ConfirmForgotPassword = "PostConfirmation_ConfirmForgotPassword",
        /// The sign-up.
        ConfirmSignUp = "PostConfirmation_ConfirmSignUp",
    }

    /// What the user that is not in the pool did.
    pub enum CognitoEventUserPoolsMigrateUserTriggerSource {
        /// Signed in with a password.
        Authentication = "UserMigration_Authentication",
        /// Forgot the password.
        ForgotPassword = "UserMigration_ForgotPassword",
    }
}

event! {
    /// Somebody signs up. An error of the function denies it, and its message is shown.
    ///
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html>
    #[derive(Eq)]
    pub struct CognitoEventUserPoolsPreSignup {
        /// What every event of a user pool begins with.
        #[serde(flatten)]
        pub cognito_event_user_pools_header:
            CognitoEventUserPoolsHeader<CognitoEventUserPoolsPreSignupTriggerSource>,
        /// Who signs up.
        required pub request: CognitoEventUserPoolsPreSignupRequest,
        /// The answer: whether the user is confirmed at once.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub response: CognitoEventUserPoolsPreSignupResponse,
    }

    /// Who signs up.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsPreSignupRequest {
        /// Attributes of the user: `email`, `phone_number`, `cognito:email_alias`. Numbers and booleans are strings.
        pub user_attributes: Map<String>,
        /// What the app sent as `ValidationData` of the sign-up. Absent if nothing.
        pub validation_data: Map<String>,
        /// What the app sent as `ClientMetadata`. Absent if nothing.
        pub client_metadata: Map<String>,
    }

    /// Whether the user is confirmed at once.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsPreSignupResponse {
        /// The user needs no confirmation.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub auto_confirm_user: bool,
        /// The email address counts as verified. There has to be one.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub auto_verify_email: bool,
        /// The phone number counts as verified. There has to be one.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub auto_verify_phone: bool,
    }

    /// A user was confirmed. The answer is the event as it is.
    ///
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html>
    #[serde(bound(deserialize = "T: serde::Deserialize<'de> + Default"))]
    pub struct CognitoEventUserPoolsPostConfirmation<T = CognitoEventUserPoolsPostConfirmationResponse> {
        /// What every event of a user pool begins with.
        #[serde(flatten)]
        pub cognito_event_user_pools_header:
            CognitoEventUserPoolsHeader<CognitoEventUserPoolsPostConfirmationTriggerSource>,
        /// Who was confirmed.
        required pub request: CognitoEventUserPoolsPostConfirmationRequest,
        /// Nothing that Cognito reads.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub response: T,
    }

    /// Who was confirmed.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsPostConfirmationRequest {
        /// Attributes of the user: `sub`, `email`, `cognito:user_status`. Numbers and booleans are strings.
        pub user_attributes: Map<String>,
        /// What the app sent as `ClientMetadata`. Absent if nothing.
        pub client_metadata: Map<String>,
    }

    /// Nothing: this trigger has no answer.
    #[derive(Eq)]
    pub struct CognitoEventUserPoolsPostConfirmationResponse {}

    /// Somebody signs in, or forgot the password, who is not in the pool.
    ///
    /// The answer creates the user. An error of the function, or an answer without attributes, does not.
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html>
    #[derive(Eq)]
    pub struct CognitoEventUserPoolsMigrateUser {
        /// What every event of a user pool begins with. The user name is what was entered.
        #[serde(flatten)]
        pub cognito_event_user_pools_header:
            CognitoEventUserPoolsHeader<CognitoEventUserPoolsMigrateUserTriggerSource>,
        /// What was entered.
        #[serde(rename = "request")]
        required pub cognito_event_user_pools_migrate_user_request: CognitoEventUserPoolsMigrateUserRequest,
        /// The answer: the user to be created.
        #[serde(rename = "response", default, deserialize_with = "crate::de::null_as_default")]
        pub cognito_event_user_pools_migrate_user_response: CognitoEventUserPoolsMigrateUserResponse,
    }

    /// The user to be created.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsMigrateUserResponse {
        /// Attributes of the user. Required, with at least `username` or an alias of the pool in them.
        pub user_attributes: Map<String>,
        /// `CONFIRMED`, or `RESET_REQUIRED` for a new password at once. Absent is `RESET_REQUIRED`.
        pub final_user_status: Option<String>,
        /// `SUPPRESS` for no message of welcome. Absent sends one.
        pub message_action: Option<String>,
        /// How the message of welcome is sent: `EMAIL`, `SMS`. Absent is `SMS`.
        pub desired_delivery_mediums: Option<Vec<String>>,
        /// Takes a phone number or an email address away from the user that has it as an alias. Absent is `false`: then the
        /// migration fails.
        pub force_alias_creation: Option<bool>,
        /// Whether the user needs a code by SMS to sign in. Absent is `false`.
        #[serde(rename = "enableSMSMFA")]
        pub enable_sms_mfa: Option<bool>,
    }
}

secret_event! {
    /// What was entered.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsMigrateUserRequest {
        /// The password in clear text. Absent when it was forgotten.
        pub password: Option<String>,
        /// What the app sent as `ValidationData`. Absent if nothing.
        pub validation_data: Map<String>,
        /// What the app sent as `ClientMetadata`. Absent if nothing.
        pub client_metadata: Map<String>,
    }
    secrets: password
}

impl<T> CognitoEventUserPoolsPostConfirmation<T> {
    /// The same event with another answer.
    pub fn with_response<U>(self, response: U) -> CognitoEventUserPoolsPostConfirmation<U> {
        CognitoEventUserPoolsPostConfirmation {
            cognito_event_user_pools_header: self.cognito_event_user_pools_header,
            request: self.request,
            response,
            #[cfg(feature = "catch-all-fields")]
            other: self.other,
        }
    }
}

impl CognitoEventUserPoolsPreSignupResponse {
    /// An answer by which the user still has to be confirmed.
    pub fn new() -> Self {
        Self::default()
    }

    /// The user needs no confirmation.
    #[must_use]
    pub fn with_auto_confirm_user(mut self) -> Self {
        self.auto_confirm_user = true;
        self
    }

    /// The email address counts as verified. There has to be one.
    #[must_use]
    pub fn with_auto_verify_email(mut self) -> Self {
        self.auto_verify_email = true;
        self
    }

    /// The phone number counts as verified. There has to be one.
    #[must_use]
    pub fn with_auto_verify_phone(mut self) -> Self {
        self.auto_verify_phone = true;
        self
    }
}

impl CognitoEventUserPoolsMigrateUserResponse {
    /// A user with these attributes.
    pub fn new(user_attributes: impl Into<Map<String>>) -> Self {
        Self { user_attributes: user_attributes.into(), ..Default::default() }
    }

    /// `CONFIRMED`: the password that was entered is the user's from now on.
    #[must_use]
    pub fn with_final_user_status(mut self, status: impl Into<String>) -> Self {
        self.final_user_status = Some(status.into());
        self
    }

    /// `SUPPRESS` for no message of welcome.
    #[must_use]
    pub fn with_message_action(mut self, action: impl Into<String>) -> Self {
        self.message_action = Some(action.into());
        self
    }

    /// How the message of welcome is sent: `EMAIL`, `SMS`.
    #[must_use]
    pub fn with_desired_delivery_mediums<S: Into<String>>(
        mut self,
        mediums: impl IntoIterator<Item = S>,
    ) -> Self {
        self.desired_delivery_mediums = Some(mediums.into_iter().map(Into::into).collect());
        self
    }

    /// Takes a phone number or an email address away from the user that has it as an alias.
    #[must_use]
    pub fn with_force_alias_creation(mut self) -> Self {
        self.force_alias_creation = Some(true);
        self
    }
}
