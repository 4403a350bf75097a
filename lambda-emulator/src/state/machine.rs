//! One execution environment with one poller.

use std::collections::VecDeque;

use bytes::Bytes;

use super::error_type;
use super::event::{Action, Call, Exit, Input, Invocation, Outcome, Post};
use super::refusal::{LARGEST_RESPONSE, Refusal};

/// The service remembers this many invocations that timed out, to answer their late answers with 410.
const REMEMBERED: usize = 1000;
/// An invocation whose environment fails to start is given one more start, as Lambda's suppressed init does.
const STARTS_PER_INVOCATION: u32 = 2;

/// Who started the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Somebody else: it can be neither started nor killed, only waited for.
    Attached,
    /// This environment: it is started when it is needed and killed when its time is up.
    Supervised,
}

#[derive(Debug)]
enum Phase {
    /// No runtime has polled yet, or none is there.
    Init,
    /// The init failed, in these words; the process is expected to end.
    InitFailed(Outcome),
    /// Polls wait for an invocation.
    Ready(VecDeque<Call>),
    /// An invocation is being handled.
    Running(Invocation),
    /// The invocation has been answered; the next poll ends it.
    Sent(Invocation),
    /// The invocation has timed out; its process, if it is ours, is being killed.
    Overdue,
}

impl Phase {
    /// The state's name in the service's refusals.
    fn name(&self) -> &'static str {
        match self {
            Self::Init => "Started",
            Self::InitFailed(_) => "InitError",
            Self::Ready(_) => "Ready",
            Self::Running(_) => "Running",
            Self::Sent(_) => "RuntimeResponseSentState",
            Self::Overdue => "Running",
        }
    }
}

/// The state machine.
#[derive(Debug)]
pub(crate) struct Machine {
    mode: Mode,
    timeout_seconds: f64,
    phase: Phase,
    /// Whether a supervised process is there, or on its way.
    process: bool,
    /// Starts made for the invocation at the head of the queue.
    starts: u32,
    queue: VecDeque<Invocation>,
    timed_out: VecDeque<String>,
}

impl Machine {
    pub(crate) fn new(mode: Mode, timeout_seconds: f64) -> Self {
        Self {
            mode,
            timeout_seconds,
            phase: Phase::Init,
            process: false,
            starts: 0,
            queue: VecDeque::new(),
            timed_out: VecDeque::new(),
        }
    }

    /// Takes notice of `input` and says what is to be done, in order.
    pub(crate) fn on(&mut self, input: Input) -> Vec<Action> {
        let mut actions = Vec::new();
        match input {
            Input::Submitted(invocation) => self.submitted(invocation, &mut actions),
            Input::Polled(call) => self.polled(call, &mut actions),
            Input::PollGone(call) => {
                if let Phase::Ready(polls) = &mut self.phase {
                    polls.retain(|poll| *poll != call);
                }
            }
            Input::Responded(call, post) => self.responded(call, post, &mut actions),
            Input::Failed(call, post) => self.failed(call, post, &mut actions),
            Input::InitFailed(call, post) => self.init_failed(call, post, &mut actions),
            Input::DeadlinePassed(attempt) => self.deadline_passed(&attempt, &mut actions),
            Input::Exited(exit) => self.exited(exit, &mut actions),
        }
        actions
    }

    /// Whether nothing waits and nothing runs.
    #[cfg(test)]
    pub(crate) fn is_drained(&self) -> bool {
        self.queue.is_empty() && !matches!(self.phase, Phase::Running(_))
    }

    fn submitted(&mut self, invocation: Invocation, actions: &mut Vec<Action>) {
        if let (Phase::InitFailed(outcome), Mode::Attached) = (&self.phase, self.mode) {
            actions.push(Action::Complete(invocation.request_id, outcome.clone()));
            return;
        }
        self.queue.push_back(invocation);
        self.start_if_needed(actions);
        self.deliver(actions);
    }

