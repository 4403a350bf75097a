//! What happened, in order, for tests to look at.

use std::collections::VecDeque;

use crate::state::event::ShutdownReason;

/// Something that happened between the environment and the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// The bootstrap was started.
    Started,
    /// The runtime called `next`.
    Polled,
    /// The runtime called `restore/next`.
    RestorePolled,
    /// A `restore/next` was answered: the environment goes on from its snapshot, and no connection outlived it.
    Restored,
    /// A `next` was answered with an event. One that is delivered again is listed again, under the same ids.
    Delivered {
        /// The request's id.
        request_id: String,
        /// The delivery attempt's id.
        invocation_id: String,
    },
    /// The runtime posted a response or an error of an invocation, an init or a restore, or an extension a registration, an
    /// error or a subscription, and was answered.
    Posted(Posted),
    /// A caller was told the outcome.
    Completed {
        /// The request's id.
        request_id: String,
        /// The category of the failure, as in [`Invoked::error_type`](crate::Invoked::error_type).
        error_type: Option<String>,
    },
    /// The function's connections were reset by [`Emulator::drop_connections`](crate::Emulator::drop_connections).
    ConnectionsReset,
    /// They were left without a word by [`Emulator::abandon_connections`](crate::Emulator::abandon_connections).
    ConnectionsAbandoned,
    /// The bootstrap and all it had started was stopped where it was, as the service freezes an idle environment.
    Frozen,
    /// It was let go on.
    Thawed,
    /// The bootstrap was asked to end, by SIGTERM.
    Terminated,
    /// The bootstrap and all it had started was killed, by SIGKILL.
    Killed,
    /// The bootstrap ended, or could not be started.
    Exited {
        /// Its exit code; `None` when a signal ended it or it never ran.
        code: Option<i32>,
        /// The signal that ended it.
        signal: Option<i32>,
    },
    /// An external extension was started.
    ExtensionStarted {
        /// Its name.
        name: String,
    },
    /// An extension registered.
    ExtensionRegistered {
        /// Its name.
        name: String,
    },
    /// An extension called `event/next`, and was not refused.
    ExtensionPolled {
        /// Its name.
        name: String,
    },
    /// An extension was given an `INVOKE` event.
    ExtensionInvoked {
        /// Its name.
        name: String,
        /// The request's id.
        request_id: String,
    },
    /// An extension was given a `SHUTDOWN` event.
    ExtensionShutDown {
        /// Its name.
        name: String,
        /// Why the environment ends.
        reason: ShutdownReason,
    },
    /// An extension and all it had started was killed, by SIGKILL.
    ExtensionKilled {
        /// Its name.
        name: String,
    },
    /// The process of an extension ended, or could not be started.
    ExtensionExited {
        /// Its name.
        name: String,
        /// Its exit code; `None` when a signal ended it or it never ran.
        code: Option<i32>,
        /// The signal that ended it.
        signal: Option<i32>,
    },
    /// An extension subscribed to telemetry.
    TelemetrySubscribed {
        /// Its name.
        name: String,
    },
    /// A subscriber did not get some telemetry, after all retries.
    TelemetryDropped {
        /// Its name.
        name: String,
        /// How many records.
        records: usize,
        /// The bytes of them.
        bytes: usize,
        /// What its listener did instead of taking them.
        reason: String,
    },
    /// The environment has shut down, and all that ran in it has ended.
    ShutDown,
}

/// What the runtime or an extension posted, and what it was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Posted {
    /// The path, as it was sent.
    pub path: String,
    /// The request's headers, in order, names in lower case. Bytes that are not UTF-8 are replaced.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body.
    pub size: usize,
    /// The status of the answer: 202, for registrations and subscriptions 200, or that of a refusal.
    pub status: u16,
    /// The `errorType` of a refusal.
    pub refusal: Option<String>,
}

impl Posted {
    /// The first header of this name.
    ///
    /// ```
    /// # fn check(posted: &lambda_emulator::Posted) {
    /// assert_eq!(posted.header("Content-Type"), Some("application/json"));
    /// # }
    /// ```
    pub fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        header.map(|(_, value)| value.as_str())
    }
}

/// The last events; older ones are forgotten.
#[derive(Debug)]
pub(crate) struct History {
    events: VecDeque<Event>,
    kept: usize,
}

impl History {
    pub(crate) fn new(kept: usize) -> Self {
        Self { events: VecDeque::new(), kept }
    }

    pub(crate) fn push(&mut self, event: Event) {
        self.events.push_back(event);
        if self.events.len() > self.kept {
            self.events.pop_front();
        }
    }

    pub(crate) fn events(&mut self) -> &[Event] {
        self.events.make_contiguous()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_events_are_forgotten_first() {
        let mut history = History::new(2);
        for event in [Event::Started, Event::Polled, Event::Killed] {
            history.push(event);
        }
        assert_eq!(history.events(), [Event::Polled, Event::Killed]);
    }
}
