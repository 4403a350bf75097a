//! A local AWS Lambda: the Runtime API for a function, the Extensions and Telemetry APIs for what runs beside it, the Invoke
//! API for its callers, on one port.
//!
//! ```
//! use lambda_emulator::{Emulator, Invoke};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! let emulator = Emulator::builder().start().await?;
//! let function = lambda_rt::Runtime::new(async |event: lambda_rt::LambdaEvent<u32>| {
//!     Ok::<_, lambda_rt::Error>(event.payload + 1)
//! });
//!
//! tokio::select! {
//!     ended = function.endpoint(emulator.runtime_api()).run() => ended?,
//!     invoked = emulator.invoke(Invoke::new("41")) => assert_eq!(invoked.payload, "42"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - [`Emulator`] runs inside a test, on the test's own tokio runtime.
//! - [`Embedded`] is what `lambda-rt` starts when a function is run outside Lambda.
//! - With the feature `command` (on by default) an [`Emulator`] can start, kill and restart a `Bootstrap`, and the
//!   command `lambda-emulator` does so from a shell.
//!
//! Tests look at [`Emulator::history`] for what happened between the two, and wait for it with [`Emulator::until`].
//!
//! How an environment comes about is chosen with [`Builder::initialization_type`]: on demand, ahead of invocations, or from a
//! snapshot (SnapStart), which [`Emulator::restore`] restores. With [`Builder::max_concurrency`] it handles many events at once.
//!
//! With [`Builder::front`], HTTP requests reach the function as they do through a function URL or API Gateway.
//!
//! # Extensions
//!
//! An internal extension registers like anywhere; an external one is [expected](Builder::expect_extension) if the test itself
//! plays it, or a file of `Builder::extensions_directory`. [`Emulator::shut_down`] ends everything in Lambda's order.
//!
//! ```
//! use lambda_emulator::{Emulator, Event, ShutdownReason};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), lambda_emulator::Error> {
//! let emulator = Emulator::builder().expect_extension("shipper").start().await?;
//! // Give emulator.runtime_api() to an extension that registers as "shipper"; then:
//! emulator.shut_down(ShutdownReason::Spindown).await;
//! assert!(emulator.history().contains(&Event::ShutDown));
//! # Ok(())
//! # }
//! ```
//!
//! Telemetry is generated from what really happens, function and extension lines included where the emulator started the
//! process. The Logs API, its predecessor, says that it is not supported.
//!
//! # Features
//!
//! | Feature | Brings | Default |
//! |---|---|---|
//! | `command` | `Bootstrap`, `Builder::bootstrap`, `Builder::extensions_directory` and the command; needs Unix | yes |
//!
//! It answers as the service does, refusals included, and it is bound by what the service documents; where that is silent,
//! by what AWS's own Runtime Interface Emulator does. It freezes the function only when told to, and limits time but not memory.
//!
//! Source: AWS Lambda developer guide, "Using the Lambda runtime API for custom runtimes", "Using the Lambda Extensions API to
//! create extensions", "Accessing real-time telemetry data for extensions using the Telemetry API"; AWS Lambda API reference, "Invoke".

mod builder;
mod connections;
mod embedded;
mod emulator;
mod error;
mod front;
mod history;
mod http;
mod id;
mod initialization;
mod invoke;
#[cfg(feature = "command")]
mod launch;
#[cfg(feature = "command")]
mod output;
#[cfg(feature = "command")]
mod process;
mod rfc3339;
mod settings;
mod shell;
mod state;
mod telemetry;

pub use builder::Builder;
pub use embedded::{Embedded, EmbeddedOptions};
pub use emulator::Emulator;
pub use error::Error;
pub use front::Front;
pub use history::{Event, Posted};
pub use invoke::{Invoke, Invoked};
#[cfg(feature = "command")]
pub use process::Bootstrap;
pub use state::event::ShutdownReason;
