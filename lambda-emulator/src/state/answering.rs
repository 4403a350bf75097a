//! What a runtime posts: checked, judged, and told to whoever waits for it.

use super::event::{Action, Call, Outcome, Post};
use super::machine::{Machine, Mode, Phase, status};
use super::milestone::{Milestone, Status};
use super::refusal::Refusal;
use super::verdict;

impl Machine {
    pub(super) fn responded(&mut self, call: Call, post: Post, actions: &mut Vec<Action>) {
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

    pub(super) fn failed(&mut self, call: Call, post: Post, actions: &mut Vec<Action>) {
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

    pub(super) fn init_failed(&mut self, call: Call, post: Post, actions: &mut Vec<Action>) {
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

fn answered(outcome: &Outcome) -> Milestone {
    let bytes = match outcome {
        Outcome::Success(body) | Outcome::FunctionError { body, .. } => body.len(),
        Outcome::Rejected { .. } => 0,
    };
    Milestone::Answered { status: status(outcome), bytes }
}
