//! Work that a handler leaves for after its answer.

use std::any::type_name;
use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use super::{Context, Current};
use crate::diagnostic::Diagnostic;
use crate::failure::Failure;
use crate::{log, panic};

/// What deferred work and lifecycle hooks may end with: nothing, or a `Result` whose error converts into a [`Diagnostic`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that deferred work or a hook may end with",
    label = "this should be `()`, or a `Result` whose error converts into `lambda_rt::Diagnostic`"
)]
pub trait Outcome {
    /// The failure, if it is one.
    #[doc(hidden)]
    fn into_outcome(self) -> Result<(), Failure>;
}

impl Outcome for () {
    fn into_outcome(self) -> Result<(), Failure> {
        Ok(())
    }
}

impl<T, E: Into<Diagnostic> + 'static> Outcome for Result<T, E> {
    fn into_outcome(self) -> Result<(), Failure> {
        self.map(drop).map_err(Failure::of_handler)
    }
}

/// What was deferred, in order. Clones share one queue, so that every clone of a context defers to the same invocation.
#[derive(Clone, Default)]
pub(crate) struct Deferred {
    queue: OnceLock<Arc<Mutex<Queue>>>,
}

#[derive(Default)]
struct Queue {
    tasks: VecDeque<Task>,
    /// Found here by the poller, so that the program of a function which never defers does not contain it.
    finish: Option<Finish>,
}

/// [`Deferred::finish`], boxed.
pub(crate) type Finish = for<'a> fn(
    &'a Deferred,
    &'a Current,
    Option<SystemTime>,
) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// One piece of work and where it was deferred, by which it is known in the log.
struct Task {
    work: Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>>,
    name: Name,
}

/// The line that deferred a piece of work, and its type.
#[derive(Clone, Copy)]
struct Name {
    from: &'static Location<'static>,
    kind: &'static str,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "work deferred at {} ({})", self.from, self.kind)
    }
}

impl Deferred {
    /// A queue that every clone from now on shares.
    pub(crate) fn shared() -> Self {
        Self { queue: OnceLock::from(Arc::default()) }
    }

    /// Runs what was deferred, and what that defers in turn, one after the other, until all is done or the wall clock reaches `end`.
    async fn finish(&self, current: &Current, end: Option<SystemTime>) {
        let request_id = &current.context().request_id;
        while let Some(Task { work, name }) = self.pop() {
            match within(end, current.scope(panic::contained(work))).await {
                Some(Ok(Ok(()))) => {}
                Some(Ok(Err(failure)) | Err(failure)) => {
                    log::error(request_id, format_args!("{name} failed: {failure}"))
                }
                None => {
                    let rest = std::iter::from_fn(|| self.pop()).map(|task| task.name);
                    for name in std::iter::once(name).chain(rest) {
                        log::warn(
                            request_id,
                            format_args!("{name} was dropped: the deadline of its invocation is too near"),
                        );
                    }
                }
            }
        }
    }

    /// What runs the work, if there is any.
    pub(crate) fn waiting(&self) -> Option<Finish> {
        let queue = self.queue.get()?.lock().unwrap_or_else(PoisonError::into_inner);
        queue.finish.filter(|_| !queue.tasks.is_empty())
    }

    fn push(&self, task: Task) {
        let mut queue = self.queue.get_or_init(Arc::default).lock().unwrap_or_else(PoisonError::into_inner);
        queue.tasks.push_back(task);
        queue.finish = Some(|deferred, current, end| Box::pin(deferred.finish(current, end)));
    }

    fn pop(&self) -> Option<Task> {
        self.queue.get()?.lock().unwrap_or_else(PoisonError::into_inner).tasks.pop_front()
    }
}

/// `None` when the wall clock reaches `end` first.
async fn within<F: Future>(end: Option<SystemTime>, future: F) -> Option<F::Output> {
    match end {
        None => Some(future.await),
        Some(end) => {
            let left = end.duration_since(SystemTime::now()).unwrap_or_default();
            tokio::time::timeout(left, future).await.ok()
        }
    }
}

/// Contexts are compared by what the service said; what a handler deferred is no part of it.
impl PartialEq for Deferred {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Deferred {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deferred").finish_non_exhaustive()
    }
}

impl Context {
    /// Leaves `work` for after the answer: the caller does not wait for it, and the environment is not frozen before it ends.
    ///
    /// It runs once the answer, or the error, has been accepted and before the next poll, within the same deadline, one piece
    /// of work after the other in the order of the calls. Work that fails or panics is logged and does not keep the rest from
    /// running. What has not ended the [deadline margin](crate::Runtime::deadline_margin) before the deadline is dropped, with
    /// a warning that names the line which deferred it.
    ///
    /// Work ends with `()` or a `Result`. It is `'static`: give it what it needs, or a `&'static` state such as
    /// [`Runtime::init`](crate::Runtime::init) makes.
    ///
    /// # Examples
    ///
    /// ```
    /// use lambda_rt::{Error, LambdaEvent};
    ///
    /// async fn handler(event: LambdaEvent<u64>) -> Result<u64, Error> {
    ///     let order = event.payload;
    ///     event.context.defer(async move { count(order).await });
    ///     Ok(order)
    /// }
    ///
    /// async fn count(order: u64) -> Result<(), std::io::Error> { Ok(()) }
    /// # let _ = lambda_rt::Runtime::new(handler);
    /// ```
    #[track_caller]
    pub fn defer<F>(&self, work: F)
    where
        F: Future<Output: Outcome> + Send + 'static,
    {
        let name = Name { from: Location::caller(), kind: type_name::<F>() };
        self.deferred.push(Task { work: Box::pin(async move { work.await.into_outcome() }), name });
    }

    /// Runs what was deferred on this context, for tests that call a handler themselves. The runtime does it otherwise.
    ///
    /// # Errors
    ///
    /// The first failure; the rest stays deferred.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops the work that has not ended.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), lambda_rt::Error> {
    /// let context = lambda_rt::Context::default();
    /// let (told, heard) = std::sync::mpsc::channel();
    /// context.defer(async move { told.send("sent").unwrap_or_default() });
    /// context.run_deferred().await?;
    /// assert_eq!(heard.try_recv()?, "sent");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn run_deferred(&self) -> Result<(), Failure> {
        while let Some(task) = self.deferred.pop() {
            task.work.await?;
        }
        Ok(())
    }
}
