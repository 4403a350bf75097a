//! A shutdown handler beside a runtime that has no lifecycle, for programs that come from `lambda_runtime`.

use super::shutdown::{self, Signals};
use crate::api::endpoint::Endpoint;
use crate::config::Environment;
use crate::log;

/// Has `hook` run when Lambda sends SIGTERM, or on Ctrl-C outside Lambda, and ends the process with success after it.
///
/// It registers the internal extension that earns SIGTERM, so it has to be awaited before [`run`](crate::run) asks for the first
/// event. If that is refused, a warning says so and the function runs without. There are 300 ms for the hook, and an invocation under
/// way is not waited for: [`Lifecycle::on_shutdown`](crate::Lifecycle::on_shutdown) does that, and shares out the time.
///
/// Source: AWS Lambda developer guide, "Lambda execution environment lifecycle", shutdown phase.
///
/// # Panics
///
/// When it is called outside of a tokio runtime with I/O and time.
///
/// # Examples
///
/// ```no_run
/// use lambda_rt::{Error, LambdaEvent};
///
/// #[tokio::main(flavor = "current_thread")]
/// async fn main() -> Result<(), Error> {
///     lambda_rt::spawn_graceful_shutdown_handler(|| async { println!("goodbye") }).await;
///     lambda_rt::run(async |event: LambdaEvent<u32>| Ok::<_, Error>(event.payload)).await
/// }
/// ```
pub async fn spawn_graceful_shutdown_handler<F>(hook: impl FnOnce() -> F + Send + 'static)
where
    F: Future<Output = ()> + Send + 'static,
{
    // A malformed variable is told by the runtime, which reads it next and ends with an error.
    let endpoint: Option<Endpoint> = Environment::read().ok().and_then(|environment| environment.endpoint);
    let mut signals = Signals::listen(endpoint.is_none());
    let parked = match &endpoint {
        Some(endpoint) => shutdown::register(endpoint).await,
        None => None,
    };
    tokio::spawn(async move {
        let ended = async {
            signals.received().await;
            if tokio::time::timeout(shutdown::BUDGET, hook()).await.is_err() {
                log::warn(
                    "",
                    format_args!("the shutdown handler was dropped: it took longer than Lambda allows"),
                );
            }
            std::process::exit(0)
        };
        shutdown::beside(ended, shutdown::park(parked)).await
    });
}
