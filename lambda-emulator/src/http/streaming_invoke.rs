//! `InvokeWithResponseStream`: `POST /2021-11-15/functions/{name}/response-streaming-invocations`.
//!
//! What the function streams leaves as it comes, each piece an event `PayloadChunk`; what it answers in one piece is one. The last
//! event, `InvokeComplete`, says whether the invocation failed, and of what.
//!
//! Source: AWS Lambda API reference, "InvokeWithResponseStream".

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body_util::{Either, Full};
use hyper::body::{Body, Frame, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::{Method, Request, Response};
use serde_json::{Map, Value};

use super::event_stream::event;
use super::invoke_api::{self, Asked, Kind};
use super::reply;
use super::tapped::{Begun, Tapped};
use crate::id;
use crate::shell::Shell;
use crate::state::Outcome;

pub(super) fn is_path(path: &str) -> bool {
    let name = path.strip_prefix("/2021-11-15/functions/");
    let name = name.and_then(|rest| rest.strip_suffix("/response-streaming-invocations"));
    name.is_some_and(|name| !name.is_empty() && !name.contains('/'))
}

/// The answer to a request for [this path](is_path).
pub(super) async fn serve(
    request: Request<Incoming>,
    shell: &Arc<Shell>,
) -> Response<Either<Full<Bytes>, Events>> {
    if request.method() != Method::POST {
        return reply::wrong_method("POST").map(Either::Left);
    }
    let Asked { mut invocation, kind, tail } = match invoke_api::asked(request).await {
        Ok(asked) => asked,
        Err(refusal) => return refusal.map(Either::Left),
    };
    match kind {
        Kind::Wait => {}
        Kind::DryRun => return reply::empty(204).map(Either::Left),
        Kind::Event => {
            let text = "X-Amz-Invocation-Type is Event; of a stream it must be RequestResponse or DryRun";
            return reply::error(400, "InvalidParameterValueException", text).map(Either::Left);
        }
    }
    // Of two streams under one id, one would get the chunks of the other.
    invocation.request_id = id::unique();
    let request_id = invocation.request_id.clone();
    let events = match Tapped::invoke(shell, invocation).await {
        Begun::Whole(rejected @ Outcome::Rejected { .. }) => {
            let mut reply = invoke_api::told(rejected);
            reply::set(&mut reply, "x-amzn-requestid", &request_id);
            return reply.map(Either::Left);
        }
        Begun::Whole(outcome) => Events::whole(&outcome, tail.then(|| shell.log_tail()).flatten()),
        Begun::Streamed { rest, .. } => {
            let log = tail.then(|| Arc::clone(shell));
            Events { ready: Vec::new(), rest: Some(rest), log }
        }
    };
    let mut response = Response::new(Either::Right(events));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/vnd.amazon.eventstream"));
    headers.insert("x-amz-executed-version", HeaderValue::from_static("$LATEST"));
    if let Ok(id) = HeaderValue::from_str(&request_id) {
        headers.insert(HeaderName::from_static("x-amzn-requestid"), id);
    }
    response
}

/// The events of one invocation.
pub(super) struct Events {
    /// Those that are there already, the first last.
    ready: Vec<Bytes>,
    rest: Option<Tapped>,
    /// Who knows the log that the caller wants to see the end of.
    log: Option<Arc<Shell>>,
}

impl Events {
    fn whole(outcome: &Outcome, tail: Option<String>) -> Self {
        let mut ready = vec![complete(outcome, tail)];
        if let Outcome::Success(body) = outcome
            && !body.is_empty()
        {
            ready.push(chunk(body));
        }
        Self { ready, rest: None, log: None }
    }
}

impl Body for Events {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = &mut *self;
        if let Some(event) = this.ready.pop() {
            return Poll::Ready(Some(Ok(Frame::data(event))));
        }
        let Some(rest) = &mut this.rest else { return Poll::Ready(None) };
        let event = match ready!(rest.poll_data(cx)) {
            Some(data) => chunk(&data),
            None => {
                let outcome = ready!(rest.poll_outcome(cx));
                this.rest = None;
                complete(&outcome, this.log.as_ref().and_then(|log| log.log_tail()))
            }
        };
        Poll::Ready(Some(Ok(Frame::data(event))))
    }

    fn is_end_stream(&self) -> bool {
        self.ready.is_empty() && self.rest.is_none()
    }
}

fn chunk(data: &[u8]) -> Bytes {
    event("PayloadChunk", "application/octet-stream", data)
}

/// The last event: an empty object, unless the invocation failed, or the caller wants to see the end of the log.
fn complete(outcome: &Outcome, tail: Option<String>) -> Bytes {
    let details = match outcome {
        Outcome::Success(_) => None,
        Outcome::FunctionError { body, .. } => Some(String::from_utf8_lossy(body).into_owned()),
        Outcome::Rejected { message, .. } => Some((*message).to_owned()),
    };
    let mut members = Map::new();
    let code = outcome.category().map(str::to_owned);
    for (name, value) in [("ErrorCode", code), ("ErrorDetails", details), ("LogResult", tail)] {
        if let Some(value) = value {
            members.insert(name.to_owned(), value.into());
        }
    }
    event("InvokeComplete", "application/json", Value::Object(members).to_string().as_bytes())
}
