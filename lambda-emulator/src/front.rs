//! What stands before the function and makes events of HTTP requests.

use std::str::FromStr;

/// What turns HTTP requests into invocations, on every path that is none of Lambda's APIs.
///
/// Source: AWS Lambda developer guide, "Invoking Lambda function URLs"; API Gateway developer guide, "Create AWS Lambda proxy
/// integrations for HTTP APIs".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Front {
    /// A function URL in the mode `RESPONSE_STREAM`: an answer that is streamed reaches the caller as it is made.
    FunctionUrl,
    /// An HTTP API of API Gateway with payload format 2.0, which takes answers in one piece.
    ApiGatewayV2,
}

/// `function-url` or `api-gateway-v2`.
impl FromStr for Front {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        match name {
            "function-url" => Ok(Self::FunctionUrl),
            "api-gateway-v2" => Ok(Self::ApiGatewayV2),
            _ => Err(()),
        }
    }
}

impl Front {
    /// The domain that events name, which is how functions tell the two apart.
    pub(crate) fn domain(self, region: &str) -> String {
        match self {
            Self::FunctionUrl => format!("local.lambda-url.{region}.on.aws"),
            Self::ApiGatewayV2 => format!("local.execute-api.{region}.amazonaws.com"),
        }
    }

    /// The status of a request whose function fails.
    pub(crate) fn failed(self) -> u16 {
        match self {
            Self::FunctionUrl => 502,
            Self::ApiGatewayV2 => 500,
        }
    }
}
