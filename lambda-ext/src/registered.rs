//! An extension that is registered: the loop from its first poll to its last event.

use std::fmt;

use tower_service::Service;

use crate::api::{self, Registered, Report};
use crate::error::{Error, ExtensionError};
use crate::event::{Decoded, LambdaEvent, NextEvent};
use crate::http::Endpoint;
use crate::log;
use crate::service::{self, Ignore};
#[cfg(feature = "telemetry")]
use crate::telemetry::{Listener, Settings, Subscription};

/// A registered extension. Lambda waits for its first poll before it calls the function initialised.
///
/// Dropping it closes its telemetry listener.
#[must_use = "Lambda waits for it to be `run`"]
pub struct RegisteredExtension<E = Ignore> {
    /// The identifier Lambda knows it by.
    pub extension_id: String,
    /// The account's id; `None` where the environment does not tell it, as a local one.
    pub account_id: Option<String>,
    /// The function's name.
    pub function_name: String,
    /// The function's version, `$LATEST` or a number.
    pub function_version: String,
    /// The function's handler, as it is configured.
    pub handler: String,
    endpoint: Endpoint,
    processor: E,
    /// Whether it has polled, after which errors go to another place.
    polled: bool,
    #[cfg(feature = "telemetry")]
    listeners: Vec<Listener>,
}

impl<E> fmt::Debug for RegisteredExtension<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegisteredExtension")
            .field("extension_id", &self.extension_id)
            .field("function_name", &self.function_name)
            .field("function_version", &self.function_version)
            .field("polled", &self.polled)
            .finish_non_exhaustive()
    }
}

impl<E> RegisteredExtension<E> {
    pub(crate) fn new(endpoint: Endpoint, registered: Registered, processor: E) -> Self {
        Self {
            extension_id: registered.identifier,
            account_id: registered.account_id,
            function_name: registered.function_name,
            function_version: registered.function_version,
            handler: registered.handler,
            endpoint,
            processor,
            polled: false,
            #[cfg(feature = "telemetry")]
            listeners: Vec::new(),
        }
    }

    /// Opens the listener, then tells Lambda of it.
    #[cfg(feature = "telemetry")]
    pub(crate) async fn subscribe(
        &mut self,
        subscription: Subscription,
        settings: &Settings,
    ) -> Result<(), ExtensionError> {
        let listener = subscription.open(&self.endpoint, &self.extension_id, settings).await?;
        self.listeners.extend(listener);
        Ok(())
    }

    /// Polls, and calls the events processor with each event, until the one that says that the environment shuts down.
    ///
    /// It returns once that event has been processed; exit then, with 0. With the feature `signal`, SIGTERM is such an event
    /// too, of the reason [`Signal`](crate::ShutdownReason::Signal).
    ///
    /// # Errors
    ///
    /// The error of the events processor, or an [`ExtensionError`](crate::ExtensionError): its panic
    /// ([`is_panic`](crate::ExtensionError::is_panic)), or what [`next`](Self::next) fails with. Lambda has been told of the
    /// processor's failure; the process must exit.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future between events loses nothing. Dropped within one, the processor is cancelled.
    pub async fn run(mut self) -> Result<(), Error>
    where
        E: Service<LambdaEvent, Response = ()>,
        E::Error: Into<Error>,
    {
        let mut signal = Sigterm::listen();
        if let Err(error) = service::ready(&mut self.processor).await {
            self.report(Report::Init, &error).await;
            return Err(error);
        }
        loop {
            let next = first(self.next(), signal.received()).await?;
            let last = !next.is_invoke();
            if let Err(error) = service::process(&mut self.processor, LambdaEvent::new(next)).await {
                self.report(Report::Exit, &error).await;
                return Err(error);
            }
            if last {
                return Ok(());
            }
        }
    }

    /// Polls once, for a loop of one's own, and waits for as long as it takes: hours, if need be.
    ///
    /// The first poll says that the extension is ready, the following ones that it is done with the event before. Events of a
    /// type that is not known are skipped with a warning. An endpoint that breaks off is asked again for ten seconds.
    ///
    /// # Errors
    ///
    /// - [`is_refused`](crate::ExtensionError::is_refused): the identifier is not known any more, or another poll is waiting.
    /// - [`is_unreachable`](crate::ExtensionError::is_unreachable): Lambda is gone.
    /// - [`is_protocol`](crate::ExtensionError::is_protocol): what it answers is no event.
    ///
    /// # Cancel safety
    ///
    /// A dropped poll may take an event with it, and Lambda may refuse the poll after it: exit then.
    pub async fn next(&mut self) -> Result<NextEvent, Error> {
        loop {
            self.polled = true;
            match api::next(&self.endpoint, &self.extension_id).await? {
                Decoded::Known(event) => return Ok(event),
                Decoded::Unknown(kind) => {
                    log::warn(format_args!("an event of the unknown type {kind} was skipped"));
                }
            }
        }
    }

    /// Tells Lambda that the extension cannot go on, and why; for a loop of one's own. Exit afterwards.
    ///
    /// Before the first poll it fails the function's initialisation, later the invocation. A report that does not get
    /// through is logged.
    pub async fn fail(mut self, error: &Error) {
        let kind = if self.polled { Report::Exit } else { Report::Init };
        self.report(kind, error).await;
    }

    pub(crate) async fn report(&mut self, kind: Report, error: &Error) {
        let error_type = match kind {
            Report::Init => "Extension.InitError",
            Report::Exit => "Extension.ExitError",
        };
        let panic = ExtensionError::of(error).is_some_and(ExtensionError::is_panic);
        let error_type = if panic { "Extension.Panic" } else { error_type };
        api::report(&self.endpoint, &self.extension_id, kind, error_type, error).await;
    }
}

/// The first of an event and a signal, which counts as one. A poll that is dropped for a signal is the last anyway.
async fn first(
    next: impl Future<Output = Result<NextEvent, Error>>,
    signal: impl Future<Output = NextEvent>,
) -> Result<NextEvent, Error> {
    let (mut next, mut signal) = (std::pin::pin!(next), std::pin::pin!(signal));
    std::future::poll_fn(|cx| match next.as_mut().poll(cx) {
        std::task::Poll::Ready(next) => std::task::Poll::Ready(next),
        std::task::Poll::Pending => signal.as_mut().poll(cx).map(Ok),
    })
    .await
}

/// SIGTERM, where it is listened to.
struct Sigterm {
    #[cfg(all(feature = "signal", unix))]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Sigterm {
    fn listen() -> Self {
        Self {
            // Without a handler SIGTERM ends the process, as it would have.
            #[cfg(all(feature = "signal", unix))]
            signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).ok(),
        }
    }

    /// Waits for it, for ever if need be.
    async fn received(&mut self) -> NextEvent {
        #[cfg(all(feature = "signal", unix))]
        if let Some(signal) = &mut self.signal
            && signal.recv().await.is_some()
        {
            return NextEvent::Shutdown(crate::event::ShutdownEvent::by_signal());
        }
        std::future::pending().await
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_can_be_a_task_beside_the_runtime() {
        fn is_send<T: Send>(_: T) {}
        is_send(crate::Extension::internal("x").run());
    }
}
