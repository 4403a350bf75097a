//! The Runtime API, `/2018-06-01`.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use hyper::body::Incoming;
use hyper::{HeaderMap, Method, Request};

use super::body;
use super::reply::{self, Reply};
use crate::shell::{Answer, Asker, Shell};
use crate::state::event::Post;
use crate::state::{Input, Invocation};

const ERROR_TYPE: &str = "lambda-runtime-function-error-type";
const ERROR_BODY: &str = "lambda-runtime-function-error-body";

/// Answers what is asked at `path`, which follows the version.
pub(super) async fn route(path: &str, request: Request<Incoming>, shell: &Arc<Shell>) -> Reply {
    let method = request.method().clone();
    // To a function without SnapStart there is no restore.
    if path.starts_with("runtime/restore/") && !shell.settings().initialization.is_snap_start() {
        return reply::not_found(&format!("/2018-06-01/{path}"));
    }
    match (path, path.strip_prefix("runtime/invocation/").and_then(|rest| rest.rsplit_once('/'))) {
        ("ping", _) if method == Method::GET => reply::text(200, "pong"),
        ("runtime/invocation/next", _) if method == Method::GET => next(shell).await,
        ("runtime/restore/next", _) if method == Method::GET => {
            settled(shell.exchange(Asker::default(), Input::RestorePolled).await)
        }
        ("runtime/init/error", _) if method == Method::POST => {
            post(shell, request, "", Input::InitFailed).await
        }
        ("runtime/restore/error", _) if method == Method::POST => {
            post(shell, request, "", Input::RestoreFailed).await
        }
        (_, Some((id, "response"))) if method == Method::POST => {
            post(shell, request, id, Input::Responded).await
        }
        (_, Some((id, "error"))) if method == Method::POST => post(shell, request, id, Input::Failed).await,
        ("ping" | "runtime/invocation/next" | "runtime/restore/next", _) => reply::wrong_method("GET"),
        ("runtime/init/error" | "runtime/restore/error", _) | (_, Some((_, "response" | "error"))) => {
            reply::wrong_method("POST")
        }
        _ => reply::not_found(&format!("/2018-06-01/{path}")),
    }
}

async fn next(shell: &Arc<Shell>) -> Reply {
    match shell.exchange(Asker::default(), Input::Polled).await {
        Answer::Event(invocation, deadline_ms) => event(*invocation, deadline_ms, shell),
        other => settled(other),
    }
}

async fn post(
    shell: &Arc<Shell>,
    request: Request<Incoming>,
    id: &str,
    input: impl FnOnce(u64, Post) -> Input,
) -> Reply {
    let (head, incoming) = request.into_parts();
    let id = percent_decoded(id);
    let text = |headers: &HeaderMap, name: &str| {
        headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let mode = text(&head.headers, "lambda-runtime-function-response-mode");
    let tap = if mode.as_deref() == Some("streaming") { shell.taps().take(&id) } else { None };
    if let Some(tap) = &tap {
        tap.begin(text(&head.headers, "content-type")).await;
    }
    let body = body::read_and_note(incoming, tap, || shell.answer_began(&id)).await;
    let posted = super::posted(&head, &body);
    let post = Post {
        request_id: id,
        invocation_id: text(&head.headers, "lambda-runtime-invocation-id"),
        mode,
        error_type: text(&body.trailers, ERROR_TYPE).or_else(|| text(&head.headers, ERROR_TYPE)),
        // Details that are not base64 are dropped; the type stands.
        trailer_body: body
            .trailers
            .get(ERROR_BODY)
            .and_then(|value| BASE64_STANDARD.decode(value.as_bytes()).ok())
            .map(Bytes::from),
        xray_cause: text(&head.headers, "lambda-runtime-function-xray-error-cause"),
        truncated: body.truncated,
        body: body.bytes,
    };
    let asker = Asker { posted: Some(posted), extension: None };
    settled(shell.exchange(asker, |call| input(call, post)).await)
}

fn settled(answer: Answer) -> Reply {
    match answer {
        Answer::Refused(refusal) => reply::json(refusal.status, refusal.body()),
        Answer::Restored => reply::empty(200),
        _ => reply::accepted(),
    }
}

/// The answer to `next`. Headers that have nothing to say are left out.
fn event(invocation: Invocation, deadline_ms: u128, shell: &Shell) -> Reply {
    let settings = shell.settings();
    let mut reply = reply::json(200, invocation.payload);
    let headers = [
        ("content-type", invocation.content_type),
        ("lambda-runtime-aws-request-id", Some(invocation.request_id)),
        ("lambda-runtime-deadline-ms", Some(deadline_ms.to_string())),
        ("lambda-runtime-invoked-function-arn", Some(settings.function_arn())),
        ("lambda-runtime-trace-id", invocation.trace_id),
        ("lambda-runtime-client-context", invocation.client_context),
        ("lambda-runtime-cognito-identity", invocation.cognito_identity),
        ("lambda-runtime-aws-tenant-id", invocation.tenant_id),
        ("lambda-runtime-invocation-id", Some(invocation.invocation_id)),
    ];
    for (name, value) in headers {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            reply::set(&mut reply, name, &value);
        }
    }
    reply
}

/// Text with each `%XX` replaced by its byte; what is no escape stays as it is.
pub(super) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded_and_everything_else_is_kept() {
        for (text, decoded) in [("a%2Fb%25c", "a/b%c"), ("%", "%"), ("%zz%C3%A9", "%zzé"), ("", "")] {
            assert_eq!(percent_decoded(text), decoded);
        }
    }
}
