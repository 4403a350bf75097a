//! `requestContext`, typed as each source documents it. Every field may be absent.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::event::Source;

/// What a source says of a request beside the request, with the names of `lambda_http`.
///
/// For what is not here, decode [`Origin::event`](super::Origin::event) into a type of your own.
#[derive(Clone, Debug, PartialEq)]
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
            Source::RestApi => context(event).map(Self::ApiGatewayV1),
            Source::HttpApi | Source::FunctionUrl => context(event).map(Self::ApiGatewayV2),
            Source::WebSocket => context(event).map(Self::WebSocket),
            Source::Alb => context(event).map(Self::Alb),
            Source::VpcLattice => context(event).map(Self::VpcLattice),
        }
    }
}

fn context<T: DeserializeOwned>(event: &[u8]) -> Option<T> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Event<T> {
        request_context: T,
    }
    serde_json::from_slice::<Event<T>>(event).ok().map(|event| event.request_context)
}

macro_rules! context {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$field_doc])* pub $field: Option<$type>,)*
        }
    };
}

context! {
    /// `requestContext` of a REST API.
    RestContext {
        /// The account that owns the API.
        account_id: String,
        /// The id of the API.
        api_id: String,
        /// What the authorizer returned, or the claims of a Cognito user pool.
        authorizer: Map<String, Value>,
        /// The domain that was called.
        domain_name: String,
        /// The first label of the domain.
        domain_prefix: String,
        /// The id that the caller may be shown in support cases.
        extended_request_id: String,
        /// The method.
        http_method: String,
        /// Who called.
        identity: RestIdentity,
        /// The path with its stage or base path.
        path: String,
        /// The protocol, such as `HTTP/1.1`.
        protocol: String,
        /// API Gateway's id of the request.
        request_id: String,
        /// When the request came, as text.
        request_time: String,
        /// When the request came, in milliseconds since 1970.
        request_time_epoch: i64,
        /// The id of the resource.
        resource_id: String,
        /// The path of the resource, with its placeholders.
        resource_path: String,
        /// The stage.
        stage: String,
    }
}

context! {
    /// Who called a REST or WebSocket API.
    RestIdentity {
        /// The caller's API key, where one is required.
        api_key: String,
        /// The principal of a caller with IAM credentials.
        caller: String,
        /// The Cognito identity.
        cognito_identity_id: String,
        /// The address of the caller.
        source_ip: String,
        /// The caller's user agent.
        user_agent: String,
        /// The ARN of a caller with IAM credentials.
        user_arn: String,
    }
}

context! {
    /// `requestContext` of an HTTP API or a function URL.
    HttpContext {
        /// The account that owns the API; `anonymous` for a function URL without authorization.
        account_id: String,
        /// The id of the API or the URL.
        api_id: String,
        /// What the authorizer found.
        authorizer: HttpAuthorizer,
        /// The domain that was called.
        domain_name: String,
        /// The first label of the domain.
        domain_prefix: String,
        /// The request line, and who sent it.
        http: HttpDescription,
        /// API Gateway's id of the request.
        request_id: String,
        /// The route, such as `GET /orders/{id}`.
        route_key: String,
        /// The stage.
        stage: String,
        /// When the request came, as text.
        time: String,
        /// When the request came, in milliseconds since 1970.
        time_epoch: i64,
    }
}

context! {
    /// What the authorizer of an HTTP API found: one of the three.
    HttpAuthorizer {
        /// Claims and scopes of a JSON web token.
        jwt: JwtAuthorizer,
        /// What a Lambda authorizer returned.
        lambda: Map<String, Value>,
        /// The IAM identity.
        iam: Map<String, Value>,
    }
}

context! {
    /// A JSON web token that API Gateway has verified.
    JwtAuthorizer {
        /// The claims, all of them as text.
        claims: Map<String, Value>,
        /// The scopes.
        scopes: Vec<String>,
    }
}

context! {
    /// The request line of an HTTP API or function URL, and who sent it.
    HttpDescription {
        /// The method.
        method: String,
        /// The path with its stage.
        path: String,
        /// The protocol, such as `HTTP/1.1`.
        protocol: String,
        /// The address of the caller.
        source_ip: String,
        /// The caller's user agent.
        user_agent: String,
    }
}

context! {
    /// `requestContext` of a load balancer.
    AlbContext {
        /// The load balancer.
        elb: Elb,
    }
}

context! {
    /// A load balancer.
    Elb {
        /// The ARN of the target group.
        target_group_arn: String,
    }
}

context! {
    /// `requestContext` of a WebSocket API.
    WebSocketContext {
        /// The id of the API.
        api_id: String,
        /// What the authorizer returned.
        authorizer: Map<String, Value>,
        /// When the connection was opened, in milliseconds since 1970.
        connected_at: i64,
        /// The connection, to which messages are posted at `https://{domain_name}/{stage}/@connections/{connection_id}`.
        connection_id: String,
        /// The domain that was called.
        domain_name: String,
        /// `CONNECT`, `MESSAGE` or `DISCONNECT`.
        event_type: String,
        /// Who called.
        identity: RestIdentity,
        /// The id of the message.
        message_id: String,
        /// API Gateway's id of the request.
        request_id: String,
        /// The route, such as `$connect`.
        route_key: String,
        /// The stage.
        stage: String,
    }
}

context! {
    /// `requestContext` of VPC Lattice.
    LatticeContext {
        /// Who called.
        identity: Map<String, Value>,
        /// The region.
        region: String,
        /// The ARN of the service.
        service_arn: String,
        /// The ARN of the service network.
        service_network_arn: String,
        /// The ARN of the target group.
        target_group_arn: String,
        /// When the request came, in microseconds since 1970.
        time_epoch: String,
    }
}
