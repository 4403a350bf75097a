//! Whatever the Runtime API sends, reading it neither panics nor runs away.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (usize, &[u8])| {
    let (cut, bytes) = input;
    lambda_rt::fuzzing::response(bytes, cut % (bytes.len() + 1));
});
