//! A local Lambda in the process of a test.

use std::net::SocketAddr;
#[cfg(feature = "command")]
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::error::Error;
use crate::history::Event;
use crate::settings::{ExternalExtension, Settings};
use crate::shell::Shell;
use crate::state::event::ShutdownReason;
use crate::state::{Input, Invocation, Outcome};
use crate::{http, id};

/// A running local Lambda. Dropping it closes every connection and kills the bootstrap, if it started one.
///
/// # Panics
///
/// Dropping it panics when a task of its server has panicked, so that the test which owns it fails.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), lambda_emulator::Error> {
/// use lambda_emulator::Emulator;
///
/// let emulator = Emulator::builder().function_name("orders").start().await?;
/// // Give this to the function as AWS_LAMBDA_RUNTIME_API.
/// assert_eq!(emulator.runtime_api(), emulator.addr().to_string());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Emulator {
    shell: Arc<Shell>,
    address: SocketAddr,
    server: JoinHandle<()>,
}

/// Settings of an [`Emulator`], each with a default.
#[derive(Clone, Debug)]
#[must_use = "it starts nothing until `start` is awaited"]
pub struct Builder {
    bind: SocketAddr,
    settings: Settings,
    #[cfg(feature = "command")]
    extensions_directory: Option<PathBuf>,
}

impl Emulator {
    /// Settings to start from: any free port of 127.0.0.1, the name `function`, 3 seconds, 128 MB, a runtime that is
    /// started by somebody else.
    pub fn builder() -> Builder {
        Builder {
            bind: SocketAddr::from(([127, 0, 0, 1], 0)),
            settings: Settings::default(),
            #[cfg(feature = "command")]
            extensions_directory: None,
        }
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// `host:port`, the value of `AWS_LAMBDA_RUNTIME_API`.
    pub fn runtime_api(&self) -> String {
        self.address.to_string()
    }

    /// The reserved variables a function sees, `AWS_LAMBDA_RUNTIME_API` among them.
    pub fn environment(&self) -> Vec<(String, String)> {
        self.shell.settings().environment()
    }

    /// Invokes the function and waits for the outcome. Concurrent invocations wait for each other, in order.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future leaves the invocation to run; only the history tells of its outcome.
    pub async fn invoke(&self, invoke: Invoke) -> Invoked {
        let (request_id, outcome) = self.shell.submit(invoke.invocation);
        match outcome.await.unwrap_or_else(|_| Outcome::shut_down()) {
            Outcome::Success(payload) => Invoked { request_id, payload, error_type: None, xray_cause: None },
            Outcome::FunctionError { category, body, xray_cause } => {
                Invoked { request_id, payload: body, error_type: Some(category), xray_cause }
            }
        }
    }

    /// Ends the environment as Lambda does, and waits until all that ran in it has ended.
    ///
    /// 1. A bootstrap gets SIGTERM if an extension has registered, and SIGKILL 300 ms later; without an extension, SIGKILL at
    ///    once. Until then it may answer the invocation it has; those that wait are told that the environment is no more.
    /// 2. External extensions that registered for `SHUTDOWN` get it, with `reason`, and have what is left of 2,000 ms; the
    ///    others are killed at once.
    /// 3. What is left is killed, each with all it has started.
    ///
    /// What somebody else started is told and not waited for. After that every call is refused. [`Event::ShutDown`] ends the
    /// history; before it, it says who was told, who was killed, and who ended how.
    ///
    /// Source: AWS Lambda developer guide, "Understanding the Lambda execution environment lifecycle".
    ///
    /// # Cancel safety
    ///
    /// Dropping the future leaves the shutdown to run.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), lambda_emulator::Error> {
    /// use lambda_emulator::{Emulator, Event, Invoke, ShutdownReason};
    ///
    /// let emulator = Emulator::builder().start().await?;
    /// emulator.shut_down(ShutdownReason::Spindown).await;
    /// assert_eq!(emulator.history().last(), Some(&Event::ShutDown));
    /// let late = emulator.invoke(Invoke::new("{}")).await;
    /// assert_eq!(late.error_type.as_deref(), Some("Sandbox.Failure"));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn shut_down(&self, reason: ShutdownReason) {
        self.shell.input(Input::Ending(reason));
        self.shell.ended().await;
    }

