//! One execution environment with many pollers, as Lambda Managed Instances has it: every poll is a slot for one event.
//!
//! Source: AWS Lambda developer guide, "Lambda Managed Instances", and the behaviour of AWS's own Runtime Interface Emulator.

use std::collections::VecDeque;

use super::event::{Action, Call, Exit, Input, Invocation, Outcome, Post, Reason, Timer};
use super::extensions::Extensions;
use super::leaving::Leaving;
use super::machine::{Mode, started, status};
use super::milestone::{Milestone, Status};
use super::overdue::Overdue;
use super::refusal::Refusal;
use super::verdict;

/// The service lets this many polls wait.
const MOST_IDLE: usize = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// No poller has polled yet; invocations wait.
    Init,
    /// At least one has polled.
    Ready,
    /// The init failed; the process is expected to end.
    InitFailed,
    /// The process is gone, or will be. There is no other: the service replaces the whole environment.
    Ended,
    /// No longer wanted.
    Closed,
}

/// The state machine.
#[derive(Debug)]
pub(crate) struct Managed {
    pub(super) mode: Mode,
    timeout_seconds: f64,
    init_seconds: f64,
    pub(super) phase: Phase,
    /// Whether the environment has begun.
    pub(super) begun: bool,
    /// Whether its init is over.
    pub(super) initialised: bool,
    /// Whether a supervised process is there.
    pub(super) process: bool,
    pub(super) extensions: Extensions,
    /// How far the environment is on its way out.
    pub(super) leaving: Option<Leaving>,
    /// Whether it was told to go.
    pub(super) last: bool,
    pub(super) milestones: Vec<Milestone>,
    /// Polls that wait, the oldest first.
    idle: VecDeque<Call>,
    /// Invocations that came before the first poll, the oldest first.
    ///
    /// Invariant: once everybody is ready, `idle` or `waiting` is empty.
    waiting: VecDeque<Invocation>,
    /// Invocations that are being handled.
    running: Vec<Invocation>,
    overdue: Overdue,
}

impl Managed {
    pub(crate) fn new(mode: Mode, timeout_seconds: f64, init_seconds: f64) -> Self {
        Self {
            mode,
            timeout_seconds,
            init_seconds,
            phase: Phase::Init,
            begun: false,
            initialised: false,
            process: false,
            extensions: Extensions::new(Vec::new()).without_invocations(),
            leaving: None,
            last: false,
            milestones: Vec::new(),
            idle: VecDeque::new(),
            waiting: VecDeque::new(),
            running: Vec::new(),
            overdue: Overdue::default(),
        }
    }

    /// Takes notice of `input` and says what is to be done, in order.
    pub(crate) fn on(&mut self, input: Input) -> Vec<Action> {
        let mut actions = Vec::new();
        match input {
            Input::Prepare => self.prepare(&mut actions),
            Input::Submitted(invocation) => self.submitted(invocation, &mut actions),
            Input::Polled(call) => self.polled(call, &mut actions),
            Input::PollGone(call) => {
                self.idle.retain(|poll| *poll != call);
                self.extension_poll_gone(call);
            }
            Input::Responded(call, post) => self.answered(call, post, verdict::on_response, &mut actions),
            Input::Failed(call, post) => self.answered(call, post, verdict::on_error, &mut actions),
            Input::InitFailed(call, post) => self.init_failed(call, post, &mut actions),
            Input::Elapsed(timer) => self.elapsed(&timer, &mut actions),
            Input::Exited(exit) => self.exited(&exit, &mut actions),
            Input::ShutDown => self.shut_down(&mut actions),
            // There are no snapshots here, and the HTTP side knows no such path.
            Input::RestorePolled(call) | Input::RestoreFailed(call, _) => {
                actions.push(Action::Refuse(call, Refusal::invalid_transition(self.name(), "Restoring")));
            }
            Input::Registered(..)
            | Input::ExtensionPolled(..)
            | Input::ExtensionFailed { .. }
            | Input::Subscribed(..)
            | Input::ExtensionExited(..) => self.on_extension(input, &mut actions),
            Input::Ending(why) => self.ending(why, &mut actions),
            // This environment is never frozen, either.
            Input::Restore | Input::Freeze | Input::Thaw => {}
        }
        actions
    }

