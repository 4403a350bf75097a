//! `requestContext`, typed as each source documents it, with the fields of `lambda_http`.
//!
//! Whatever may be missing is an `Option`, or its default. What is `null` is missing.

mod api_gateway;
mod target;

use std::collections::HashMap;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

pub use self::api_gateway::{
    ClientCertificate, CognitoIdentity, HttpAuthentication, HttpContext, HttpDescription, IamAuthorizer,
    JwtAuthorizer, RequestAuthorizer, RestContext, RestIdentity, Validity, WebSocketContext,
};
pub use self::target::{AlbContext, Elb, LatticeContext, LatticeIdentity};
use super::event::Source;

/// What a source says of a request beside the request.
///
/// For what is not here, decode [`Origin::event`](super::Origin::event) into a type of your own.
///
/// # Examples
///
/// ```
/// use lambda_rt::http::{Request, RequestContext, RequestExt};
///
/// fn caller(request: &Request) -> Option<&str> {
///     match request.request_context_ref()? {
///         RequestContext::ApiGatewayV1(context) => context.identity.source_ip.as_deref(),
///         RequestContext::ApiGatewayV2(context) => context.http.source_ip.as_deref(),
///         _ => None,
///     }
/// }
///
/// // A test says what a source would have said.
/// let context = serde_json::json!({ "http": { "method": "GET", "sourceIp": "192.0.2.7" } });
/// let request = Request::new("".into()).with_request_context(serde_json::from_value(context)?);
/// assert_eq!(caller(&request), Some("192.0.2.7"));
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum RequestContext {
    /// Of a REST API, or an HTTP API with payload format 1.0.
    ApiGatewayV1(RestContext),
    /// Of an HTTP API or a function URL.
    ApiGatewayV2(HttpContext),
    /// Of a load balancer.
    Alb(AlbContext),
    /// Of a WebSocket API.
    WebSocket(WebSocketContext),
    /// Of VPC Lattice.
    VpcLattice(LatticeContext),
}

impl RequestContext {
    pub(super) fn read(event: &[u8], source: Source) -> Option<Self> {
        match source {
            Source::RestApi => read(event).map(Self::ApiGatewayV1),
            Source::HttpApi | Source::FunctionUrl => read(event).map(Self::ApiGatewayV2),
            Source::WebSocket => read(event).map(Self::WebSocket),
            Source::Alb => read(event).map(Self::Alb),
            Source::VpcLattice => read(event).map(Self::VpcLattice),
        }
    }

    /// What the authorizer of API Gateway found, if there is one.
    ///
    /// # Examples
    ///
    /// ```
    /// use lambda_rt::http::{Request, RequestExt};
    ///
    /// fn tenant(request: &Request) -> Option<&str> {
    ///     request.request_context_ref()?.authorizer()?.fields.get("tenant")?.as_str()
    /// }
    /// ```
    pub fn authorizer(&self) -> Option<&RequestAuthorizer> {
        match self {
            Self::ApiGatewayV1(context) => Some(&context.authorizer),
            Self::ApiGatewayV2(context) => context.authorizer.as_ref(),
            Self::WebSocket(context) => Some(&context.authorizer),
            Self::Alb(_) | Self::VpcLattice(_) => None,
        }
    }
}

fn read<T: DeserializeOwned>(event: &[u8]) -> Option<T> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Event<T> {
        request_context: T,
    }
    serde_json::from_slice::<Event<T>>(event).ok().map(|event| event.request_context)
}

/// Reads a context of any source, each known by a member that the others do not have.
impl<'de> Deserialize<'de> for RequestContext {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = Map::<String, Value>::deserialize(deserializer)?;
        let has = |name: &str| members.get(name).is_some_and(|value| !value.is_null());
        let (alb, http, socket) = (has("elb"), has("http"), has("connectionId"));
        let lattice = has("targetGroupArn") || has("serviceNetworkArn");
        let context = Value::Object(members);
        let context = match () {
            () if alb => serde_json::from_value(context).map(Self::Alb),
            () if http => serde_json::from_value(context).map(Self::ApiGatewayV2),
            () if socket => serde_json::from_value(context).map(Self::WebSocket),
            () if lattice => serde_json::from_value(context).map(Self::VpcLattice),
            () => serde_json::from_value(context).map(Self::ApiGatewayV1),
        };
        context.map_err(D::Error::custom)
    }
}

/// Declares structs of which every field may be missing.
macro_rules! context {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
        #[serde(rename_all = "camelCase", default)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }
    )*};
}
use context;

/// `null` as what is missing.
fn nullish<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Claims, of which those that are no text are their JSON.
fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<HashMap<String, String>, D::Error> {
    let values: HashMap<String, Value> = nullish(deserializer)?;
    let text = |value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    Ok(values.into_iter().map(|(name, value)| (name, text(value))).collect())
}

/// A method as its name.
mod method {
    use http::Method;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(method: &Method, serializer: S) -> Result<S::Ok, S::Error> {
        method.as_str().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Method, D::Error> {
        match Option::<String>::deserialize(deserializer)? {
            None => Ok(Method::GET),
            Some(name) => Method::from_bytes(name.as_bytes()).map_err(D::Error::custom),
        }
    }
}

/// A REST or WebSocket API writes what its authorizer found without a level for the kind of the authorizer.
mod flat {
    use serde::{Deserializer, Serialize, Serializer};

    use super::RequestAuthorizer;

    pub(super) fn serialize<S: Serializer>(
        authorizer: &RequestAuthorizer,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        authorizer.fields.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<RequestAuthorizer, D::Error> {
        Ok(RequestAuthorizer { fields: super::nullish(deserializer)?, ..RequestAuthorizer::default() })
    }
}
