//! Whatever happens, in whatever order: every invocation ends once, every call is answered once, nobody is forgotten on the
//! way out, and no event comes before everybody is ready for it.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use proptest::prelude::*;

use super::event::{Action, Call, Exit, Input, Invocation, Moment, Notice, Post, Reason, Timer};
use super::extensions::{External, Registration};
use super::machine::{Machine, Mode};

const IDS: [&str; 4] = ["a", "b", "c", "d"];
/// Two external extensions, should they be expected, and an internal one.
const NAMES: [&str; 3] = ["x", "y", "inner"];

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

fn identifier(name: &str) -> Option<String> {
    let at = NAMES.iter().position(|known| *known == name)?;
    Some(format!("00000000-0000-4000-8000-00000000000{at}"))
}

fn registration(name: &str, invoke: bool) -> Registration {
    let body = match (name, invoke) {
        (_, false) => "{}",
        ("inner", true) => r#"{"events":["INVOKE"]}"#,
        (_, true) => r#"{"events":["INVOKE","SHUTDOWN"]}"#,
    };
    Registration { name: name.to_owned(), body: Bytes::from(body), id: identifier(name).unwrap() }
}

fn step() -> impl Strategy<Value = Step> {
    let runtime = (0u8..19, prop::sample::select(&IDS[..]), any::<u64>(), 0u8..4);
    let runtime = runtime.prop_map(|(kind, id, call, variant)| {
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
    });
    let extension = (0u8..12, prop::sample::select(&NAMES[..]), any::<u64>(), 1u64..4, any::<bool>());
    let extension = extension.prop_map(|(kind, name, call, start, flag)| {
        Step::Machine(match kind {
            0..=2 => Input::Registered(call, registration(name, flag)),
            3..=6 => Input::ExtensionPolled(call, identifier(name)),
            7 => Input::ExtensionFailed {
                call,
                id: identifier(name),
                moment: if flag { Moment::Init } else { Moment::Exit },
                kind: Some("Extension.Bad".to_owned()),
                message: None,
            },
            8 => Input::Subscribed(call, identifier(name), Err("no".to_owned())),
            9 => Input::Elapsed(if flag { Timer::Grace(start) } else { Timer::Farewell(start) }),
            _ => Input::ExtensionExited(name.to_owned(), Exit::Status(0)),
        })
    });
    prop_oneof![2 => runtime, 1 => extension]
}

/// The machine, and what a careful observer has seen of it.
struct World {
    machine: Machine,
    submitted: HashSet<String>,
    completed: HashMap<String, u32>,
    process: bool,
    /// Whether the process was asked to end or killed.
    doomed: bool,
    externals: Vec<External>,
    /// The processes of extensions; whether each was told to end or killed.
    extensions: HashMap<String, bool>,
    /// Who has polled and was not answered.
    polls: HashMap<Call, String>,
    /// Who has an event and has not polled since.
    busy: HashSet<String>,
    ended: u32,
    mode: Mode,
}

