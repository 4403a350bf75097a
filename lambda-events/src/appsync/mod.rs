//! AWS AppSync: resolvers of GraphQL, channels of Events, and authorizers of both. Synchronous.
//!
//! | What calls | Event | Answer |
//! |---|---|---|
//! | direct Lambda resolver | [`AppSyncDirectResolverEvent`] | the value of the field: any JSON |
//! | direct Lambda resolver with batching | [`AppSyncBatchResolverEvent`] | a list of values, or of [`AppSyncBatchResult`], in the order of the event |
//! | resolver with mapping templates | what the template makes; [`AppSyncResolverTemplate`] | any JSON |
//! | channel namespace of AppSync Events | [`AppSyncEventsEvent`] | [`AppSyncEventsPublishResponse`], [`AppSyncEventsSubscribeResponse`] |
//! | authorizer of GraphQL | [`AppSyncLambdaAuthorizerRequest`] | [`AppSyncLambdaAuthorizerResponse`] |
//! | authorizer of AppSync Events | [`AppSyncEventsAuthorizerRequest`] | [`AppSyncEventsAuthorizerResponse`] |
//!
//! ```
//! use lambda_events::{Error, appsync::AppSyncDirectResolverEvent};
//!
//! #[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
//! struct Arguments {
//!     name: String,
//! }
//!
//! async fn handle(event: AppSyncDirectResolverEvent<Arguments>) -> Result<String, Error> {
//!     Ok(format!("hello {}", event.arguments.unwrap_or_default().name))
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/appsync/latest/devguide/direct-lambda-reference.html>,
//! <https://docs.aws.amazon.com/appsync/latest/eventapi/direct-lambda-integrations.html>

mod authorizer;
mod channel;
mod identity;
mod resolver;

pub use self::{
    authorizer::{
        AppSyncEventsAuthorizerRequest, AppSyncEventsAuthorizerRequestContext,
        AppSyncEventsAuthorizerResponse, AppSyncEventsOperation, AppSyncLambdaAuthorizerRequest,
        AppSyncLambdaAuthorizerRequestContext, AppSyncLambdaAuthorizerResponse,
    },
    channel::{
        AppSyncEventsChannel, AppSyncEventsChannelNamespace, AppSyncEventsEvent, AppSyncEventsInfo,
        AppSyncEventsMessage, AppSyncEventsPublishResponse, AppSyncEventsResult,
        AppSyncEventsSubscribeResponse,
    },
    identity::{
        AppSyncCognitoIdentity, AppSyncIamIdentity, AppSyncIdentity, AppSyncIdentityLambda,
        AppSyncIdentityOIDC,
    },
    resolver::{
        AppSyncBatchResolverEvent, AppSyncBatchResult, AppSyncDirectResolverEvent, AppSyncInfo,
        AppSyncOperation, AppSyncPrevResult, AppSyncRequest, AppSyncResolverTemplate,
    },
};
