//! What our caller is told when the runtime cannot go on.

use std::error::Error as StdError;
use std::fmt;

/// The error of handlers and of [`run`](crate::run): any error, boxed, as in `lambda_runtime`, so that `?` works on
/// whatever a function calls. When it comes from the runtime itself, [`RuntimeError::of`] finds out why.
pub type Error = Box<dyn StdError + Send + Sync + 'static>;

/// Why the runtime ended.
///
/// `Display` says what happened, to what, and what to do. `Debug` says the same, because that is what a `main` which
/// returns it prints.
///
/// # Examples
///
/// ```
/// # fn report(result: Result<(), lambda_rt::Error>) {
/// if let Err(error) = result {
///     let ours = lambda_rt::RuntimeError::of(&error);
///     if ours.is_some_and(|error| error.is_unreachable()) {
///         eprintln!("the Runtime API is gone: {error}");
///     }
/// }
/// # }
/// ```
pub struct RuntimeError {
    inner: Box<Inner>,
}

struct Inner {
    kind: Kind,
    message: String,
    status: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Config,
    Local,
    Init,
    Unreachable,
    Service,
}

impl RuntimeError {
    /// The runtime's own error behind `error`, or `None` if it is somebody else's.
    ///
    /// # Examples
    ///
    /// ```
    /// let error: lambda_rt::Error = "mine".into();
    /// assert!(lambda_rt::RuntimeError::of(&error).is_none());
    /// ```
    pub fn of(error: &Error) -> Option<&Self> {
        error.downcast_ref()
    }

    /// An environment variable is missing or malformed.
    pub fn is_config(&self) -> bool {
        self.inner.kind == Kind::Config
    }

    /// The embedded local Lambda could not start, for example because its port is taken.
    pub fn is_local(&self) -> bool {
        self.inner.kind == Kind::Local
    }

    /// The function's own start-up failed. It has been reported to `/runtime/init/error`.
    pub fn is_init(&self) -> bool {
        self.inner.kind == Kind::Init
    }

    /// The Runtime API could not be reached, or did not speak HTTP, for about ten seconds.
    pub fn is_unreachable(&self) -> bool {
        self.inner.kind == Kind::Unreachable
    }

    /// The Runtime API answered with a status after which a runtime must not go on; see [`status`](Self::status).
    pub fn is_service(&self) -> bool {
        self.inner.kind == Kind::Service
    }

    /// The status the Runtime API answered with, if it was one that ended the runtime.
    pub fn status(&self) -> Option<u16> {
        self.inner.status
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(Kind::Config, message.into(), None)
    }

    #[cfg(all(feature = "local", debug_assertions))]
    pub(crate) fn local(message: impl Into<String>) -> Self {
        Self::new(Kind::Local, message.into(), None)
    }

    pub(crate) fn init(message: impl Into<String>) -> Self {
        Self::new(Kind::Init, message.into(), None)
    }

    pub(crate) fn unreachable(message: impl Into<String>) -> Self {
        Self::new(Kind::Unreachable, message.into(), None)
    }

    pub(crate) fn service(status: u16, message: impl Into<String>) -> Self {
        Self::new(Kind::Service, message.into(), Some(status))
    }

    fn new(kind: Kind, message: String, status: Option<u16>) -> Self {
        Self { inner: Box::new(Inner { kind, message, status }) }
    }
}

impl fmt::Display for RuntimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner.message)
    }
}

impl fmt::Debug for RuntimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for RuntimeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_one_word_wide_and_crosses_threads() {
        fn crosses_threads<T: Send + Sync + 'static>() {}
        crosses_threads::<RuntimeError>();
        assert_eq!(size_of::<RuntimeError>(), size_of::<usize>());
    }

    #[test]
    fn it_is_recognised_behind_the_boxed_error() {
        let error: Error = RuntimeError::service(500, "next answered 500").into();
        let ours = RuntimeError::of(&error).unwrap();
        assert!(ours.is_service() && !ours.is_config());
        assert_eq!(ours.status(), Some(500));
        assert_eq!(format!("{error:?}"), "next answered 500");
    }
}
