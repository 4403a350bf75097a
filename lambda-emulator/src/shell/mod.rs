//! The machine's hands: it holds the exchanges that wait, the clock, and the process.

mod bandwidth;
mod inner;
mod processes;
#[cfg(feature = "command")]
mod tail;
mod taps;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use crate::connections::{Cut, Cuts};
use crate::history::{Event, History, Posted};
use crate::id;
use crate::settings::Settings;
use crate::state::event::{Call, Notice};
use crate::state::milestone::Milestone;
use crate::state::refusal::Refusal;
use crate::state::restore::RESTORE_LIMIT_SECONDS;
use crate::state::{Action, Environment, Input, Invocation, Mode, Outcome, Timer};
use crate::telemetry::{self, Subscription, Telemetry};
use inner::{Inner, Waiting};
use taps::Taps;
pub(crate) use taps::{Chunk, Tap};

/// The time of a restore, hooks included.
const RESTORE_LIMIT: Duration = Duration::from_secs(RESTORE_LIMIT_SECONDS);
/// What a runtime has between SIGTERM and SIGKILL.
const GRACE: Duration = Duration::from_millis(300);
/// What external extensions and the runtime before them have to end.
const FAREWELL: Duration = Duration::from_millis(2000);

/// What a waiting exchange with the runtime is answered.
#[derive(Debug)]
pub(crate) enum Answer {
    /// An event, and when it must be over in milliseconds since 1970.
    Event(Box<Invocation>, u128),
    Accepted,
    /// The environment has been restored from its snapshot.
    Restored,
    /// An extension is registered under this identifier.
    Registered(String),
    /// What an extension is told, and when that must be over in milliseconds since 1970.
    Notice(Box<Notice>, u128),
    Subscribed,
    Refused(Refusal),
}

/// Who asks, and with what.
#[derive(Debug, Default)]
pub(crate) struct Asker {
    /// What goes into the history once the answer is known.
    pub(crate) posted: Option<Posted>,
    /// The identifier that an extension goes by.
    pub(crate) extension: Option<String>,
}

/// One environment, shared by everyone who talks to it.
#[derive(Debug)]
pub(crate) struct Shell {
    settings: Settings,
    inner: Mutex<Inner>,
    happened: Notify,
    panicked: AtomicBool,
    cuts: Cuts,
    taps: Taps,
}

