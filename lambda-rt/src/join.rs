//! Several futures in one task, each polled only when it was woken itself.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

/// The waker of one future among several: it notes whom to poll and wakes the task.
struct Bell {
    rung: AtomicBool,
    task: Arc<Mutex<Waker>>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.rung.swap(true, Ordering::AcqRel) {
            self.task.lock().unwrap_or_else(PoisonError::into_inner).wake_by_ref();
        }
    }
}

struct Member<F> {
    future: Pin<Box<F>>,
    bell: Arc<Bell>,
    waker: Waker,
}

/// Runs all of `futures` to their ends and gives the result of the last. `ended` hears of each, and how many are left.
///
/// # Panics
///
/// When there is no future.
pub(crate) async fn until_none_is_left<F: Future>(
    futures: Vec<Pin<Box<F>>>,
    mut ended: impl FnMut(usize, &F::Output),
) -> F::Output {
    assert!(!futures.is_empty(), "nothing to run");
    let task = Arc::new(Mutex::new(Waker::noop().clone()));
    let mut members: Vec<Member<F>> = futures
        .into_iter()
        .map(|future| {
            let bell = Arc::new(Bell { rung: AtomicBool::new(true), task: Arc::clone(&task) });
            Member { future, waker: Waker::from(Arc::clone(&bell)), bell }
        })
        .collect();
    poll_fn(|cx| {
        task.lock().unwrap_or_else(PoisonError::into_inner).clone_from(cx.waker());
        let mut at = 0;
        while let Some(member) = members.get_mut(at) {
            // Lowered before the poll: what rings during it is heard at the next one.
            if !member.bell.rung.swap(false, Ordering::AcqRel) {
                at += 1;
                continue;
            }
            match member.future.as_mut().poll(&mut Context::from_waker(&member.waker)) {
                Poll::Pending => at += 1,
                Poll::Ready(output) => {
                    members.swap_remove(at);
                    ended(members.len(), &output);
                    if members.is_empty() {
                        return Poll::Ready(output);
                    }
                }
            }
        }
        Poll::Pending
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn each_runs_at_its_own_pace_and_the_last_ones_result_counts() {
        let mut order = Vec::new();
        let sleepers = [30, 10, 20].map(|ms| {
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(ms)).await;
                ms
            })
        });
        let last = until_none_is_left(sleepers.into(), |left, ms| order.push((left, *ms))).await;
        assert_eq!((last, order), (30, vec![(2, 10), (1, 20), (0, 30)]));
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_was_not_woken_is_not_polled() {
        let polls = Cell::new(0);
        let idle = async {
            let mut sleep = std::pin::pin!(tokio::time::sleep(Duration::from_secs(1)));
            poll_fn(|cx| {
                polls.set(polls.get() + 1);
                sleep.as_mut().poll(cx)
            })
            .await;
        };
        let busy = async {
            for _ in 0..100 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        let futures: Vec<Pin<Box<dyn Future<Output = ()>>>> = vec![Box::pin(idle), Box::pin(busy)];
        until_none_is_left(futures.into_iter().map(Box::pin).collect(), |_, ()| {}).await;
        assert_eq!(polls.get(), 2);
    }
}
