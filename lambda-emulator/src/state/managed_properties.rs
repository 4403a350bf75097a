//! Whatever happens to a managed instance, in whatever order: every invocation that was taken ends once, every call is
//! answered at most once, every `POST` at once, and every poll that waits is either given an event or still waits.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use proptest::prelude::*;

use super::event::{Action, Exit, Input, Invocation, Post, Timer};
use super::machine::Mode;
use super::managed::Managed;

const IDS: [&str; 4] = ["a", "b", "c", "d"];

/// What the world does next. Calls are numbered as they come; a number here chooses among those that wait, or the answers.
#[derive(Clone, Debug)]
enum Step {
    Submit(&'static str),
    Poll,
    HangUp(usize),
    Post(u8, Post),
    Elapse(usize),
    InitElapse,
    Exit,
}

fn step() -> impl Strategy<Value = Step> {
    (0u8..20, prop::sample::select(&IDS[..]), any::<usize>(), 0u8..5).prop_map(
        |(kind, id, which, variant)| {
            let post = Post {
                request_id: id.to_owned(),
                body: Bytes::from_static(b"1"),
                truncated: variant == 1,
                mode: (variant == 2).then(|| "buffered".to_owned()),
                invocation_id: (variant == 3).then(|| "attempt-0".to_owned()),
                ..Post::default()
            };
            match kind {
                0..=4 => Step::Submit(id),
                5..=9 => Step::Poll,
                10 => Step::HangUp(which),
                11..=14 => Step::Post(0, post),
                15 => Step::Post(1, post),
                16 => Step::Post(2, post),
                17 | 18 => Step::Elapse(which),
                _ if variant == 0 => Step::Exit,
                _ => Step::InitElapse,
            }
        },
    )
}

/// The machine, and what a careful observer has seen of it.
struct World {
    machine: Managed,
    calls: u64,
    /// Polls that have not been answered.
    polls: Vec<u64>,
    /// Each attempt that was taken and is not over, with its request.
    open: HashMap<String, String>,
    armed: HashSet<String>,
    attempts: u64,
    process: bool,
    killed: bool,
}

impl World {
    fn new(mode: Mode) -> Self {
        let mut world = Self {
            machine: Managed::new(mode, 3.0, 130.0),
            calls: 0,
            polls: Vec::new(),
            open: HashMap::new(),
            armed: HashSet::new(),
            attempts: 0,
            process: false,
            killed: false,
        };
        world.give(Input::Prepare, None);
        world
    }

    fn call(&mut self) -> u64 {
        self.calls += 1;
        self.calls
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Submit(id) => self.submit(id),
            Step::Poll => {
                let call = self.call();
                self.polls.push(call);
                self.give(Input::Polled(call), None);
            }
            Step::HangUp(which) if !self.polls.is_empty() => {
                let call = self.polls.remove(which % self.polls.len());
                self.give(Input::PollGone(call), None);
            }
            Step::Post(kind, post) => {
                let call = self.call();
                let inputs = [Input::Responded, Input::Failed, Input::InitFailed];
                self.give(inputs[usize::from(kind)](call, post), Some(call));
            }
            // Also of attempts that are over: a clock may be late.
            Step::Elapse(which) if self.attempts > 0 => {
                let attempt = format!("attempt-{}", which as u64 % self.attempts);
                self.give(Input::Elapsed(Timer::Invocation(attempt)), None);
            }
            Step::InitElapse => self.give(Input::Elapsed(Timer::Init(1)), None),
            Step::Exit => self.exit(),
            Step::HangUp(_) | Step::Elapse(_) => {}
        }
    }

    fn exit(&mut self) {
        // The connections of a process end with it.
        self.process = false;
        self.give(Input::Exited(Exit::Status(1)), None);
        for call in std::mem::take(&mut self.polls) {
            self.give(Input::PollGone(call), None);
        }
    }

    fn submit(&mut self, id: &str) {
        let attempt = format!("attempt-{}", self.attempts);
        self.attempts += 1;
        let invocation =
            Invocation { request_id: id.to_owned(), invocation_id: attempt.clone(), ..Invocation::default() };
        let twin = self.open.values().any(|open| open == id);
        let actions = self.machine.on(Input::Submitted(invocation));
        if matches!(actions[..], [Action::Reject(_)]) {
            return;
        }
        assert!(!twin, "{id} is under way twice");
        self.open.insert(attempt, id.to_owned());
        self.watch(actions, None);
    }

    fn give(&mut self, input: Input, posted: Option<u64>) {
        let actions = self.machine.on(input);
        self.watch(actions, posted);
    }

    fn watch(&mut self, actions: Vec<Action>, posted: Option<u64>) {
        let mut answers = 0;
        for action in actions {
            match action {
                Action::Complete(id, _) => {
                    let before = self.open.len();
                    self.open.retain(|_, open| *open != id);
                    assert_eq!(self.open.len() + 1, before, "{id} was completed without being open");
                }
                Action::Deliver(call, invocation) => {
                    let at = self.polls.iter().position(|poll| *poll == call);
                    assert_eq!(at, Some(0), "the oldest poll is the first to be answered, and no other call");
                    self.polls.remove(0);
                    let attempt = invocation.invocation_id;
                    assert_eq!(self.open.get(&attempt), Some(&invocation.request_id), "it is over");
                    assert!(self.armed.contains(&attempt), "its time runs");
                }
                Action::Accept(call) | Action::Refuse(call, _) if Some(call) == posted => answers += 1,
                Action::Refuse(call, _) => {
                    let at = self.polls.iter().position(|poll| *poll == call);
                    self.polls.remove(at.expect("a poll that waits"));
                }
                Action::Arm(Timer::Invocation(attempt)) => {
                    assert!(self.armed.insert(attempt), "a time is armed once");
                }
                Action::Start => {
                    assert!(!self.process, "two processes at once");
                    self.process = true;
                }
                Action::Kill => {
                    assert!(self.process, "there is nothing to kill");
                    self.killed = true;
                }
                Action::Arm(Timer::Init(_)) | Action::Disarm(_) => {}
                other => panic!("{other:?} is for others"),
            }
        }
        assert_eq!(answers, u32::from(posted.is_some()), "a POST is answered once");
    }

    /// From here on processes die when killed, and workers poll and answer as they should.
    fn behave(&mut self) {
        if self.killed && self.process {
            self.exit();
        }
        for _ in 0..IDS.len() {
            self.take(Step::Poll);
        }
        for id in self.open.values().cloned().collect::<Vec<_>>() {
            let post = Post { request_id: id, ..Post::default() };
            self.take(Step::Post(0, post));
        }
    }
}

fn mode() -> impl Strategy<Value = Mode> {
    prop::sample::select(vec![Mode::Attached, Mode::Supervised])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn every_invocation_is_completed_once_and_every_call_answered_once(
        mode in mode(),
        steps in prop::collection::vec(step(), 0..80),
    ) {
        let mut world = World::new(mode);
        steps.into_iter().for_each(|step| world.take(step));
        world.behave();
        prop_assert!(world.open.is_empty(), "{:?} are lost", world.open);
    }

    #[test]
    fn a_shutdown_loses_no_invocation_either(
        mode in mode(),
        before in prop::collection::vec(step(), 0..40),
        after in prop::collection::vec(step(), 0..20),
    ) {
        let mut world = World::new(mode);
        before.into_iter().for_each(|step| world.take(step));
        world.give(Input::ShutDown, None);
        prop_assert!(world.open.is_empty());
        prop_assert!(!world.process || world.killed);
        after.into_iter().for_each(|step| world.take(step));
        prop_assert!(world.open.is_empty());
    }
}
