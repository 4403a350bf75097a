//! An extension to be: what it is called, what it hears of, and what it does with it.

use std::fmt;

use tower_service::Service;

use crate::api;
use crate::error::{Error, ExtensionError};
use crate::event::LambdaEvent;
use crate::http::Endpoint;
use crate::registered::RegisteredExtension;
use crate::service::Ignore;
#[cfg(feature = "telemetry")]
use crate::telemetry::{self, Subscription};

/// An extension, before it registers. Nothing happens until [`register`](Self::register) or [`run`](Self::run).
///
/// An *external* one, made by [`new`](Self::new), is a program in `/opt/extensions`; Lambda starts it before the function.
/// An *internal* one, made by [`internal`](Self::internal), is part of the function's own process.
///
/// | | External | Internal |
/// |---|---|---|
/// | Name | that of the executable file | any that no file in `/opt/extensions` has |
/// | Events by default | INVOKE and SHUTDOWN | INVOKE |
/// | The same on managed instances | SHUTDOWN | none |
/// | Learns of the shutdown by | SHUTDOWN | SIGTERM to the function's process |
///
/// # Examples
///
/// ```no_run
/// use lambda_ext::{Error, Extension, LambdaEvent, NextEvent, service_fn};
///
/// #[tokio::main(flavor = "current_thread")]
/// async fn main() -> Result<(), Error> {
///     let processor = service_fn(async |event: LambdaEvent| {
///         if let NextEvent::Shutdown(shutdown) = event.next {
///             println!("goodbye: {}", shutdown.shutdown_reason);
///         }
///         Ok::<(), Error>(())
///     });
///     Extension::new().with_events(&["SHUTDOWN"]).with_events_processor(processor).run().await
/// }
/// ```
///
/// Source: AWS Lambda developer guide, "Using the Lambda Extensions API to create extensions".
#[must_use = "it does nothing until `register` or `run` is awaited"]
pub struct Extension<E = Ignore> {
    name: Option<String>,
    internal: bool,
    events: Option<Vec<String>>,
    endpoint: Option<String>,
    processor: E,
    #[cfg(feature = "telemetry")]
    telemetry: Option<Subscription>,
    #[cfg(feature = "logs")]
    logs: Option<Subscription>,
    #[cfg(feature = "telemetry")]
    settings: telemetry::Settings,
}

impl Default for Extension {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> fmt::Debug for Extension<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, internal, events, endpoint, .. } = self;
        f.debug_struct("Extension")
            .field("name", name)
            .field("internal", internal)
            .field("events", events)
            .field("endpoint", endpoint)
            .finish_non_exhaustive()
    }
}

impl Extension {
    /// An external extension under the name of its executable file, which is the name Lambda knows it by.
    pub fn new() -> Self {
        Self {
            name: None,
            internal: false,
            events: None,
            endpoint: None,
            processor: Ignore,
            #[cfg(feature = "telemetry")]
            telemetry: None,
            #[cfg(feature = "logs")]
            logs: None,
            #[cfg(feature = "telemetry")]
            settings: telemetry::Settings::default(),
        }
    }

    /// An internal extension: a task of the function's own process.
    ///
    /// It has to be registered before the runtime asks for its first event, and run beside it. Without events it is the
    /// way to be sent SIGTERM before the environment is killed: Lambda sends it only where an extension is registered.
    pub fn internal(name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), internal: true, ..Self::new() }
    }
}

impl<E> Extension<E> {
    /// The name. For an external extension it must be that of its file in `/opt/extensions`, which is the default.
    pub fn with_extension_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The events to hear of: `INVOKE`, `SHUTDOWN`, both or none.
    ///
    /// An extension without `INVOKE` does not prolong invocations: Lambda waits for all that hear of one to ask again.
    pub fn with_events(mut self, events: &[&str]) -> Self {
        self.events = Some(events.iter().map(|&event| event.to_owned()).collect());
        self
    }

