//! Middleware around the bytes-level service, in the manner of tower: a layer, a service, a named future.
//!
//! [`run`](crate::run) puts [`CatchPanic`] around everything and [`Deadline`] inside it; with the feature `tracing`,
//! [`Trace`] is outermost. [`Runtime::layer`](crate::Runtime::layer) adds your own within these.
//!
//! # Examples
//!
//! ```
//! use lambda_rt::layers::DeadlineLayer;
//! use lambda_rt::{HandlerService, Runtime};
//! # async fn handler(event: lambda_rt::LambdaEvent<u8>) -> Result<u8, lambda_rt::Error> { Ok(event.payload) }
//!
//! // Leaves the handler a second to flush before Lambda's own deadline.
//! let runtime = Runtime::new(handler).layer(DeadlineLayer::with_margin(std::time::Duration::from_secs(1)));
//! # let _: Runtime<lambda_rt::layers::Deadline<HandlerService<'_>>> = runtime;
//! ```

mod catch_panic;
mod deadline;
#[cfg(feature = "opentelemetry")]
mod open_telemetry;
#[cfg(feature = "tracing")]
mod trace;

pub use catch_panic::{CatchPanic, CatchPanicFuture, CatchPanicLayer};
#[cfg(feature = "streaming")]
pub(crate) use deadline::Limit;
pub(crate) use deadline::MARGIN;
pub use deadline::{Deadline, DeadlineFuture, DeadlineLayer};
#[cfg(feature = "opentelemetry")]
#[cfg_attr(docsrs, doc(cfg(feature = "opentelemetry")))]
pub use open_telemetry::{OpenTelemetry, OpenTelemetryFaasTrigger, OpenTelemetryFuture, OpenTelemetryLayer};
#[cfg(feature = "tracing")]
#[doc(no_inline)]
/// The name of `lambda_runtime` for it.
pub use trace::TraceLayer as TracingLayer;
#[cfg(all(feature = "streaming", feature = "tracing"))]
pub(crate) use trace::span;
#[cfg(feature = "tracing")]
pub use trace::{Trace, TraceLayer};
