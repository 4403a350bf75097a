//! One execution environment with one poller.

use std::collections::VecDeque;

use super::event::{Action, Call, Exit, Input, Invocation, Outcome, Reason};
use super::extensions::{Extensions, External};
use super::leaving::Leaving;
use super::milestone::{Milestone, Status};
use super::overdue::Overdue;
use super::refusal::Refusal;

/// Who started the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Somebody else: it can be neither started nor killed, only waited for.
    Attached,
    /// This environment: it is started when it is needed and killed when its time is up.
    Supervised,
}

#[derive(Debug)]
pub(super) enum Phase {
    /// No runtime has polled yet, or none is there.
    Init,
    /// The init failed, in these words; the process is expected to end.
    InitFailed(Outcome),
    /// A `restore/next` waits: here the snapshot is taken.
    RestoreReady(Call),
    /// The restore has been answered; the first poll ends it.
    Restoring,
    /// The restore failed, in these words; the process is expected to end.
    RestoreFailed(Outcome),
    /// Polls wait for an invocation.
    Ready(VecDeque<Call>),
    /// An invocation is being handled.
    Running(Invocation),
    /// The invocation has been answered; the next poll ends it.
    Sent(Invocation),
    /// Time is up; the process, if it is ours, is being killed.
    Overdue,
    /// Shut down for good.
    Closed,
}

impl Phase {
    /// The state's name in the service's refusals.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Init | Self::Closed => "Started",
            Self::InitFailed(_) => "InitError",
            Self::RestoreReady(_) => "RestoreReady",
            Self::Restoring => "Restoring",
            Self::RestoreFailed(_) => "RuntimeRestoreErrorState",
            Self::Ready(_) => "Ready",
            Self::Running(_) | Self::Overdue => "Running",
            Self::Sent(_) => "RuntimeResponseSentState",
        }
    }
}

/// The state machine.
#[derive(Debug)]
pub(crate) struct Machine {
    pub(super) mode: Mode,
    pub(super) timeout_seconds: f64,
    pub(super) phase: Phase,
    /// Whether a supervised process is there, or on its way.
    pub(super) process: bool,
    /// Environments begun so far. The first has an init phase of its own; every later init is part of the invocation that
    /// needs it ("suppressed") and uses up its time.
    pub(super) starts: u64,
    /// Whether the environment has begun: what it needs is there, or on its way.
    pub(super) begun: bool,
    /// Whether its init is over.
    pub(super) initialised: bool,
    /// Restores so far.
    pub(super) restores: u64,
    /// Whether a restore has been asked for and has not come about.
    pub(super) restore_wanted: bool,
    /// The delivery attempt whose time is running.
    pub(super) armed: Option<String>,
    /// What the failed init phase reported: the outcome, should the suppressed init fail without a word.
    pub(super) reported: Option<Outcome>,
    pub(super) queue: VecDeque<Invocation>,
    /// An invocation that the runtime is through with, and extensions are not.
    pub(super) lingering: Option<Invocation>,
    pub(super) overdue: Overdue,
    pub(super) extensions: Extensions,
    /// How far the environment is on its way out.
    pub(super) leaving: Option<Leaving>,
    pub(super) milestones: Vec<Milestone>,
}

impl Machine {
    pub(crate) fn new(mode: Mode, timeout_seconds: f64) -> Self {
        Self {
            mode,
            timeout_seconds,
            phase: Phase::Init,
            process: false,
            starts: 0,
            begun: false,
            initialised: false,
            restores: 0,
            restore_wanted: false,
            armed: None,
            reported: None,
            queue: VecDeque::new(),
            lingering: None,
            overdue: Overdue::default(),
            extensions: Extensions::new(Vec::new()),
            leaving: None,
            milestones: Vec::new(),
        }
    }

    /// Expects these extensions, and waits for them.
    pub(crate) fn expecting(mut self, externals: Vec<External>) -> Self {
        self.extensions = Extensions::new(externals);
        self
    }

    /// What has happened since this was asked last.
    pub(crate) fn milestones(&mut self) -> Vec<Milestone> {
        std::mem::take(&mut self.milestones)
    }

