//! A local Lambda in the process of a test.

use std::net::SocketAddr;
#[cfg(feature = "command")]
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::connections::Cut;
use crate::error::Error;
use crate::front::Front;
use crate::history::Event;
use crate::initialization::Initialization;
use crate::settings::{ExternalExtension, Settings};
use crate::shell::Shell;
use crate::state::event::ShutdownReason;
use crate::state::{Input, Invocation, Outcome, refusal};
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
    initialization_type: Option<String>,
    max_concurrency: Option<u32>,
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
            initialization_type: None,
            max_concurrency: None,
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

    /// Invokes the function and waits for the outcome. Concurrent invocations wait for each other, in order; with
    /// [`max_concurrency`](Builder::max_concurrency) each takes a poll that waits, and is refused when there is none.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future leaves the invocation to run; only the history tells of its outcome.
    pub async fn invoke(&self, invoke: Invoke) -> Invoked {
        let (request_id, outcome) = self.shell.submit(invoke.invocation);
        let outcome = outcome.await.unwrap_or_else(|_| Outcome::shut_down());
        let error_type = outcome.category().map(str::to_owned);
        let (payload, xray_cause) = match outcome {
            Outcome::Success(payload) => (payload, None),
            Outcome::FunctionError { body, xray_cause, .. } => (body, xray_cause),
            Outcome::Rejected { kind, message } => (refusal::document(kind, message), None),
        };
        Invoked { request_id, payload, error_type, xray_cause }
    }

    /// Restores the environment from its snapshot, and waits until it has happened. The snapshot is there once the runtime
    /// waits in `restore/next`; an invocation restores it, too. A runtime that polls without having asked for a restore
    /// has passed this gate, and so has one whose init failed. Without SnapStart there is nothing to wait for.
    ///
    /// Of the runtime's connections, the one that brings the news is closed behind it and all others are reset. From then
    /// on the runtime has 10 seconds for its first poll; when they are over, the invocation that waits fails with
    /// `Runtime.RestoreHookUserTimeout`, and a bootstrap is killed.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future does not take the wish back.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use lambda_emulator::{Emulator, Event};
    ///
    /// let emulator = Emulator::builder().initialization_type("snap-start").start().await?;
    /// let url = format!("{}/2018-06-01/runtime/restore/next", emulator.runtime_api());
    /// # let runtime = async {
    /// #     use tokio::io::{AsyncReadExt, AsyncWriteExt};
    /// #     let mut stream = tokio::net::TcpStream::connect(emulator.addr()).await?;
    /// #     stream.write_all(b"GET /2018-06-01/runtime/restore/next HTTP/1.1\r\nhost: x\r\n\r\n").await?;
    /// #     stream.read_to_string(&mut String::new()).await
    /// # };
    /// // The runtime, which is a task of the same test, waits there, and goes on when we say so.
    /// let (answered, ()) = tokio::join!(runtime, emulator.restore());
    /// answered?;
    /// assert_eq!(emulator.history(), [Event::RestorePolled, Event::Restored]);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn restore(&self) {
        if self.shell.settings().initialization.is_snap_start() {
            self.shell.restore().await;
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

    /// Stops the bootstrap and all it has started where they are, as the service freezes an environment between two
    /// events, and waits until it has happened: first the bootstrap has to be idle. The next invocation lets it go on, and
    /// so does [`thaw`](Self::thaw).
    ///
    /// Both of the function's clocks go on meanwhile; in the service, the monotonic one may stand still. Connections are
    /// kept; a service that has forgotten them is [`drop_connections`](Self::drop_connections).
    ///
    /// # Panics
    ///
    /// When there is no bootstrap that this emulator has started, and with [`max_concurrency`](Builder::max_concurrency):
    /// a managed instance is never frozen.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future does not take the wish back; [`thaw`](Self::thaw) does.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn check(emulator: &lambda_emulator::Emulator) {
    /// use lambda_emulator::{Event, Invoke};
    ///
    /// emulator.invoke(Invoke::new("1")).await;
    /// emulator.freeze().await;
    /// // Time passes, and then:
    /// emulator.invoke(Invoke::new("2")).await;
    /// assert!(emulator.history().contains(&Event::Thawed));
    /// # }
    /// ```
    #[cfg(feature = "command")]
    pub async fn freeze(&self) {
        let settings = self.shell.settings();
        assert!(settings.supervised(), "there is nothing to freeze: give the builder a bootstrap");
        let managed = settings.initialization.max_concurrency().is_some();
        assert!(!managed, "a managed instance is never frozen");
        self.shell.freeze().await;
    }

    /// Lets a frozen bootstrap go on; one that is not frozen is left alone.
    #[cfg(feature = "command")]
    pub fn thaw(&self) {
        self.shell.input(Input::Thaw);
    }

    /// Resets every connection of the function, also one on which a poll waits, as happens to those that slept too long
    /// in a frozen environment. A poll is taken back, so no event is lost with it; of a POST that is under way the
    /// function learns nothing, though it may have been taken. Callers keep their connections, and so does a peer that
    /// has not asked for anything yet.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn check(emulator: &lambda_emulator::Emulator) {
    /// use lambda_emulator::Event;
    ///
    /// // The runtime is idle; it has to notice, and to poll again.
    /// emulator.until(|history| history.last() == Some(&Event::Polled)).await;
    /// emulator.drop_connections();
    /// emulator.until(|history| history.last() == Some(&Event::Polled)).await;
    /// # }
    /// ```
    pub fn drop_connections(&self) {
        self.shell.cut(Cut::Reset);
    }

    /// Leaves every connection of the function open and deaf, as a path does that forgot it: what is sent is neither
    /// answered nor refused. A poll that waits is taken back and is never answered, so that a runtime which is idle and
    /// has no other connection waits for ever; while it handles an event, it is its next request that goes nowhere.
    pub fn abandon_connections(&self) {
        self.shell.cut(Cut::Abandon);
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

    /// How the environment comes about, the value of `AWS_LAMBDA_INITIALIZATION_TYPE`:
    ///
    /// | Type | A bootstrap is started | for its init it has |
    /// |---|---|---|
    /// | `on-demand`, the default | by the first invocation | 10 seconds |
    /// | `provisioned-concurrency` | by [`start`](Self::start) | 130 seconds, or the function's timeout if that is longer |
    /// | `snap-start` | by [`start`](Self::start) | the same |
    ///
    /// With `snap-start` the runtime may wait in `restore/next` until [`Emulator::restore`] or an invocation; its keys are
    /// behind `AWS_CONTAINER_CREDENTIALS_FULL_URI` and not in its environment, which names no log stream either.
    ///
    /// Source: AWS Lambda developer guide, "Understanding the Lambda execution environment lifecycle".
    pub fn initialization_type(mut self, name: impl Into<String>) -> Self {
        self.initialization_type = Some(name.into());
        self
    }

    /// Makes it a managed instance, where one environment handles many events at once: the function finds `concurrency` in
    /// `AWS_LAMBDA_MAX_CONCURRENCY`, the initialization type `lambda-managed-instances`, and `AWS_LAMBDA_LOG_FORMAT=JSON`.
    ///
    /// Every poll that waits is a slot for one event, and events go to the oldest. Those that come before the first poll
    /// wait for it; afterwards one that finds no slot is refused with `Runtime.Unavailable`, whatever `concurrency` is.
    /// A second invocation under an id that is under way is refused with `Client.DuplicatedInvokeId`. A timeout is told to
    /// the caller and to nobody else; the late answer is 410 once. A bootstrap is started by [`start`](Self::start), has
    /// 130 seconds for its init (or the function's timeout), and is not started again: its end, like an init error, ends the
    /// environment, and invocations are refused with `Client.ExecutionEnvironmentUnhealthy` from then on.
    ///
    /// Source: AWS Lambda developer guide, "Lambda Managed Instances".
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), lambda_emulator::Error> {
    /// let emulator = lambda_emulator::Emulator::builder().max_concurrency(8).start().await?;
    /// let expected = ("AWS_LAMBDA_MAX_CONCURRENCY".to_owned(), "8".to_owned());
    /// assert!(emulator.environment().contains(&expected));
    /// # Ok(())
    /// # }
    /// ```
    pub fn max_concurrency(mut self, concurrency: u32) -> Self {
        self.max_concurrency = Some(concurrency);
        self
    }

    /// Puts a function URL or an HTTP API before the function: a request for a path that is none of Lambda's APIs becomes an
    /// event, and the function's answer its response. The history tells of it as of any other invocation.
    pub fn front(mut self, front: Front) -> Self {
        self.settings.front = Some(front);
        self
    }

    pub(crate) fn has_front(&self) -> bool {
        self.settings.front.is_some()
    }

    /// Keeps no history, where nobody can ask for it.
    pub(crate) fn without_history(mut self) -> Self {
        self.settings.remembered_events = 0;
        self
    }

    /// Starts `bootstrap` for the first invocation (or, as [`initialization_type`](Self::initialization_type) says, ahead
    /// of it), kills it when an invocation times out, and starts it again for the
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
    /// - [`is_config`](Error::is_config) when the initialization type is none of those listed, the concurrency is 0, or
    ///   the two contradict each other.
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
        let initialization = Initialization::of(self.initialization_type.as_deref(), self.max_concurrency)?;
        let listener = TcpListener::bind(self.bind).await.map_err(|error| Error::bind(self.bind, error))?;
        let address = listener.local_addr().map_err(|error| Error::bind(self.bind, error))?;
        let mut settings = self.settings;
        settings.runtime_api = address.to_string();
        settings.initialization = initialization;
        let shell = Shell::new(settings);
        let server = tokio::spawn(http::serve(listener, Arc::clone(&shell)));
        if initialization.is_ahead() {
            shell.input(Input::Prepare);
        }
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
    /// The category of the failure, as the service keeps it: `Function.…` or `Runtime.…`, or, where the platform itself says
    /// no, `Sandbox.…` or `Client.…`. `None` for a success.
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
