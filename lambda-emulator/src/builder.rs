//! What a local Lambda can be told before it starts.

use std::net::SocketAddr;
#[cfg(feature = "command")]
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::emulator::Emulator;
use crate::error::Error;
use crate::front::Front;
use crate::http;
use crate::initialization::Initialization;
use crate::settings::{ExternalExtension, Settings};
use crate::shell::Shell;
use crate::state::Input;

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

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 0)),
            initialization_type: None,
            max_concurrency: None,
            settings: Settings::default(),
            #[cfg(feature = "command")]
            extensions_directory: None,
        }
    }

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

    /// Lets streamed answers pass no faster than the service does, whoever waits for them: 6 MiB at once, then 2 MiB a second.
    ///
    /// Source: AWS Lambda developer guide, "Response streaming".
    pub fn limited_bandwidth(mut self) -> Self {
        self.settings.limited_bandwidth = true;
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
