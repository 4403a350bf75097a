//! HTTP requests for the function itself: from a request to an event, and from the function's answer to a response.

mod answer;
mod event;
mod live;

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use hyper::body::Incoming;
use hyper::{Request, Response};
use tokio::sync::{mpsc, oneshot};

use super::body;
use crate::front::Front;
use crate::shell::{Chunk, Shell};
use crate::state::Outcome;
use live::Live;

/// The prefixes of paths that are Lambda's own.
const APIS: [&str; 7] = [
    "/2018-06-01/",
    "/2020-01-01/",
    "/2020-08-15/",
    "/2021-04-23/",
    "/2022-07-01/",
    "/2026-01-15/",
    "/2015-03-31/functions/",
];

/// The front that a request for `path` is for.
pub(super) fn before(path: &str, shell: &Shell) -> Option<Front> {
    shell.settings().front.filter(|_| !APIS.iter().any(|api| path.starts_with(api)))
}

/// Invokes the function with a request, and answers as the front does.
pub(super) async fn serve(front: Front, request: Request<Incoming>, shell: &Arc<Shell>) -> Response<Live> {
    let (head, incoming) = request.into_parts();
    let body = body::read(incoming).await;
    if body.truncated {
        return answer::failed(400, "Bad Request");
    }
    let invocation = event::of_request(front, &head, &body.bytes, shell.settings());
    // Before the event is delivered, so that no chunk comes too early.
    let taps = shell.taps();
    let chunks = (front == Front::FunctionUrl).then(|| taps.open(&invocation.request_id));
    let id = invocation.request_id.clone();
    let (_, outcome) = shell.submit(invocation);
    let response = match chunks {
        None => answer::whole(outcome.await.unwrap_or_else(|_| Outcome::shut_down())),
        Some(chunks) => either(chunks, outcome).await,
    };
    taps.close(&id);
    response.unwrap_or_else(|| answer::failed(front.failed(), "Internal Server Error"))
}

/// The response of whatever comes first: the beginning of a stream, or the end of the invocation.
async fn either(
    mut chunks: mpsc::Receiver<Chunk>,
    mut outcome: oneshot::Receiver<Outcome>,
) -> Option<Response<Live>> {
    let first = poll_fn(|cx| match chunks.poll_recv(cx) {
        Poll::Ready(first) => Poll::Ready(Ok(first)),
        Poll::Pending => Pin::new(&mut outcome).poll(cx).map(Err),
    });
    match first.await {
        Ok(Some(first)) => answer::streamed(first, chunks, outcome).await,
        Ok(None) => answer::whole(outcome.await.unwrap_or_else(|_| Outcome::shut_down())),
        Err(told) => answer::whole(told.unwrap_or_else(|_| Outcome::shut_down())),
    }
}
