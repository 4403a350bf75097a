//! Amazon S3 Object Lambda: a request for an object or a list, which the function answers in place of S3.
//!
//! `GetObject` is answered by calling `WriteGetObjectResponse` with the route and the token of [`GetObjectContext`]; what the
//! function returns is ignored. `HeadObject` and the lists are answered by what it returns.
//!
//! ```
//! use lambda_events::s3::object_lambda::{HeadObjectResponse, S3ObjectLambdaEvent};
//!
//! async fn handle(event: S3ObjectLambdaEvent) -> Result<HeadObjectResponse, lambda_events::Error> {
//!     println!("{} wants {}", event.user_identity.arn, event.user_request.url);
//!     Ok(HeadObjectResponse::new(200).with_header("Content-Type", "text/plain"))
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html>

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::encodings::{Headers, Map};

event! {
    /// A request that came to an Object Lambda access point. Of the four contexts, there is the one of its kind.
    ///
    /// `P` is what the access point's configuration gives to the function: text, unless your type reads something else.
    #[serde(rename_all = "camelCase", bound(serialize = "P: Serialize", deserialize = "P: DeserializeOwned + Default"))]
    pub struct S3ObjectLambdaEvent<P = Value> {
        /// Id of the request, for the logs.
        pub x_amz_request_id: String,
        /// How to get the original, and where to send what becomes of it. Absent unless it is `GetObject`.
        pub get_object_context: Option<GetObjectContext>,
        /// How to get the original's headers. Absent unless it is `HeadObject`.
        pub head_object_context: Option<HeadObjectContext>,
        /// How to get the original list. Absent unless it is `ListObjects`.
        pub list_objects_context: Option<ListObjectsContext>,
        /// How to get the original list. Absent unless it is `ListObjectsV2`.
        pub list_objects_v2_context: Option<ListObjectsV2Context>,
        /// The access point.
        pub configuration: Configuration<P>,
        /// What was asked for.
        pub user_request: UserRequest,
        /// Who asked.
        pub user_identity: UserIdentity,
        /// Version of this structure: `1.00`. The number before the dot changes with what old readers cannot read.
        pub protocol_version: String,
    }

    /// How to get the headers of an object.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct HeadObjectContext {
        /// URL of the original, with a signature.
        pub input_s3_url: String,
    }

    /// How to get a list of objects.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ListObjectsContext {
        /// URL of the original, with a signature.
        pub input_s3_url: String,
    }

    /// How to get a list of objects, in version 2.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ListObjectsV2Context {
        /// URL of the original, with a signature.
        pub input_s3_url: String,
    }

    /// The access point that a request came to.
    #[serde(rename_all = "camelCase", bound(serialize = "P: Serialize", deserialize = "P: DeserializeOwned + Default"))]
    pub struct Configuration<P = Value> {
        /// ARN of the Object Lambda access point.
        pub access_point_arn: String,
        /// ARN of the access point behind it.
        pub supporting_access_point_arn: String,
        /// What the configuration gives to the function.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub payload: P,
    }

    /// A request as it came.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct UserRequest {
        /// Its URL, without parameters of the signature.
        pub url: String,
        /// Its headers, without those of the signature.
        pub headers: Headers,
    }

    /// Who made a request.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct UserIdentity {
        /// `IAMUser`, `AssumedRole` and so on.
        pub r#type: String,
        /// Id of the user or the session.
        pub principal_id: String,
        /// ARN of the user or the session.
        pub arn: String,
        /// Account that the permissions are of.
        pub account_id: String,
        /// Id of the access key.
        pub access_key_id: String,
        /// Name of the user. Absent of a role.
        pub user_name: Option<String>,
        /// How the session was made. Absent unless the keys are temporary.
        pub session_context: Option<SessionContext>,
    }

    /// How a session was made.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct SessionContext {
        /// `mfaAuthenticated` and `creationDate`, both text.
        pub attributes: Map<String>,
        /// What the session was made of. Absent if it was a user.
        pub session_issuer: Option<SessionIssuer>,
    }

    /// What a session was made of.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct SessionIssuer {
        /// `Root`, `IAMUser` or `Role`.
        pub r#type: String,
        /// Its id.
        pub principal_id: String,
        /// Its ARN.
        pub arn: String,
        /// Its account.
        pub account_id: String,
        /// Its name. Empty of a root user.
        pub user_name: String,
    }

    /// The answer to a `HeadObject`.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct HeadObjectResponse {
        /// Status of the response: 200.
        pub status_code: u16,
        /// Headers of the response.
        pub headers: Headers,
        /// What went wrong: `AccessDenied`. Absent if nothing did.
        pub error_code: Option<String>,
        /// What went wrong, in a sentence. Absent if nothing did.
        pub error_message: Option<String>,
    }

    /// The answer to a `ListObjects` or a `ListObjectsV2`.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ListObjectsResponse {
        /// Status of the response: 200.
        pub status_code: u16,
        /// The list as XML, as S3 writes it. Absent if something went wrong.
        pub list_result_xml: Option<String>,
        /// What went wrong: `AccessDenied`. Absent if nothing did.
        pub error_code: Option<String>,
        /// What went wrong, in a sentence. Absent if nothing did.
        pub error_message: Option<String>,
    }
}

secret_event! {
    /// How to get an object, and where to send what becomes of it.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct GetObjectContext {
        /// URL of the original, with a signature. Headers that it signs have to be sent.
        pub input_s3_url: String,
        /// What `WriteGetObjectResponse` takes as `RequestRoute`.
        pub output_route: String,
        /// What `WriteGetObjectResponse` takes as `RequestToken`.
        pub output_token: String,
    }
    secrets: output_token
}

impl<P> S3ObjectLambdaEvent<P> {
    /// URL of the original, whatever kind of request it is.
    pub fn input_s3_url(&self) -> Option<&str> {
        self.get_object_context
            .as_ref()
            .map(|context| &context.input_s3_url)
            .or(self.head_object_context.as_ref().map(|context| &context.input_s3_url))
            .or(self.list_objects_context.as_ref().map(|context| &context.input_s3_url))
            .or(self.list_objects_v2_context.as_ref().map(|context| &context.input_s3_url))
            .map(String::as_str)
    }
}

impl HeadObjectResponse {
    /// An answer with this status.
    pub fn new(status_code: u16) -> Self {
        Self { status_code, ..Self::default() }
    }

    /// An answer by which something went wrong.
    pub fn error(status_code: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { error_code: Some(code.into()), error_message: Some(message.into()), ..Self::new(status_code) }
    }

    /// Sets a header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.insert(name, value);
        self
    }
}

impl ListObjectsResponse {
    /// An answer with this list.
    pub fn new(list_result_xml: impl Into<String>) -> Self {
        Self { status_code: 200, list_result_xml: Some(list_result_xml.into()), ..Self::default() }
    }

    /// An answer by which something went wrong.
    pub fn error(status_code: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            status_code,
            error_code: Some(code.into()),
            error_message: Some(message.into()),
            ..Self::default()
        }
    }
}
