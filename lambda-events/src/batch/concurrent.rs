use std::{future::poll_fn, pin::Pin, task::Poll};

/// Drives all of `futures`, at most `limit` at the same time, in the order in which they come.
///
/// A wake-up polls every one that runs: with the limits that a function has use for, that is cheaper than telling them apart.
pub(crate) async fn at_most<F: Future<Output = ()>>(limit: usize, futures: impl IntoIterator<Item = F>) {
    let limit = limit.max(1);
    let mut waiting = futures.into_iter();
    let mut running: Vec<Pin<Box<F>>> = Vec::new();
    poll_fn(|context| {
        loop {
            while running.len() < limit
                && let Some(future) = waiting.next()
            {
                running.push(Box::pin(future));
            }
            if running.is_empty() {
                return Poll::Ready(());
            }
            let before = running.len();
            running.retain_mut(|future| future.as_mut().poll(context).is_pending());
            if running.len() == before {
                return Poll::Pending;
            }
        }
    })
    .await;
}
