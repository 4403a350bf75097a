//! Extensions under AWS's Runtime Interface Emulator, which is a public cut of what runs in Lambda.
//!
//! Its shutdown reasons are its own (`SandboxTerminated`), and it has no telemetry: it answers a subscription with 202.

use e2e::program;
use serde_json::json;

use crate::opt::{Opt, terminated};

#[test]
fn case_72_case_87_an_external_extension_hears_of_each_invocation_and_of_the_shutdown() {
    let opt = Opt::with(&[program("extension-basic")]);
    let rie = opt.run(program("hello"), &[]);
    for number in 1..=3 {
        let answer = rie.invoke(&json!({ "name": format!("world {number}") }));
        assert_eq!(answer.json()["message"], format!("Hello, world {number}!"), "{}", rie.running.printed());
    }
    let printed = terminated(rie);
    let heard = printed.lines().filter(|line| line.contains("extension_basic: invocation request_id="));
    assert_eq!(heard.count(), 3, "{printed}");
    let shutdown = printed.lines().find(|line| line.contains("extension_basic: shutdown reason="));
    let shutdown = shutdown.unwrap_or_else(|| panic!("it did not hear of the shutdown:\n{printed}"));
    assert!(shutdown.contains("SandboxTerminated") && !shutdown.contains("left=0ns"), "{shutdown}");
}

#[test]
fn case_91_a_telemetry_shipper_runs_where_there_is_no_telemetry() {
    let opt = Opt::with(&[program("extension-telemetry"), program("extension-basic")]);
    let rie = opt.run(program("hello"), &[("TELEMETRY_SINK", "http://127.0.0.1:9/")]);
    assert_eq!(rie.invoke(&json!({ "name": "you" })).json()["message"], "Hello, you!");
    let printed = terminated(rie);
    assert!(printed.contains("there is no telemetry in this environment"), "{printed}");
    assert!(!printed.contains("Extension.Crash"), "{printed}");
}

#[test]
fn case_86_an_internal_extension_hears_of_invocations_and_gets_sigterm() {
    let opt = Opt::with(&[]);
    let rie = opt.run(program("extension-internal"), &[]);
    for number in 0..2 {
        assert_eq!(rie.invoke(&json!(number)).json(), number, "{}", rie.running.printed());
    }
    let printed = terminated(rie);
    assert!(printed.contains("extension_internal: goodbye invocations=2"), "{printed}");
}