    fn polled(&mut self, call: Call, actions: &mut Vec<Action>) {
        match &mut self.phase {
            // A runtime that polls while it handles an event is given the same event again.
            Phase::Running(invocation) => actions.push(Action::Deliver(call, invocation.clone())),
            Phase::Ready(polls) => polls.push_back(call),
            _ => self.phase = Phase::Ready(VecDeque::from([call])),
        }
        self.deliver(actions);
    }

    /// Brings the oldest invocation and the oldest poll together.
    fn deliver(&mut self, actions: &mut Vec<Action>) {
        let Phase::Ready(polls) = &mut self.phase else { return };
        if self.queue.is_empty() {
            return;
        }
        let Some(call) = polls.pop_front() else { return };
        let Some(invocation) = self.queue.pop_front() else { return };
        self.starts = 0;
        // Other polls of the same runtime wait for an event that is being handled: they get it too.
        let others = std::mem::take(polls);
        actions.push(Action::Deliver(call, invocation.clone()));
        actions.extend(others.into_iter().map(|poll| Action::Deliver(poll, invocation.clone())));
        self.phase = Phase::Running(invocation);
    }

    fn responded(&mut self, call: Call, post: Post, actions: &mut Vec<Action>) {
        if let Err(refusal) = self.check_id(&post).and_then(|()| self.check_running("InvocationResponse")) {
            actions.push(Action::Refuse(call, refusal));
            return;
        }
        if self.stale_attempt(&post) {
            actions.push(Action::Refuse(call, Refusal::invoke_timeout()));
            return;
        }
        let (answer, outcome) = judge_response(&post);
        actions.push(match answer {
            None => Action::Accept(call),
            Some(refusal) => Action::Refuse(call, refusal),
        });
        self.settle(outcome, actions);
    }

    fn failed(&mut self, call: Call, post: Post, actions: &mut Vec<Action>) {
        let checked = self.check_id(&post).and_then(|()| match self.stale_attempt(&post) {
            true => Err(Refusal::invoke_timeout()),
            false => self.check_running("InvocationErrorResponse"),
        });
        if let Err(refusal) = checked {
            actions.push(Action::Refuse(call, refusal));
            return;
        }
        actions.push(Action::Accept(call));
        self.settle(function_error(post), actions);
    }

    fn init_failed(&mut self, call: Call, post: Post, actions: &mut Vec<Action>) {
        if !matches!(self.phase, Phase::Init) {
            let refusal = Refusal::invalid_transition(self.phase.name(), "InitError");
            actions.push(Action::Refuse(call, refusal));
            return;
        }
        actions.push(Action::Accept(call));
        let outcome = function_error(post);
        if self.mode == Mode::Attached {
            let waiting = std::mem::take(&mut self.queue);
            actions.extend(waiting.into_iter().map(|one| Action::Complete(one.request_id, outcome.clone())));
        }
        self.phase = Phase::InitFailed(outcome);
    }

    fn deadline_passed(&mut self, attempt: &str, actions: &mut Vec<Action>) {
        match &self.phase {
            Phase::Running(current) if current.invocation_id == attempt => {
                let id = &current.request_id;
                if self.timed_out.len() == REMEMBERED {
                    self.timed_out.pop_front();
                }
                self.timed_out.push_back(id.clone());
                actions.push(Action::Complete(id.clone(), Outcome::timed_out(id, self.timeout_seconds)));
            }
            // The caller has its answer, but the runtime has not come back within the function's time.
            Phase::Sent(current) if current.invocation_id == attempt && self.mode == Mode::Supervised => {}
            _ => return,
        }
        self.phase = Phase::Overdue;
        if self.mode == Mode::Supervised {
            actions.push(Action::Kill);
        }
    }

