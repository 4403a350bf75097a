//! Panics: where they happened, for the report, and the report itself in builds where a panic ends the process.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::cell::RefCell;
use std::future::poll_fn;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::pin::pin;
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::task::Poll;

use crate::api::endpoint::Endpoint;
use crate::api::report;
use crate::context::{self, Context};
use crate::failure::Failure;
use crate::log;

/// Frames beyond this are the executor's.
const MOST_FRAMES: usize = 64;

/// Whether a panic of this build ends the process without unwinding.
const ABORTS: bool = cfg!(panic = "abort");

thread_local! {
    /// The panic that unwinds this thread, from the hook to whoever catches it.
    static LAST: RefCell<Option<Failure>> = const { RefCell::new(None) };
}

/// What the process owes the service, for a panic that leaves no time to look it up.
static OWED: Mutex<Option<Owed>> = Mutex::new(None);

struct Owed {
    endpoint: Endpoint,
    debt: Debt,
}

enum Debt {
    /// `/init/error`: the runtime has not polled yet.
    Init,
    /// `/error` for the invocation that is being handled.
    Answer(Arc<Context>),
    /// Nothing that this thread knows of. With several pollers, what is owed is known by the task that panics.
    Nothing,
}

/// Puts a hook before the one there is. It runs once per process, whatever is passed later.
pub(crate) fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            previous(info);
            let failure = describe(info);
            if ABORTS {
                report_owed(&failure);
            } else {
                LAST.set(Some(failure));
            }
        }));
    });
}

/// The failure that describes the panic just caught on this thread.
pub(crate) fn take() -> Failure {
    LAST.take().unwrap_or_else(|| Failure::of_runtime("Function.Panic", "the handler panicked"))
}

/// Runs `future` to its end, or to its panic, which becomes a failure.
pub(crate) async fn contained<F: Future>(future: F) -> Result<F::Output, Failure> {
    // Pinned in a slot of its own, so that what panicked can be dropped where a second panic is caught too.
    let mut slot = pin!(Some(future));
    poll_fn(|cx| {
        let Some(running) = slot.as_mut().as_pin_mut() else { return Poll::Ready(Err(take())) };
        // Unwind safety: after a panic the future is dropped and never polled again.
        match panic::catch_unwind(AssertUnwindSafe(|| running.poll(cx))) {
            Ok(polled) => polled.map(Ok),
            Err(_) => {
                let failure = take();
                let _ = panic::catch_unwind(AssertUnwindSafe(|| slot.set(None)));
                Poll::Ready(Err(failure))
            }
        }
    })
    .await
}

/// Notes that a panic from now on is a failed init.
pub(crate) fn owe_init(endpoint: &Endpoint) {
    if ABORTS {
        *owed() = Some(Owed { endpoint: endpoint.clone(), debt: Debt::Init });
    }
}

/// Notes that a panic from now on is a failure of this invocation.
pub(crate) fn owe_answer(context: &Arc<Context>) {
    if ABORTS && let Some(owed) = &mut *owed() {
        owed.debt = Debt::Answer(Arc::clone(context));
    }
}

/// Notes that nothing is to be answered any more.
pub(crate) fn owe_nothing() {
    if ABORTS && let Some(owed) = &mut *owed() {
        owed.debt = Debt::Nothing;
    }
}

fn owed() -> std::sync::MutexGuard<'static, Option<Owed>> {
    OWED.lock().unwrap_or_else(PoisonError::into_inner)
}

fn report_owed(failure: &Failure) {
    // The lock is not waited for: the panic may have happened under it.
    let Ok(owed) = OWED.try_lock() else { return };
    let Some(Owed { endpoint, debt }) = &*owed else { return };
    let own = context::of_thread();
    let context = match (debt, &own) {
        (Debt::Init, _) => None,
        (Debt::Answer(context), _) | (Debt::Nothing, Some(context)) => Some(context),
        (Debt::Nothing, None) => return,
    };
    if let Err(error) = report::post(endpoint, context.map(|context| &**context), failure) {
        let id = context.map_or("", |context| &context.request_id);
        log::error(
            id,
            format_args!("the panic could not be reported to the Runtime API at {endpoint}: {error}"),
        );
    }
}

fn describe(info: &PanicHookInfo<'_>) -> Failure {
    let payload = info.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let message = text.unwrap_or("a value that is no text");
    let message = match info.location() {
        Some(location) => format!("panicked at {location}: {message}"),
        None => format!("panicked: {message}"),
    };
    // Captured only if RUST_BACKTRACE or RUST_LIB_BACKTRACE asks for it.
    let backtrace = Backtrace::capture();
    let frames = match backtrace.status() {
        BacktraceStatus::Captured => {
            backtrace.to_string().lines().take(MOST_FRAMES).map(|l| l.trim().to_owned()).collect()
        }
        _ => Vec::new(),
    };
    Failure::of_runtime("Function.Panic", message).with_stack(frames)
}
