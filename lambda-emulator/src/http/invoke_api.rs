//! The Invoke API: `POST /2015-03-31/functions/{name}/invocations`, and `POST /` for the hand at the keyboard.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hyper::body::Incoming;
use hyper::{HeaderMap, Request};

use super::body;
use super::header;
use super::reply::{self, Reply};
use crate::id;
use crate::shell::Shell;
use crate::state::{Invocation, Outcome};

/// The largest event of a synchronous invocation.
const LARGEST_EVENT: usize = 6 * 1024 * 1024 + 100;
/// The largest event of an asynchronous one.
const LARGEST_ASYNCHRONOUS_EVENT: usize = 1024 * 1024;

pub(super) fn is_invocations(path: &str) -> bool {
    let name = path.strip_prefix("/2015-03-31/functions/").and_then(|rest| rest.strip_suffix("/invocations"));
    name.is_some_and(|name| !name.is_empty() && !name.contains('/'))
}

/// What a browser is told.
pub(super) fn help(shell: &Shell) -> String {
    let settings = shell.settings();
    format!(
        "This is a local Lambda for the function {}.\n\nInvoke it:\n\n  curl http://{}/ -d '{{}}'\n",
        settings.function_name, settings.runtime_api
    )
}

/// An invocation that somebody asks for.
pub(super) struct Asked {
    pub(super) invocation: Invocation,
    pub(super) kind: Kind,
    /// The caller wants to see the end of the log.
    pub(super) tail: bool,
}

/// `X-Amz-Invocation-Type`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `RequestResponse`: the caller waits for the answer.
    Wait,
    /// `Event`: it does not.
    Event,
    /// `DryRun`: there is no invocation.
    DryRun,
}

/// What is asked for; the refusal of a request that asks for nothing that can be.
pub(super) async fn asked(request: Request<Incoming>) -> Result<Asked, Reply> {
    let (head, incoming) = request.into_parts();
    let body = body::read(incoming).await;
    if body.truncated {
        return Err(reply::error(400, "InvalidRequestContent", "the event was cut off"));
    }
    let kind = match header(&head.headers, "x-amz-invocation-type").as_deref() {
        None | Some("RequestResponse") => Kind::Wait,
        Some("Event") => Kind::Event,
        Some("DryRun") => Kind::DryRun,
        Some(other) => {
            let text =
                format!("X-Amz-Invocation-Type is {other:?}; it must be RequestResponse, Event or DryRun");
            return Err(reply::error(400, "InvalidParameterValueException", &text));
        }
    };
    let limit = if kind == Kind::Event { LARGEST_ASYNCHRONOUS_EVENT } else { LARGEST_EVENT };
    if body.bytes.len() > limit {
        let text = format!("{} bytes exceed the limit of {limit} bytes for an event", body.bytes.len());
        return Err(reply::error(413, "RequestTooLargeException", &text));
    }
    let client_context = client_context(&head.headers)
        .map_err(|reason| reply::error(400, "InvalidRequestContent", &reason))?;
    let invocation = Invocation {
        request_id: header(&head.headers, "x-amzn-requestid").unwrap_or_else(id::unique),
        invocation_id: id::unique(),
        payload: body.bytes,
        // What `curl -d` claims when nobody asked; an event is JSON.
        content_type: header(&head.headers, "content-type")
            .filter(|kind| kind != "application/x-www-form-urlencoded"),
        trace_id: header(&head.headers, "x-amzn-trace-id").or_else(|| Some(id::trace())),
        client_context,
        cognito_identity: header(&head.headers, "x-amz-cognito-identity"),
        tenant_id: header(&head.headers, "x-amz-tenant-id"),
    };
    let tail = header(&head.headers, "x-amz-log-type").as_deref() == Some("Tail");
    Ok(Asked { invocation, kind, tail })
}

pub(super) async fn invoke(request: Request<Incoming>, shell: &Arc<Shell>) -> Reply {
    let Asked { invocation, kind, tail } = match asked(request).await {
        Ok(asked) => asked,
        Err(refusal) => return refusal,
    };
    if kind == Kind::DryRun {
        return reply::empty(204);
    }
    let (request_id, mut outcome) = shell.submit(invocation);
    let mut reply = match kind {
        // Nobody hears of the outcome, unless it is that there will be none.
        Kind::Event => match outcome.try_recv() {
            Ok(rejected @ Outcome::Rejected { .. }) => told(rejected),
            _ => reply::empty(202),
        },
        _ => told(outcome.await.unwrap_or_else(|_| Outcome::shut_down())),
    };
    if let Some(tail) = shell.log_tail().filter(|_| tail && kind == Kind::Wait) {
        reply::set(&mut reply, "x-amz-log-result", &tail);
    }
    reply::set(&mut reply, "x-amzn-requestid", &request_id);
    reply
}

/// What the caller is told: a function error is a success of the service, marked by a header.
pub(super) fn told(outcome: Outcome) -> Reply {
    let mut reply = match outcome {
        Outcome::Success(body) => reply::json(200, body),
        Outcome::FunctionError { body, .. } => {
            let mut reply = reply::json(200, body);
            reply::set(&mut reply, "x-amz-function-error", "Unhandled");
            reply
        }
        Outcome::Rejected { kind, message } => {
            let mut reply = reply::error(400, kind, message);
            reply::set(&mut reply, "error-type", kind);
            return reply;
        }
    };
    reply::set(&mut reply, "x-amz-executed-version", "$LATEST");
    reply
}

fn client_context(headers: &HeaderMap) -> Result<Option<String>, String> {
    let Some(encoded) = header(headers, "x-amz-client-context") else { return Ok(None) };
    let bytes = BASE64_STANDARD
        .decode(&encoded)
        .map_err(|error| format!("X-Amz-Client-Context is not base64: {error}"))?;
    let text = String::from_utf8(bytes).map_err(|_| "X-Amz-Client-Context is not UTF-8".to_owned())?;
    if let Err(error) = serde_json::from_str::<serde_json::Value>(&text) {
        return Err(format!("X-Amz-Client-Context is not JSON: {error}"));
    }
    // A header carries it to the function, so it becomes one line. What controls JSON has outside its strings is space.
    Ok(Some(text.replace(|c: char| c < ' ', " ").replace('\u{7f}', "\\u007f")))
}
