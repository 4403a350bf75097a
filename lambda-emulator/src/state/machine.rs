//! One execution environment with one poller.

use std::collections::VecDeque;

use super::event::{Action, Call, Exit, Input, Invocation, Outcome, Post, Timer};
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
    /// Processes started so far. The first has an init phase of its own; every later init is part of the invocation that
    /// needs it ("suppressed") and uses up its time.
    pub(super) starts: u64,
    /// Restores so far.
    pub(super) restores: u64,
    /// Whether a restore has been asked for and has not come about.
    pub(super) restore_wanted: bool,
    /// The delivery attempt whose time is running.
    pub(super) armed: Option<String>,
    /// What the failed init phase reported: the outcome, should the suppressed init fail without a word.
    pub(super) reported: Option<Outcome>,
    pub(super) queue: VecDeque<Invocation>,
    overdue: Overdue,
}

impl Machine {
    pub(crate) fn new(mode: Mode, timeout_seconds: f64) -> Self {
        Self {
            mode,
            timeout_seconds,
            phase: Phase::Init,
            process: false,
            starts: 0,
            restores: 0,
            restore_wanted: false,
            armed: None,
            reported: None,
            queue: VecDeque::new(),
            overdue: Overdue::default(),
        }
    }

    /// Takes notice of `input` and says what is to be done, in order.
    pub(crate) fn on(&mut self, input: Input) -> Vec<Action> {
        let mut actions = Vec::new();
        if matches!(self.phase, Phase::Closed) {
            actions.extend(closed(input));
            return actions;
        }
        match input {
            Input::Prepare => self.start(&mut actions),
            Input::Submitted(invocation) => self.submitted(invocation, &mut actions),
            Input::Polled(call) => self.polled(call, &mut actions),
            Input::PollGone(call) => self.poll_gone(call, &mut actions),
            Input::Responded(call, post) => self.responded(call, post, &mut actions),
            Input::Failed(call, post) => self.failed(call, post, &mut actions),
            Input::InitFailed(call, post) => self.init_failed(call, post, &mut actions),
            Input::RestorePolled(call) => self.restore_polled(call, &mut actions),
            Input::RestoreFailed(call, post) => self.restore_failed(call, post, &mut actions),
            Input::Restore => self.restore_asked(&mut actions),
            Input::Elapsed(timer) => self.elapsed(&timer, &mut actions),
            Input::Exited(exit) => self.exited(exit, &mut actions),
            // Whether the process sleeps is not a phase: it does so while it is ready.
            Input::Freeze | Input::Thaw => {}
            Input::ShutDown => self.shut_down(&mut actions),
        }
        actions
    }

    /// Whether the process that we started waits for an event, and does nothing else.
    pub(super) fn is_idle(&self) -> bool {
        self.process && matches!(&self.phase, Phase::Ready(polls) if !polls.is_empty())
    }

    /// Whether nothing waits and nothing runs.
    #[cfg(test)]
    pub(crate) fn is_drained(&self) -> bool {
        self.queue.is_empty() && !matches!(self.phase, Phase::Running(_))
    }

    fn submitted(&mut self, invocation: Invocation, actions: &mut Vec<Action>) {
        let failed = match &self.phase {
            Phase::InitFailed(outcome) | Phase::RestoreFailed(outcome) => Some(outcome),
            _ => None,
        };
        if let (Some(outcome), Mode::Attached) = (failed, self.mode) {
            actions.push(Action::Complete(invocation.request_id, outcome.clone()));
            return;
        }
        self.queue.push_back(invocation);
        self.start_if_needed(actions);
        self.restore_if_wanted(actions);
        self.deliver(actions);
    }

