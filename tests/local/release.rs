//! What ships: a release binary has no trace of the local Lambda.

use std::process::Command;

use e2e::built;

#[test]
fn a_release_binary_contains_no_local_lambda_and_says_what_to_do_outside_lambda() {
    let path = built(&["-p", "hello", "--release"]);
    let bytes = std::fs::read(&path).unwrap();
    for trace in ["LAMBDA_EMULATOR_PORT", "running in a local Lambda", "hyper", "lambda_emulator"] {
        assert!(
            !bytes.windows(trace.len()).any(|window| window == trace.as_bytes()),
            "it contains {trace:?}"
        );
    }
    let output = Command::new(&path).env_remove("AWS_LAMBDA_RUNTIME_API").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("AWS_LAMBDA_RUNTIME_API is not set") && told.contains("cargo run"), "{told}");
}
