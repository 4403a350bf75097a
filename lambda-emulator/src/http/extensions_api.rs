//! The Extensions API, `/2020-01-01/extension`.

use std::sync::Arc;

use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Method, Request};
use serde_json::{Value, json};

use super::body::{self, Body};
use super::header;
use super::reply::{self, Reply};
use crate::id;
use crate::settings::ACCOUNT;
use crate::shell::{Answer, Asker, Shell};
use crate::state::Input;
use crate::state::event::{Moment, Notice};
use crate::state::extensions::Registration;

pub(super) const IDENTIFIER: &str = "lambda-extension-identifier";

/// Answers what is asked at `path`, which follows `/2020-01-01/extension/`.
pub(super) async fn route(path: &str, request: Request<Incoming>, shell: &Arc<Shell>) -> Reply {
    let (head, incoming) = request.into_parts();
    let (get, post) = (head.method == Method::GET, head.method == Method::POST);
    match path {
        "event/next" if get => next(&head, shell).await,
        "register" if post => register(&head, body::read(incoming).await, shell).await,
        "init/error" if post => failed(Moment::Init, &head, body::read(incoming).await, shell).await,
        "exit/error" if post => failed(Moment::Exit, &head, body::read(incoming).await, shell).await,
        "event/next" => reply::wrong_method("GET"),
        "register" | "init/error" | "exit/error" => reply::wrong_method("POST"),
        _ => reply::not_found(&format!("/2020-01-01/extension/{path}")),
    }
}

async fn register(head: &Parts, body: Body, shell: &Arc<Shell>) -> Reply {
    let asker = Asker { posted: Some(super::posted(head, &body)), extension: None };
    let registration = Registration {
        name: header(&head.headers, "lambda-extension-name").unwrap_or_default(),
        body: body.bytes,
        id: id::unique(),
    };
    let answer = shell.exchange(asker, |call| Input::Registered(call, registration)).await;
    let Answer::Registered(id) = answer else { return settled(answer) };
    let settings = shell.settings();
    let mut document = json!({
        "functionName": settings.function_name,
        "functionVersion": "$LATEST",
        "handler": settings.handler(),
    });
    // Features are told apart by their exact names; unknown ones mean nothing.
    let features = header(&head.headers, "lambda-extension-accept-feature").unwrap_or_default();
    if features.split(',').any(|feature| feature.trim() == "accountId") {
        document["accountId"] = ACCOUNT.into();
    }
    let mut reply = reply::json(200, document.to_string());
    reply::set(&mut reply, IDENTIFIER, &id);
    reply
}

async fn next(head: &Parts, shell: &Arc<Shell>) -> Reply {
    let id = header(&head.headers, IDENTIFIER);
    let asker = Asker { posted: None, extension: id.clone() };
    match shell.exchange(asker, |call| Input::ExtensionPolled(call, id)).await {
        Answer::Notice(notice, deadline_ms) => event(&notice, deadline_ms, shell),
        other => settled(other),
    }
}

async fn failed(moment: Moment, head: &Parts, body: Body, shell: &Arc<Shell>) -> Reply {
    let id = header(&head.headers, IDENTIFIER);
    let kind = header(&head.headers, "lambda-extension-function-error-type");
    let asker = Asker { posted: Some(super::posted(head, &body)), extension: id.clone() };
    let document: Value = serde_json::from_slice(&body.bytes).unwrap_or_default();
    let message = document["errorMessage"].as_str().map(str::to_owned);
    settled(shell.exchange(asker, |call| Input::ExtensionFailed { call, id, moment, kind, message }).await)
}

/// The answer to `event/next`.
fn event(notice: &Notice, deadline_ms: u128, shell: &Shell) -> Reply {
    let deadline_ms = u64::try_from(deadline_ms).unwrap_or(u64::MAX);
    let document = match notice {
        Notice::Invoke(invocation) => {
            let mut document = json!({
                "eventType": "INVOKE",
                "deadlineMs": deadline_ms,
                "requestId": invocation.request_id,
                "invokedFunctionArn": shell.settings().function_arn(),
            });
            if let Some(trace) = invocation.trace_id.as_deref().filter(|trace| !trace.is_empty()) {
                document["tracing"] = json!({ "type": "X-Amzn-Trace-Id", "value": trace });
            }
            document
        }
        Notice::Shutdown(reason) => json!({
            "eventType": "SHUTDOWN",
            "deadlineMs": deadline_ms,
            "shutdownReason": reason.as_str(),
        }),
    };
    let mut reply = reply::json(200, document.to_string());
    reply::set(&mut reply, "lambda-extension-event-identifier", &id::unique());
    reply
}

fn settled(answer: Answer) -> Reply {
    match answer {
        Answer::Refused(refusal) => reply::json(refusal.status, refusal.body()),
        _ => reply::accepted(),
    }
}
