//! The machine's hands: it holds the exchanges that wait, the clock, and the process.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::{Notify, oneshot};
use tokio::task::AbortHandle;

use crate::connections::{Cut, Cuts};
use crate::history::{Event, History, Posted};
use crate::id;
use crate::settings::Settings;
use crate::state::event::Call;
use crate::state::refusal::Refusal;
use crate::state::restore::RESTORE_LIMIT_SECONDS;
use crate::state::{Action, Environment, Exit, Input, Invocation, Mode, Outcome, Timer};

/// The time of a restore, hooks included.
const RESTORE_LIMIT: Duration = Duration::from_secs(RESTORE_LIMIT_SECONDS);

/// What a waiting exchange with the runtime is answered.
#[derive(Debug)]
pub(crate) enum Answer {
    /// An event, and when it must be over in milliseconds since 1970.
    Event(Box<Invocation>, u128),
    Accepted,
    /// The environment has been restored from its snapshot.
    Restored,
    Refused(Refusal),
}

/// One environment, shared by everyone who talks to it.
#[derive(Debug)]
pub(crate) struct Shell {
    settings: Settings,
    inner: Mutex<Inner>,
    happened: Notify,
    panicked: AtomicBool,
    cuts: Cuts,
}

#[derive(Debug)]
struct Inner {
    environment: Environment,
    next_call: Call,
    calls: HashMap<Call, Waiting>,
    callers: HashMap<String, oneshot::Sender<Outcome>>,
    history: History,
    /// The tasks that wait for what is armed.
    timers: HashMap<Timer, AbortHandle>,
    /// That of the attempt armed last, which is the one delivered next.
    deadline_ms: u128,
    #[cfg(feature = "command")]
    process: Option<crate::process::Process>,
}

/// An exchange that waits; a `POST` goes into the history once its answer is known.
#[derive(Debug)]
struct Waiting {
    sender: oneshot::Sender<Answer>,
    posted: Option<Posted>,
    /// The runtime asks for something to do.
    poll: bool,
}

