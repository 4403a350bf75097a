//! HTTP requests for the function itself: from a request to an event, and from the function's answer to a response.

mod answer;
mod event;
mod live;

use std::sync::Arc;

use hyper::body::Incoming;
use hyper::{Request, Response};

use super::body;
use super::tapped::{Begun, Tapped};
use crate::front::Front;
use crate::shell::Shell;
use crate::state::Outcome;
use live::Live;

/// The prefixes of paths that are Lambda's own.
const APIS: [&str; 8] = [
    "/2018-06-01/",
    "/2020-01-01/",
    "/2020-08-15/",
    "/2021-04-23/",
    "/2022-07-01/",
    "/2026-01-15/",
    "/2015-03-31/functions/",
    "/2021-11-15/functions/",
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
    let response = match front {
        Front::FunctionUrl => match Tapped::invoke(shell, invocation).await {
            Begun::Streamed { content_type, rest } => answer::streamed(content_type.as_deref(), rest).await,
            Begun::Whole(outcome) => answer::whole(outcome),
        },
        Front::ApiGatewayV2 => {
            let (_, outcome) = shell.submit(invocation);
            answer::whole(outcome.await.unwrap_or_else(|_| Outcome::shut_down()))
        }
    };
    response.unwrap_or_else(|| answer::failed(front.failed(), "Internal Server Error"))
}
