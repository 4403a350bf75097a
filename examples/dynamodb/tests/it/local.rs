//! The one command that the example's header gives.

use std::process::Command;

#[test]
fn visits_are_counted_in_a_local_dynamodb() {
    let run = concat!(env!("CARGO_MANIFEST_DIR"), "/run");
    let output = Command::new(run)
        .arg("\"Ada\"")
        .env("LAMBDA_EMULATOR_PORT", "0")
        .env("PROGRAM", env!("CARGO_BIN_EXE_dynamodb"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        told.ends_with("{\"text\":\"Welcome, Ada\",\"visits\":1}\n"),
        "{told}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
