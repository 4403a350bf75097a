//! One execution environment: the rules it follows, and whether it sleeps.

use super::event::{Action, Input};
use super::extensions::External;
use super::machine::{Machine, Mode};
use super::managed::Managed;
use super::milestone::Milestone;

/// One event at a time, or many.
#[derive(Debug)]
enum Rules {
    OneByOne(Box<Machine>),
    Managed(Box<Managed>),
}

/// Whether the process is stopped between two events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sleep {
    Awake,
    /// It is to be, once it is idle.
    Wanted,
    Frozen,
}

/// The environment.
#[derive(Debug)]
pub(crate) struct Environment {
    rules: Rules,
    sleep: Sleep,
}

impl Environment {
    /// One event at a time.
    pub(crate) fn one_by_one(mode: Mode, timeout_seconds: f64, externals: Vec<External>) -> Self {
        let machine = Box::new(Machine::new(mode, timeout_seconds).expecting(externals));
        Self { rules: Rules::OneByOne(machine), sleep: Sleep::Awake }
    }

    /// As many events as there are polls.
    pub(crate) fn managed(
        mode: Mode,
        timeout_seconds: f64,
        init_seconds: f64,
        externals: Vec<External>,
    ) -> Self {
        let managed = Box::new(Managed::new(mode, timeout_seconds, init_seconds).expecting(externals));
        Self { rules: Rules::Managed(managed), sleep: Sleep::Awake }
    }

    /// Takes notice of `input` and says what is to be done, in order.
    pub(crate) fn on(&mut self, input: Input) -> Vec<Action> {
        let mut actions = Vec::new();
        match &input {
            Input::Freeze => self.freeze_wanted(),
            // Nobody is told anything by a process that is stopped.
            Input::Thaw
            | Input::Submitted(_)
            | Input::ExtensionExited(..)
            | Input::Ending(_)
            | Input::ShutDown => self.thaw(&mut actions),
            // There is nothing left to freeze.
            Input::Exited(_) => self.sleep = Sleep::Awake,
            _ => {}
        }
        actions.extend(match &mut self.rules {
            Rules::OneByOne(machine) => machine.on(input),
            Rules::Managed(managed) => managed.on(input),
        });
        if self.sleep == Sleep::Wanted && self.is_idle() {
            self.sleep = Sleep::Frozen;
            actions.push(Action::Freeze);
        }
        actions
    }

    /// What has happened since this was asked last.
    pub(crate) fn milestones(&mut self) -> Vec<Milestone> {
        match &mut self.rules {
            Rules::OneByOne(machine) => machine.milestones(),
            Rules::Managed(managed) => managed.milestones(),
        }
    }

    /// Whether a restore has been asked for and has not come about.
    pub(crate) fn is_restore_wanted(&self) -> bool {
        matches!(&self.rules, Rules::OneByOne(machine) if machine.is_restore_wanted())
    }

    /// Whether it is to be frozen and is not yet.
    #[cfg(any(feature = "command", test))]
    pub(crate) fn is_freeze_wanted(&self) -> bool {
        self.sleep == Sleep::Wanted
    }

    fn freeze_wanted(&mut self) {
        if self.sleep == Sleep::Awake && matches!(self.rules, Rules::OneByOne(_)) {
            self.sleep = Sleep::Wanted;
        }
    }

    fn thaw(&mut self, actions: &mut Vec<Action>) {
        if std::mem::replace(&mut self.sleep, Sleep::Awake) == Sleep::Frozen {
            actions.push(Action::Thaw);
        }
    }

    fn is_idle(&self) -> bool {
        matches!(&self.rules, Rules::OneByOne(machine) if machine.is_idle())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::event::{Exit, Invocation, Post};

    fn submitted(id: &str) -> Input {
        let request_id = id.to_owned();
        Input::Submitted(Invocation {
            request_id,
            invocation_id: format!("attempt-{id}"),
            ..Invocation::default()
        })
    }

    /// A supervised environment that handles `a`, delivered on call 1.
    fn running() -> Environment {
        let mut environment = Environment::one_by_one(Mode::Supervised, 3.0, Vec::new());
        environment.on(submitted("a"));
        environment.on(Input::Polled(1));
        environment
    }

    fn answered(environment: &mut Environment) {
        environment.on(Input::Responded(2, Post { request_id: "a".to_owned(), ..Post::default() }));
    }

    #[test]
    fn a_process_is_frozen_when_it_polls_again_and_not_before() {
        let mut environment = running();
        assert_eq!(environment.on(Input::Freeze), []);
        answered(&mut environment);
        assert!(environment.is_freeze_wanted(), "it has answered and may still be at work");
        assert_eq!(environment.on(Input::Polled(3)), [Action::Freeze]);
        assert!(!environment.is_freeze_wanted());
        assert_eq!(environment.on(Input::Freeze), [], "it is frozen");
    }

    #[test]
    fn an_invocation_and_a_shutdown_thaw_first() {
        for input in [submitted("b"), Input::ShutDown, Input::Thaw] {
            let mut environment = running();
            answered(&mut environment);
            environment.on(Input::Polled(3));
            assert_eq!(environment.on(Input::Freeze), [Action::Freeze]);
            let actions = environment.on(input.clone());
            assert_eq!(actions.first(), Some(&Action::Thaw));
            assert!(!environment.on(input).contains(&Action::Thaw), "once is enough");
        }
    }

    #[test]
    fn a_wish_to_freeze_is_taken_back_by_a_thaw_an_invocation_and_the_end_of_the_process() {
        for input in [Input::Thaw, submitted("b"), Input::Exited(Exit::Status(1))] {
            let mut environment = running();
            environment.on(Input::Freeze);
            environment.on(input);
            assert!(!environment.is_freeze_wanted());
        }
    }

    #[test]
    fn a_managed_instance_is_never_frozen() {
        let mut environment = Environment::managed(Mode::Supervised, 3.0, 130.0, Vec::new());
        environment.on(Input::Prepare);
        environment.on(Input::Polled(1));
        assert_eq!(environment.on(Input::Freeze), []);
        assert!(!environment.is_freeze_wanted());
    }
}
