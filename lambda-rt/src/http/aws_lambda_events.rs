//! What is in a request, where programs that come from `lambda_http` look for it.
//!
//! Whole events are not here: they are the business of the crate `lambda-events`.

/// What API Gateway says of a request.
pub mod apigw {
    pub use super::super::context::{
        CognitoIdentity as ApiGatewayRequestAuthorizerCognitoIdentity,
        HttpAuthentication as ApiGatewayV2httpRequestContextAuthentication,
        HttpContext as ApiGatewayV2httpRequestContext,
        HttpDescription as ApiGatewayV2httpRequestContextHttpDescription,
        IamAuthorizer as ApiGatewayRequestAuthorizerIamDescription,
        JwtAuthorizer as ApiGatewayRequestAuthorizerJwtDescription,
        RequestAuthorizer as ApiGatewayRequestAuthorizer, RestContext as ApiGatewayProxyRequestContext,
        RestIdentity as ApiGatewayRequestIdentity,
        WebSocketContext as ApiGatewayWebsocketProxyRequestContext,
    };
}

/// What a load balancer says of a request.
pub mod alb {
    pub use super::super::context::{AlbContext as AlbTargetGroupRequestContext, Elb as ElbContext};
}

/// What VPC Lattice says of a request.
pub mod vpc_lattice {
    pub use super::super::context::{
        LatticeContext as VpcLatticeRequestV2Context, LatticeIdentity as VpcLatticeRequestV2Identity,
    };
}

/// Bodies.
pub mod encodings {
    pub use super::super::body::Body;
}

/// Parameters of queries and paths.
pub mod query_map {
    pub use super::super::pairs::QueryMap;
}

pub use ::http;
