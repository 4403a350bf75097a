//! How extensions come, fail and go, and how an environment ends: the runtime first, then the extensions, each with its time.
//!
//! Source: AWS Lambda developer guide, "Understanding the Lambda execution environment lifecycle", "Shutdown phase".

use super::event::{Action, Call, Exit, Input, Outcome, Reason, Timer};
use super::extensions::{MOST, Registration};
use super::machine::{Machine, Mode, Phase};
use super::milestone::{Milestone, Status};
use super::refusal::{Fault, Refusal};
use crate::telemetry::Subscription;

/// An environment on its way out.
#[derive(Debug)]
pub(super) struct Leaving {
    why: Reason,
    /// Whether nothing comes after it; otherwise the next invocation begins a new one.
    pub(super) last: bool,
    step: Step,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The runtime is ending.
    Runtime,
    /// The runtime is gone; extensions are ending.
    Extensions,
}

impl Machine {
    pub(super) fn registered(&mut self, call: Call, registration: Registration, actions: &mut Vec<Action>) {
        self.begin_attached();
        let open = match (&self.phase, self.mode) {
            (Phase::Init, Mode::Supervised) => self.process,
            (Phase::Init | Phase::InitFailed(_) | Phase::RestoreFailed(_), Mode::Attached) => true,
            _ => false,
        };
        let (name, id) = (registration.name.clone(), registration.id.clone());
        match self.extensions.register(registration, !open || self.leaving.is_some()) {
            Err(refusal) => actions.push(Action::Refuse(call, refusal)),
            Ok(()) => {
                actions.push(Action::Register { call, name, id });
                self.go_on(actions);
            }
        }
    }

    pub(super) fn extension_polled(&mut self, call: Call, id: Option<&str>, actions: &mut Vec<Action>) {
        match self.extensions.polled(call, id) {
            Err(refusal) => actions.push(Action::Refuse(call, refusal)),
            Ok(Some(missed)) => actions.push(Action::Notify(call, missed)),
            Ok(None) => self.go_on(actions),
        }
    }

    pub(super) fn extension_failed(
        &mut self,
        call: Call,
        failed: Result<Option<(String, String)>, Refusal>,
        message: Option<String>,
        actions: &mut Vec<Action>,
    ) {
        match failed {
            Err(refusal) => actions.push(Action::Refuse(call, refusal)),
            Ok(None) => actions.push(Action::Accept(call)),
            Ok(Some((name, kind))) => {
                actions.push(Action::Accept(call));
                let reason = message.unwrap_or_else(|| format!("the extension {name} reported {kind}"));
                self.fault(&Fault::new(kind, reason), actions);
            }
        }
    }

    pub(super) fn subscribed(
        &mut self,
        call: Call,
        id: Option<&str>,
        subscription: Result<Subscription, String>,
        actions: &mut Vec<Action>,
    ) {
        let closed = self.initialised || self.leaving.is_some();
        let checked = self.extensions.name(id).and_then(|name| match (closed, subscription) {
            (true, _) => Err(Refusal::subscription_closed()),
            (false, Err(mistakes)) => Err(Refusal::invalid_subscription(mistakes)),
            (false, Ok(subscription)) => Ok((name, subscription)),
        });
        actions.push(match checked {
            Err(refusal) => Action::Refuse(call, refusal),
            Ok((name, subscription)) => Action::Subscribe(call, name, subscription),
        });
    }

    pub(super) fn extension_exited(&mut self, name: &str, exit: &Exit, actions: &mut Vec<Action>) {
        if !self.extensions.exited(name) {
            return;
        }
        match &self.leaving {
            None => self.fault(&Fault::of_extension(name, exit), actions),
            Some(leaving) if leaving.step == Step::Extensions && !self.extensions.has_processes() => {
                self.gone(actions);
            }
            Some(_) => {}
        }
    }

    pub(super) fn start_extensions(&mut self, actions: &mut Vec<Action>) {
        if self.extensions.are_too_many() {
            let reason = format!("TooManyExtensions: the limit is {MOST}");
            self.fault(&Fault::new("Extension.LaunchError", reason), actions);
        } else if self.extensions.launch() {
            actions.push(Action::Launch);
        }
    }

    /// The runtime starts once every external extension has registered.
    pub(super) fn start_runtime(&mut self, actions: &mut Vec<Action>) {
        let wanted = self.begun && !self.process && self.leaving.is_none();
        if self.mode == Mode::Supervised && wanted && self.extensions.all_registered() {
            self.process = true;
            actions.push(Action::Start);
        }
    }

    /// An extension failed: the init or the invocation fails with it, and the environment begins anew.
    fn fault(&mut self, fault: &Fault, actions: &mut Vec<Action>) {
        if self.leaving.is_some() {
            return;
        }
        let status = Status::of(&fault.kind);
        let attached = self.mode == Mode::Attached;
        match std::mem::replace(&mut self.phase, Phase::Overdue) {
            Phase::Running(current) => {
                let outcome = Outcome::fault(&current.request_id, fault);
                actions.push(Action::Complete(current.request_id, outcome));
            }
            phase if attached => {
                self.phase = phase;
                if !self.initialised {
                    self.init_over(status.clone());
                    for one in std::mem::take(&mut self.queue) {
                        let outcome = Outcome::fault(&one.request_id, fault);
                        self.complete(one, outcome, actions);
                    }
                }
            }
            Phase::InitFailed(outcome) => {
                self.init_ended(Some(outcome), |id| Outcome::fault(id, fault), actions);
            }
            Phase::Restoring => self.restore_came_to_nothing(|id| Outcome::fault(id, fault), actions),
            _ if !self.initialised => {
                let id = self.queue.front().map_or("", |head| &head.request_id);
                let outcome = Outcome::fault(id, fault);
                self.init_ended(Some(outcome), |id| Outcome::fault(id, fault), actions);
            }
            _ => {}
        }
        self.invocation_over(status);
        match attached {
            true => self.go_on(actions),
            false => self.leave(Reason::Failure, false, actions),
        }
    }