    fn polled(&mut self, call: Call, actions: &mut Vec<Action>) {
        let supervised = self.mode == Mode::Supervised;
        match &mut self.phase {
            // A runtime that polls while it handles an event is given the same event again.
            Phase::Running(invocation) => actions.push(Action::Deliver(call, invocation.clone())),
            Phase::Ready(polls) => polls.push_back(call),
            // The last words of a process that is being killed: an event given to it would be lost.
            Phase::Overdue if supervised => {}
            // Where we started the process it has to end first; elsewhere this is a new one.
            Phase::InitFailed(_) | Phase::RestoreFailed(_) if supervised => {
                self.refuse(call, "Ready", actions);
            }
            Phase::RestoreReady(_) => self.refuse(call, "Ready", actions),
            _ => {
                // A runtime that does not ask for the restore has passed both of its gates.
                self.restore_wanted = false;
                self.phase = Phase::Ready(VecDeque::from([call]));
            }
        }
        self.deliver(actions);
    }

    fn poll_gone(&mut self, call: Call, actions: &mut Vec<Action>) {
        if matches!(self.phase, Phase::RestoreReady(waiting) if waiting == call) {
            return self.snapshot_gone(actions);
        }
        let Phase::Ready(polls) = &mut self.phase else { return };
        polls.retain(|poll| *poll != call);
        // The end of a process that is not ours shows in nothing else; the one that follows it starts afresh.
        if polls.is_empty() && self.mode == Mode::Attached {
            self.phase = Phase::Init;
        }
    }

    /// Brings the oldest invocation and the oldest poll together.
    fn deliver(&mut self, actions: &mut Vec<Action>) {
        let Phase::Ready(polls) = &mut self.phase else { return };
        if polls.is_empty() {
            return;
        }
        let Some(invocation) = self.queue.pop_front() else { return };
        // All polls are of the same runtime; had the second come a moment later, it too would get this event.
        let polls = std::mem::take(polls);
        self.reported = None;
        self.arm(&invocation.invocation_id, actions);
        actions.extend(polls.into_iter().map(|poll| Action::Deliver(poll, invocation.clone())));
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
        if self.mode == Mode::Attached {
            self.fail_waiting(&outcome, actions);
        }
        self.restore_wanted = false;
        self.phase = Phase::InitFailed(outcome);
    }

    fn elapsed(&mut self, timer: &Timer, actions: &mut Vec<Action>) {
        let overdue = match (&self.phase, timer) {
            (Phase::Init | Phase::InitFailed(_), Timer::Init(start)) => *start == self.starts && self.process,
            (Phase::Restoring | Phase::RestoreFailed(_), Timer::Restore(restore)) => {
                *restore == self.restores && self.restore_overdue(actions)
            }
            (Phase::Init | Phase::InitFailed(_), Timer::Invocation(attempt)) => {
                let waits = self.queue.front().is_some_and(|head| head.invocation_id == *attempt);
                if waits && self.process && self.armed.as_ref() == Some(attempt) {
                    let head = self.queue.pop_front();
                    self.time_out(head.map(|head| head.request_id), actions);
                    true
                } else {
                    false
                }
            }
            (Phase::Running(current), Timer::Invocation(attempt)) if current.invocation_id == *attempt => {
                let id = current.request_id.clone();
                self.time_out(Some(id), actions);
                true
            }
            // The caller has its answer, but the function has not come back within its time.
            (Phase::Sent(current), Timer::Invocation(attempt)) => {
                current.invocation_id == *attempt && self.mode == Mode::Supervised
            }
            _ => false,
        };
        if !overdue {
            return;
        }
        self.phase = Phase::Overdue;
        if self.mode == Mode::Supervised {
            actions.push(Action::Kill);
        }
    }

    fn time_out(&mut self, request_id: Option<String>, actions: &mut Vec<Action>) {
        let Some(id) = request_id else { return };
        self.overdue.remember(id.clone());
        let outcome = Outcome::timed_out(&id, self.timeout_seconds);
        actions.push(Action::Complete(id, outcome));
    }