    /// Takes notice of `input` and says what is to be done, in order.
    pub(crate) fn on(&mut self, input: Input) -> Vec<Action> {
        let mut actions = Vec::new();
        if matches!(self.phase, Phase::Closed) {
            self.closed(input, &mut actions);
            return actions;
        }
        match input {
            Input::Prepare => self.start(&mut actions),
            Input::Submitted(invocation) => self.submitted(invocation, &mut actions),
            Input::Polled(call) => self.polled(call, &mut actions),
            Input::PollGone(call) => self.poll_gone(call, &mut actions),
            Input::Registered(call, registration) => self.registered(call, registration, &mut actions),
            Input::ExtensionPolled(call, id) => self.extension_polled(call, id.as_deref(), &mut actions),
            Input::ExtensionFailed { call, id, moment, kind, message } => {
                let failed = self.extensions.failed(id.as_deref(), moment, kind.as_deref());
                self.extension_failed(call, failed, message, &mut actions);
            }
            Input::Subscribed(call, id, subscription) => {
                self.subscribed(call, id.as_deref(), subscription, &mut actions);
            }
            Input::ExtensionExited(name, exit) => self.extension_exited(&name, &exit, &mut actions),
            Input::Ending(why) => self.ending(why, &mut actions),
            Input::Responded(call, post) => self.responded(call, post, &mut actions),
            Input::Failed(call, post) => self.failed(call, post, &mut actions),
            Input::InitFailed(call, post) => self.init_failed(call, post, &mut actions),
            Input::RestorePolled(call) => self.restore_polled(call, &mut actions),
            Input::RestoreFailed(call, post) => self.restore_failed(call, post, &mut actions),
            Input::Restore => self.restore_asked(&mut actions),
            Input::Elapsed(timer) => self.elapsed(&timer, &mut actions),
            Input::Exited(exit) => self.exited(&exit, &mut actions),
            // Whether the process sleeps is not a phase: it does so while it is ready.
            Input::Freeze | Input::Thaw => {}
            Input::ShutDown => self.shut_down(&mut actions),
        }
        actions
    }

    /// Whether the process that we started waits for an event, and nobody does anything else.
    pub(super) fn is_idle(&self) -> bool {
        let polls = matches!(&self.phase, Phase::Ready(polls) if !polls.is_empty());
        self.process && polls && self.extensions.are_idle() && self.leaving.is_none()
    }

    /// Whether nothing waits and nothing runs.
    #[cfg(test)]
    pub(crate) fn is_drained(&self) -> bool {
        self.queue.is_empty() && !matches!(self.phase, Phase::Running(_))
    }

    /// The attempt that is being handled.
    #[cfg(test)]
    pub(crate) fn current(&self) -> Option<String> {
        match &self.phase {
            Phase::Running(current) | Phase::Sent(current) => Some(current.invocation_id.clone()),
            _ => None,
        }
    }

    fn submitted(&mut self, invocation: Invocation, actions: &mut Vec<Action>) {
        if self.leaving.as_ref().is_some_and(|leaving| leaving.last) {
            actions.push(Action::Complete(invocation.request_id, Outcome::shut_down()));
            return;
        }
        let failed = match &self.phase {
            Phase::InitFailed(outcome) | Phase::RestoreFailed(outcome) => Some(outcome.clone()),
            _ => None,
        };
        if let (Some(outcome), Mode::Attached) = (failed, self.mode) {
            self.complete(invocation, outcome, actions);
            return;
        }
        self.queue.push_back(invocation);
        self.start_if_needed(actions);
        self.restore_if_wanted(actions);
        self.deliver(actions);
    }

    fn polled(&mut self, call: Call, actions: &mut Vec<Action>) {
        self.begin_attached();
        let supervised = self.mode == Mode::Supervised;
        if let (Phase::Sent(current), None) = (&self.phase, &self.leaving) {
            self.lingering = Some(current.clone());
            self.milestones.push(Milestone::RuntimeDone(Status::Success));
        }
        match &mut self.phase {
            // A runtime that polls while it handles an event is given the same event again.
            Phase::Running(invocation) => actions.push(Action::Deliver(call, invocation.clone())),
            Phase::Ready(polls) => polls.push_back(call),
            // The last words of a process that is on its way out or gone: an event given to it would be lost.
            _ if self.leaving.is_some() || (supervised && !self.process) => {}
            // Where we started the process it has to end first; elsewhere this is a new one.
            Phase::InitFailed(_) | Phase::RestoreFailed(_) if supervised => {
                self.refuse(call, "Ready", actions);
            }
            Phase::RestoreReady(_) => self.refuse(call, "Ready", actions),
            _ => {
                // A runtime that does not ask for the restore has passed both of its gates.
                self.restore_wanted = false;
                if matches!(self.phase, Phase::Restoring) {
                    self.milestones.push(Milestone::Restored(Status::Success));
                }
                if !self.initialised {
                    self.milestones.push(Milestone::RuntimeInitialised(Status::Success));
                }
                self.phase = Phase::Ready(VecDeque::from([call]));
            }
        }
        self.go_on(actions);
    }

    fn poll_gone(&mut self, call: Call, actions: &mut Vec<Action>) {
        self.extensions.poll_gone(call);
        if matches!(self.phase, Phase::RestoreReady(waiting) if waiting == call) {
            self.snapshot_gone(actions);
        }
        if let Phase::Ready(polls) = &mut self.phase {
            polls.retain(|poll| *poll != call);
            // The end of a process that is not ours shows in nothing else; the one that follows it starts afresh.
            if polls.is_empty() && self.mode == Mode::Attached {
                self.phase = Phase::Init;
                (self.begun, self.initialised) = (false, false);
            }
        }
        if matches!(self.phase, Phase::Init) && self.mode == Mode::Attached {
            self.extensions.forget_gone();
        }
    }

