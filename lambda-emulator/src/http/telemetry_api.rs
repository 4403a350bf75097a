//! The Telemetry API, `PUT /2022-07-01/telemetry`, and its predecessor, the Logs API, which the emulator does not have.

use std::sync::Arc;

use hyper::body::Incoming;
use hyper::{Method, Request};

use super::body;
use super::extensions_api::IDENTIFIER;
use super::header;
use super::reply::{self, Reply};
use crate::shell::{Answer, Asker, Shell};
use crate::state::Input;
use crate::telemetry::Subscription;

/// What the service says to a subscription that it takes: a string, in JSON.
const OK: &str = "\"OK\"";

pub(super) async fn subscribe(request: Request<Incoming>, shell: &Arc<Shell>) -> Reply {
    if request.method() != Method::PUT {
        return reply::wrong_method("PUT");
    }
    let (head, incoming) = request.into_parts();
    let body = body::read(incoming).await;
    let id = header(&head.headers, IDENTIFIER);
    let asker = Asker { posted: Some(super::posted(&head, &body)), extension: id.clone() };
    let subscription = Subscription::parse(&body.bytes);
    match shell.exchange(asker, |call| Input::Subscribed(call, id, subscription)).await {
        Answer::Refused(refusal) => reply::json(refusal.status, refusal.body()),
        _ => reply::json(200, OK),
    }
}

/// What local emulators say, and what clients take as "there is none".
pub(super) fn logs(request: &Request<Incoming>) -> Reply {
    match *request.method() {
        Method::PUT => reply::error(202, "Logs.NotSupported", "Logs API is not supported"),
        _ => reply::wrong_method("PUT"),
    }
}
