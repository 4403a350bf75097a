//! Server-sent events: each leaves when it is made, and a failure on the way is no end that looks like one.
//!
//! `LAMBDA_EMULATOR_FRONT=function-url cargo run -p http-streaming`, then `curl -N http://127.0.0.1:9000/`, and
//! `curl -N http://127.0.0.1:9000/broken`

use std::time::Duration;

use lambda_rt::http::{Error, Request, Response, run_with_streaming_response, service_fn};
use lambda_rt::streaming::{self, Body, Closed, Sender};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run_with_streaming_response(service_fn(handler)).await
}

async fn handler(request: Request) -> Result<Response<Body>, Error> {
    let last = if request.uri().path() == "/broken" { 2 } else { 5 };
    let (sender, body) = streaming::channel();
    // Whoever aborts the task before it has finished does not make the answer look whole.
    tokio::spawn(count(sender.must_finish(), last));
    Ok(Response::builder().header("content-type", "text/event-stream").body(body)?)
}

/// Ends when everything is sent, or when nobody listens any more.
async fn count(mut sender: Sender, last: u32) -> Result<(), Closed> {
    for number in 1..=last {
        sender.send_data(format!("data: {number}\n\n").into()).await?;
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    match last {
        5 => sender.finish(),
        _ => sender.send_error("the source of events is gone"),
    }
    Ok(())
}
