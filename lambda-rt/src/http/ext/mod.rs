//! What can be asked of a request beside HTTP: [`RequestExt`] for what its event says, [`RequestPayloadExt`] for its body as a type.

pub mod extensions;
pub mod request;

pub use extensions::RequestExt;
pub use request::{FormUrlEncodedPayloadError, JsonPayloadError, PayloadError, RequestPayloadExt};
