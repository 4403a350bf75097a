//! Names and paths of the Runtime API, the only place where they are spelled.
//!
//! Source: AWS Lambda developer guide, "Using the Lambda runtime API for custom runtimes".

/// Names a client looks for, in lower case: header names compare without regard to case.
pub(crate) const REQUEST_ID: &str = "lambda-runtime-aws-request-id";
pub(crate) const DEADLINE_MS: &str = "lambda-runtime-deadline-ms";
pub(crate) const FUNCTION_ARN: &str = "lambda-runtime-invoked-function-arn";
pub(crate) const TRACE_ID: &str = "lambda-runtime-trace-id";
pub(crate) const CLIENT_CONTEXT: &str = "lambda-runtime-client-context";
pub(crate) const COGNITO_IDENTITY: &str = "lambda-runtime-cognito-identity";
pub(crate) const TENANT_ID: &str = "lambda-runtime-aws-tenant-id";
pub(crate) const INVOCATION_ID: &str = "lambda-runtime-invocation-id";

pub(crate) const ERROR_TYPE: &str = "Lambda-Runtime-Function-Error-Type";
#[cfg(feature = "streaming")]
pub(crate) const ERROR_BODY: &str = "Lambda-Runtime-Function-Error-Body";
pub(crate) const XRAY_CAUSE: &str = "Lambda-Runtime-Function-XRay-Error-Cause";
pub(crate) const ECHOED_INVOCATION_ID: &str = "Lambda-Runtime-Invocation-Id";

#[cfg(feature = "streaming")]
pub(crate) const RESPONSE_MODE: &str = "Lambda-Runtime-Function-Response-Mode";
/// The trailers of a streamed answer, which have to be announced.
#[cfg(feature = "streaming")]
pub(crate) const TRAILERS: &str = "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body";

pub(crate) const NEXT: &str = "/2018-06-01/runtime/invocation/next";
pub(crate) const INIT_ERROR: &str = "/2018-06-01/runtime/init/error";
pub(crate) const RESTORE_NEXT: &str = "/2018-06-01/runtime/restore/next";
pub(crate) const RESTORE_ERROR: &str = "/2018-06-01/runtime/restore/error";

/// `name/version`, as every runtime interface client sends it.
pub(crate) const USER_AGENT: &str = concat!("lambda-rt/", env!("CARGO_PKG_VERSION"));

/// The two ways to finish an invocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Response,
    Error,
}

/// Appends the path that answers `request_id`, with the id percent-encoded.
///
/// The id is opaque: nothing promises that it stays a UUID, and a `/` or `%` in it must not change the route.
pub(crate) fn push_answer_path(out: &mut Vec<u8>, request_id: &str, answer: Answer) {
    out.extend_from_slice(b"/2018-06-01/runtime/invocation/");
    for &byte in request_id.as_bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(byte);
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.extend_from_slice(&[b'%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
    }
    out.extend_from_slice(match answer {
        Answer::Response => b"/response".as_slice(),
        Answer::Error => b"/error".as_slice(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(id: &str, answer: Answer) -> String {
        let mut out = Vec::new();
        push_answer_path(&mut out, id, answer);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn case_8_a_request_id_with_reserved_characters_is_percent_encoded() {
        assert_eq!(
            path("a/b%c d", Answer::Response),
            "/2018-06-01/runtime/invocation/a%2Fb%25c%20d/response"
        );
        assert_eq!(path("é", Answer::Error), "/2018-06-01/runtime/invocation/%C3%A9/error");
    }

    #[test]
    fn a_uuid_passes_through_unchanged() {
        assert_eq!(
            path("8476a536-e9f4-11e8-9739-2dfe598c3fcd", Answer::Response),
            "/2018-06-01/runtime/invocation/8476a536-e9f4-11e8-9739-2dfe598c3fcd/response"
        );
    }
}
