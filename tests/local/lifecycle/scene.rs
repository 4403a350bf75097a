//! A life and what plays it: the function as a process, the emulator around it, the notes it takes.

use std::process::Command;
use std::time::Duration;

use e2e::{Notes, Running};
use lambda_emulator::{Bootstrap, Builder, Emulator, Event, Invoke, Invoked};
use serde_json::Value;

/// How many events at once, and how they are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Sequential,
    /// A managed instance, all pollers in one task.
    OneTask,
    /// A managed instance, pollers over threads.
    Threads,
}

pub(super) const POLLERS: usize = 4;
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until the history is as wanted; what never comes fails the test.
pub(super) async fn until(emulator: &Emulator, reached: impl Fn(&[Event]) -> bool) -> Vec<Event> {
    let waited = tokio::time::timeout(PATIENCE, emulator.until(reached)).await;
    waited.unwrap_or_else(|_| panic!("it never came to this, but to: {:?}", emulator.history()))
}

pub(super) fn count(history: &[Event], wanted: impl Fn(&Event) -> bool) -> usize {
    history.iter().filter(|event| wanted(event)).count()
}

pub(super) const MODES: [Mode; 3] = [Mode::Sequential, Mode::OneTask, Mode::Threads];

impl Mode {
    pub(super) fn is_managed(self) -> bool {
        self != Self::Sequential
    }

    fn variables(self) -> &'static [(&'static str, &'static str)] {
        if self == Self::Threads { &[("THREADS", "1")] } else { &[] }
    }

    pub(super) fn builder(self) -> Builder {
        let builder = Emulator::builder().function_name("lifecycle").timeout(Duration::from_secs(2));
        if self.is_managed() { builder.max_concurrency(POLLERS as u32) } else { builder }
    }
}

/// A function that its emulator starts, kills and starts again.
pub(super) struct Supervised {
    pub(super) emulator: Emulator,
    pub(super) notes: Notes,
}

impl Supervised {
    pub(super) async fn start(mode: Mode, variables: &[(&str, &str)]) -> Self {
        Self::build(mode, mode.builder(), variables).await
    }

    pub(super) async fn build(mode: Mode, builder: Builder, variables: &[(&str, &str)]) -> Self {
        let notes = Notes::listen();
        let bootstrap =
            Bootstrap::new(env!("CARGO_BIN_EXE_lifecycle-function")).env("NOTES", notes.address());
        let variables = variables.iter().chain(mode.variables());
        let bootstrap = variables.fold(bootstrap, |bootstrap, (name, value)| bootstrap.env(*name, *value));
        Self { emulator: builder.bootstrap(bootstrap).start().await.unwrap(), notes }
    }

    pub(super) async fn invoke(&self, task: Value) -> Invoked {
        self.emulator.invoke(Invoke::new(task.to_string())).await
    }

    /// Proves that the function is there: it takes an event and answers it.
    pub(super) async fn echoes(&self) {
        let told = self.invoke(serde_json::json!({"do": "echo", "with": 1})).await;
        assert_eq!(told.error_type, None, "{told:?}");
    }

    /// Waits until the function has polled `times` times in all.
    pub(super) async fn polled(&self, times: usize) {
        until(&self.emulator, |history| count(history, |event| *event == Event::Polled) >= times).await;
    }

    /// Waits until the function's pollers all poll.
    pub(super) async fn ready(&self, mode: Mode) {
        if mode.is_managed() {
            self.polled(POLLERS).await;
        } else {
            // It is started by its first event.
            self.echoes().await;
        }
    }
}

/// A function that is started and signalled by the test itself.
pub(super) struct Attached {
    pub(super) emulator: Emulator,
    pub(super) notes: Notes,
    pub(super) function: Running,
}

impl Attached {
    pub(super) async fn start(mode: Mode, variables: &[(&str, &str)]) -> Self {
        let notes = Notes::listen();
        let emulator = mode.builder().start().await.unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_lifecycle-function"));
        command.envs(emulator.environment()).env("NOTES", notes.address());
        command.envs(variables.iter().chain(mode.variables()).copied());
        let function = Running::start(&mut command);
        Self { emulator, notes, function }
    }

    /// Waits until the function is idle: the emulator has heard from it last that it polls.
    pub(super) async fn idle(&self) {
        let own = |event: &&Event| {
            !matches!(event, Event::ExtensionRegistered { .. } | Event::ExtensionPolled { .. })
        };
        until(&self.emulator, |history| history.iter().rev().find(own) == Some(&Event::Polled)).await;
    }
}