    fn exited(&mut self, exit: Exit, actions: &mut Vec<Action>) {
        self.process = false;
        match std::mem::replace(&mut self.phase, Phase::Init) {
            Phase::Running(current) => {
                let outcome = Outcome::exited(&current.request_id, exit);
                actions.push(Action::Complete(current.request_id, outcome));
            }
            Phase::InitFailed(outcome) => self.init_ended(|_| outcome, actions),
            Phase::Init => self.init_ended(|id| Outcome::exited(id, exit), actions),
            Phase::Ready(_) | Phase::Sent(_) | Phase::Overdue => {}
        }
        self.start_if_needed(actions);
    }

    /// A start came to nothing: the waiting invocation gets another, or is told why there is none.
    fn init_ended(&mut self, why: impl FnOnce(&str) -> Outcome, actions: &mut Vec<Action>) {
        if self.starts < STARTS_PER_INVOCATION {
            return;
        }
        if let Some(waiting) = self.queue.pop_front() {
            self.starts = 0;
            let outcome = why(&waiting.request_id);
            actions.push(Action::Complete(waiting.request_id, outcome));
        }
    }

    fn start_if_needed(&mut self, actions: &mut Vec<Action>) {
        if self.mode == Mode::Supervised && !self.process && !self.queue.is_empty() {
            self.process = true;
            self.starts += 1;
            actions.push(Action::Start);
        }
    }

    /// Whether the answer is for the invocation at hand.
    fn check_id(&mut self, post: &Post) -> Result<(), Refusal> {
        let current = match &self.phase {
            Phase::Running(current) | Phase::Sent(current) => Some(&current.request_id),
            _ => None,
        };
        if current == Some(&post.request_id) {
            return Ok(());
        }
        match self.timed_out.iter().position(|id| *id == post.request_id) {
            Some(at) => {
                self.timed_out.remove(at);
                Err(Refusal::invoke_timeout())
            }
            None => Err(Refusal::invalid_request_id()),
        }
    }

    fn check_running(&self, to: &str) -> Result<(), Refusal> {
        match self.phase {
            Phase::Running(_) => Ok(()),
            _ => Err(Refusal::invalid_transition(self.phase.name(), to)),
        }
    }

    /// An echoed attempt that is not this one. No echo is not checked; an empty one is wrong.
    fn stale_attempt(&self, post: &Post) -> bool {
        let (Phase::Running(current) | Phase::Sent(current)) = &self.phase else { return false };
        post.invocation_id.as_ref().is_some_and(|echo| *echo != current.invocation_id)
    }

    fn settle(&mut self, outcome: Outcome, actions: &mut Vec<Action>) {
        match std::mem::replace(&mut self.phase, Phase::Init) {
            Phase::Running(current) => {
                actions.push(Action::Complete(current.request_id.clone(), outcome));
                self.phase = Phase::Sent(current);
            }
            other => self.phase = other,
        }
    }
}

/// What the runtime is answered (`None` is 202), and what the caller is told.
fn judge_response(post: &Post) -> (Option<Refusal>, Outcome) {
    let streamed = match post.mode.as_deref() {
        None => false,
        Some("streaming") => true,
        Some(_) => return (Some(Refusal::invalid_response_mode()), Outcome::invalid_response_mode()),
    };
    if post.body.len() > LARGEST_RESPONSE {
        return (Some(Refusal::too_large()), Outcome::too_large(post.body.len()));
    }
    if post.truncated {
        return (Some(Refusal::truncated()), Outcome::truncated());
    }
    let failed = post.error_type.as_deref().filter(|kind| streamed && !kind.is_empty());
    let outcome = match failed {
        None => Outcome::Success(post.body.clone()),
        Some(kind) => Outcome::FunctionError {
            category: error_type::validated(Some(kind)),
            body: post.trailer_body.clone().unwrap_or_default(),
            xray_cause: None,
        },
    };
    (None, outcome)
}

fn function_error(post: Post) -> Outcome {
    let body: Bytes = post.body;
    Outcome::FunctionError {
        category: error_type::validated(post.error_type.as_deref()),
        body,
        xray_cause: post.xray_cause.as_deref().and_then(error_type::cropped_cause),
    }
}