    /// What has happened so far, oldest first: the last 10,000 events.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn check(emulator: &lambda_emulator::Emulator) {
    /// use lambda_emulator::Event;
    ///
    /// let history = emulator.history();
    /// let posts = history.iter().filter(|event| matches!(event, Event::Posted(posted) if posted.status == 202));
    /// assert_eq!(posts.count(), 1, "every invocation is answered once");
    /// # }
    /// ```
    pub fn history(&self) -> Vec<Event> {
        self.shell.history()
    }

    /// Waits until `reached` says that the history is as wanted, and returns it. It is asked at once, and whenever
    /// something has happened.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost by dropping the future.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn wait(emulator: &lambda_emulator::Emulator) {
    /// use lambda_emulator::Event;
    ///
    /// // The runtime is idle.
    /// emulator.until(|history| history.last() == Some(&Event::Polled)).await;
    /// # }
    /// ```
    pub async fn until(&self, reached: impl FnMut(&[Event]) -> bool) -> Vec<Event> {
        self.shell.until(reached).await;
        self.shell.history()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.server.abort();
        self.shell.input(Input::ShutDown);
        // A second panic would abort the process and hide the first.
        if !std::thread::panicking() {
            assert!(!self.shell.has_panicked(), "a task of the emulator's server has panicked");
        }
    }
}

impl Builder {
    /// Listens on `address`; port 0 takes any that is free.
    pub fn bind(mut self, address: SocketAddr) -> Self {
        self.bind = address;
        self
    }

    /// The function's name.
    pub fn function_name(mut self, name: impl Into<String>) -> Self {
        self.settings.function_name = name.into();
        self
    }

    /// The function's timeout, which each invocation's deadline is made of.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// The function's memory in MB. It is reported to the function, not enforced.
    pub fn memory_mb(mut self, memory_mb: u32) -> Self {
        self.settings.memory_mb = memory_mb;
        self
    }

    /// The region that the function believes to be in; us-east-1 by default.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.settings.region = region.into();
        self
    }

    /// Keeps no history, where nobody can ask for it.
    pub(crate) fn without_history(mut self) -> Self {
        self.settings.remembered_events = 0;
        self
    }

    /// Starts `bootstrap` for the first invocation, kills it when an invocation times out, and starts it again for the
    /// next one.
    #[cfg(feature = "command")]
    pub fn bootstrap(mut self, bootstrap: crate::Bootstrap) -> Self {
        self.settings.command = Some(bootstrap);
        self
    }

    /// Starts every file of `directory` before the bootstrap, in the order of their names and without arguments, as Lambda
    /// does with `/opt/extensions`. The bootstrap follows once each has registered under the name of its file.
    ///
    /// An extension that ends before it is told to, whatever its exit code, fails the invocation with `Extension.Crash`, and
    /// the next one begins with everything started anew. More than 10 files, or one that is not executable, fail every init with
    /// `Extension.LaunchError`.
    ///
    /// The directory is read by [`start`](Self::start), which needs a [`bootstrap`](Self::bootstrap) too: the extensions of
    /// a runtime that somebody else starts are [expected](Self::expect_extension).
    #[cfg(feature = "command")]
    pub fn extensions_directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.extensions_directory = Some(directory.into());
        self
    }

    /// Expects an external extension of this name, which somebody else starts: a task of the same test, or a debugger.
    /// The environment waits for it as for one of its own, and tells it of its end, but cannot kill it.
    pub fn expect_extension(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        if self.settings.extensions.iter().all(|known| known.name != name) {
            self.settings.extensions.push(ExternalExtension { name, file: None });
        }
        self
    }

    /// Starts it on the current tokio runtime, which needs I/O and time enabled.
    ///
    /// # Errors
    ///
    /// - [`is_address_in_use`](Error::is_address_in_use) when the port is taken.
    /// - `is_extensions` when the directory of extensions cannot be read, or there is no bootstrap
    ///   beside it.
    pub async fn start(self) -> Result<Emulator, Error> {
        #[cfg(feature = "command")]
        let this = self.with_extensions()?;
        #[cfg(not(feature = "command"))]
        let this = self;
        this.listen().await
    }

    /// Adds what is in the directory of extensions.
    #[cfg(feature = "command")]
    fn with_extensions(mut self) -> Result<Self, Error> {
        let Some(directory) = self.extensions_directory.take() else { return Ok(self) };
        if !self.settings.supervised() {
            let reason = std::io::Error::other("extensions are started with a bootstrap, and there is none");
            return Err(Error::extensions(directory, reason));
        }
        let found = crate::launch::executables(&directory);
        let mut found = found.map_err(|error| Error::extensions(directory, error))?;
        found.extend(std::mem::take(&mut self.settings.extensions));
        self.settings.extensions = found;
        Ok(self)
    }

    async fn listen(self) -> Result<Emulator, Error> {
        let listener = TcpListener::bind(self.bind).await.map_err(|error| Error::bind(self.bind, error))?;
        let address = listener.local_addr().map_err(|error| Error::bind(self.bind, error))?;
        let mut settings = self.settings;
        settings.runtime_api = address.to_string();
        let shell = Shell::new(settings);
        let server = tokio::spawn(http::serve(listener, Arc::clone(&shell)));
        Ok(Emulator { shell, address, server })
    }
}

