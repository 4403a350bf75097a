//! What is under way when its time is up.

use super::event::{Action, Outcome, Reason, Timer};
use super::machine::{Machine, Mode, Phase, started};
use super::milestone::Status;

impl Machine {
    pub(super) fn elapsed(&mut self, timer: &Timer, actions: &mut Vec<Action>) {
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

    /// An attempt's time runs from its delivery, or from the suppressed init that precedes it; it is not set anew.
    pub(super) fn arm(&mut self, attempt: &str, actions: &mut Vec<Action>) {
        if self.armed.as_deref() != Some(attempt) {
            self.armed = Some(attempt.to_owned());
            actions.push(Action::Arm(Timer::Invocation(attempt.to_owned())));
        }
    }

    /// Its place was taken by the times of the way out.
    pub(super) fn forget_timer(&mut self) {
        self.armed = None;
    }
}
