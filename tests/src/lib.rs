//! What the end-to-end tests need: programs built once, processes that end with the test, a client of a few lines, and
//! peers fetched from PyPI.

#![allow(clippy::missing_panics_doc, reason = "a test whose scene cannot be set should fail there")]
#![allow(clippy::unwrap_used, reason = "a test whose scene cannot be set should fail there")]

mod build;
mod client;
mod notes;
mod peers;
mod process;

pub use build::{built, program, target_directory};
pub use client::{Answer, post, post_with};
pub use notes::Notes;
pub use peers::{cargo_lambda, rie, sam_samples};
pub use process::Running;

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
