//! `lambda_rt::client` against a peer that does what peers do while nobody looks.

mod bad_input;
mod invocation;
mod peer;
mod stale;
