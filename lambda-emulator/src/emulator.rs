//! A local Lambda in the process of a test.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::error::Error;
use crate::http;
use crate::settings::Settings;
use crate::shell::{Shell, unique_id, unique_trace};
use crate::state::{Invocation, Outcome};

/// A running local Lambda. Dropping it closes every connection.
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
}

impl Emulator {
    /// Settings to start from: any free port of 127.0.0.1, the name `function`, 3 seconds, 128 MB, a runtime that is
    /// started by somebody else.
    pub fn builder() -> Builder {
        Builder { bind: SocketAddr::from(([127, 0, 0, 1], 0)), settings: Settings::default() }
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
    /// Dropping the future leaves the invocation to run; its outcome is lost.
    pub async fn invoke(&self, invoke: Invoke) -> Invoked {
        let request_id = invoke.invocation.request_id.clone();
        let outcome = self.shell.invoke(invoke.invocation).await;
        let outcome =
            outcome.unwrap_or_else(|| Outcome::platform("Sandbox.Failure", "the environment is gone"));
        match outcome {
            Outcome::Success(payload) => Invoked { request_id, payload, error_type: None, xray_cause: None },
            Outcome::FunctionError { category, body, xray_cause } => {
                Invoked { request_id, payload: body, error_type: Some(category), xray_cause }
            }
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.server.abort();
        #[cfg(feature = "command")]
        self.shell.shut_down();
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

    /// Starts `bootstrap` for the first invocation, kills it when an invocation times out, and starts it again for the
    /// next one.
    #[cfg(feature = "command")]
    pub fn bootstrap(mut self, bootstrap: crate::Bootstrap) -> Self {
        self.settings.command = Some(bootstrap);
        self
    }

    /// Starts it on the current tokio runtime, which needs I/O and time enabled.
    ///
    /// # Errors
    ///
    /// [`is_address_in_use`](Error::is_address_in_use) when the port is taken.
    pub async fn start(self) -> Result<Emulator, Error> {
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
                request_id: unique_id(),
                invocation_id: unique_id(),
                payload: payload.into(),
                trace_id: Some(unique_trace()),
                ..Invocation::default()
            },
        }
    }

    /// The request id; a random one by default.
    pub fn request_id(mut self, id: impl Into<String>) -> Self {
        self.invocation.request_id = id.into();
        self
    }

    /// The client context, JSON text without line breaks.
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
