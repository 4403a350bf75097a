//! How an environment ends: the runtime first, then the extensions, each with its time.
//!
//! Source: AWS Lambda developer guide, "Understanding the Lambda execution environment lifecycle", "Shutdown phase".

use super::event::{Action, Input, Outcome, Reason, Timer};
use super::extensions::Extensions;
use super::machine::{Machine, Mode, Phase};
use super::milestone::{Milestone, Status};
use super::refusal::Refusal;

/// An environment on its way out.
#[derive(Debug)]
pub(super) struct Leaving {
    why: Reason,
    /// Whether nothing comes after it; otherwise the next invocation begins a new one.
    pub(super) last: bool,
    /// The start that began it.
    start: u64,
    step: Step,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The runtime is ending.
    Runtime,
    /// The runtime is gone; extensions are ending.
    Extensions,
}

impl Leaving {
    /// The first step: the runtime, if there is one. Without an extension it is not asked but killed.
    pub(super) fn begin(
        why: Reason,
        start: u64,
        process: bool,
        extensions: &Extensions,
        actions: &mut Vec<Action>,
    ) -> Self {
        match (process, extensions.any_registered()) {
            (false, _) => {}
            (true, false) => actions.push(Action::Kill),
            (true, true) => {
                actions.push(Action::Arm(Timer::Grace(start)));
                actions.push(Action::Terminate);
            }
        }
        Self { why, last: false, start, step: Step::Runtime }
    }

    /// The second step: external extensions, all at the same time. Internal ones went with the runtime.
    pub(super) fn dismiss(&mut self, extensions: &mut Extensions, actions: &mut Vec<Action>) {
        self.step = Step::Extensions;
        let dismissal = extensions.dismiss(self.why);
        if dismissal.waits {
            actions.push(Action::Arm(Timer::Farewell(self.start)));
        }
        actions.extend(dismissal.told.into_iter().map(|(call, notice)| Action::Notify(call, notice)));
        actions.extend(dismissal.killed.into_iter().map(Action::KillExtension));
    }

    /// A time is up; what is still there is killed.
    pub(super) fn patience_ends(&self, timer: &Timer, extensions: &Extensions, actions: &mut Vec<Action>) {
        match (timer, self.step) {
            (Timer::Grace(start), Step::Runtime) if *start == self.start => actions.push(Action::Kill),
            (Timer::Farewell(start), Step::Extensions) if *start == self.start => {
                actions.extend(extensions.processes().into_iter().map(Action::KillExtension));
            }
            _ => {}
        }
    }

    /// Whether nothing is left.
    pub(super) fn is_over(&self, extensions: &Extensions) -> bool {
        self.step == Step::Extensions && !extensions.has_processes()
    }
}

impl Machine {
    /// The environment is to end in good order. A runtime of ours may answer what it has begun.
    pub(super) fn ending(&mut self, why: Reason, actions: &mut Vec<Action>) {
        self.turn_away(actions);
        self.restore_wanted = false;
        if self.mode == Mode::Attached {
            self.close(actions);
        }
        self.leave(why, true, actions);
    }

    pub(super) fn leave(&mut self, why: Reason, last: bool, actions: &mut Vec<Action>) {
        if let Some(leaving) = &mut self.leaving {
            leaving.last |= last;
            return;
        }
        let leaving = Leaving::begin(why, self.starts, self.process, &self.extensions, actions);
        self.leaving = Some(Leaving { last, ..leaving });
        if !self.process {
            self.dismiss(actions);
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

    fn dismiss(&mut self, actions: &mut Vec<Action>) {
        let Some(leaving) = &mut self.leaving else { return };
        leaving.dismiss(&mut self.extensions, actions);
        self.milestones.push(Milestone::Leaving);
        self.gone_if_over(actions);
    }

    pub(super) fn patience_ends(&self, timer: &Timer, actions: &mut Vec<Action>) {
        if let Some(leaving) = &self.leaving {
            leaving.patience_ends(timer, &self.extensions, actions);
        }
    }

    /// All that ran may be gone. What waits begins anew, then.
    pub(super) fn gone_if_over(&mut self, actions: &mut Vec<Action>) {
        if let Some(leaving) = self.leaving.take_if(|leaving| leaving.is_over(&self.extensions)) {
            self.gone(leaving.last, actions);
        }
    }

    fn gone(&mut self, last: bool, actions: &mut Vec<Action>) {
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