/// An invocation to make, as a caller of the Invoke API would.
#[derive(Clone, Debug)]
#[must_use = "give it to `Emulator::invoke`"]
pub struct Invoke {
    invocation: Invocation,
}

impl Invoke {
    /// An invocation with this event.
    pub fn new(payload: impl Into<Bytes>) -> Self {
        Self {
            invocation: Invocation {
                request_id: id::unique(),
                invocation_id: id::unique(),
                payload: payload.into(),
                trace_id: Some(id::trace()),
                ..Invocation::default()
            },
        }
    }

    /// The request id; a random one by default. While an invocation of the same id is under way, another is taken.
    pub fn request_id(mut self, id: impl Into<String>) -> Self {
        self.invocation.request_id = id.into();
        self
    }

    /// The client context, JSON text without line breaks. As with all of these, a value that no HTTP header can hold does
    /// not reach the function.
    pub fn client_context(mut self, json: impl Into<String>) -> Self {
        self.invocation.client_context = Some(json.into());
        self
    }

    /// The Cognito identity, JSON text.
    pub fn cognito_identity(mut self, json: impl Into<String>) -> Self {
        self.invocation.cognito_identity = Some(json.into());
        self
    }

    /// The tenant.
    pub fn tenant_id(mut self, id: impl Into<String>) -> Self {
        self.invocation.tenant_id = Some(id.into());
        self
    }

    /// The X-Ray header, or `None` for an invocation without one; a fresh one by default.
    pub fn trace_id(mut self, header: Option<String>) -> Self {
        self.invocation.trace_id = header;
        self
    }
}

/// How an invocation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invoked {
    /// The request's id.
    pub request_id: String,
    /// The answer, or the error document of a failure.
    pub payload: Bytes,
    /// The category of the failure, as the service keeps it: `Function.…` or `Runtime.…`. `None` for a success.
    pub error_type: Option<String>,
    /// The X-Ray cause that came with a failure, if the service would keep it.
    pub xray_cause: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    #[should_panic(expected = "a task of the emulator's server has panicked")]
    async fn a_panic_of_the_server_fails_the_test_that_owns_it() {
        let emulator = Emulator::builder().start().await.unwrap();
        emulator.shell.note_panic();
    }

    #[tokio::test]
    async fn an_invocation_whose_caller_is_gone_is_delivered_all_the_same() {
        let emulator = Emulator::builder().start().await.unwrap();
        let mut invoked = Box::pin(emulator.invoke(Invoke::new("1").request_id("a")));
        tokio::select! {
            biased;
            _ = &mut invoked => panic!("nobody answers"),
            () = std::future::ready(()) => drop(invoked),
        }
        emulator.shell.input(Input::Polled(1));
        let history = emulator.history();
        assert!(
            matches!(&history[..], [Event::Polled, Event::Delivered { request_id, .. }] if request_id == "a")
        );
    }
}
