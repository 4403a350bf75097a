//! The [`tracing`](https://docs.rs/tracing) crate, and a subscriber that writes what Lambda's log controls expect.
//!
//! [`init_default_subscriber`] obeys the function's own settings:
//!
//! | Variable | Values | Unset |
//! |---|---|---|
//! | `AWS_LAMBDA_LOG_FORMAT` | `JSON` or `Text`, in any case | text |
//! | `AWS_LAMBDA_LOG_LEVEL` | `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`, `FATAL` (as `ERROR`) | `RUST_LOG` |
//! | `RUST_LOG` | targets and levels, such as `info,my_crate=debug` | `INFO` |
//!
//! A JSON line has `timestamp` (RFC 3339, milliseconds), `level`, `message`, and within an invocation `requestId` at its
//! top level, then the fields of the event and of the spans around it. Lambda filters by these names.
//!
//! Source: AWS Lambda developer guide, "Configuring advanced logging controls".
//!
//! # Examples
//!
//! ```
//! lambda_rt::tracing::init_default_subscriber();
//! lambda_rt::tracing::info!(orders = 3, "ready");
//! ```

mod fields;
mod output;

pub use ::tracing::*;
pub use ::tracing_subscriber as subscriber;
pub use output::{init_default_subscriber, init_default_subscriber_with_writer};
