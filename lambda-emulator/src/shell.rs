//! The machine's hands: it holds the exchanges that wait, the clock, and the process.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::{Notify, oneshot};
use tokio::task::AbortHandle;
use tokio::time::Instant;

use crate::connections::{Cut, Cuts};
use crate::history::{Event, History, Posted};
use crate::id;
use crate::settings::Settings;
use crate::state::event::{Call, Notice};
use crate::state::milestone::Milestone;
use crate::state::refusal::Refusal;
use crate::state::restore::RESTORE_LIMIT_SECONDS;
use crate::state::{Action, Environment, Exit, Input, Invocation, Mode, Outcome, Timer};
use crate::telemetry::{self, Subscription, Telemetry};

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
    /// When the environment began to end, until that is known as the deadline of its extensions.
    leaving_since: Option<Instant>,
    farewell_ms: u128,
    ended: bool,
    telemetry: Telemetry,
    /// The names of extensions, by their identifiers.
    names: HashMap<String, String>,
    #[cfg(feature = "command")]
    process: Option<crate::process::Process>,
    /// The processes of extensions, by their names.
    #[cfg(feature = "command")]
    extensions: HashMap<String, crate::process::Process>,
}

/// An exchange that waits; a `POST` goes into the history once its answer is known.
#[derive(Debug)]
struct Waiting {
    sender: oneshot::Sender<Answer>,
    asker: Asker,
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
        let externals = settings.externals();
        let environment = match settings.initialization.max_concurrency() {
            None => Environment::one_by_one(mode, timeout, externals),
            Some(_) => Environment::managed(mode, timeout, settings.init_limit().as_secs_f64(), externals),
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
                leaving_since: None,
                farewell_ms: 0,
                ended: false,
                telemetry: Telemetry::default(),
                names: HashMap::new(),
                #[cfg(feature = "command")]
                process: None,
                #[cfg(feature = "command")]
                extensions: HashMap::new(),
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

    /// The first byte of an answer has arrived.
    pub(crate) fn answer_began(&self, request_id: &str) {
        self.lock().telemetry.answer_began(request_id);
    }

    /// A process has written a line.
    #[cfg(feature = "command")]
    pub(crate) fn line(&self, source: telemetry::Type, line: &str) {
        let json = self.settings.logs_json();
        self.lock().telemetry.line(source, line, json);
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

    /// What is done with processes.
    #[cfg(feature = "command")]
    fn supervise(self: &Arc<Self>, inner: &mut Inner, action: Action) {
        use crate::process::Process;
        match action {
            Action::Start => {
                inner.history.push(Event::Started);
                inner.process = Process::start(self);
            }
            Action::Terminate => {
                inner.history.push(Event::Terminated);
                inner.process.iter().for_each(Process::terminate);
            }
            Action::Kill => {
                inner.history.push(Event::Killed);
                inner.process.iter().for_each(Process::kill);
            }
            Action::Freeze => {
                inner.history.push(Event::Frozen);
                inner.process.iter().chain(inner.extensions.values()).for_each(Process::freeze);
            }
            Action::Thaw => {
                inner.history.push(Event::Thawed);
                inner.process.iter().chain(inner.extensions.values()).for_each(Process::thaw);
            }
            Action::Launch => {
                for extension in &self.settings.extensions {
                    let name = extension.name.clone();
                    let Some(file) = &extension.file else { continue };
                    inner.history.push(Event::ExtensionStarted { name: name.clone() });
                    if let Some(process) = Process::start_extension(self, &name, file) {
                        inner.extensions.insert(name, process);
                    }
                }
            }
            Action::KillExtension(name) => {
                inner.extensions.get(&name).into_iter().for_each(Process::kill);
                inner.history.push(Event::ExtensionKilled { name });
            }
            _ => {}
        }
    }

    /// Without processes there is nothing to do.
    #[cfg(not(feature = "command"))]
    fn supervise(self: &Arc<Self>, _: &mut Inner, _: Action) {}

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

impl Inner {
    fn deliver(&mut self, call: Call, invocation: Invocation) {
        let (request_id, invocation_id) = (invocation.request_id.clone(), invocation.invocation_id.clone());
        self.history.push(Event::Delivered { request_id, invocation_id });
        let deadline_ms = self.deadline_ms;
        self.settle(call, Answer::Event(Box::new(invocation), deadline_ms));
    }

    fn settle(&mut self, call: Call, answer: Answer) {
        let Some(waiting) = self.calls.remove(&call) else { return };
        if let Some(mut posted) = waiting.asker.posted {
            (posted.status, posted.refusal) = match &answer {
                Answer::Refused(refusal) => (refusal.status, Some(refusal.kind.to_owned())),
                Answer::Registered(_) | Answer::Subscribed => (200, None),
                _ => (202, None),
            };
            self.history.push(Event::Posted(posted));
        }
        let _ = waiting.sender.send(answer);
    }

    fn register(&mut self, call: Call, name: String, id: String) {
        self.names.insert(id.clone(), name.clone());
        self.settle(call, Answer::Registered(id));
        self.history.push(Event::ExtensionRegistered { name });
    }

    fn notify(&mut self, call: Call, notice: Notice) {
        let name = self.name(call);
        let (event, deadline_ms) = match &notice {
            Notice::Invoke(invocation) => {
                let request_id = invocation.request_id.clone();
                (Event::ExtensionInvoked { name, request_id }, self.deadline_ms)
            }
            Notice::Shutdown(reason) => {
                (Event::ExtensionShutDown { name, reason: *reason }, self.farewell_ms)
            }
        };
        self.history.push(event);
        self.settle(call, Answer::Notice(Box::new(notice), deadline_ms));
    }

    /// The name of the extension that asks.
    fn name(&self, call: Call) -> String {
        let id = self.calls.get(&call).and_then(|waiting| waiting.asker.extension.as_ref());
        id.and_then(|id| self.names.get(&id.to_ascii_lowercase())).cloned().unwrap_or_default()
    }

    fn exited(&mut self, exit: &Exit) {
        let (code, signal) = ending(exit);
        self.history.push(Event::Exited { code, signal });
        #[cfg(feature = "command")]
        {
            self.process = None;
        }
    }

    fn extension_exited(&mut self, name: &str, exit: &Exit) {
        let (code, signal) = ending(exit);
        self.history.push(Event::ExtensionExited { name: name.to_owned(), code, signal });
        #[cfg(feature = "command")]
        self.extensions.remove(name);
    }

    /// The most memory that the function has used; somebody else's is taken to run in this process.
    fn memory_mb(&self, supervised: bool) -> Option<u64> {
        #[cfg(feature = "command")]
        if supervised {
            return self.process.as_ref().and_then(|process| telemetry::peak_mb(Some(process.id())));
        }
        debug_assert!(cfg!(feature = "command") || !supervised, "only the command supervises");
        telemetry::peak_mb(None)
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

/// The code and the signal with which a process ended.
fn ending(exit: &Exit) -> (Option<i32>, Option<i32>) {
    match exit {
        Exit::Status(code) => (Some(*code), None),
        Exit::Signal(signal) => (None, Some(*signal)),
        Exit::NotStarted(_) => (None, None),
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