    /// Where the Extensions API is, `host:port`; `AWS_LAMBDA_RUNTIME_API` by default.
    pub fn with_endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// What is called with each event, one at a time. An error or a panic of it is reported to Lambda and ends the extension,
    /// and with it the environment: Lambda counts an extension that ends as a failure of the function.
    ///
    /// It may borrow from `main` and need not be `Send`; an extension that runs in a spawned task is as `Send` as its processor.
    pub fn with_events_processor<S>(self, processor: S) -> Extension<S>
    where
        S: Service<LambdaEvent, Response = ()>,
        S::Error: Into<Error>,
    {
        let Self { name, internal, events, endpoint, processor: _, .. } = self;
        Extension {
            name,
            internal,
            events,
            endpoint,
            processor,
            #[cfg(feature = "telemetry")]
            telemetry: self.telemetry,
            #[cfg(feature = "logs")]
            logs: self.logs,
            #[cfg(feature = "telemetry")]
            settings: self.settings,
        }
    }

    /// Registers: Lambda starts the function only when all external extensions have, and takes internal ones until the
    /// runtime's first poll. Telemetry is subscribed to here too, its listener open before Lambda is told of it.
    ///
    /// # Errors
    ///
    /// An [`ExtensionError`], by its predicates:
    ///
    /// - [`is_config`](ExtensionError::is_config): a name, an event, a limit or `AWS_LAMBDA_RUNTIME_API` cannot be right;
    ///   nothing was sent.
    /// - [`is_refused`](ExtensionError::is_refused): registration is closed, the name is taken or unknown, there are ten
    ///   extensions already, or the subscription is not accepted.
    /// - [`is_listener`](ExtensionError::is_listener): the telemetry port is taken.
    /// - [`is_unreachable`](ExtensionError::is_unreachable), [`is_protocol`](ExtensionError::is_protocol).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future may leave the extension registered, with nobody to ask for its events: exit then.
    pub async fn register(self) -> Result<RegisteredExtension<E>, Error> {
        let endpoint = match &self.endpoint {
            Some(endpoint) => Endpoint::parse(endpoint)?,
            None => Endpoint::from_env()?,
        };
        let name = self.checked_name()?;
        let events = self.checked_events(is_managed_instance())?;
        #[cfg(feature = "telemetry")]
        self.settings.check()?;
        let registered = api::register(&endpoint, &name, &events).await?;
        #[allow(unused_mut, reason = "without telemetry nothing is added to it")]
        let mut extension = RegisteredExtension::new(endpoint, registered, self.processor);
        #[cfg(feature = "telemetry")]
        {
            let subscriptions = [
                self.telemetry,
                #[cfg(feature = "logs")]
                self.logs,
            ];
            for subscription in subscriptions.into_iter().flatten() {
                if let Err(error) = extension.subscribe(subscription, &self.settings).await {
                    let error = error.into();
                    extension.report(api::Report::Init, &error).await;
                    return Err(error);
                }
            }
        }
        Ok(extension)
    }

    /// [Registers](Self::register) and [runs](RegisteredExtension::run).
    ///
    /// # Errors
    ///
    /// Those of both.
    pub async fn run(self) -> Result<(), Error>
    where
        E: Service<LambdaEvent, Response = ()>,
        E::Error: Into<Error>,
    {
        self.register().await?.run().await
    }

    fn checked_name(&self) -> Result<String, ExtensionError> {
        let name = match &self.name {
            Some(name) => name.clone(),
            // Lambda starts the file by its path, and compares names with the whole file name, its ending included.
            None => {
                let program = std::env::args_os().next().map(std::path::PathBuf::from);
                let name = program.as_deref().and_then(|path| path.file_name());
                name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
            }
        };
        let legal = |letter: char| letter.is_ascii_graphic() || letter == ' ';
        if name.is_empty() || name.len() > 128 || !name.chars().all(legal) || name.trim() != name {
            return Err(ExtensionError::config(format!(
                "the extension name {name:?} cannot be registered: it must be 1 to 128 printable ASCII letters; an external \
                 extension is named as its file"
            )));
        }
        Ok(name)
    }