    /// Brings the oldest invocation and the oldest poll together, once nobody else is waited for.
    pub(super) fn deliver(&mut self, actions: &mut Vec<Action>) {
        let Phase::Ready(polls) = &mut self.phase else { return };
        if polls.is_empty() || self.leaving.is_some() || !self.extensions.are_idle() {
            return;
        }
        let Some(invocation) = self.queue.pop_front() else { return };
        // All polls are of the same runtime; had the second come a moment later, it too would get this event.
        let polls = std::mem::take(polls);
        self.reported = None;
        self.arm(&invocation.invocation_id, actions);
        self.milestones.push(started(&invocation));
        actions.extend(polls.into_iter().map(|poll| Action::Deliver(poll, invocation.clone())));
        let notices = self.extensions.invoke(&invocation);
        actions.extend(notices.into_iter().map(|(call, notice)| Action::Notify(call, notice)));
        self.phase = Phase::Running(invocation);
    }

    fn exited(&mut self, exit: &Exit, actions: &mut Vec<Action>) {
        if !std::mem::take(&mut self.process) {
            return;
        }
        self.restore_wanted = false;
        if self.leaving.is_some() {
            return self.runtime_left(actions);
        }
        let status = Status::Error("Runtime.ExitError".to_owned());
        match std::mem::replace(&mut self.phase, Phase::Overdue) {
            Phase::Running(current) => {
                let outcome = Outcome::exited(&current.request_id, exit);
                actions.push(Action::Complete(current.request_id, outcome));
            }
            Phase::InitFailed(outcome) => {
                self.init_ended(Some(outcome), |id| Outcome::exited(id, exit), actions);
            }
            Phase::RestoreReady(_) => self.init_ended(None, |id| Outcome::exited(id, exit), actions),
            Phase::Restoring => self.restore_came_to_nothing(|id| Outcome::exited(id, exit), actions),
            Phase::RestoreFailed(_) => {}
            _ if !self.initialised => self.init_ended(None, |id| Outcome::exited(id, exit), actions),
            _ => {}
        }
        self.invocation_over(status);
        self.leave(Reason::Failure, false, actions);
    }

    /// Does what is possible now that somebody has registered or polled.
    pub(super) fn go_on(&mut self, actions: &mut Vec<Action>) {
        self.start_runtime(actions);
        if self.leaving.is_none() && self.extensions.are_idle() {
            let ready = match &self.phase {
                Phase::Ready(polls) => !polls.is_empty(),
                Phase::RestoreReady(_) => true,
                _ => false,
            };
            if ready && !std::mem::replace(&mut self.initialised, true) {
                self.init_over(Status::Success);
            }
            // The runtime has polled since, and may be gone again.
            if self.lingering.is_some() {
                self.invocation_over(Status::Success);
            }
        }
        self.deliver(actions);
    }

    /// Completes an invocation that was never delivered.
    pub(super) fn complete(&mut self, invocation: Invocation, outcome: Outcome, actions: &mut Vec<Action>) {
        self.milestones.push(started(&invocation));
        self.milestones.push(Milestone::Ended(status(&outcome)));
        actions.push(Action::Complete(invocation.request_id, outcome));
    }

    pub(super) fn invocation_over(&mut self, status: Status) {
        self.lingering = None;
        self.milestones.push(Milestone::Ended(status));
    }

    /// Tells everybody who waits that the function cannot be had.
    pub(super) fn fail_waiting(&mut self, outcome: &Outcome, actions: &mut Vec<Action>) {
        for one in std::mem::take(&mut self.queue) {
            self.complete(one, outcome.clone(), actions);
        }
    }

    fn shut_down(&mut self, actions: &mut Vec<Action>) {
        self.close(actions);
        self.restore_wanted = false;
        if self.process {
            actions.push(Action::Kill);
        }
        actions.extend(self.extensions.processes().into_iter().map(Action::KillExtension));
    }

    /// Tells everybody who waits that nothing comes any more.
    pub(super) fn close(&mut self, actions: &mut Vec<Action>) {
        if let Phase::Running(current) = std::mem::replace(&mut self.phase, Phase::Closed) {
            actions.push(Action::Complete(current.request_id, Outcome::shut_down()));
        }
        self.turn_away(actions);
    }

    pub(super) fn turn_away(&mut self, actions: &mut Vec<Action>) {
        let waiting = std::mem::take(&mut self.queue);
        actions.extend(waiting.into_iter().map(|one| Action::Complete(one.request_id, Outcome::shut_down())));
    }

    /// Refuses a call that would lead to the state `to`.
    pub(super) fn refuse(&self, call: Call, to: &str, actions: &mut Vec<Action>) {
        actions.push(Action::Refuse(call, Refusal::invalid_transition(self.phase.name(), to)));
    }
}

pub(super) fn started(invocation: &Invocation) -> Milestone {
    Milestone::Started {
        request_id: invocation.request_id.clone(),
        tenant_id: invocation.tenant_id.clone(),
        trace_id: invocation.trace_id.clone(),
    }
}

pub(super) fn status(outcome: &Outcome) -> Status {
    outcome.category().map_or(Status::Success, Status::of)
}
