//! What extensions ask for beside the runtime, and what their failures do to it.

use super::event::{Action, Call, Exit, Outcome, Reason};
use super::extensions::Registration;
use super::machine::{Machine, Mode, Phase};
use super::milestone::Status;
use super::refusal::{Fault, Refusal};
use crate::telemetry::Subscription;

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
        let checked = self.extensions.subscribed(id, closed, subscription);
        actions.push(match checked {
            Err(refusal) => Action::Refuse(call, refusal),
            Ok((name, subscription)) => Action::Subscribe(call, name, subscription),
        });
    }

    pub(super) fn extension_exited(&mut self, name: &str, exit: &Exit, actions: &mut Vec<Action>) {
        if !self.extensions.exited(name) {
            return;
        }
        match self.leaving {
            None => self.fault(&Fault::of_extension(name, exit), actions),
            Some(_) => self.gone_if_over(actions),
        }
    }

    /// An extension failed: the init or the invocation fails with it, and the environment begins anew.
    pub(super) fn fault(&mut self, fault: &Fault, actions: &mut Vec<Action>) {
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
}
