//! Hooks: boxed, called with the state, their panics contained.

use std::future::Future;
use std::pin::Pin;

use crate::context::Outcome;
use crate::failure::Failure;
use crate::{log, panic};

pub(super) type Running<'a, R> = Pin<Box<dyn Future<Output = Result<R, Failure>> + 'a>>;

/// A hook that is told `M`.
pub(super) type Hook<'a, T, M> = Box<dyn Fn(&'static T, M) -> Running<'a, ()> + 'a>;

/// The hooks of one occasion, in the order of their registration.
pub(super) type Hooks<'a, T, M> = Vec<Hook<'a, T, M>>;

/// Boxes a hook that is told something beside the state.
pub(super) fn told<'a, T, M, O>(hook: impl AsyncFn(&'static T, M) -> O + 'a) -> Hook<'a, T, M>
where
    M: 'a,
    O: Outcome,
{
    let hook = std::rc::Rc::new(hook);
    Box::new(move |state, message| {
        let hook = std::rc::Rc::clone(&hook);
        Box::pin(async move { hook(state, message).await.into_outcome() })
    })
}

/// Boxes a hook that is told nothing but the state.
pub(super) fn untold<'a, T, O>(hook: impl AsyncFn(&'static T) -> O + 'a) -> Hook<'a, T, ()>
where
    O: Outcome,
{
    let hook = std::rc::Rc::new(hook);
    Box::new(move |state, ()| {
        let hook = std::rc::Rc::clone(&hook);
        Box::pin(async move { hook(state).await.into_outcome() })
    })
}

/// Calls a hook; its panic is its failure.
pub(super) async fn call<T, M>(hook: &Hook<'_, T, M>, state: &'static T, message: M) -> Result<(), Failure> {
    panic::contained(async { hook(state, message).await }).await?
}

/// Logs a failure that nobody else will hear of.
pub(super) fn failed(occasion: &str, failure: &Failure) {
    log::error("", format_args!("a hook of {occasion} failed: {failure}"));
}
