//! AWS Lambda extensions in Rust: programs beside a function that hear of its invocations, of its end, and of what it logs.
//!
//! ```no_run
//! use lambda_ext::{Error, LambdaEvent, NextEvent, service_fn};
//!
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> Result<(), Error> {
//!     lambda_ext::run(service_fn(async |event: LambdaEvent| {
//!         match event.next {
//!             NextEvent::Invoke(invoke) => println!("{} has {:?}", invoke.request_id, invoke.time_left()),
//!             NextEvent::Shutdown(shutdown) => println!("{:?} to say goodbye", shutdown.time_left()),
//!         }
//!         Ok::<(), Error>(())
//!     }))
//!     .await
//! }
//! ```
//!
//! # How the pieces meet
//!
//! - An [`Extension`] says what it is called, which events it wants and what is done with them; [`Extension::register`] makes
//!   it a [`RegisteredExtension`], which [runs](RegisteredExtension::run). [`run`] is the shortest of them.
//! - Processors are tower services, made of async functions by [`service_fn`].
//! - [`Extension::with_telemetry_processor`] subscribes to telemetry. [`LambdaTelemetryRecord`] is what arrives; one that is
//!   unknown or malformed arrives as `Unknown`, and the rest of its batch as what it is. [`Buffer`] stands between it and
//!   the place it is shipped to.
//! - [`ExtensionError::of`] finds this crate's own error behind [`Error`].
//!
//! # When it ends, and how long one has
//!
//! 1. Lambda ends an environment it no longer needs, after a timeout, and after a crash. Nothing runs in between: while
//!    nobody handles anything the environment is frozen, timers and connections included.
//! 2. With no extension the function's process is killed at once, without a signal.
//! 3. With internal extensions only, it gets SIGTERM and 500 ms later SIGKILL. A single internal extension, without any event,
//!    is enough to be told.
//! 4. With an external extension there are 2,000 ms in all. The function's process gets SIGTERM, and SIGKILL after 300 ms.
//! 5. Then external extensions that registered for SHUTDOWN get it, all at the same time, and have what is left of the 2,000 ms:
//!    [`ShutdownEvent::time_left`]. The others are killed at once.
//! 6. An external extension is sent SIGTERM by local emulators and by people only; it counts as a shutdown of the reason
//!    [`Signal`](ShutdownReason::Signal). For an internal one it is the only news there is.
//! 7. Exit with 0 before the time is up. Whoever has not is killed, and what it has not shipped is lost.
//! 8. Telemetry may arrive until the last moment: the function's last lines come after its last invocation.
//! 9. An extension that ends at any other time fails the invocation and has the whole environment started again.
//! 10. A start after that, of the same environment, finds the files of `/tmp` and a new identifier.
//!
//! # Features
//!
//! | Feature | Default | |
//! |---|---|---|
//! | `telemetry` | yes | the Telemetry API: subscription, listener, records |
//! | `buffer` | yes | [`Buffer`], a bounded buffer that loses nothing it can keep |
//! | `multi-thread` | yes | tokio's multi-thread runtime, for `#[tokio::main]` without a flavour |
//! | `signal` | yes | SIGTERM arrives as a shutdown event |
//! | `tracing` | yes | the module [`tracing`]; the crate's own warnings are events of it, otherwise lines on stderr |
//! | `logs` | yes | the legacy Logs API, which the Telemetry API has replaced; for programs that have not moved |
//!
//! Without any, it is a client of the Extensions API on tokio and little else.
//!
//! # Coming from `lambda_extension`
//!
//! Rename the dependency: in `Cargo.toml`, `lambda-extension = { package = "lambda-ext", version = "0.1" }`. The examples of
//! `lambda_extension` 1.1.1 compile and run as they are. What differs:
//!
//! - A batch whose processor fails is answered 500 and delivered again; one record that cannot be read costs no other one.
//! - A time is a [`Timestamp`], whose methods are named as chrono's.
//! - Enums have more variants, so a `match` needs `_ =>`. What the schema tells since is in
//!   [`details`](LambdaTelemetry::details).
//! - An error at an invocation goes to `exit/error`, and [`run`] returns after the shutdown and at SIGTERM.
//! - There are no modules `requests` and `tower`.
//!
//! # What is not promised
//!
//! The text of errors and warnings, the order of headers on the wire, and the time between retries may change in any
//! release. The minimum Rust version is 1.88; raising it is a minor release.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod api;
#[cfg(feature = "buffer")]
mod buffer;
mod error;
mod event;
mod extension;
mod http;
mod log;
#[cfg(feature = "logs")]
pub mod logs;
mod registered;
mod service;
#[cfg(feature = "telemetry")]
mod telemetry;
#[cfg(feature = "tracing")]
pub mod tracing;

#[cfg(feature = "buffer")]
pub use buffer::{Buffer, BufferCounts, BufferFull, BufferLimits, FlushOnShutdown};
pub use error::{Error, ExtensionError};
pub use event::{InvokeEvent, LambdaEvent, NextEvent, ShutdownEvent, ShutdownReason, Tracing};
pub use extension::{Extension, run};
#[cfg(feature = "logs")]
pub use logs::{LambdaLog, LambdaLogRecord, LogBuffering, LogPlatformReportMetrics};
pub use registered::RegisteredExtension;
pub use service::{Ignore, ServiceFn, SharedService, service_fn};
#[cfg(feature = "telemetry")]
pub use telemetry::{
    InitPhase, InitReportMetrics, InitType, LambdaTelemetry, LambdaTelemetryRecord, ReportMetrics,
    RestoreReportMetrics, RuntimeDoneMetrics, SchemaVersion, Span, Status, TelemetryBuffering,
    TelemetryDetails, Timestamp, TraceContext, TracingType, decode_batch,
};
pub use tower_service::Service;
