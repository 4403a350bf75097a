//! Messages to users: their text, or the sending of them altogether.

use serde_json::Value;

use super::CognitoEventUserPoolsHeader;
use crate::encodings::{Base64Data, Map};

open_enum! {
    /// What a message is about.
    pub enum CognitoEventUserPoolsCustomMessageTriggerSource {
        /// Confirmation of a sign-up.
        SignUp = "CustomMessage_SignUp",
        /// Temporary password of a user that an administrator created.
        AdminCreateUser = "CustomMessage_AdminCreateUser",
        /// Another code for the confirmation.
        ResendCode = "CustomMessage_ResendCode",
        /// A forgotten password.
        ForgotPassword = "CustomMessage_ForgotPassword",
        /// A new email address or phone number.
        UpdateUserAttribute = "CustomMessage_UpdateUserAttribute",
        /// Verification of an email address or phone number, asked for by the user.
        VerifyUserAttribute = "CustomMessage_VerifyUserAttribute",
        /// A code to sign in with.
        Authentication = "CustomMessage_Authentication",
    }

    /// What an email is about.
    pub enum CognitoEventUserPoolsCustomEmailSenderTriggerSource {
        /// Confirmation of a sign-up.
        SignUp = "CustomEmailSender_SignUp",
        /// A code to sign in with.
        Authentication = "CustomEmailSender_Authentication",
        /// A forgotten password.
        ForgotPassword = "CustomEmailSender_ForgotPassword",
        /// Another code for the confirmation.
        ResendCode = "CustomEmailSender_ResendCode",
        /// A new email address.
        UpdateUserAttribute = "CustomEmailSender_UpdateUserAttribute",
        /// Verification of the email address, asked for by the user.
        VerifyUserAttribute = "CustomEmailSender_VerifyUserAttribute",
        /// Temporary password of a user that an administrator created.
        AdminCreateUser = "CustomEmailSender_AdminCreateUser",
        /// Threat protection saw an attempt to take over the account.
        AccountTakeOverNotification = "CustomEmailSender_AccountTakeOverNotification",
    }

    /// What an SMS is about.
    pub enum CognitoEventUserPoolsCustomSmsSenderTriggerSource {
        /// Confirmation of a sign-up.
        SignUp = "CustomSMSSender_SignUp",
        /// A code to sign in with.
        Authentication = "CustomSMSSender_Authentication",
        /// A forgotten password.
        ForgotPassword = "CustomSMSSender_ForgotPassword",
        /// Another code for the confirmation.
        ResendCode = "CustomSMSSender_ResendCode",
        /// A new phone number.
        UpdateUserAttribute = "CustomSMSSender_UpdateUserAttribute",
        /// Verification of the phone number, asked for by the user.
        VerifyUserAttribute = "CustomSMSSender_VerifyUserAttribute",
        /// Temporary password of a user that an administrator created.
        AdminCreateUser = "CustomSMSSender_AdminCreateUser",
    }
}

event! {
    /// A message is about to be sent, and its text can be another.
    ///
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html>
    pub struct CognitoEventUserPoolsCustomMessage {
        /// What every event of a user pool begins with.
        #[serde(flatten)]
        pub cognito_event_user_pools_header:
            CognitoEventUserPoolsHeader<CognitoEventUserPoolsCustomMessageTriggerSource>,
        /// Who gets the message, and what it has to contain.
        required pub request: CognitoEventUserPoolsCustomMessageRequest,
        /// The answer: the text.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub response: CognitoEventUserPoolsCustomMessageResponse,
    }

    /// Who gets a message, and what it has to contain.
    #[serde(rename_all = "camelCase", bound(deserialize = "T1: Default + serde::Deserialize<'de>"))]
    pub struct CognitoEventUserPoolsCustomMessageRequest<T1 = Value> {
        /// Attributes of the user: `sub`, `email`, `cognito:user_status`. Mostly strings.
        pub user_attributes: Map<T1>,
        /// Stands for the code, and has to be in the text: `{####}`. Absent where there is no code.
        pub code_parameter: Option<String>,
        /// Stands for the link, and has to be in an email that confirms by one: `{##Click Here##}`. Absent otherwise.
        pub link_parameter: Option<String>,
        /// Stands for the user name, and has to be in the text to a user that an administrator created: `{username}`. Absent
        /// otherwise.
        pub username_parameter: Option<String>,
        /// What the app sent as `ClientMetadata`. Absent if nothing.
        pub client_metadata: Map<String>,
    }

    /// The text of a message. What is absent is as it is in the settings of the user pool.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsCustomMessageResponse {
        /// Text of the SMS, up to 140 characters.
        pub sms_message: Option<String>,
        /// Text of the email, HTML, up to 20,000 characters.
        pub email_message: Option<String>,
        /// Subject of the email, up to 140 characters.
        pub email_subject: Option<String>,
    }

    /// An email is to be sent, by the function. The answer is not read.
    ///
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-email-sender.html>
    pub struct CognitoEventUserPoolsCustomEmailSender {
        /// What every event of a user pool begins with.
        #[serde(flatten)]
        pub cognito_event_user_pools_header:
            CognitoEventUserPoolsHeader<CognitoEventUserPoolsCustomEmailSenderTriggerSource>,
        /// Who gets the message, and the code in it.
        required pub request: CognitoEventUserPoolsCustomSenderRequest,
        /// Nothing that Cognito reads. Absent if it was not sent.
        pub response: Map<Value>,
    }

    /// An SMS is to be sent, by the function. The answer is not read.
    ///
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sms-sender.html>
    pub struct CognitoEventUserPoolsCustomSmsSender {
        /// What every event of a user pool begins with.
        #[serde(flatten)]
        pub cognito_event_user_pools_header:
            CognitoEventUserPoolsHeader<CognitoEventUserPoolsCustomSmsSenderTriggerSource>,
        /// Who gets the message, and the code in it.
        required pub request: CognitoEventUserPoolsCustomSenderRequest,
        /// Nothing that Cognito reads. Absent if it was not sent.
        pub response: Map<Value>,
    }

    /// Who gets a message that the function sends, and the code in it.
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsCustomSenderRequest {
        /// Version of the request: `customEmailSenderRequestV1` or `customSMSSenderRequestV1`.
        pub type_: String,
        /// The code, or the temporary password, encrypted with the AWS Encryption SDK and the key of the user pool. Base64.
        /// Absent where there is none.
        pub code: Option<Base64Data>,
        /// Attributes of the user: `sub`, `email`, `phone_number`. Mostly strings.
        pub user_attributes: Map<Value>,
        /// What the app sent as `ClientMetadata`. Absent if nothing.
        pub client_metadata: Map<String>,
    }
}

impl CognitoEventUserPoolsCustomMessageResponse {
    /// The text as it is in the settings of the user pool.
    pub fn new() -> Self {
        Self::default()
    }

    /// Text of the SMS, up to 140 characters. With the code's placeholder in it.
    #[must_use]
    pub fn with_sms_message(mut self, text: impl Into<String>) -> Self {
        self.sms_message = Some(text.into());
        self
    }

    /// Subject and text of the email, HTML, up to 20,000 characters. With the code's placeholder in it.
    #[must_use]
    pub fn with_email(mut self, subject: impl Into<String>, text: impl Into<String>) -> Self {
        self.email_subject = Some(subject.into());
        self.email_message = Some(text.into());
        self
    }
}
