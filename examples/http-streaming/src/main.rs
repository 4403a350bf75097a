//! Server-sent events: each leaves when it is made.
//!
//! `LAMBDA_EMULATOR_FRONT=function-url cargo run -p http-streaming`, then `curl -N http://127.0.0.1:9000/`

use std::time::Duration;

use lambda_rt::http::{Error, Request, Response, run_with_streaming_response, service_fn};
use lambda_rt::streaming::{self, Body, Closed, Sender};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run_with_streaming_response(service_fn(handler)).await
}

async fn handler(_: Request) -> Result<Response<Body>, Error> {
    let (sender, body) = streaming::channel();
    tokio::spawn(count(sender));
    Ok(Response::builder().header("content-type", "text/event-stream").body(body)?)
}

/// Ends when everything is sent, or when nobody listens any more.
async fn count(mut sender: Sender) -> Result<(), Closed> {
    for number in 1..=5 {
        sender.send_data(format!("data: {number}\n\n").into()).await?;
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    Ok(())
}
