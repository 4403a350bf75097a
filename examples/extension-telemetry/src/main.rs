//! A telemetry shipper: what Lambda tells of the function goes to an HTTP endpoint, in batches, and is not lost on the way.
//!
//! `cargo build --release -p extension-telemetry` makes the file that goes to `extensions/` of a layer. The function's
//! variable `TELEMETRY_SINK` says where to.

use std::sync::Arc;

use http_body_util::Full;
use hyper::Request;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use lambda_ext::{Buffer, Error, Extension, LambdaTelemetry, SharedService, service_fn, tracing};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    let sink = std::env::var("TELEMETRY_SINK").map_err(|_| "set TELEMETRY_SINK to an http:// address")?;
    let client = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();

    // An error has the batch tried again; what does not fit into the buffer Lambda keeps, and delivers again.
    let buffer = Buffer::new(service_fn(move |batch: Arc<Vec<LambdaTelemetry>>| {
        let (client, sink) = (client.clone(), sink.clone());
        async move {
            let body = serde_json::to_vec(&*batch)?;
            let request = Request::post(sink).header("content-type", "application/json").body(body.into())?;
            match client.request(request).await?.status() {
                status if status.is_success() => Ok(()),
                status => Err(Error::from(format!("the sink answers {status}"))),
            }
        }
    }));
    // Without INVOKE, no invocation waits for this extension.
    Extension::new()
        .with_events(&["SHUTDOWN"])
        .with_events_processor(buffer.flush_on_shutdown())
        .with_telemetry_processor(SharedService::new(buffer))
        // Any port that is free: two extensions cannot have the same.
        .with_telemetry_port_number(0)
        .run()
        .await
}