    /// The state's name in the service's refusals.
    fn name(&self) -> &'static str {
        match self.phase {
            Phase::Init | Phase::Ended | Phase::Closed => "Started",
            Phase::Ready => "Ready",
            Phase::InitFailed => "InitError",
        }
    }

    fn prepare(&mut self, actions: &mut Vec<Action>) {
        if self.mode == Mode::Supervised && self.phase == Phase::Init && !self.begun {
            self.begin();
            actions.push(Action::Arm(Timer::Init(1)));
            self.start_extensions(actions);
            self.go_on(actions);
        }
    }

    fn submitted(&mut self, invocation: Invocation, actions: &mut Vec<Action>) {
        let same = |other: &Invocation| other.request_id == invocation.request_id;
        let rejection = match self.phase {
            Phase::InitFailed | Phase::Ended => Some(Outcome::unhealthy()),
            Phase::Closed => Some(Outcome::environment_shut_down()),
            _ if self.running.iter().chain(&self.waiting).any(same) => Some(Outcome::duplicated()),
            Phase::Ready if self.idle.is_empty() => Some(Outcome::unavailable()),
            Phase::Init | Phase::Ready => None,
        };
        match rejection {
            Some(outcome) => actions.push(Action::Reject(outcome)),
            None => {
                self.waiting.push_back(invocation);
                self.go_on(actions);
            }
        }
    }

    fn polled(&mut self, call: Call, actions: &mut Vec<Action>) {
        let refusal = match self.phase {
            Phase::InitFailed => Some(Refusal::invalid_transition(self.name(), "Ready")),
            Phase::Ended | Phase::Closed => Some(Refusal::internal()),
            Phase::Init | Phase::Ready => (self.idle.len() == MOST_IDLE).then(Refusal::internal),
        };
        if let Some(refusal) = refusal {
            actions.push(Action::Refuse(call, refusal));
            return;
        }
        // One poller is enough; the others come when they come, or never.
        if self.mode == Mode::Attached {
            self.begin();
        }
        if self.phase == Phase::Init {
            self.milestones.push(Milestone::RuntimeInitialised(Status::Success));
        }
        self.phase = Phase::Ready;
        self.idle.push_back(call);
        self.go_on(actions);
    }

    /// The oldest event goes to the oldest poll.
    pub(super) fn hand_out(&mut self, actions: &mut Vec<Action>) {
        while !self.idle.is_empty()
            && let Some(invocation) = self.waiting.pop_front()
            && let Some(call) = self.idle.pop_front()
        {
            actions.push(Action::Arm(Timer::Invocation(invocation.invocation_id.clone())));
            actions.push(Action::Deliver(call, invocation.clone()));
            self.milestones.push(started(&invocation));
            self.running.push(invocation);
        }
    }

    fn answered(
        &mut self,
        call: Call,
        post: Post,
        judge: fn(Post) -> (Option<Refusal>, Outcome),
        actions: &mut Vec<Action>,
    ) {
        let refusal = match self.running.iter().find(|one| one.request_id == post.request_id) {
            _ if self.phase == Phase::Closed => Some(Refusal::internal()),
            None => Some(self.overdue.refusal(&post.request_id)),
            // An echoed attempt that is not this one. No echo is not checked; an empty one is wrong.
            Some(one) => {
                let stale = post.invocation_id.as_ref().is_some_and(|echo| *echo != one.invocation_id);
                stale.then(Refusal::invoke_timeout)
            }
        };
        if let Some(refusal) = refusal {
            actions.push(Action::Refuse(call, refusal));
            return;
        }
        let Some(at) = self.running.iter().position(|one| one.request_id == post.request_id) else { return };
        let invocation = self.running.remove(at);
        let (refusal, outcome) = judge(post);
        actions.push(match refusal {
            None => Action::Accept(call),
            Some(refusal) => Action::Refuse(call, refusal),
        });
        actions.push(Action::Disarm(Timer::Invocation(invocation.invocation_id)));
        self.handled(&invocation.request_id, &outcome);
        actions.push(Action::Complete(invocation.request_id, outcome));
    }

    fn init_failed(&mut self, call: Call, post: Post, actions: &mut Vec<Action>) {
        if self.phase != Phase::Init {
            let refusal = match self.phase {
                Phase::Ended | Phase::Closed => Refusal::internal(),
                _ => Refusal::invalid_transition(self.name(), "InitError"),
            };
            actions.push(Action::Refuse(call, refusal));
            return;
        }
        let (refusal, outcome) = verdict::on_error(post);
        actions.push(match refusal {
            None => Action::Accept(call),
            Some(refusal) => Action::Refuse(call, refusal),
        });
        self.phase = Phase::InitFailed;
        self.init_over(status(&outcome));
        self.fail_all(|_| outcome.clone(), actions);
    }

    fn elapsed(&mut self, timer: &Timer, actions: &mut Vec<Action>) {
        match timer {
            Timer::Init(_) if self.begun && self.mode == Mode::Supervised && self.is_initialising() => {
                let seconds = self.init_seconds;
                self.phase = Phase::Ended;
                self.init_over(Status::Timeout);
                self.fail_all(|_| Outcome::init_timed_out(seconds), actions);
                self.leave(Reason::Timeout, actions);
            }
            // The code goes on and its poller with it; only nobody waits for the answer any more.
            Timer::Invocation(attempt) => {
                let at = self.running.iter().position(|one| one.invocation_id == *attempt);
                let Some(at) = at else { return };
                let id = self.running.remove(at).request_id;
                self.overdue.remember(id.clone());
                let outcome = Outcome::timed_out(&id, self.timeout_seconds);
                self.handled(&id, &outcome);
                actions.push(Action::Complete(id, outcome));
            }
            Timer::Grace(_) | Timer::Farewell(_) => self.patience_ends(timer, actions),
            Timer::Init(_) | Timer::Restore(_) => {}
        }
    }

    fn is_initialising(&self) -> bool {
        match self.phase {
            Phase::Init | Phase::InitFailed => true,
            Phase::Ready => !self.initialised,
            Phase::Ended | Phase::Closed => false,
        }
    }

    fn exited(&mut self, exit: &Exit, actions: &mut Vec<Action>) {
        if !std::mem::take(&mut self.process) {
            return;
        }
        self.fail_all(|id| Outcome::exited(id, exit), actions);
        if self.phase != Phase::Closed {
            self.init_over(Status::Error("Runtime.ExitError".to_owned()));
            self.phase = Phase::Ended;
        }
        match self.leaving {
            None => self.leave(Reason::Failure, actions),
            Some(_) => self.dismiss(actions),
        }
    }

    fn shut_down(&mut self, actions: &mut Vec<Action>) {
        if std::mem::replace(&mut self.phase, Phase::Closed) == Phase::Closed {
            return;
        }
        self.fail_all(|_| Outcome::environment_shut_down(), actions);
        if self.process {
            actions.push(Action::Kill);
        }
        actions.extend(self.extensions.processes().into_iter().map(Action::KillExtension));
    }

    /// Completes whatever is being handled, and whatever waits.
    pub(super) fn fail_all(&mut self, outcome: impl Fn(&str) -> Outcome, actions: &mut Vec<Action>) {
        for invocation in std::mem::take(&mut self.running) {
            actions.push(Action::Disarm(Timer::Invocation(invocation.invocation_id)));
            let told = outcome(&invocation.request_id);
            self.handled(&invocation.request_id, &told);
            actions.push(Action::Complete(invocation.request_id, told));
        }
        for invocation in self.waiting.drain(..) {
            let told = outcome(&invocation.request_id);
            actions.push(Action::Complete(invocation.request_id, told));
        }
    }
}
