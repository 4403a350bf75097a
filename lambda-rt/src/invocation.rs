//! An invocation before and after its payload is decoded.

use bytes::Bytes;

use crate::context::Context;

/// One invocation as bytes: what a bytes-level service and the layers around it receive.
///
/// # Examples
///
/// ```
/// use lambda_rt::{Context, Invocation};
///
/// let invocation = Invocation::new("{}", Context::default());
/// assert_eq!(&invocation.payload[..], b"{}");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Invocation {
    /// The event, byte for byte as it was received.
    pub payload: Bytes,
    /// What the service said about it.
    pub context: Context,
}

impl Invocation {
    /// An invocation of `payload`.
    pub fn new(payload: impl Into<Bytes>, context: Context) -> Self {
        Self { payload: payload.into(), context }
    }
}

/// An event of type `T` and the context it came with: what a handler receives.
///
/// `T` is decoded from JSON, except [`Bytes`], which is the payload as it was received.
///
/// # Examples
///
/// ```
/// use lambda_rt::{Context, LambdaEvent};
///
/// let event = LambdaEvent::new(7, Context::default());
/// let (payload, context) = event.into_parts();
/// assert_eq!((payload, context.request_id.as_str()), (7, ""));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LambdaEvent<T> {
    /// The decoded event.
    pub payload: T,
    /// What the service said about it.
    pub context: Context,
}

impl<T> LambdaEvent<T> {
    /// An event, for calling a handler from a test.
    pub fn new(payload: T, context: Context) -> Self {
        Self { payload, context }
    }

    /// The payload and the context.
    pub fn into_parts(self) -> (T, Context) {
        (self.payload, self.context)
    }
}