impl World {
    fn new(mode: Mode, externals: usize) -> Self {
        let external =
            |name: &&str| External { name: (*name).to_owned(), launched: mode == Mode::Supervised };
        let externals: Vec<_> = NAMES[..externals].iter().map(external).collect();
        Self {
            machine: Machine::new(mode, 3.0).expecting(externals.clone()),
            submitted: HashSet::new(),
            completed: HashMap::new(),
            process: false,
            doomed: false,
            externals,
            extensions: HashMap::new(),
            polls: HashMap::new(),
            busy: HashSet::new(),
            ended: 0,
            mode,
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
            | Input::RestoreFailed(call, _)
            | Input::Registered(call, _)
            | Input::ExtensionFailed { call, .. }
            | Input::Subscribed(call, ..) => Some(*call),
            _ => None,
        };
        let failing = match &input {
            Input::ExtensionFailed { id, .. } => NAMES.into_iter().find(|name| identifier(name) == *id),
            _ => None,
        };
        let failing = failing.map(str::to_owned);
        match &input {
            // The connections of a process end with it.
            Input::Exited(_) if self.process => {
                (self.process, self.doomed) = (false, false);
                self.polls.retain(|_, waiting| waiting != "inner");
            }
            Input::ExtensionExited(name, _) if self.extensions.remove(name).is_some() => {
                self.polls.retain(|_, waiting| waiting != name);
            }
            Input::ExtensionPolled(call, id) => {
                let name = NAMES.into_iter().find(|name| identifier(name) == *id).unwrap();
                self.polls.insert(*call, name.to_owned());
                self.busy.remove(name);
            }
            Input::PollGone(call) => drop(self.polls.remove(call)),
            _ => {}
        }
        let actions = self.machine.on(input);
        let answers = actions.iter().filter(|action| answers(action, posted)).count();
        assert_eq!(answers, usize::from(posted.is_some()), "a POST is answered once: {actions:?}");
        for action in &actions {
            self.observe(action);
        }
        // Whoever has reported its failure ends.
        if let (Some(name), true) = (failing, matches!(actions.first(), Some(Action::Accept(_)))) {
            self.extensions.entry(name).and_modify(|doomed| *doomed = true);
        }
        actions
    }

    fn observe(&mut self, action: &Action) {
        match action {
            Action::Complete(id, _) => {
                assert!(self.submitted.contains(id), "{id} was never submitted");
                *self.completed.entry(id.clone()).or_default() += 1;
                assert_eq!(self.completed[id], 1, "{id} was completed twice");
            }
            Action::Deliver(_, delivered) => {
                assert!(!self.completed.contains_key(&delivered.request_id), "delivered after its end");
            }
            Action::Notify(call, notice) => {
                let name = self.polls.remove(call).expect("only who waits is told");
                if let Notice::Shutdown(_) = notice {
                    self.extensions.entry(name.clone()).and_modify(|doomed| *doomed = true);
                }
                self.busy.insert(name);
            }
            Action::Refuse(call, _) => drop(self.polls.remove(call)),
            Action::Start => {
                assert!(!self.process, "two processes at once");
                self.process = true;
                self.busy.clear();
            }
            Action::Terminate | Action::Kill => {
                assert!(self.process, "there is nothing to end");
                self.doomed = true;
            }
            Action::Launch => {
                assert!(self.extensions.is_empty(), "two sets of extensions at once");
                let launched = self.externals.iter().filter(|external| external.launched);
                self.extensions = launched.map(|external| (external.name.clone(), false)).collect();
                self.busy.clear();
            }
            Action::KillExtension(name) => {
                *self.extensions.get_mut(name).expect("there is something to kill") = true;
            }
            Action::Ended => {
                self.ended += 1;
                assert!(!self.process && self.extensions.is_empty(), "something is left behind");
            }
            Action::Accept(_)
            | Action::Arm(_)
            | Action::Restore(_)
            | Action::Register { .. }
            | Action::Subscribe(..) => {}
            Action::Disarm(_) | Action::Reject(_) | Action::Freeze | Action::Thaw => {
                panic!("{action:?} is for others")
            }
        }
    }

    /// From here on processes end when they are told to, and everybody polls and answers as they should.
    fn behave(&mut self) {
        for round in 0..24 {
            let call = 1_000_000 + round * 100;
            if self.doomed {
                self.give(Input::Exited(Exit::Signal(9)));
            }
            let doomed = self.extensions.iter().filter(|(_, doomed)| **doomed).map(|(name, _)| name.clone());
            for name in doomed.collect::<Vec<_>>() {
                self.give(Input::ExtensionExited(name, Exit::Status(0)));
            }
            for (at, external) in self.externals.clone().into_iter().enumerate() {
                let call = call + at as u64;
                self.give(Input::Registered(call, registration(&external.name, true)));
            }
            for (at, name) in NAMES.into_iter().enumerate() {
                // Refused if it waits already.
                self.give(Input::ExtensionPolled(call + 10 + at as u64, identifier(name)));
            }
            // What begins only now has not polled yet.
            let polled = self.give(Input::Polled(call + 20));
            if let Some(Action::Refuse(..)) = polled.first() {
                // After an init error a supervised process ends.
                self.give(Input::Exited(Exit::Status(1)));
            }
            for action in polled {
                if let Action::Deliver(_, delivered) = action {
                    self.give(Input::Responded(call + 30, post(&delivered.request_id)));
                }
            }
        }
    }