    fn checked_events(&self, managed: bool) -> Result<Vec<String>, ExtensionError> {
        let Some(events) = &self.events else {
            let default: &[&str] = match (self.internal, managed) {
                (false, false) => &["INVOKE", "SHUTDOWN"],
                (true, false) => &["INVOKE"],
                (false, true) => &["SHUTDOWN"],
                (true, true) => &[],
            };
            return Ok(default.iter().map(|&event| event.to_owned()).collect());
        };
        for event in events {
            let why = match event.as_str() {
                "SHUTDOWN" if self.internal => {
                    "an internal extension is never sent SHUTDOWN: it shares the function's process, which gets SIGTERM; \
                     leave it out and handle SIGTERM, which the feature `signal` delivers as a shutdown event"
                }
                "INVOKE" if managed => {
                    "on managed instances invocations overlap and no extension hears of them; leave it out, or take \
                     the default events"
                }
                "INVOKE" | "SHUTDOWN" => continue,
                _ => "there are INVOKE and SHUTDOWN, in capitals",
            };
            return Err(ExtensionError::config(format!("cannot register for the event {event:?}: {why}")));
        }
        Ok(events.clone())
    }
}

/// Registers an external extension for INVOKE and SHUTDOWN, and runs it: [`Extension::new`] with this events processor.
///
/// # Errors
///
/// Those of [`Extension::run`].
///
/// # Cancel safety
///
/// That of [`RegisteredExtension::run`].
pub async fn run<S>(processor: S) -> Result<(), Error>
where
    S: Service<LambdaEvent, Response = ()>,
    S::Error: Into<Error>,
{
    Extension::new().with_events_processor(processor).run().await
}

fn is_managed_instance() -> bool {
    std::env::var("AWS_LAMBDA_INITIALIZATION_TYPE").is_ok_and(|kind| kind == "lambda-managed-instances")
}

#[cfg(feature = "telemetry")]
mod subscribing;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_events_are_those_that_each_kind_may_register_for() {
        for (extension, managed, events) in [
            (Extension::new(), false, &["INVOKE", "SHUTDOWN"][..]),
            (Extension::internal("x"), false, &["INVOKE"]),
            (Extension::new(), true, &["SHUTDOWN"]),
            (Extension::internal("x"), true, &[]),
        ] {
            assert_eq!(extension.checked_events(managed).unwrap(), events);
        }
    }

    #[test]
    fn what_lambda_would_refuse_is_refused_before_the_wire_and_says_why() {
        let refused = |extension: Extension, managed: bool, why: &str| {
            let error = extension.checked_events(managed).unwrap_err();
            assert!(error.is_config() && error.to_string().contains(why), "{error}");
        };
        refused(Extension::internal("x").with_events(&["INVOKE", "SHUTDOWN"]), false, "SIGTERM");
        refused(Extension::new().with_events(&["INVOKE"]), true, "managed instances");
        refused(Extension::new().with_events(&["invoke"]), false, "capitals");
        assert_eq!(Extension::internal("x").with_events(&[]).checked_events(false).unwrap(), [""; 0]);
    }

    #[test]
    fn a_name_that_no_header_can_hold_is_an_error_and_the_default_is_the_file_name() {
        for name in ["", "a\r\nb", "täst", " padded", &"x".repeat(129)] {
            let error = Extension::new().with_extension_name(name).checked_name().unwrap_err();
            assert!(error.is_config() && error.to_string().contains("extension name"), "{error}");
        }
        let program = std::env::current_exe().unwrap();
        let file = program.file_name().unwrap().to_str().unwrap();
        assert_eq!(Extension::new().checked_name().unwrap(), file);
    }
}
