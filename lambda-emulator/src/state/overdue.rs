//! Invocations whose time is up, and what becomes of their answers.

use std::collections::VecDeque;

use super::refusal::Refusal;

/// The service remembers this many, to answer their late answers with 410.
const REMEMBERED: usize = 1000;

/// The requests that timed out last.
#[derive(Debug, Default)]
pub(super) struct Overdue {
    ids: VecDeque<String>,
}

impl Overdue {
    pub(super) fn remember(&mut self, request_id: String) {
        if self.ids.len() == REMEMBERED {
            self.ids.pop_front();
        }
        self.ids.push_back(request_id);
    }

    /// What an answer to a request that is not at hand is refused with: the first that comes late, as late; any other, as
    /// unknown.
    pub(super) fn refusal(&mut self, request_id: &str) -> Refusal {
        match self.ids.iter().position(|id| id == request_id) {
            Some(at) => {
                self.ids.remove(at);
                Refusal::invoke_timeout()
            }
            None => Refusal::invalid_request_id(),
        }
    }
}