    /// The environment is to end in good order. A runtime of ours may answer what it has begun.
    pub(super) fn ending(&mut self, why: Reason, actions: &mut Vec<Action>) {
        self.turn_away(actions);
        self.restore_wanted = false;
        if self.mode == Mode::Attached {
            self.close(actions);
        }
        self.leave(why, true, actions);
    }

    /// The first step out: the runtime. Without an extension it is not asked but killed.
    pub(super) fn leave(&mut self, why: Reason, last: bool, actions: &mut Vec<Action>) {
        if let Some(leaving) = &mut self.leaving {
            leaving.last |= last;
            return;
        }
        self.leaving = Some(Leaving { why, last, step: Step::Runtime });
        match (self.process, self.extensions.any_registered()) {
            (false, _) => self.dismiss(actions),
            (true, false) => actions.push(Action::Kill),
            (true, true) => {
                actions.push(Action::Arm(Timer::Grace(self.starts)));
                actions.push(Action::Terminate);
            }
        }
    }

    /// The runtime of an environment on its way out is gone.
    pub(super) fn runtime_left(&mut self, actions: &mut Vec<Action>) {
        if let Phase::Running(current) = std::mem::replace(&mut self.phase, Phase::Overdue) {
            actions.push(Action::Complete(current.request_id, Outcome::shut_down()));
        }
        self.invocation_over(Status::Failure("Sandbox.Failure".to_owned()));
        self.dismiss(actions);
    }

    /// The second step: external extensions, all at the same time. Internal ones went with the runtime.
    fn dismiss(&mut self, actions: &mut Vec<Action>) {
        let Some(leaving) = &mut self.leaving else { return };
        leaving.step = Step::Extensions;
        let dismissal = self.extensions.dismiss(leaving.why);
        self.milestones.push(Milestone::Leaving);
        if dismissal.waits {
            actions.push(Action::Arm(Timer::Farewell(self.starts)));
        }
        actions.extend(dismissal.told.into_iter().map(|(call, notice)| Action::Notify(call, notice)));
        actions.extend(dismissal.killed.into_iter().map(Action::KillExtension));
        if !self.extensions.has_processes() {
            self.gone(actions);
        }
    }

    /// A time is up on the way out; what is still there is killed.
    pub(super) fn patience_ends(&mut self, timer: &Timer, actions: &mut Vec<Action>) {
        match (&self.leaving, timer) {
            (Some(leaving), Timer::Grace(start))
                if leaving.step == Step::Runtime && *start == self.starts =>
            {
                actions.push(Action::Kill);
            }
            (Some(leaving), Timer::Farewell(start))
                if leaving.step == Step::Extensions && *start == self.starts =>
            {
                actions.extend(self.extensions.processes().into_iter().map(Action::KillExtension));
            }
            _ => {}
        }
    }

    /// All that ran is gone. What waits begins anew.
    fn gone(&mut self, actions: &mut Vec<Action>) {
        let last = self.leaving.take().is_some_and(|leaving| leaving.last);
        self.milestones.push(Milestone::Gone);
        if last {
            self.close(actions);
            actions.push(Action::Ended);
            return;
        }
        self.extensions.reset();
        self.phase = Phase::Init;
        (self.begun, self.initialised) = (false, false);
        self.forget_timer();
        self.start_if_needed(actions);
    }

    /// What an environment that is shut down still says. An extension of somebody else's that was busy hears of it now.
    pub(super) fn closed(&mut self, input: Input, actions: &mut Vec<Action>) {
        match input {
            Input::Submitted(invocation) => {
                actions.push(Action::Complete(invocation.request_id, Outcome::shut_down()));
            }
            Input::Polled(call)
            | Input::Responded(call, _)
            | Input::Failed(call, _)
            | Input::InitFailed(call, _)
            | Input::RestorePolled(call)
            | Input::RestoreFailed(call, _)
            | Input::Registered(call, _)
            | Input::Subscribed(call, ..) => actions.push(Action::Refuse(call, Refusal::internal())),
            Input::ExtensionPolled(call, id) => match self.extensions.polled(call, id.as_deref()) {
                Err(refusal) => actions.push(Action::Refuse(call, refusal)),
                Ok(Some(missed)) => actions.push(Action::Notify(call, missed)),
                Ok(None) => {}
            },
            Input::ExtensionFailed { call, id, moment, kind, .. } => {
                actions.push(match self.extensions.failed(id.as_deref(), moment, kind.as_deref()) {
                    Err(refusal) => Action::Refuse(call, refusal),
                    Ok(_) => Action::Accept(call),
                });
            }
            Input::PollGone(call) => self.extensions.poll_gone(call),
            Input::Ending(_) => actions.push(Action::Ended),
            Input::Prepare
            | Input::Restore
            | Input::Elapsed(_)
            | Input::Exited(_)
            | Input::ExtensionExited(..)
            | Input::Freeze
            | Input::Thaw
            | Input::ShutDown => {}
        }
    }
}
