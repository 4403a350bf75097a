//! The tokio runtime that fits an environment, for a `main` that is not async.

use std::future::Future;

use crate::config;
use crate::error::{Error, RuntimeError};

/// Runs `future` to its end on a tokio runtime that fits this environment, so that a function needs no `#[tokio::main]`.
///
/// That is a current-thread runtime, which costs a function that handles one event at a time the least. On managed instances,
/// where `AWS_LAMBDA_MAX_CONCURRENCY` is above 1, it is a multi-thread runtime (feature `multi-thread`). I/O and time are
/// enabled. `future` need not be `Send`.
///
/// # Errors
///
/// Those of `future`; [`is_config`](RuntimeError::is_config) when the operating system gives the runtime no thread or no file
/// descriptor.
///
/// # Panics
///
/// When called from within another tokio runtime, as tokio's own `block_on` does.
///
/// # Examples
///
/// ```no_run
/// use lambda_rt::{Error, LambdaEvent};
///
/// fn main() -> Result<(), Error> {
///     lambda_rt::block_on(lambda_rt::run(async |event: LambdaEvent<u32>| Ok::<_, Error>(event.payload + 1)))
/// }
/// ```
pub fn block_on(future: impl Future<Output = Result<(), Error>>) -> Result<(), Error> {
    let mut builder = match config::concurrency() {
        #[cfg(feature = "multi-thread")]
        Some(2..) => tokio::runtime::Builder::new_multi_thread(),
        _ => tokio::runtime::Builder::new_current_thread(),
    };
    let runtime = builder
        .enable_all()
        .build()
        .map_err(|error| RuntimeError::config(format!("the tokio runtime cannot start: {error}")))?;
    runtime.block_on(future)
}
