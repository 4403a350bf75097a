//! Whatever happens, in whatever order: every invocation ends once, and every `POST` is answered once.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use proptest::prelude::*;

use super::event::{Action, Exit, Input, Invocation, Post, Timer};
use super::machine::{Machine, Mode};

const IDS: [&str; 4] = ["a", "b", "c", "d"];

/// What the world does next. Ids and calls are few, so that they collide.
#[derive(Clone, Debug)]
enum Step {
    Submit(&'static str),
    Machine(Input),
}

fn invocation(id: &str) -> Invocation {
    Invocation { request_id: id.to_owned(), invocation_id: format!("attempt-{id}"), ..Invocation::default() }
}

fn post(id: &str) -> Post {
    Post { request_id: id.to_owned(), body: Bytes::from_static(b"1"), ..Post::default() }
}

fn step() -> impl Strategy<Value = Step> {
    (0u8..19, prop::sample::select(&IDS[..]), any::<u64>(), 0u8..4).prop_map(|(kind, id, call, variant)| {
        let post = Post {
            truncated: variant == 1,
            mode: (variant == 2).then(|| "buffered".to_owned()),
            invocation_id: (variant == 3).then(|| "attempt-a".to_owned()),
            ..post(id)
        };
        Step::Machine(match kind {
            0 | 1 => return Step::Submit(id),
            2..=4 => Input::Polled(call),
            5 => Input::PollGone(call),
            6 | 7 => Input::Responded(call, post),
            8 => Input::Failed(call, post),
            9 => Input::InitFailed(call, post),
            10 => Input::Elapsed(Timer::Invocation(format!("attempt-{id}"))),
            11 => Input::Elapsed(Timer::Init(1)),
            12 | 13 => Input::RestorePolled(call),
            14 => Input::RestoreFailed(call, post),
            15 => Input::Restore,
            16 => Input::Elapsed(Timer::Restore(1 + u64::from(variant))),
            _ => Input::Exited(if variant == 0 { Exit::Status(1) } else { Exit::Signal(9) }),
        })
    })
}

/// The machine, and what a careful observer has seen of it.
struct World {
    machine: Machine,
    submitted: HashSet<String>,
    completed: HashMap<String, u32>,
    process: bool,
    killed: bool,
}

impl World {
    fn new(mode: Mode) -> Self {
        Self {
            machine: Machine::new(mode, 3.0),
            submitted: HashSet::new(),
            completed: HashMap::new(),
            process: false,
            killed: false,
        }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Submit(id) => {
                if self.submitted.insert(id.to_owned()) {
                    self.give(Input::Submitted(invocation(id)));
                }
            }
            Step::Machine(input) => {
                self.give(input);
            }
        }
    }

    fn give(&mut self, input: Input) -> Vec<Action> {
        let posted = match &input {
            Input::Responded(call, _)
            | Input::Failed(call, _)
            | Input::InitFailed(call, _)
            | Input::RestoreFailed(call, _) => Some(*call),
            _ => None,
        };
        if let Input::Exited(_) = input {
            (self.process, self.killed) = (false, false);
        }
        let actions = self.machine.on(input);
        let mut answers = 0;
        for action in &actions {
            match action {
                Action::Complete(id, _) => {
                    assert!(self.submitted.contains(id), "{id} was never submitted");
                    *self.completed.entry(id.clone()).or_default() += 1;
                    assert_eq!(self.completed[id], 1, "{id} was completed twice");
                }
                Action::Deliver(_, delivered) => {
                    assert!(!self.completed.contains_key(&delivered.request_id), "delivered after its end");
                }
                Action::Accept(call) | Action::Refuse(call, _) if Some(*call) == posted => answers += 1,
                Action::Start => {
                    assert!(!self.process, "two processes at once");
                    self.process = true;
                }
                Action::Kill => {
                    assert!(self.process, "there is nothing to kill");
                    self.killed = true;
                }
                Action::Accept(_) | Action::Refuse(..) | Action::Restore(_) | Action::Arm(_) => {}
                Action::Disarm(_) | Action::Reject(_) | Action::Freeze | Action::Thaw => {
                    panic!("{action:?} is for others")
                }
            }
        }
        assert_eq!(answers, u32::from(posted.is_some()), "a POST is answered once");
        actions
    }

    /// From here on processes die when killed, and the runtime polls and answers as it should.
    fn behave(&mut self) {
        for call in 1_000_000..1_000_030 {
            if self.killed {
                self.give(Input::Exited(Exit::Signal(9)));
            }
            let polled = self.give(Input::Polled(call));
            if let Some(Action::Refuse(..)) = polled.first() {
                // After an init error a supervised process ends.
                self.give(Input::Exited(Exit::Status(1)));
            }
            for action in polled {
                if let Action::Deliver(_, delivered) = action {
                    self.give(Input::Responded(call + 1_000, post(&delivered.request_id)));
                }
            }
        }
    }
}

fn mode() -> impl Strategy<Value = Mode> {
    prop::sample::select(vec![Mode::Attached, Mode::Supervised])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn no_invocation_is_completed_twice_or_lost_and_every_post_is_answered_once(
        mode in mode(),
        ahead in any::<bool>(),
        steps in prop::collection::vec(step(), 0..80),
    ) {
        let mut world = World::new(mode);
        if ahead {
            world.give(Input::Prepare);
        }
        steps.into_iter().for_each(|step| world.take(step));
        world.behave();
        prop_assert!(world.machine.is_drained());
        prop_assert_eq!(world.completed.len(), world.submitted.len());
    }

    #[test]
    fn a_shutdown_loses_no_invocation_either(
        mode in mode(),
        before in prop::collection::vec(step(), 0..40),
        after in prop::collection::vec(step(), 0..20),
    ) {
        let mut world = World::new(mode);
        before.into_iter().for_each(|step| world.take(step));
        world.give(Input::ShutDown);
        prop_assert_eq!(world.completed.len(), world.submitted.len());
        prop_assert!(!world.process || world.killed);
        after.into_iter().for_each(|step| world.take(step));
        prop_assert_eq!(world.completed.len(), world.submitted.len());
    }
}
