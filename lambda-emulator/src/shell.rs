//! The machine's hands: it holds the exchanges that wait, the clock, and the process.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::settings::Settings;
use crate::state::event::Call;
use crate::state::refusal::Refusal;
use crate::state::{Action, Input, Invocation, Machine, Mode, Outcome};

/// What a waiting exchange with the runtime is answered.
#[derive(Debug)]
pub(crate) enum Answer {
    Event(Box<Invocation>),
    Accepted,
    Refused(Refusal),
}

/// One environment, shared by everyone who talks to it.
#[derive(Debug)]
pub(crate) struct Shell {
    settings: Settings,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    machine: Machine,
    next_call: Call,
    calls: HashMap<Call, oneshot::Sender<Answer>>,
    callers: HashMap<String, oneshot::Sender<Outcome>>,
    #[cfg(feature = "command")]
    process: Option<crate::process::Process>,
}

impl Shell {
    pub(crate) fn new(settings: Settings) -> Arc<Self> {
        let mode = match settings.supervised() {
            true => Mode::Supervised,
            false => Mode::Attached,
        };
        let machine = Machine::new(mode, settings.timeout.as_secs_f64());
        Arc::new(Self {
            settings,
            inner: Mutex::new(Inner {
                machine,
                next_call: 0,
                calls: HashMap::new(),
                callers: HashMap::new(),
                #[cfg(feature = "command")]
                process: None,
            }),
        })
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Submits an invocation and waits for what its caller is told; `None` if the environment is gone first.
    pub(crate) async fn invoke(self: &Arc<Self>, mut invocation: Invocation) -> Option<Outcome> {
        let outcome = {
            let mut inner = self.lock();
            // Two invocations under one id could not be told apart; the service invents ids that differ.
            if inner.callers.contains_key(&invocation.request_id) {
                invocation.request_id = unique_id();
            }
            let (sender, outcome) = oneshot::channel();
            inner.callers.insert(invocation.request_id.clone(), sender);
            self.act(&mut inner, Input::Submitted(invocation));
            outcome
        };
        outcome.await.ok()
    }

    /// Tells the machine of an exchange and waits for its answer.
    pub(crate) async fn exchange(self: &Arc<Self>, input: impl FnOnce(Call) -> Input) -> Answer {
        let (call, answer) = {
            let mut inner = self.lock();
            let call = inner.next_call;
            inner.next_call += 1;
            let (sender, answer) = oneshot::channel();
            inner.calls.insert(call, sender);
            self.act(&mut inner, input(call));
            (call, answer)
        };
        let _gone = Gone { shell: self, call };
        // Invariant: the machine answers every call; only the end of the environment drops the sender.
        answer.await.unwrap_or_else(|_| Answer::Refused(Refusal::invalid_request_id()))
    }

    pub(crate) fn input(self: &Arc<Self>, input: Input) {
        let mut inner = self.lock();
        self.act(&mut inner, input);
    }

    fn act(self: &Arc<Self>, inner: &mut Inner, input: Input) {
        for action in inner.machine.on(input) {
            match action {
                Action::Deliver(call, invocation) => {
                    self.watch(&invocation.invocation_id);
                    inner.answer(call, Answer::Event(Box::new(invocation)));
                }
                Action::Accept(call) => inner.answer(call, Answer::Accepted),
                Action::Refuse(call, refusal) => inner.answer(call, Answer::Refused(refusal)),
                Action::Complete(id, outcome) => {
                    if let Some(caller) = inner.callers.remove(&id) {
                        let _ = caller.send(outcome);
                    }
                }
                #[cfg(feature = "command")]
                Action::Start => inner.process = crate::process::Process::start(self),
                #[cfg(feature = "command")]
                Action::Kill => {
                    if let Some(process) = &inner.process {
                        process.kill();
                    }
                }
                #[cfg(not(feature = "command"))]
                Action::Start | Action::Kill => {}
            }
        }
    }

    /// Kills the process, if there is one.
    #[cfg(feature = "command")]
    pub(crate) fn shut_down(&self) {
        if let Some(process) = self.lock().process.take() {
            process.kill();
        }
    }

    /// Tells the machine when the time of a delivery is up.
    fn watch(self: &Arc<Self>, attempt: &str) {
        let (shell, attempt) = (Arc::downgrade(self), attempt.to_owned());
        let timeout = self.settings.timeout;
        tokio::spawn(async move {
            tokio::time::sleep(timeout).await;
            if let Some(shell) = shell.upgrade() {
                shell.input(Input::DeadlinePassed(attempt));
            }
        });
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic under this lock would be a bug of the machine; its state is still the best there is.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn answer(&mut self, call: Call, answer: Answer) {
        if let Some(waiting) = self.calls.remove(&call) {
            let _ = waiting.send(answer);
        }
    }
}

/// Takes a poll back when its connection is dropped before it was answered.
struct Gone<'a> {
    shell: &'a Arc<Shell>,
    call: Call,
}

impl Drop for Gone<'_> {
    fn drop(&mut self) {
        let mut inner = self.shell.lock();
        if inner.calls.remove(&self.call).is_some() {
            self.shell.act(&mut inner, Input::PollGone(self.call));
        }
    }
}

/// A random id in the form of a version 4 UUID.
pub(crate) fn unique_id() -> String {
    let (high, low) = (random(), random());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | (low >> 48) & 0x3fff,
        low & 0xffff_ffff_ffff
    )
}

/// An X-Ray header with a fresh root, as the service makes for a caller that sends none.
pub(crate) fn unique_trace() -> String {
    let seconds =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let (a, b) = (random(), random());
    format!("Root=1-{:08x}-{:016x}{:08x};Parent={b:016x};Sampled=0", seconds & 0xffff_ffff, a, b >> 32)
}

/// `RandomState` is seeded by the operating system and differs on every call: enough for an id on one machine.
fn random() -> u64 {
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}

/// When an invocation delivered now must be over, in milliseconds since 1970.
pub(crate) fn deadline_ms(timeout: Duration) -> u128 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    (now + timeout).as_millis()
}
