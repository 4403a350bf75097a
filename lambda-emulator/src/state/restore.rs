//! SnapStart: what happens between `restore/next` and the first poll after it.
//!
//! Source: AWS Lambda developer guide, "Using the Lambda runtime API for custom runtimes", and "Lambda SnapStart runtime hooks".

use super::event::{Action, Call, Post, Timer};
use super::machine::{Machine, Mode, Phase, status};
use super::milestone::{Milestone, Status};
use super::{Outcome, verdict};

/// The time of a restore, hooks included.
pub(crate) const RESTORE_LIMIT_SECONDS: u64 = 10;

impl Machine {
    /// Whether a restore has been asked for and has not come about.
    pub(crate) fn is_restore_wanted(&self) -> bool {
        self.restore_wanted
    }

    pub(super) fn restore_polled(&mut self, call: Call, actions: &mut Vec<Action>) {
        // Where we start the process, whoever asks while there is none is a stranger.
        let stranger = self.mode == Mode::Supervised && !self.process;
        if stranger || !matches!(self.phase, Phase::Init) {
            // The service names this target, though the state that follows is another.
            return self.refuse(call, "Ready", actions);
        }
        self.begin_attached();
        self.milestones.push(Milestone::RuntimeInitialised(Status::Success));
        self.phase = Phase::RestoreReady(call);
        self.go_on(actions);
        self.restore_if_wanted(actions);
    }

    pub(super) fn restore_asked(&mut self, actions: &mut Vec<Action>) {
        self.restore_wanted = matches!(self.phase, Phase::Init | Phase::RestoreReady(_));
        self.restore_if_wanted(actions);
    }

    /// A snapshot is restored when somebody asks for it, and when an invocation needs it.
    pub(super) fn restore_if_wanted(&mut self, actions: &mut Vec<Action>) {
        let Phase::RestoreReady(call) = self.phase else { return };
        if !self.restore_wanted && self.queue.is_empty() {
            return;
        }
        self.restore_wanted = false;
        self.restores += 1;
        // What time an invocation has used so far was the snapshot's, and is given back.
        self.armed = None;
        self.phase = Phase::Restoring;
        self.milestones.push(Milestone::RestoreStarted);
        actions.push(Action::Arm(Timer::Restore(self.restores)));
        actions.push(Action::Restore(call));
    }

    /// The runtime that asked for the restore hung up before it was answered. Its init is not over, then.
    pub(super) fn snapshot_gone(&mut self, actions: &mut Vec<Action>) {
        self.phase = Phase::Init;
        if self.process {
            actions.push(Action::Arm(Timer::Init(self.starts)));
        }
    }

    pub(super) fn restore_failed(&mut self, call: Call, post: Post, actions: &mut Vec<Action>) {
        if !matches!(self.phase, Phase::Restoring) {
            return self.refuse(call, "RuntimeRestoreErrorState", actions);
        }
        let (refusal, outcome) = verdict::on_error(post);
        actions.push(match refusal {
            None => Action::Accept(call),
            Some(refusal) => Action::Refuse(call, refusal),
        });
        self.discard(outcome, actions);
    }

    /// The time of the restore is up. Whether there is something to end because of it.
    pub(super) fn restore_overdue(&mut self, actions: &mut Vec<Action>) -> bool {
        if matches!(self.phase, Phase::Restoring) {
            #[expect(clippy::cast_precision_loss, reason = "ten seconds")]
            let seconds = RESTORE_LIMIT_SECONDS as f64;
            self.discard(Outcome::restore_timed_out(seconds), actions);
        }
        // Nobody can end a runtime that somebody else has started; it stays failed.
        self.mode == Mode::Supervised
    }

    /// Whoever crashes during a restore takes along the invocation that it was for.
    pub(super) fn restore_came_to_nothing(
        &mut self,
        outcome: impl FnOnce(&str) -> Outcome,
        actions: &mut Vec<Action>,
    ) {
        let Some(waiting) = self.queue.pop_front() else { return };
        let outcome = outcome(&waiting.request_id);
        self.milestones.push(Milestone::Restored(status(&outcome)));
        self.complete(waiting, outcome, actions);
    }

