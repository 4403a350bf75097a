//! One execution environment with one poller.

use std::collections::VecDeque;

use super::event::{Action, Call, Exit, Input, Invocation, Outcome, Post, Reason, Timer};
use super::extensions::{Extensions, External};
use super::leaving::Leaving;
use super::milestone::{InitPhase, Milestone, Status};
use super::overdue::Overdue;
use super::refusal::Refusal;
use super::verdict;

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
    timeout_seconds: f64,
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
    overdue: Overdue,
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

    fn responded(&mut self, call: Call, post: Post, actions: &mut Vec<Action>) {
        if let Err(refusal) = self.check_id(&post).and_then(|()| self.check_running("InvocationResponse")) {
            actions.push(Action::Refuse(call, refusal));
            return;
        }
        if self.is_stale(&post) {
            actions.push(Action::Refuse(call, Refusal::invoke_timeout()));
            return;
        }
        let (refusal, outcome) = verdict::on_response(post);
        actions.push(match refusal {
            None => Action::Accept(call),
            Some(refusal) => Action::Refuse(call, refusal),
        });
        self.settle(outcome, actions);
    }

    fn failed(&mut self, call: Call, post: Post, actions: &mut Vec<Action>) {
        // Unlike on a response, a stale attempt is noticed before a wrong state.
        let checked = self.check_id(&post).and_then(|()| match self.is_stale(&post) {
            true => Err(Refusal::invoke_timeout()),
            false => self.check_running("InvocationErrorResponse"),
        });
        if let Err(refusal) = checked {
            actions.push(Action::Refuse(call, refusal));
            return;
        }
        let (refusal, outcome) = verdict::on_error(post);
        actions.push(match refusal {
            None => Action::Accept(call),
            Some(refusal) => Action::Refuse(call, refusal),
        });
        self.settle(outcome, actions);
    }

    fn init_failed(&mut self, call: Call, post: Post, actions: &mut Vec<Action>) {
        self.begin_attached();
        // To the service, an init error after the restore is a restore error by another name.
        if matches!(self.phase, Phase::Restoring) {
            return self.restore_failed(call, post, actions);
        }
        if !matches!(self.phase, Phase::Init) {
            return self.refuse(call, "InitError", actions);
        }
        let (refusal, outcome) = verdict::on_error(post);
        actions.push(match refusal {
            None => Action::Accept(call),
            Some(refusal) => Action::Refuse(call, refusal),
        });
        let status = Status::of(outcome.category().unwrap_or_default());
        self.init_over(status);
        if self.mode == Mode::Attached {
            self.fail_waiting(&outcome, actions);
            self.extensions.forget_gone();
            self.begun = false;
        }
        self.restore_wanted = false;
        self.phase = Phase::InitFailed(outcome);
    }

    fn elapsed(&mut self, timer: &Timer, actions: &mut Vec<Action>) {
        match timer {
            Timer::Grace(_) | Timer::Farewell(_) => return self.patience_ends(timer, actions),
            _ if self.leaving.is_some() => return,
            Timer::Init(_) | Timer::Restore(_) | Timer::Invocation(_) => {}
        }
        let supervised = self.mode == Mode::Supervised;
        let initialising = match &self.phase {
            Phase::Init | Phase::InitFailed(_) => true,
            Phase::Ready(_) => !self.initialised,
            _ => false,
        };
        let overdue = match (&self.phase, timer) {
            (Phase::Restoring | Phase::RestoreFailed(_), Timer::Restore(restore)) => {
                *restore == self.restores && self.restore_overdue(actions)
            }
            (_, Timer::Init(start)) if initialising => *start == self.starts && self.begun && supervised,
            (_, Timer::Invocation(attempt)) if initialising => {
                let waits = self.queue.front().is_some_and(|head| head.invocation_id == *attempt);
                let overdue = waits && self.begun && supervised && self.armed.as_ref() == Some(attempt);
                if let Some(head) = if overdue { self.queue.pop_front() } else { None } {
                    self.init_over(Status::Timeout);
                    self.milestones.push(started(&head));
                    self.time_out(head.request_id, actions);
                }
                overdue
            }
            (Phase::Running(current), Timer::Invocation(attempt)) if current.invocation_id == *attempt => {
                let id = current.request_id.clone();
                self.time_out(id, actions);
                true
            }
            // The caller has its answer, but the function has not come back within its time.
            (Phase::Sent(current), Timer::Invocation(attempt)) => {
                current.invocation_id == *attempt && supervised
            }
            // The function has come back, but not all extensions.
            (Phase::Ready(_), Timer::Invocation(attempt)) => {
                self.lingering.as_ref().is_some_and(|current| current.invocation_id == *attempt)
            }
            _ => false,
        };
        if overdue {
            self.overdue(actions);
        }
    }

    /// Time is up. A process that is ours ends; somebody else's is waited for no longer.
    fn overdue(&mut self, actions: &mut Vec<Action>) {
        if !self.initialised {
            self.init_over(Status::Timeout);
        }
        self.invocation_over(Status::Timeout);
        match (self.mode, &self.phase) {
            (Mode::Attached, Phase::Ready(_)) => {
                self.extensions.forgive();
                self.deliver(actions);
            }
            (Mode::Attached, _) => {
                self.phase = Phase::Overdue;
                self.extensions.forgive();
            }
            (Mode::Supervised, _) => {
                self.phase = Phase::Overdue;
                self.leave(Reason::Timeout, false, actions);
            }
        }
    }

    fn time_out(&mut self, id: String, actions: &mut Vec<Action>) {
        self.overdue.remember(id.clone());
        let outcome = Outcome::timed_out(&id, self.timeout_seconds);
        actions.push(Action::Complete(id, outcome));
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

    /// A start came to nothing. The init phase is run once more within the invocation that waits; when that fails too,
    /// the invocation has failed.
    pub(super) fn init_ended(
        &mut self,
        reported: Option<Outcome>,
        otherwise: impl FnOnce(&str) -> Outcome,
        actions: &mut Vec<Action>,
    ) {
        if self.starts == 1 {
            let head = self.queue.front().map_or("", |head| &head.request_id);
            let status = reported.as_ref().map_or_else(|| status(&otherwise(head)), status);
            self.init_over(status);
            self.reported = reported;
            return;
        }
        let Some(waiting) = self.queue.pop_front() else { return };
        let outcome = reported.or(self.reported.take());
        let outcome = outcome.unwrap_or_else(|| otherwise(&waiting.request_id));
        self.init_over(status(&outcome));
        self.complete(waiting, outcome, actions);
    }

    pub(super) fn start_if_needed(&mut self, actions: &mut Vec<Action>) {
        if !self.queue.is_empty() {
            self.start(actions);
        }
    }

    fn start(&mut self, actions: &mut Vec<Action>) {
        if self.mode == Mode::Attached || self.begun || self.leaving.is_some() {
            return;
        }
        self.begun = true;
        self.starts += 1;
        let attempt = self.queue.front().map(|head| head.invocation_id.clone());
        let attempt = attempt.filter(|_| self.starts > 1);
        let phase = if attempt.is_none() { InitPhase::Init } else { InitPhase::Invoke };
        self.milestones.push(Milestone::InitStarted(phase));
        match attempt {
            Some(attempt) => self.arm(&attempt, actions),
            None => actions.push(Action::Arm(Timer::Init(self.starts))),
        }
        self.start_extensions(actions);
        self.start_runtime(actions);
    }

    /// Somebody else's runtime begins with its first sign of life.
    pub(super) fn begin_attached(&mut self) {
        if self.mode == Mode::Attached && !std::mem::replace(&mut self.begun, true) {
            self.milestones.push(Milestone::InitStarted(InitPhase::Init));
        }
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

    pub(super) fn init_over(&mut self, status: Status) {
        self.milestones.push(Milestone::RuntimeInitialised(status.clone()));
        self.milestones.push(Milestone::InitEnded(status, self.extensions.reports()));
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

    /// An attempt's time runs from its delivery, or from the suppressed init that precedes it; it is not set anew.
    fn arm(&mut self, attempt: &str, actions: &mut Vec<Action>) {
        if self.armed.as_deref() != Some(attempt) {
            self.armed = Some(attempt.to_owned());
            actions.push(Action::Arm(Timer::Invocation(attempt.to_owned())));
        }
    }

    /// Its place was taken by the times of the way out.
    pub(super) fn forget_timer(&mut self) {
        self.armed = None;
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

    /// Whether the answer is for the invocation at hand.
    fn check_id(&mut self, post: &Post) -> Result<(), Refusal> {
        let current = match &self.phase {
            Phase::Running(current) | Phase::Sent(current) => Some(&current.request_id),
            _ => None,
        };
        match current == Some(&post.request_id) {
            true => Ok(()),
            false => Err(self.overdue.refusal(&post.request_id)),
        }
    }

    fn check_running(&self, to: &str) -> Result<(), Refusal> {
        match self.phase {
            Phase::Running(_) => Ok(()),
            _ => Err(Refusal::invalid_transition(self.phase.name(), to)),
        }
    }

    /// An echoed attempt that is not this one. No echo is not checked; an empty one is wrong.
    fn is_stale(&self, post: &Post) -> bool {
        let (Phase::Running(current) | Phase::Sent(current)) = &self.phase else { return false };
        post.invocation_id.as_ref().is_some_and(|echo| *echo != current.invocation_id)
    }

    fn settle(&mut self, outcome: Outcome, actions: &mut Vec<Action>) {
        match std::mem::replace(&mut self.phase, Phase::Init) {
            Phase::Running(current) => {
                self.milestones.push(answered(&outcome));
                actions.push(Action::Complete(current.request_id.clone(), outcome));
                self.phase = Phase::Sent(current);
            }
            other => self.phase = other,
        }
    }
}

fn started(invocation: &Invocation) -> Milestone {
    Milestone::Started {
        request_id: invocation.request_id.clone(),
        tenant_id: invocation.tenant_id.clone(),
        trace_id: invocation.trace_id.clone(),
    }
}

fn answered(outcome: &Outcome) -> Milestone {
    let bytes = match outcome {
        Outcome::Success(body) | Outcome::FunctionError { body, .. } => body.len(),
        Outcome::Rejected { .. } => 0,
    };
    Milestone::Answered { status: status(outcome), bytes }
}

pub(super) fn status(outcome: &Outcome) -> Status {
    outcome.category().map_or(Status::Success, Status::of)
}
