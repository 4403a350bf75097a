//! A local AWS Lambda: the Runtime API for a function, the Invoke API for its callers, on one port.
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
//! | Feature | Brings | Default |
//! |---|---|---|
//! | `command` | `Bootstrap`, `Builder::bootstrap` and the command; needs Unix | yes |
//!
//! It answers as the service does, refusals included, and it is bound by what the service documents; where that is silent,
//! by what AWS's own Runtime Interface Emulator does. It freezes the function only when told to, and limits time but not memory.
//!
//! Source: AWS Lambda developer guide, "Using the Lambda runtime API for custom runtimes"; AWS Lambda API reference, "Invoke".

mod connections;
mod embedded;
mod emulator;
mod error;
mod history;
mod http;
mod id;
mod initialization;
#[cfg(feature = "command")]
mod process;
mod rfc3339;
mod settings;
mod shell;
mod state;

pub use embedded::{Embedded, EmbeddedOptions};
pub use emulator::{Builder, Emulator, Invoke, Invoked};
pub use error::Error;
pub use history::{Event, Posted};
#[cfg(feature = "command")]
pub use process::Bootstrap;