impl Shell {
    pub(crate) fn new(settings: Settings) -> Arc<Self> {
        let mode = match settings.supervised() {
            true => Mode::Supervised,
            false => Mode::Attached,
        };
        let timeout = settings.timeout.as_secs_f64();
        let environment = match settings.initialization.max_concurrency() {
            None => Environment::one_by_one(mode, timeout),
            Some(_) => Environment::managed(mode, timeout, settings.init_limit().as_secs_f64()),
        };
        let history = History::new(settings.remembered_events);
        Arc::new(Self {
            settings,
            inner: Mutex::new(Inner {
                environment,
                next_call: 0,
                calls: HashMap::new(),
                callers: HashMap::new(),
                history,
                timers: HashMap::new(),
                deadline_ms: 0,
                #[cfg(feature = "command")]
                process: None,
            }),
            happened: Notify::new(),
            panicked: AtomicBool::new(false),
            cuts: Cuts::new(),
        })
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Submits an invocation; the receiver gets what its caller is told. Also returns the id it goes by.
    pub(crate) fn submit(
        self: &Arc<Self>,
        mut invocation: Invocation,
    ) -> (String, oneshot::Receiver<Outcome>) {
        let mut inner = self.lock();
        // Two invocations under one id could not be told apart. The service invents ids that differ; only a managed
        // instance leaves the choice to the caller, and refuses the second.
        let managed = self.settings.initialization.max_concurrency().is_some();
        if !managed && inner.callers.contains_key(&invocation.request_id) {
            invocation.request_id = id::unique();
        }
        let request_id = invocation.request_id.clone();
        let (sender, outcome) = oneshot::channel();
        let namesake = inner.callers.insert(request_id.clone(), sender);
        if let Some(rejection) = self.act(&mut inner, Input::Submitted(invocation)) {
            inner.complete(request_id.clone(), rejection);
            inner.callers.extend(namesake.map(|namesake| (request_id.clone(), namesake)));
            self.happened.notify_waiters();
        }
        (request_id, outcome)
    }

    /// Tells the machine of an exchange and waits for its answer.
    pub(crate) async fn exchange(
        self: &Arc<Self>,
        posted: Option<Posted>,
        input: impl FnOnce(Call) -> Input,
    ) -> Answer {
        let (call, answer) = {
            let mut inner = self.lock();
            let call = inner.next_call;
            inner.next_call += 1;
            let (sender, answer) = oneshot::channel();
            let input = input(call);
            let poll = matches!(input, Input::Polled(_) | Input::RestorePolled(_));
            inner.calls.insert(call, Waiting { sender, posted, poll });
            self.act(&mut inner, input);
            (call, answer)
        };
        let _gone = Gone { shell: self, call };
        // Invariant: the machine answers every call; only the end of the environment drops the sender.
        answer.await.unwrap_or_else(|_| Answer::Refused(Refusal::internal()))
    }

    pub(crate) fn input(self: &Arc<Self>, input: Input) {
        let mut inner = self.lock();
        self.act(&mut inner, input);
    }

    pub(crate) fn history(&self) -> Vec<Event> {
        self.lock().history.events().to_vec()
    }

    /// Waits until the history is as wanted.
    pub(crate) async fn until(&self, mut reached: impl FnMut(&[Event]) -> bool) {
        self.until_inner(|inner| reached(inner.history.events())).await;
    }

    /// Restores the environment as soon as there is a snapshot, and waits until that has come about or to nothing.
    pub(crate) async fn restore(self: &Arc<Self>) {
        self.input(Input::Restore);
        self.until_inner(|inner| !inner.environment.is_restore_wanted()).await;
    }

    /// Freezes the process as soon as it is idle, and waits until that has come about or to nothing.
    #[cfg(feature = "command")]
    pub(crate) async fn freeze(self: &Arc<Self>) {
        self.input(Input::Freeze);
        self.until_inner(|inner| !inner.environment.is_freeze_wanted()).await;
    }

    async fn until_inner(&self, mut reached: impl FnMut(&mut Inner) -> bool) {
        loop {
            let happened = self.happened.notified();
            let mut happened = std::pin::pin!(happened);
            // Whatever happens from here on wakes it, so that nothing is missed between the look and the wait.
            happened.as_mut().enable();
            if reached(&mut self.lock()) {
                return;
            }
            happened.await;
        }
    }

    /// Ends the connections of the function.
    pub(crate) fn cut(self: &Arc<Self>, cut: Cut) {
        let mut inner = self.lock();
        inner.history.push(match cut {
            Cut::Abandon => Event::ConnectionsAbandoned,
            Cut::Reset | Cut::Restore => Event::ConnectionsReset,
        });
        // The connections learn of it when they are next polled; an event that comes before that must not go to them.
        let polls = inner.calls.iter().filter(|(_, waiting)| waiting.poll);
        for call in polls.map(|(call, _)| *call).collect::<Vec<_>>() {
            self.act(&mut inner, Input::PollGone(call));
        }
        self.cuts.cut(cut);
        self.happened.notify_waiters();
    }

    /// What connections wait for.
    pub(crate) fn cuts(&self) -> &Cuts {
        &self.cuts
    }

    /// Remembers that a task of the server panicked.
    pub(crate) fn note_panic(&self) {
        self.panicked.store(true, Ordering::Relaxed);
    }

    pub(crate) fn has_panicked(&self) -> bool {
        self.panicked.load(Ordering::Relaxed)
    }

    /// Does what the machine says. Returns what it says to the caller of an invocation that it did not take.
    fn act(self: &Arc<Self>, inner: &mut Inner, input: Input) -> Option<Outcome> {
        let mut rejection = None;
        match &input {
            Input::Polled(_) => inner.history.push(Event::Polled),
            Input::RestorePolled(_) => inner.history.push(Event::RestorePolled),
            Input::Exited(exit) => {
                let code = if let Exit::Status(code) = exit { Some(*code) } else { None };
                inner.history.push(Event::Exited { code });
                #[cfg(feature = "command")]
                {
                    inner.process = None;
                }
            }
            Input::Elapsed(timer) => drop(inner.timers.remove(timer)),
            _ => {}
        }
        for action in inner.environment.on(input) {
            match action {
                Action::Arm(timer) => self.arm(inner, timer),
                Action::Disarm(timer) => {
                    if let Some(waits) = inner.timers.remove(&timer) {
                        waits.abort();
                    }
                }
                Action::Deliver(call, invocation) => inner.deliver(call, invocation),
                Action::Accept(call) => inner.settle(call, Answer::Accepted),
                Action::Restore(call) => {
                    inner.history.push(Event::Restored);
                    inner.settle(call, Answer::Restored);
                    self.cuts.cut(Cut::Restore);
                }
                Action::Refuse(call, refusal) => inner.settle(call, Answer::Refused(refusal)),
                Action::Complete(id, outcome) => inner.complete(id, outcome),
                Action::Reject(outcome) => rejection = Some(outcome),
                Action::Start => {
                    inner.history.push(Event::Started);
                    #[cfg(feature = "command")]
                    {
                        inner.process = crate::process::Process::start(self);
                    }
                }
                Action::Kill => {
                    inner.history.push(Event::Killed);
                    #[cfg(feature = "command")]
                    if let Some(process) = &inner.process {
                        process.kill();
                    }
                }
                Action::Freeze => {
                    inner.history.push(Event::Frozen);
                    #[cfg(feature = "command")]
                    if let Some(process) = &inner.process {
                        process.freeze();
                    }
                }
                Action::Thaw => {
                    inner.history.push(Event::Thawed);
                    #[cfg(feature = "command")]
                    if let Some(process) = &inner.process {
                        process.thaw();
                    }
                }
            }
        }
        self.happened.notify_waiters();
        rejection
    }

    /// Tells the machine when the time is up.
    fn arm(self: &Arc<Self>, inner: &mut Inner, timer: Timer) {
        let limit = match &timer {
            Timer::Init(_) => self.settings.init_limit(),
            Timer::Restore(_) => RESTORE_LIMIT,
            Timer::Invocation(_) => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                inner.deadline_ms = now.saturating_add(self.settings.timeout).as_millis();
                self.settings.timeout
            }
        };
        if self.settings.initialization.max_concurrency().is_none() {
            inner.timers.drain().for_each(|(_, before)| before.abort());
        }
        let shell = Arc::downgrade(self);
        let elapsed = timer.clone();
        let waits = tokio::spawn(async move {
            tokio::time::sleep(limit).await;
            if let Some(shell) = shell.upgrade() {
                shell.input(Input::Elapsed(elapsed));
            }
        });
        inner.timers.insert(timer, waits.abort_handle());
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic under this lock would be a bug of the machine; its state is still the best there is.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn deliver(&mut self, call: Call, invocation: Invocation) {
        let (request_id, invocation_id) = (invocation.request_id.clone(), invocation.invocation_id.clone());
        self.history.push(Event::Delivered { request_id, invocation_id });
        let deadline_ms = self.deadline_ms;
        self.settle(call, Answer::Event(Box::new(invocation), deadline_ms));
    }

    fn settle(&mut self, call: Call, answer: Answer) {
        let Some(waiting) = self.calls.remove(&call) else { return };
        if let Some(mut posted) = waiting.posted {
            (posted.status, posted.refusal) = match &answer {
                Answer::Refused(refusal) => (refusal.status, Some(refusal.kind.to_owned())),
                Answer::Accepted | Answer::Restored | Answer::Event(..) => (202, None),
            };
            self.history.push(Event::Posted(posted));
        }
        let _ = waiting.sender.send(answer);
    }

    fn complete(&mut self, request_id: String, outcome: Outcome) {
        let error_type = outcome.category().map(str::to_owned);
        // A caller that is gone has still been answered.
        if let Some(caller) = self.callers.remove(&request_id) {
            let _ = caller.send(outcome);
        }
        self.history.push(Event::Completed { request_id, error_type });
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
