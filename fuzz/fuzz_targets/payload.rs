//! Whatever a caller sends as an event, decoding it and describing why it does not decode never panics.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| lambda_rt::fuzzing::payload(bytes));