    /// Gives the input; a new event may come of it only when nobody is busy.
    fn give_and_watch_the_barrier(&mut self, step: Step) {
        let busy = match (&step, self.mode) {
            (Step::Machine(Input::ExtensionPolled(_, id)), Mode::Supervised) => {
                self.busy.iter().any(|name| identifier(name) != *id)
            }
            (_, Mode::Supervised) => !self.busy.is_empty(),
            // Somebody else's extension is not waited for beyond the invocation's time.
            (_, Mode::Attached) => false,
        };
        let before = self.machine.current();
        let fails = matches!(step, Step::Machine(Input::ExtensionFailed { .. }));
        self.take(step);
        let after = self.machine.current();
        assert!(
            !busy || fails || after.is_none() || before == after,
            "an event came while somebody was busy"
        );
    }
}

fn answers(action: &Action, posted: Option<Call>) -> bool {
    match action {
        Action::Accept(call)
        | Action::Refuse(call, _)
        | Action::Subscribe(call, ..)
        | Action::Register { call, .. } => Some(*call) == posted,
        _ => false,
    }
}

fn world() -> impl Strategy<Value = (Mode, usize)> {
    (prop::sample::select(vec![Mode::Attached, Mode::Supervised]), 0usize..3)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1200) })]

    #[test]
    fn no_invocation_is_completed_twice_or_lost_and_every_post_is_answered_once(
        (mode, externals) in world(),
        ahead in any::<bool>(),
        steps in prop::collection::vec(step(), 0..80),
    ) {
        let mut world = World::new(mode, externals);
        if ahead {
            world.give(Input::Prepare);
        }
        steps.into_iter().for_each(|step| world.take(step));
        world.behave();
        prop_assert!(world.machine.is_drained());
        prop_assert_eq!(world.completed.len(), world.submitted.len());
    }

    #[test]
    fn no_event_comes_while_an_extension_is_busy_with_the_last(
        (mode, externals) in world(),
        steps in prop::collection::vec(step(), 0..80),
    ) {
        let mut world = World::new(mode, externals);
        steps.into_iter().for_each(|step| world.give_and_watch_the_barrier(step));
    }

    #[test]
    fn a_shutdown_loses_no_invocation_either(
        (mode, externals) in world(),
        before in prop::collection::vec(step(), 0..40),
        after in prop::collection::vec(step(), 0..20),
    ) {
        let mut world = World::new(mode, externals);
        before.into_iter().for_each(|step| world.take(step));
        world.give(Input::ShutDown);
        prop_assert_eq!(world.completed.len(), world.submitted.len());
        prop_assert!(!world.process || world.doomed);
        prop_assert!(world.extensions.values().all(|doomed| *doomed));
        after.into_iter().for_each(|step| world.take(step));
        prop_assert_eq!(world.completed.len(), world.submitted.len());
    }

    #[test]
    fn an_orderly_shutdown_comes_to_its_end_once_and_leaves_nothing_behind(
        (mode, externals) in world(),
        before in prop::collection::vec(step(), 0..40),
        after in prop::collection::vec(step(), 0..20),
    ) {
        let mut world = World::new(mode, externals);
        before.into_iter().for_each(|step| world.take(step));
        world.give(Input::Ending(Reason::Spindown));
        after.into_iter().for_each(|step| world.take(step));
        // Whoever does not hear is killed in the end.
        for _ in 0..2 {
            for start in 0..50 {
                world.give(Input::Elapsed(Timer::Grace(start)));
                world.give(Input::Elapsed(Timer::Farewell(start)));
            }
            world.behave();
        }
        prop_assert_eq!(world.ended, 1);
        prop_assert_eq!(world.completed.len(), world.submitted.len());
    }
}
