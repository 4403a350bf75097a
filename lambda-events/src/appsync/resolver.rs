use serde::de::DeserializeOwned;
use serde_json::Value;

use super::AppSyncIdentity;
use crate::encodings::Headers;

event! {
    /// A field to be resolved, of a direct Lambda resolver: the context of AppSync.
    #[serde(
        rename_all = "camelCase",
        bound(deserialize = "A: DeserializeOwned, S: DeserializeOwned, T: DeserializeOwned + Default")
    )]
    pub struct AppSyncDirectResolverEvent<A = Value, S = Value, T = Value> {
        /// The arguments of the field. An empty object if it has none.
        pub arguments: Option<A>,
        /// Who called. `None` with an API key.
        pub identity: Option<AppSyncIdentity>,
        /// The value of the parent field. `None` at the root.
        pub source: Option<S>,
        /// The request of HTTP that the query came with.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub request: AppSyncRequest,
        /// Which field, and what is asked of it. Empty in what AWS Amplify sends, which has `type_name` and `field_name` instead.
        #[serde(
            default,
            deserialize_with = "crate::de::null_as_default",
            skip_serializing_if = "crate::de::is_default"
        )]
        pub info: AppSyncInfo,
        /// The type that the field is of. Only in what the `@function` of AWS Amplify sends.
        pub type_name: Option<String>,
        /// The field. Only in what the `@function` of AWS Amplify sends.
        pub field_name: Option<String>,
        /// What the function before this one in a pipeline answered. `None` for the first, and without a pipeline.
        pub prev: Option<AppSyncPrevResult>,
        /// What functions of a pipeline leave for those that follow. An empty object at the start.
        #[serde(
            default,
            deserialize_with = "crate::de::null_as_default",
            skip_serializing_if = "crate::de::is_null"
        )]
        custom pub stash: T,
    }

    /// A request of HTTP that a query came with.
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncRequest {
        /// Headers, their names in lower case.
        pub headers: Headers,
        /// Your own domain, if the request came to it.
        pub domain_name: Option<String>,
    }

    /// A field of GraphQL.
    #[serde(rename_all = "camelCase", bound(deserialize = "T: DeserializeOwned + Default"))]
    pub struct AppSyncInfo<T = Value> {
        /// Name of the field: `createPost`.
        pub field_name: String,
        /// Name of the type that has the field: `Mutation`.
        pub parent_type_name: String,
        /// What is asked of the field, as GraphQL: `{\n  id\n}`.
        #[serde(rename = "selectionSetGraphQL")]
        pub selection_set_graphql: String,
        /// What is asked of the field, as paths: `id`, `author/name`.
        pub selection_set_list: Vec<String>,
        /// Variables of the query.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub variables: T,
    }

    /// What a function of a pipeline answered.
    #[serde(bound(deserialize = "T: DeserializeOwned + Default"))]
    pub struct AppSyncPrevResult<T = Value> {
        /// The answer.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub result: T,
    }

    /// What one of a batch of fields is: its value, or why there is none.
    ///
    /// A batch may also be answered with a list of plain values. Then no field of it can fail alone.
    #[serde(rename_all = "camelCase", bound(deserialize = "T: DeserializeOwned"))]
    pub struct AppSyncBatchResult<T = Value> {
        /// The value of the field.
        pub data: Option<T>,
        /// What went wrong, for the client. Absent if nothing did.
        pub error_message: Option<String>,
        /// The kind of what went wrong. Absent if nothing did.
        pub error_type: Option<String>,
    }

    /// What the mapping template of a resolver of the version `2017-02-28` hands to AppSync: not what AppSync sends.
    ///
    /// Some templates pass it on as it is. Otherwise the event is what the template makes `payload`.
    #[serde(rename_all = "camelCase", bound(deserialize = "T: DeserializeOwned"))]
    pub struct AppSyncResolverTemplate<T = Value> {
        /// Version of the template: `2017-02-28`, `2018-05-29`.
        pub version: String,
        /// `Invoke` or `BatchInvoke`.
        required pub operation: AppSyncOperation,
        /// What the template makes of the request.
        pub payload: Option<T>,
    }
}

open_enum! {
    /// Whether a template asks for one value or for many.
    pub enum AppSyncOperation {
        /// One.
        Invoke = "Invoke",
        /// A list.
        BatchInvoke = "BatchInvoke",
    }
}

/// Fields to be resolved at once, of a direct Lambda resolver with batching. The answer is a list of the same length.
pub type AppSyncBatchResolverEvent<A = Value, S = Value, T = Value> =
    Vec<AppSyncDirectResolverEvent<A, S, T>>;

impl<T> AppSyncBatchResult<T> {
    /// The value of a field.
    pub fn data(data: T) -> Self {
        Self { data: Some(data), ..Self::none() }
    }

    /// A field that has no value, and why.
    pub fn error(error_type: impl Into<String>, message: impl Into<String>) -> Self {
        Self { error_message: Some(message.into()), error_type: Some(error_type.into()), ..Self::none() }
    }

    /// Unlike the default, without asking for that of `T`.
    fn none() -> Self {
        Self {
            data: None,
            error_message: None,
            error_type: None,
            #[cfg(feature = "catch-all-fields")]
            other: serde_json::Map::new(),
        }
    }
}

/// What `?` would make of an error: its text is the message.
impl<T, E: std::fmt::Display> From<Result<T, E>> for AppSyncBatchResult<T> {
    fn from(result: Result<T, E>) -> Self {
        match result {
            Ok(data) => Self::data(data),
            Err(error) => Self::error("Error", error.to_string()),
        }
    }
}