    /// A failed restore fails the invocation that it was for; the environment serves no other.
    fn discard(&mut self, outcome: Outcome, actions: &mut Vec<Action>) {
        self.milestones.push(Milestone::Restored(status(&outcome)));
        match self.mode {
            Mode::Attached => self.fail_waiting(&outcome, actions),
            Mode::Supervised => match self.queue.pop_front() {
                Some(waiting) => self.complete(waiting, outcome.clone(), actions),
                None => self.reported = Some(outcome.clone()),
            },
        }
        self.phase = Phase::RestoreFailed(outcome);
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::state::{Exit, Input, Invocation};

    fn invocation(id: &str) -> Invocation {
        Invocation {
            request_id: id.to_owned(),
            invocation_id: format!("attempt-{id}"),
            ..Invocation::default()
        }
    }

    fn post(body: &'static str) -> Post {
        Post { body: Bytes::from_static(body.as_bytes()), ..Post::default() }
    }

    fn reported(body: &'static str) -> Outcome {
        let category = "Runtime.Unknown".to_owned();
        Outcome::FunctionError { category, body: Bytes::from_static(body.as_bytes()), xray_cause: None }
    }

    /// What a restore comes to.
    fn restored(number: u64, call: Call) -> [Action; 2] {
        [Action::Arm(Timer::Restore(number)), Action::Restore(call)]
    }

    /// A machine whose snapshot waits in call 1.
    fn snapshot(mode: Mode) -> Machine {
        let mut machine = Machine::new(mode, 3.0);
        machine.on(Input::Prepare);
        assert_eq!(machine.on(Input::RestorePolled(1)), []);
        machine
    }

    fn refused(actions: &[Action]) -> (u16, String) {
        match actions {
            [Action::Refuse(_, refusal)] => (refusal.status, refusal.message.clone()),
            other => panic!("not refused: {other:?}"),
        }
    }

    #[test]
    fn a_bootstrap_with_snap_start_is_started_before_anybody_invokes() {
        let mut machine = Machine::new(Mode::Supervised, 3.0);
        assert_eq!(machine.on(Input::Prepare), [Action::Arm(Timer::Init(1)), Action::Start]);
        assert_eq!(machine.on(Input::Prepare), [], "there is one already");
    }

    #[test]
    fn a_snapshot_waits_until_it_is_asked_for_or_an_invocation_needs_it() {
        let mut machine = snapshot(Mode::Attached);
        assert_eq!(machine.on(Input::Restore), restored(1, 1));
        assert_eq!(machine.on(Input::Restore), [], "it has happened");
        let mut machine = snapshot(Mode::Supervised);
        assert_eq!(machine.on(Input::Submitted(invocation("a"))), restored(1, 1));
        let timer = Timer::Invocation("attempt-a".to_owned());
        let delivered = [Action::Arm(timer), Action::Deliver(2, invocation("a"))];
        assert_eq!(machine.on(Input::Polled(2)), delivered, "its time begins after the restore");
    }

    #[test]
    fn a_restore_that_is_asked_for_early_comes_with_the_snapshot() {
        let mut machine = Machine::new(Mode::Attached, 3.0);
        assert_eq!(machine.on(Input::Restore), []);
        assert!(machine.is_restore_wanted());
        assert_eq!(machine.on(Input::RestorePolled(1)), restored(1, 1));
        assert!(!machine.is_restore_wanted());
    }

    #[test]
    fn an_invocation_that_waited_for_a_second_start_has_all_its_time_after_the_restore() {
        let mut machine = snapshot(Mode::Supervised);
        machine.on(Input::Exited(Exit::Status(1)));
        let time = || Action::Arm(Timer::Invocation("attempt-a".to_owned()));
        assert_eq!(machine.on(Input::Submitted(invocation("a"))), [time(), Action::Start]);
        assert_eq!(machine.on(Input::RestorePolled(2)), restored(1, 2));
        assert_eq!(machine.on(Input::Polled(3)), [time(), Action::Deliver(3, invocation("a"))]);
    }

    #[test]
    fn case_57_a_second_restore_next_and_one_after_next_are_refused() {
        let message = |from: &str| {
            format!(
                "State transition from {from} to Ready failed for runtime. Error: State transition is not allowed"
            )
        };
        let mut machine = snapshot(Mode::Attached);
        assert_eq!(refused(&machine.on(Input::RestorePolled(2))), (403, message("RestoreReady")));
        assert_eq!(refused(&machine.on(Input::Polled(2))), (403, message("RestoreReady")));
        machine.on(Input::Restore);
        assert_eq!(refused(&machine.on(Input::RestorePolled(3))), (403, message("Restoring")));
        machine.on(Input::Polled(4));
        assert_eq!(refused(&machine.on(Input::RestorePolled(5))), (403, message("Ready")));
        assert_eq!(refused(&machine.on(Input::RestoreFailed(6, post("{}")))).0, 403);
    }

    #[test]
    fn case_58_a_runtime_that_only_polls_passes_both_gates() {
        let mut machine = Machine::new(Mode::Attached, 3.0);
        machine.on(Input::Restore);
        machine.on(Input::Polled(1));
        assert!(!machine.is_restore_wanted());
        let actions = machine.on(Input::Submitted(invocation("a")));
        assert_eq!(actions.last(), Some(&Action::Deliver(1, invocation("a"))));
    }

    #[test]
    fn case_59_a_restore_that_takes_too_long_fails_the_invocation_and_kills_the_process() {
        let mut machine = snapshot(Mode::Supervised);
        machine.on(Input::Submitted(invocation("a")));
        machine.on(Input::Submitted(invocation("b")));
        let actions = machine.on(Input::Elapsed(Timer::Restore(1)));
        let outcome = Outcome::restore_timed_out(10.0);
        assert_eq!(actions, [Action::Complete("a".to_owned(), outcome), Action::Kill]);
        let again = machine.on(Input::Exited(Exit::Signal(9)));
        assert_eq!(again.last(), Some(&Action::Start), "the next invocation gets a new environment");
        assert_eq!(machine.on(Input::Elapsed(Timer::Restore(1))), [], "that time is over");
        assert_eq!(machine.on(Input::RestorePolled(2)), restored(2, 2));
    }

    #[test]
    fn a_restore_error_fails_the_invocation_at_once_and_the_process_has_to_end() {
        for report in [Input::RestoreFailed, Input::InitFailed] {
            let mut machine = snapshot(Mode::Supervised);
            machine.on(Input::Submitted(invocation("a")));
            let actions = machine.on(report(2, post("hook")));
            assert_eq!(actions, [Action::Accept(2), Action::Complete("a".to_owned(), reported("hook"))]);
            assert_eq!(refused(&machine.on(Input::Polled(3))).0, 403);
            assert_eq!(refused(&machine.on(report(4, post("again")))).0, 403);
            assert_eq!(machine.on(Input::Elapsed(Timer::Restore(1))), [Action::Kill]);
        }
    }

    #[test]
    fn without_a_process_a_restore_error_is_what_every_caller_gets() {
        let mut machine = snapshot(Mode::Attached);
        machine.on(Input::Restore);
        machine.on(Input::RestoreFailed(2, post("hook")));
        let told = |id: &str| [Action::Complete(id.to_owned(), reported("hook"))];
        assert_eq!(machine.on(Input::Submitted(invocation("a"))), told("a"));
        assert_eq!(machine.on(Input::Elapsed(Timer::Restore(1))), []);
        assert_eq!(machine.on(Input::Submitted(invocation("b"))), told("b"));
    }

    #[test]
    fn a_process_that_ends_during_the_restore_takes_its_invocation_along() {
        let mut machine = snapshot(Mode::Supervised);
        machine.on(Input::Submitted(invocation("a")));
        let exit = Exit::Status(65);
        let outcome = Outcome::exited("a", &exit);
        assert_eq!(machine.on(Input::Exited(exit)), [Action::Complete("a".to_owned(), outcome)]);
    }

    #[test]
    fn a_snapshot_whose_connection_is_gone_is_no_snapshot() {
        let mut machine = snapshot(Mode::Supervised);
        assert_eq!(machine.on(Input::PollGone(1)), [Action::Arm(Timer::Init(1))]);
        assert_eq!(machine.on(Input::Submitted(invocation("a"))), []);
        assert_eq!(machine.on(Input::RestorePolled(2)), restored(1, 2));
    }
}