    fn exited(&mut self, exit: Exit, actions: &mut Vec<Action>) {
        if !std::mem::take(&mut self.process) {
            return;
        }
        self.restore_wanted = false;
        match std::mem::replace(&mut self.phase, Phase::Init) {
            Phase::Running(current) => {
                let outcome = Outcome::exited(&current.request_id, &exit);
                actions.push(Action::Complete(current.request_id, outcome));
            }
            Phase::InitFailed(outcome) => self.init_ended(Some(outcome), &exit, actions),
            Phase::Init | Phase::RestoreReady(_) => self.init_ended(None, &exit, actions),
            // The environment that was restored for an invocation takes it along.
            Phase::Restoring => {
                let waiting = self.queue.pop_front();
                actions.extend(waiting.map(|one| {
                    let outcome = Outcome::exited(&one.request_id, &exit);
                    Action::Complete(one.request_id, outcome)
                }));
            }
            Phase::RestoreFailed(_) | Phase::Ready(_) | Phase::Sent(_) | Phase::Overdue | Phase::Closed => {}
        }
        self.start_if_needed(actions);
    }

    /// A start came to nothing. The init phase is run once more within the invocation that waits; when that fails too,
    /// the invocation has failed.
    fn init_ended(&mut self, reported: Option<Outcome>, exit: &Exit, actions: &mut Vec<Action>) {
        if self.starts == 1 {
            self.reported = reported;
            return;
        }
        let Some(waiting) = self.queue.pop_front() else { return };
        let outcome = reported.or(self.reported.take());
        let outcome = outcome.unwrap_or_else(|| Outcome::exited(&waiting.request_id, exit));
        actions.push(Action::Complete(waiting.request_id, outcome));
    }

    fn start_if_needed(&mut self, actions: &mut Vec<Action>) {
        if !self.queue.is_empty() {
            self.start(actions);
        }
    }

    fn start(&mut self, actions: &mut Vec<Action>) {
        if self.mode == Mode::Attached || self.process {
            return;
        }
        self.process = true;
        self.starts += 1;
        let attempt = self.queue.front().map(|head| head.invocation_id.clone());
        match attempt.filter(|_| self.starts > 1) {
            Some(attempt) => self.arm(&attempt, actions),
            None => actions.push(Action::Arm(Timer::Init(self.starts))),
        }
        actions.push(Action::Start);
    }

    /// Tells everybody who waits that the function cannot be had.
    pub(super) fn fail_waiting(&mut self, outcome: &Outcome, actions: &mut Vec<Action>) {
        let waiting = std::mem::take(&mut self.queue);
        actions.extend(waiting.into_iter().map(|one| Action::Complete(one.request_id, outcome.clone())));
    }

    /// An attempt's time runs from its delivery, or from the suppressed init that precedes it; it is not set anew.
    fn arm(&mut self, attempt: &str, actions: &mut Vec<Action>) {
        if self.armed.as_deref() != Some(attempt) {
            self.armed = Some(attempt.to_owned());
            actions.push(Action::Arm(Timer::Invocation(attempt.to_owned())));
        }
    }

    fn shut_down(&mut self, actions: &mut Vec<Action>) {
        if let Phase::Running(current) = std::mem::replace(&mut self.phase, Phase::Closed) {
            actions.push(Action::Complete(current.request_id, Outcome::shut_down()));
        }
        self.fail_waiting(&Outcome::shut_down(), actions);
        self.restore_wanted = false;
        if self.process {
            actions.push(Action::Kill);
        }
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
                actions.push(Action::Complete(current.request_id.clone(), outcome));
                self.phase = Phase::Sent(current);
            }
            other => self.phase = other,
        }
    }
}

/// What an environment that is shut down still says.
fn closed(input: Input) -> Option<Action> {
    match input {
        Input::Submitted(invocation) => Some(Action::Complete(invocation.request_id, Outcome::shut_down())),
        Input::Polled(call)
        | Input::Responded(call, _)
        | Input::Failed(call, _)
        | Input::InitFailed(call, _)
        | Input::RestorePolled(call)
        | Input::RestoreFailed(call, _) => Some(Action::Refuse(call, Refusal::internal())),
        Input::Prepare
        | Input::PollGone(_)
        | Input::Restore
        | Input::Elapsed(_)
        | Input::Exited(_)
        | Input::Freeze
        | Input::Thaw
        | Input::ShutDown => None,
    }
}