impl Shell {
    pub(crate) fn new(settings: Settings) -> Arc<Self> {
        let mode = match settings.supervised() {
            true => Mode::Supervised,
            false => Mode::Attached,
        };
        let timeout = settings.timeout.as_secs_f64();
        let externals = settings.externals();
        let environment = match settings.initialization.max_concurrency() {
            None => Environment::one_by_one(mode, timeout, externals),
            Some(_) => Environment::managed(mode, timeout, settings.init_limit().as_secs_f64(), externals),
        };
        let history = History::new(settings.remembered_events);
        let taps = Taps::new(settings.limited_bandwidth);
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
                leaving_since: None,
                farewell_ms: 0,
                ended: false,
                telemetry: Telemetry::default(),
                names: HashMap::new(),
                #[cfg(feature = "command")]
                tail: tail::Tail::default(),
                #[cfg(feature = "command")]
                process: None,
                #[cfg(feature = "command")]
                extensions: HashMap::new(),
            }),
            happened: Notify::new(),
            panicked: AtomicBool::new(false),
            cuts: Cuts::new(),
            taps,
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
        asker: Asker,
        input: impl FnOnce(Call) -> Input,
    ) -> Answer {
        let (call, answer) = {
            let mut inner = self.lock();
            let call = inner.next_call;
            inner.next_call += 1;
            let (sender, answer) = oneshot::channel();
            let input = input(call);
            let poll = matches!(input, Input::Polled(_) | Input::RestorePolled(_));
            inner.calls.insert(call, Waiting { sender, asker, poll });
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
        self.wait(|inner| reached(inner.history.events())).await;
    }

    /// Restores the environment as soon as there is a snapshot, and waits until that has come about or to nothing.
    pub(crate) async fn restore(self: &Arc<Self>) {
        self.input(Input::Restore);
        self.wait(|inner| !inner.environment.is_restore_wanted()).await;
    }

    /// Freezes the process as soon as it is idle, and waits until that has come about or to nothing.
    #[cfg(feature = "command")]
    pub(crate) async fn freeze(self: &Arc<Self>) {
        self.input(Input::Freeze);
        self.wait(|inner| !inner.environment.is_freeze_wanted()).await;
    }

    /// Waits until all that ran has ended.
    pub(crate) async fn ended(&self) {
        self.wait(|inner| inner.ended).await;
    }

    async fn wait(&self, mut reached: impl FnMut(&mut Inner) -> bool) {
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

    /// Who wants a streamed answer as it comes.
    pub(crate) fn taps(&self) -> &Taps {
        &self.taps
    }

    /// The first byte of an answer has arrived.
    pub(crate) fn answer_began(&self, request_id: &str) {
        self.lock().telemetry.answer_began(request_id);
    }

    /// A process has written a line.
    #[cfg(feature = "command")]
    pub(crate) fn line(&self, source: telemetry::Type, line: &str) {
        let json = self.settings.logs_json();
        let mut inner = self.lock();
        inner.telemetry.line(source, line, json);
        if source == telemetry::Type::Function {
            inner.tail.line(line);
        }
    }

    /// The last 4 KiB that the function has written for its event, in base64, as far as they have been read. `None` where nobody
    /// knows: somebody else has started the function, or it has several events at once.
    pub(crate) fn log_tail(&self) -> Option<String> {
        #[cfg(feature = "command")]
        if self.settings.supervised() && self.settings.initialization.max_concurrency().is_none() {
            return Some(self.lock().tail.base64());
        }
        None
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
        let mut polled = None;
        match &input {
            Input::Polled(_) => inner.history.push(Event::Polled),
            Input::RestorePolled(_) => inner.history.push(Event::RestorePolled),
            Input::ExtensionPolled(call, _) => polled = Some(*call),
            Input::Exited(exit) => inner.exited(exit),
            Input::ExtensionExited(name, exit) => inner.extension_exited(name, exit),
            Input::Elapsed(timer) => drop(inner.timers.remove(timer)),
            _ => {}
        }
        let actions = inner.environment.on(input);
        if let Some(call) = polled.filter(|poll| !actions.iter().any(|action| refuses(action, *poll))) {
            let name = inner.name(call);
            inner.history.push(Event::ExtensionPolled { name });
        }
        for milestone in inner.environment.milestones() {
            let memory_mb = match milestone {
                Milestone::Ended(_) => inner.memory_mb(self.settings.supervised()),
                _ => None,
            };
            inner.telemetry.happened(&milestone, &self.settings, memory_mb);
        }
        let mut rejection = None;
        for action in actions {
            match action {
                Action::Reject(outcome) => rejection = Some(outcome),
                action => self.perform(inner, action),
            }
        }
        self.happened.notify_waiters();
        rejection
    }

    fn perform(self: &Arc<Self>, inner: &mut Inner, action: Action) {
        match action {
            Action::Arm(timer) => self.arm(inner, timer),
            Action::Disarm(timer) => {
                if let Some(waits) = inner.timers.remove(&timer) {
                    waits.abort();
                }
            }
            Action::Deliver(call, invocation) => inner.deliver(call, invocation),
            Action::Accept(call) => inner.settle(call, Answer::Accepted),
            Action::Refuse(call, refusal) => inner.settle(call, Answer::Refused(refusal)),
            Action::Restore(call) => {
                inner.history.push(Event::Restored);
                inner.settle(call, Answer::Restored);
                self.cuts.cut(Cut::Restore);
            }
            Action::Complete(id, outcome) => inner.complete(id, outcome),
            Action::Register { call, name, id } => inner.register(call, name, id),
            Action::Notify(call, notice) => inner.notify(call, notice),
            Action::Subscribe(call, name, subscription) => self.subscribe(inner, call, name, subscription),
            Action::Ended => {
                inner.ended = true;
                inner.history.push(Event::ShutDown);
            }
            // Only who submits knows whose invocation it is.
            Action::Reject(_) => {}
            Action::Start
            | Action::Terminate
            | Action::Kill
            | Action::Freeze
            | Action::Thaw
            | Action::Launch
            | Action::KillExtension(_) => self.supervise(inner, action),
        }
    }

    fn subscribe(self: &Arc<Self>, inner: &mut Inner, call: Call, name: String, to: Subscription) {
        let shell = Arc::downgrade(self);
        let subscriber = name.clone();
        let dropped = move |dropped: telemetry::Dropped| {
            let Some(shell) = shell.upgrade() else { return };
            let telemetry::Dropped { records, bytes, reason } = dropped;
            let name = subscriber.clone();
            shell.lock().history.push(Event::TelemetryDropped { name, records, bytes, reason });
            shell.happened.notify_waiters();
        };
        inner.telemetry.subscribe(name.clone(), to, dropped);
        inner.history.push(Event::TelemetrySubscribed { name });
        inner.settle(call, Answer::Subscribed);
    }

    /// Tells the machine when the time is up.
    fn arm(self: &Arc<Self>, inner: &mut Inner, timer: Timer) {
        let limit = match &timer {
            Timer::Init(_) => self.settings.init_limit(),
            Timer::Restore(_) => RESTORE_LIMIT,
            Timer::Invocation(_) => {
                inner.deadline_ms = in_millis(self.settings.timeout);
                self.settings.timeout
            }
            Timer::Grace(_) => {
                inner.leaving_since = Some(Instant::now());
                GRACE
            }
            Timer::Farewell(_) => {
                let spent = inner.leaving_since.take().map_or(Duration::ZERO, |since| since.elapsed());
                let left = FAREWELL.saturating_sub(spent);
                inner.farewell_ms = in_millis(left);
                left
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

fn refuses(action: &Action, call: Call) -> bool {
    matches!(action, Action::Refuse(refused, _) if *refused == call)
}

/// Milliseconds since 1970, so long from now.
fn in_millis(from_now: Duration) -> u128 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    now.saturating_add(from_now).as_millis()
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
