//! Functions that answer HTTP: from each source's event to a request, and from an answer to each source's document.

mod arbitrary;
mod bad_input;
mod caller;
mod defects;
mod differential;
mod matrix;
mod moved_over;
mod requests;
mod responses;
mod sources;
mod streamed;

use std::future::poll_fn;

use lambda_rt::http::{HttpService, IntoResponse, Request};
use lambda_rt::{Context, Diagnostic, Failure, Invocation, Reply, Service};

/// The request that an event becomes.
fn request(event: impl ToString) -> Request {
    lambda_rt::http::into_request(invocation(event)).unwrap()
}

/// Why an event becomes none.
fn refusal(event: impl ToString) -> String {
    let failure = lambda_rt::http::into_request(invocation(event)).unwrap_err();
    assert_eq!(failure.category(), "Runtime.UnmarshalError");
    failure.diagnostic().error_message.clone()
}

fn invocation(event: impl ToString) -> Invocation {
    Invocation::new(event.to_string(), Context::default())
}

/// What a service makes of an event.
async fn call<S>(service: &mut HttpService<S>, event: impl ToString) -> Result<Reply, Failure>
where
    S: Service<Request, Response: IntoResponse, Error: Into<Diagnostic> + 'static>,
{
    poll_fn(|cx| service.poll_ready(cx)).await?;
    service.call(invocation(event)).await
}

fn header<'r>(request: &'r Request, name: &str) -> Vec<&'r str> {
    request
        .headers()
        .get_all(name)
        .iter()
        .map(|value| std::str::from_utf8(value.as_bytes()).unwrap())
        .collect()
}
