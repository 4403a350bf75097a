use std::{
    any::Any,
    fmt,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

use super::Reason;

/// Calls a function and awaits what it returns. A panic is a failure of this record, like an error.
///
/// What the function captured may be half changed after a panic; it is as with any handler that goes on after one.
pub(crate) async fn attempt<F, E>(call: impl FnOnce() -> F) -> Result<(), Reason>
where
    F: Future<Output = Result<(), E>>,
    E: fmt::Display,
{
    let future = catch_unwind(AssertUnwindSafe(call)).map_err(panicked)?;
    let mut future = pin!(future);
    let result = poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(result)) => Poll::Ready(Ok(result)),
        Err(payload) => Poll::Ready(Err(panicked(payload))),
    });
    // The alternate form of `anyhow` and its like has the causes in it.
    result.await?.map_err(|error| Reason::Error(format!("{error:#}")))
}

fn panicked(payload: Box<dyn Any + Send>) -> Reason {
    let text = match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().map_or("no message", |text| text).to_owned(),
    };
    Reason::Panic(text)
}
