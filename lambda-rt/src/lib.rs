//! A runtime for AWS Lambda functions in Rust.
//!
//! ```no_run
//! use lambda_rt::{Error, LambdaEvent};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Deserialize)]
//! struct Order { item: String, quantity: u32 }
//!
//! #[derive(Serialize)]
//! struct Receipt { text: String }
//!
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> Result<(), Error> {
//!     lambda_rt::run(async |event: LambdaEvent<Order>| {
//!         let Order { item, quantity } = event.payload;
//!         Ok::<_, Error>(Receipt { text: format!("{quantity} x {item}") })
//!     })
//!     .await
//! }
//! ```
//!
//! `cargo run` on it starts a local Lambda, prints a `curl` command that invokes it, and serves. Built for release, the
//! same program is the `bootstrap` that Lambda runs.
//!
//! # How the pieces meet
//!
//! - A [`Handler`] is an async function or closure from [`LambdaEvent<T>`](LambdaEvent) to `Result<R, E>`, or a tower
//!   service of that shape. `T` is decoded from JSON, `R` encoded to it; [`bytes::Bytes`] goes in undecoded and [`Reply`]
//!   out as it is. It may borrow from `main` and needs to be neither `Send` nor `'static`.
//! - [`Context`], beside the payload, tells the request id, the deadline, the trace and who called.
//! - An answer that is large, or should begin before its end is known, is [streamed](streaming).
//! - `E` is anything that converts into a [`Diagnostic`]: [`Error`] for `?` on everything, or a type of your own.
//! - [`run`] is [`Runtime::new`] and [`Runtime::run`]. A [`Runtime`] takes [`layers`] around its bytes-level service.
//! - [`Runtime::init`] begins a [`Lifecycle`]: what is made once at the start and lent to every invocation, and hooks for
//!   snapshots, thaws and the shutdown. [`Context::defer`] leaves work for after the answer.
//! - On managed instances [`run`] handles as many events at once as the instance asks for, in one task; [`run_concurrent`]
//!   uses all threads. [`block_on`] picks the tokio runtime.
//! - The modules `client` and `aws` hold HTTP and AWS clients whose connections survive the freeze between two events.
//! - [`tracing`] is the crate of that name and a subscriber that Lambda's log controls understand.
//!
//! # What it survives
//!
//! An invocation that fails, panics, cannot be decoded or encoded, answers too much, or runs into its deadline is reported
//! to its caller, and the next one is served. A Runtime API that is slow to start, resets, truncates or garbles
//! is asked again for ten seconds. A header that cannot be read is absent and named in a warning. What the service
//! refuses is logged with its reason. Only when nothing is left to try does [`run`] return, with an error that says why.
//!
//! # Features
//!
//! | Feature | Default | |
//! |---|---|---|
//! | `local` | yes | `cargo run` outside Lambda starts a local Lambda; release builds contain none of it |
//! | `multi-thread` | yes | `#[tokio::main]` without a flavour compiles, and [`block_on`] has threads for managed instances |
//! | `streaming` | yes | the module [`streaming`], [`StreamResponse`]: answers that leave piece by piece |
//! | `tracing` | yes | the module [`tracing`], [`layers::Trace`], and the runtime's own messages as events |
//! | `http` | no | the module [`http`](mod@http): axum routers and every other service of HTTP requests |
//! | `graceful-shutdown` | no | `Lifecycle::on_shutdown`: SIGTERM is earned, and handled |
//! | `opentelemetry` | no | `layers::OpenTelemetryLayer`: spans by OpenTelemetry's conventions, and a flush after each invocation |
//! | `concurrency-tokio` | no | nothing; programs that come from `lambda_runtime` ask for it |
//! | `client` | no | the module `client`: reqwest whose connections survive a freeze |
//! | `aws` | no | the module `aws`: AWS SDK clients from the environment alone, over such connections; asks for Rust 1.94.1 |
//! | `aws-lc`, `native-roots` | no | both clients encrypt with AWS-LC in place of ring, trust what the system trusts |
//! | `tower` | no | re-exports the `tower` crate; part of `http` |
//! | `anyhow`, `eyre`, `miette` | no | handlers may fail with these, causes included |
//!
//! # Coming from `lambda_runtime`
//!
//! `run`, `service_fn`, `LambdaEvent`, `Context`, `Error`, `Diagnostic` and `tracing` keep their names and shapes.
//! So do `run_concurrent`, [`SnapStartResource`], `StreamResponse`, `FunctionResponse`, `MetadataPrelude` and `streaming`. What
//! differs: [`Context::deadline`] is an `Option`, because a service may leave it out, and so are the parts of [`Config`];
//! [`ClientContext::custom`] holds any JSON; a layer of a [`Runtime`] sees [`Invocation`] and [`Reply`].
//!
//! For `lambda_http::`, write `lambda_rt::http::`, with the feature `http`: its names are the same.
//!
//! # What is not promised
//!
//! The text of errors and log lines, the order of headers on the wire, and the time between retries may change in any
//! release. The minimum Rust version is 1.88, and with the feature `aws` that of the AWS SDK, now 1.94.1; raising it is a minor release.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod api;
#[cfg(feature = "aws")]
#[cfg_attr(docsrs, doc(cfg(feature = "aws")))]
pub mod aws;
mod block_on;
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub mod client;
mod concurrent;
mod config;
mod context;
mod diagnostic;
mod environment;
mod error;
mod failure;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod handler;
#[cfg(feature = "http")]
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
pub mod http;
mod invocation;
mod join;
#[cfg(any(feature = "aws", feature = "client"))]
mod keep_alive;
mod launch;
pub mod layers;
mod lifecycle;
mod local;
mod log;
mod panic;
mod payload;
mod poller;
mod reply;
mod runtime;
mod serve;
#[cfg(feature = "streaming")]
#[cfg_attr(docsrs, doc(cfg(feature = "streaming")))]
pub mod streaming;
mod timestamp;
#[cfg(feature = "tracing")]
pub mod tracing;

pub use block_on::block_on;
pub use concurrent::{ConcurrentFuture, ConcurrentHandler, ConcurrentService, run_concurrent};
pub use config::{Config, InitializationType};
pub use context::{ClientApplication, ClientContext, CognitoIdentity, Context, Outcome, TraceHeader};
pub use diagnostic::Diagnostic;
pub use error::{Error, RuntimeError};
pub use failure::Failure;
pub use handler::{Handler, HandlerFuture, HandlerOutput, HandlerService, ServiceFn, service_fn};
pub use invocation::{Invocation, LambdaEvent};
#[cfg(any(feature = "aws", feature = "client"))]
#[cfg_attr(docsrs, doc(cfg(any(feature = "aws", feature = "client"))))]
pub use keep_alive::Prewarm;
pub use lifecycle::{
    BoxFuture, Init, Lazy, Lifecycle, SnapStartResource, Thaw, Timings, Together, VariableError,
};
#[cfg(feature = "graceful-shutdown")]
#[cfg_attr(docsrs, doc(cfg(feature = "graceful-shutdown")))]
pub use lifecycle::{Shutdown, ShutdownReason, spawn_graceful_shutdown_handler};
pub use reply::{IntoReply, LARGEST_REPLY, Reply};
pub use runtime::{NoService, Runtime, run};
#[cfg(feature = "streaming")]
#[cfg_attr(docsrs, doc(cfg(feature = "streaming")))]
pub use streaming::{FunctionResponse, MetadataPrelude, StreamResponse};
pub use tower_service::Service;

#[cfg(feature = "tower")]
pub use tower;
