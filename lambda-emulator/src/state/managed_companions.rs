//! The extensions of a managed instance: they hear of its end and of nothing else, and it ends with any of them.
//!
//! Source: AWS Lambda developer guide, "Lambda Managed Instances", and the behaviour of AWS's own Runtime Interface Emulator.

use super::event::{Action, Call, Exit, Input, Outcome, Reason, Timer};
use super::extensions::{Extensions, External, MOST};
use super::leaving::Leaving;
use super::machine::Mode;
use super::managed::{Managed, Phase};
use super::milestone::{InitPhase, Milestone, Status};
use super::refusal::{Fault, Refusal};

/// A managed instance begins once.
const START: u64 = 1;

impl Managed {
    /// Expects these extensions, and waits for them.
    pub(crate) fn expecting(mut self, externals: Vec<External>) -> Self {
        self.extensions = Extensions::new(externals).without_invocations();
        self
    }

    /// What has happened since this was asked last.
    pub(crate) fn milestones(&mut self) -> Vec<Milestone> {
        std::mem::take(&mut self.milestones)
    }

    /// What extensions ask for, and what happens to them. A call is answered also after the end.
    pub(super) fn on_extension(&mut self, input: Input, actions: &mut Vec<Action>) {
        let over = matches!(self.phase, Phase::Ended | Phase::Closed);
        match input {
            Input::Registered(call, _) if over => actions.push(Action::Refuse(call, Refusal::internal())),
            Input::Registered(call, registration) => {
                let open = self.phase == Phase::Init && (self.process || self.mode == Mode::Attached);
                let (name, id) = (registration.name.clone(), registration.id.clone());
                actions.push(match self.extensions.register(registration, !open) {
                    Err(refusal) => Action::Refuse(call, refusal),
                    Ok(()) => Action::Register { call, name, id },
                });
            }
            Input::ExtensionPolled(call, id) => match self.extensions.polled(call, id.as_deref()) {
                Err(refusal) => actions.push(Action::Refuse(call, refusal)),
                Ok(Some(missed)) => actions.push(Action::Notify(call, missed)),
                Ok(None) => {}
            },
            Input::ExtensionFailed { call, id, moment, kind, message } => {
                match self.extensions.failed(id.as_deref(), moment, kind.as_deref()) {
                    Err(refusal) => actions.push(Action::Refuse(call, refusal)),
                    Ok(None) => actions.push(Action::Accept(call)),
                    Ok(Some((name, kind))) => {
                        actions.push(Action::Accept(call));
                        let reason =
                            message.unwrap_or_else(|| format!("the extension {name} reported {kind}"));
                        self.fault(&Fault::new(kind, reason), actions);
                    }
                }
            }
            Input::Subscribed(call, id, subscription) => {
                let closed = self.initialised || over;
                let checked = self.extensions.subscribed(id.as_deref(), closed, subscription);
                actions.push(match checked {
                    Err(refusal) => Action::Refuse(call, refusal),
                    Ok((name, subscription)) => Action::Subscribe(call, name, subscription),
                });
            }
            Input::ExtensionExited(name, exit) => self.extension_exited(&name, &exit, actions),
            _ => {}
        }
        self.go_on(actions);
    }

    /// Starts what can be started, and hands out events once everybody is ready.
    pub(super) fn go_on(&mut self, actions: &mut Vec<Action>) {
        let wanted = self.begun && !self.process && self.phase == Phase::Init;
        if wanted && self.mode == Mode::Supervised && self.extensions.all_registered() {
            self.process = true;
            actions.push(Action::Start);
        }
        if self.phase == Phase::Ready && self.extensions.are_idle() {
            if !std::mem::replace(&mut self.initialised, true) {
                self.init_over(Status::Success);
            }
            self.hand_out(actions);
        }
    }

    pub(super) fn begin(&mut self) {
        if !std::mem::replace(&mut self.begun, true) {
            self.milestones.push(Milestone::InitStarted(InitPhase::Init));
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

    pub(super) fn init_over(&mut self, status: Status) {
        self.milestones.push(Milestone::RuntimeInitialised(status.clone()));
        self.milestones.push(Milestone::InitEnded(status, self.extensions.reports()));
    }

    fn extension_exited(&mut self, name: &str, exit: &Exit, actions: &mut Vec<Action>) {
        if !self.extensions.exited(name) {
            return;
        }
        match self.leaving {
            None => self.fault(&Fault::of_extension(name, exit), actions),
            Some(_) => self.gone_if_over(actions),
        }
    }

    /// An extension failed, and everything with it.
    fn fault(&mut self, fault: &Fault, actions: &mut Vec<Action>) {
        if matches!(self.phase, Phase::Ended | Phase::Closed) {
            return;
        }
        self.init_over(Status::of(&fault.kind));
        self.phase = Phase::Ended;
        self.fail_all(|id| Outcome::fault(id, fault), actions);
        self.leave(Reason::Failure, actions);
    }

    /// The environment is to end in good order.
    pub(super) fn ending(&mut self, why: Reason, actions: &mut Vec<Action>) {
        self.phase = Phase::Closed;
        self.fail_all(|_| Outcome::environment_shut_down(), actions);
        self.last = true;
        match &self.leaving {
            Some(leaving) if leaving.is_over(&self.extensions) => actions.push(Action::Ended),
            Some(_) => {}
            None => self.leave(why, actions),
        }
    }

    pub(super) fn leave(&mut self, why: Reason, actions: &mut Vec<Action>) {
        if self.leaving.is_none() {
            self.leaving = Some(Leaving::begin(why, START, self.process, &self.extensions, actions));
            if !self.process {
                self.dismiss(actions);
            }
        }
    }

    /// The runtime is gone, on its way out or by surprise.
    pub(super) fn dismiss(&mut self, actions: &mut Vec<Action>) {
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

    fn gone_if_over(&mut self, actions: &mut Vec<Action>) {
        if self.leaving.as_ref().is_some_and(|leaving| leaving.is_over(&self.extensions)) {
            self.milestones.push(Milestone::Gone);
            if self.last {
                actions.push(Action::Ended);
            }
        }
    }

    pub(super) fn handled(&mut self, request_id: &str, outcome: &Outcome) {
        let status = outcome.category().map_or(Status::Success, Status::of);
        self.milestones.push(Milestone::Handled { request_id: request_id.to_owned(), status });
    }

    pub(super) fn extension_poll_gone(&mut self, call: Call) {
        self.extensions.poll_gone(call);
    }
}
