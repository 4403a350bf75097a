//! How an environment begins: its extensions, then its runtime, and what becomes of a start that comes to nothing.

use super::event::{Action, Outcome, Timer};
use super::extensions::MOST;
use super::machine::{Machine, Mode, status};
use super::milestone::{InitPhase, Milestone, Status};
use super::refusal::Fault;

impl Machine {
    pub(super) fn start_if_needed(&mut self, actions: &mut Vec<Action>) {
        if !self.queue.is_empty() {
            self.start(actions);
        }
    }

    pub(super) fn start(&mut self, actions: &mut Vec<Action>) {
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

    /// Somebody else's runtime begins with its first sign of life.
    pub(super) fn begin_attached(&mut self) {
        if self.mode == Mode::Attached && !std::mem::replace(&mut self.begun, true) {
            self.milestones.push(Milestone::InitStarted(InitPhase::Init));
        }
    }

    pub(super) fn init_over(&mut self, status: Status) {
        self.milestones.push(Milestone::RuntimeInitialised(status.clone()));
        self.milestones.push(Milestone::InitEnded(status, self.extensions.reports()));
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
}
