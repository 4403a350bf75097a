//! What an answer for the invocation at hand is worth: what the runtime is told (`None` is 202), and what the caller is.

use super::error_type;
use super::event::{Outcome, Post};
use super::refusal::{LARGEST_RESPONSE, Refusal};

/// Checks in the order of the service: mode, size, truncation.
pub(super) fn on_response(post: Post) -> (Option<Refusal>, Outcome) {
    let streamed = match post.mode.as_deref() {
        None => false,
        Some("streaming") => true,
        Some(_) => return (Some(Refusal::invalid_response_mode()), Outcome::invalid_response_mode()),
    };
    if post.body.len() > LARGEST_RESPONSE {
        return (Some(Refusal::too_large()), Outcome::too_large(post.body.len()));
    }
    if post.truncated {
        return (Some(Refusal::truncated()), Outcome::truncated());
    }
    // Only a stream can fail after its status was sent, in its trailers.
    let failed = post.error_type.filter(|kind| streamed && !kind.is_empty());
    let outcome = match failed {
        None => Outcome::Success(post.body),
        Some(kind) => Outcome::FunctionError {
            category: error_type::validated(Some(&kind)),
            body: post.trailer_body.unwrap_or_default(),
            xray_cause: None,
        },
    };
    (None, outcome)
}

/// Any body is an error body: the service forwards it without a look inside.
pub(super) fn on_error(post: Post) -> (Option<Refusal>, Outcome) {
    if post.truncated {
        return (Some(Refusal::truncated()), Outcome::truncated());
    }
    let outcome = Outcome::FunctionError {
        category: error_type::validated(post.error_type.as_deref()),
        body: post.body,
        xray_cause: post.xray_cause.as_deref().and_then(error_type::cropped_cause),
    };
    (None, outcome)
}
