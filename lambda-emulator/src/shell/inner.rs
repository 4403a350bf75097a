//! What the shell holds: the machine, those who wait, the clock and the processes.

use std::collections::HashMap;

use tokio::sync::oneshot;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::{Answer, Asker};
use crate::history::{Event, History};
use crate::state::event::{Call, Notice};
use crate::state::{Environment, Exit, Invocation, Outcome, Timer};
use crate::telemetry::{self, Telemetry};

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) environment: Environment,
    pub(super) next_call: Call,
    pub(super) calls: HashMap<Call, Waiting>,
    pub(super) callers: HashMap<String, oneshot::Sender<Outcome>>,
    pub(super) history: History,
    /// The tasks that wait for what is armed.
    pub(super) timers: HashMap<Timer, AbortHandle>,
    /// That of the attempt armed last, which is the one delivered next.
    pub(super) deadline_ms: u128,
    /// When the environment began to end, until that is known as the deadline of its extensions.
    pub(super) leaving_since: Option<Instant>,
    pub(super) farewell_ms: u128,
    pub(super) ended: bool,
    pub(super) telemetry: Telemetry,
    /// The names of extensions, by their identifiers.
    pub(super) names: HashMap<String, String>,
    /// What the function writes.
    #[cfg(feature = "command")]
    pub(super) tail: super::tail::Tail,
    #[cfg(feature = "command")]
    pub(super) process: Option<crate::process::Process>,
    /// The processes of extensions, by their names.
    #[cfg(feature = "command")]
    pub(super) extensions: HashMap<String, crate::process::Process>,
}

/// An exchange that waits; a `POST` goes into the history once its answer is known.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) sender: oneshot::Sender<Answer>,
    pub(super) asker: Asker,
    /// The runtime asks for something to do.
    pub(super) poll: bool,
}

impl Inner {
    pub(super) fn deliver(&mut self, call: Call, invocation: Invocation) {
        let (request_id, invocation_id) = (invocation.request_id.clone(), invocation.invocation_id.clone());
        self.history.push(Event::Delivered { request_id, invocation_id });
        #[cfg(feature = "command")]
        self.tail.clear();
        let deadline_ms = self.deadline_ms;
        self.settle(call, Answer::Event(Box::new(invocation), deadline_ms));
    }

    pub(super) fn settle(&mut self, call: Call, answer: Answer) {
        let Some(waiting) = self.calls.remove(&call) else { return };
        if let Some(mut posted) = waiting.asker.posted {
            (posted.status, posted.refusal) = match &answer {
                Answer::Refused(refusal) => (refusal.status, Some(refusal.kind.to_owned())),
                Answer::Registered(_) | Answer::Subscribed => (200, None),
                _ => (202, None),
            };
            self.history.push(Event::Posted(posted));
        }
        let _ = waiting.sender.send(answer);
    }

    pub(super) fn register(&mut self, call: Call, name: String, id: String) {
        self.names.insert(id.clone(), name.clone());
        self.settle(call, Answer::Registered(id));
        self.history.push(Event::ExtensionRegistered { name });
    }

    pub(super) fn notify(&mut self, call: Call, notice: Notice) {
        let name = self.name(call);
        let (event, deadline_ms) = match &notice {
            Notice::Invoke(invocation) => {
                let request_id = invocation.request_id.clone();
                (Event::ExtensionInvoked { name, request_id }, self.deadline_ms)
            }
            Notice::Shutdown(reason) => {
                (Event::ExtensionShutDown { name, reason: *reason }, self.farewell_ms)
            }
        };
        self.history.push(event);
        self.settle(call, Answer::Notice(Box::new(notice), deadline_ms));
    }

    /// The name of the extension that asks.
    pub(super) fn name(&self, call: Call) -> String {
        let id = self.calls.get(&call).and_then(|waiting| waiting.asker.extension.as_ref());
        id.and_then(|id| self.names.get(&id.to_ascii_lowercase())).cloned().unwrap_or_default()
    }

    pub(super) fn exited(&mut self, exit: &Exit) {
        let (code, signal) = ending(exit);
        self.history.push(Event::Exited { code, signal });
        #[cfg(feature = "command")]
        {
            self.process = None;
        }
    }

    pub(super) fn extension_exited(&mut self, name: &str, exit: &Exit) {
        let (code, signal) = ending(exit);
        self.history.push(Event::ExtensionExited { name: name.to_owned(), code, signal });
        #[cfg(feature = "command")]
        self.extensions.remove(name);
    }

    /// The most memory that the function has used; somebody else's is taken to run in this process.
    pub(super) fn memory_mb(&self, supervised: bool) -> Option<u64> {
        #[cfg(feature = "command")]
        if supervised {
            return self.process.as_ref().and_then(|process| telemetry::peak_mb(Some(process.id())));
        }
        debug_assert!(cfg!(feature = "command") || !supervised, "only the command supervises");
        telemetry::peak_mb(None)
    }

    pub(super) fn complete(&mut self, request_id: String, outcome: Outcome) {
        let error_type = outcome.category().map(str::to_owned);
        // A caller that is gone has still been answered.
        if let Some(caller) = self.callers.remove(&request_id) {
            let _ = caller.send(outcome);
        }
        self.history.push(Event::Completed { request_id, error_type });
    }
}

/// The code and the signal with which a process ended.
fn ending(exit: &Exit) -> (Option<i32>, Option<i32>) {
    match exit {
        Exit::Status(code) => (Some(*code), None),
        Exit::Signal(signal) => (None, Some(*signal)),
        Exit::NotStarted(_) => (None, None),
    }
}
