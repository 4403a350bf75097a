//! A local Lambda in the process of a test.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::task::JoinHandle;

use crate::builder::Builder;
use crate::connections::Cut;
use crate::history::Event;
use crate::invoke::{Invoke, Invoked};
use crate::shell::Shell;
use crate::state::event::ShutdownReason;
use crate::state::{Input, Outcome, refusal};

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
    pub(crate) shell: Arc<Shell>,
    pub(crate) address: SocketAddr,
    pub(crate) server: JoinHandle<()>,
}

impl Emulator {
    /// Settings to start from: any free port of 127.0.0.1, the name `function`, 3 seconds, 128 MB, a runtime that is
    /// started by somebody else.
    pub fn builder() -> Builder {
        Builder::new()
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
