//! The Invoke API: `POST /2015-03-31/functions/{name}/invocations`, and `POST /` for the hand at the keyboard.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hyper::body::Incoming;
use hyper::{HeaderMap, Request};

use super::body;
use super::reply::{self, Reply};
use crate::shell::{Shell, unique_id, unique_trace};
use crate::state::{Invocation, Outcome};

/// The largest event of a synchronous invocation.
const LARGEST_EVENT: usize = 6 * 1024 * 1024 + 100;

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

pub(super) async fn invoke(request: Request<Incoming>, shell: &Arc<Shell>) -> Reply {
    let (head, incoming) = request.into_parts();
    let body = body::read(incoming).await;
    if body.truncated {
        return reply::error(400, "InvalidRequestContent", "the event was cut off");
    }
    if body.bytes.len() > LARGEST_EVENT {
        let text =
            format!("{} bytes exceed the limit of {LARGEST_EVENT} bytes for an event", body.bytes.len());
        return reply::error(413, "RequestTooLargeException", &text);
    }
    let kind = header(&head.headers, "x-amz-invocation-type");
    if kind.as_deref() == Some("DryRun") {
        return reply::text(204, "");
    }
    let client_context = match client_context(&head.headers) {
        Ok(context) => context,
        Err(reason) => return reply::error(400, "InvalidRequestContent", &reason),
    };
    let invocation = Invocation {
        request_id: header(&head.headers, "x-amzn-requestid").unwrap_or_else(unique_id),
        invocation_id: unique_id(),
        payload: body.bytes,
        // What `curl -d` claims when nobody asked; an event is JSON.
        content_type: header(&head.headers, "content-type")
            .filter(|kind| kind != "application/x-www-form-urlencoded"),
        trace_id: header(&head.headers, "x-amzn-trace-id").or_else(|| Some(unique_trace())),
        client_context,
        cognito_identity: header(&head.headers, "x-amz-cognito-identity"),
        tenant_id: header(&head.headers, "x-amz-tenant-id"),
    };
    let id = invocation.request_id.clone();
    let mut reply = if kind.as_deref() == Some("Event") {
        let shell = Arc::clone(shell);
        tokio::spawn(async move { shell.invoke(invocation).await });
        reply::text(202, "")
    } else {
        told(shell.invoke(invocation).await)
    };
    reply::set(&mut reply, "x-amzn-requestid", &id);
    reply
}

/// What the caller is told: a function error is a success of the service, marked by a header.
fn told(outcome: Option<Outcome>) -> Reply {
    let mut reply = match outcome {
        None => return reply::error(500, "ServiceException", "the environment has been shut down"),
        Some(Outcome::Success(body)) => reply::json(200, body),
        Some(Outcome::FunctionError { body, .. }) => {
            let mut reply = reply::json(200, body);
            reply::set(&mut reply, "x-amz-function-error", "Unhandled");
            reply
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
    // A header carries it to the function, so it becomes one line.
    match serde_json::from_str::<serde_json::Value>(&text) {
        Ok(json) => Ok(Some(json.to_string())),
        Err(error) => Err(format!("X-Amz-Client-Context is not JSON: {error}")),
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned()).filter(|value| !value.is_empty())
}
