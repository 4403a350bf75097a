//! What the author of an extension is told when it cannot go on.

use std::error::Error as StdError;
use std::fmt;

/// The error of handlers and of [`run`](crate::run): any error, boxed, so that `?` works on whatever an extension calls.
/// When it comes from this crate, [`ExtensionError::of`] finds out why.
pub type Error = Box<dyn StdError + Send + Sync + 'static>;

/// Why an extension could not be registered, or ended.
///
/// `Display` says what happened, to what, and what to do. `Debug` says the same, because that is what a `main` which
/// returns it prints.
///
/// # Examples
///
/// ```
/// # fn report(result: Result<(), lambda_ext::Error>) {
/// use lambda_ext::ExtensionError;
///
/// if let Some(ours) = result.as_ref().err().and_then(ExtensionError::of) {
///     if ours.error_type() == Some("Extension.TooManyExtensions") {
///         eprintln!("this function has ten extensions already");
///     }
/// }
/// # }
/// ```
pub struct ExtensionError {
    inner: Box<Inner>,
}

struct Inner {
    kind: Kind,
    message: String,
    status: Option<u16>,
    error_type: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Config,
    Listener,
    Unreachable,
    Refused,
    Protocol,
    Panic,
}

impl ExtensionError {
    /// This crate's own error behind `error`, or `None` if it is somebody else's.
    ///
    /// # Examples
    ///
    /// ```
    /// let error: lambda_ext::Error = "mine".into();
    /// assert!(lambda_ext::ExtensionError::of(&error).is_none());
    /// ```
    pub fn of(error: &Error) -> Option<&Self> {
        error.downcast_ref()
    }

    /// A name, an event, a limit or an environment variable that cannot be right. Nothing was sent.
    pub fn is_config(&self) -> bool {
        self.inner.kind == Kind::Config
    }

    /// The telemetry listener could not be opened, most likely because its port is taken.
    pub fn is_listener(&self) -> bool {
        self.inner.kind == Kind::Listener
    }

    /// The Extensions API could not be reached, or broke off, for about ten seconds.
    pub fn is_unreachable(&self) -> bool {
        self.inner.kind == Kind::Unreachable
    }

    /// Lambda refused a call; [`status`](Self::status) and [`error_type`](Self::error_type) say how.
    pub fn is_refused(&self) -> bool {
        self.inner.kind == Kind::Refused
    }

    /// Lambda answered something that cannot be used, such as a registration without an identifier.
    pub fn is_protocol(&self) -> bool {
        self.inner.kind == Kind::Protocol
    }

    /// The events processor panicked.
    pub fn is_panic(&self) -> bool {
        self.inner.kind == Kind::Panic
    }

    /// The status Lambda refused with.
    pub fn status(&self) -> Option<u16> {
        self.inner.status
    }

    /// The `errorType` Lambda refused with, for example `Extension.RegistrationClosed`.
    pub fn error_type(&self) -> Option<&str> {
        self.inner.error_type.as_deref()
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(Kind::Config, message.into())
    }

    #[cfg(feature = "telemetry")]
    pub(crate) fn listener(message: impl Into<String>) -> Self {
        Self::new(Kind::Listener, message.into())
    }

    pub(crate) fn unreachable(message: impl Into<String>) -> Self {
        Self::new(Kind::Unreachable, message.into())
    }

    pub(crate) fn protocol(message: impl Into<String>) -> Self {
        Self::new(Kind::Protocol, message.into())
    }

    pub(crate) fn panic(message: impl Into<String>) -> Self {
        Self::new(Kind::Panic, message.into())
    }

    pub(crate) fn refused(status: u16, error_type: Option<String>, message: impl Into<String>) -> Self {
        let mut error = Self::new(Kind::Refused, message.into());
        error.inner.status = Some(status);
        error.inner.error_type = error_type;
        error
    }

    fn new(kind: Kind, message: String) -> Self {
        Self { inner: Box::new(Inner { kind, message, status: None, error_type: None }) }
    }
}

impl fmt::Display for ExtensionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner.message)
    }
}

impl fmt::Debug for ExtensionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for ExtensionError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_one_word_wide_and_crosses_threads() {
        fn crosses_threads<T: Send + Sync + 'static>() {}
        crosses_threads::<ExtensionError>();
        assert_eq!(size_of::<ExtensionError>(), size_of::<usize>());
    }

    #[test]
    fn it_is_recognised_behind_the_boxed_error() {
        let error: Error = ExtensionError::refused(403, Some("Extension.X".to_owned()), "refused").into();
        let ours = ExtensionError::of(&error).unwrap();
        assert!(ours.is_refused() && !ours.is_config());
        assert_eq!((ours.status(), ours.error_type()), (Some(403), Some("Extension.X")));
        assert_eq!(format!("{error:?}"), "refused");
    }
}
