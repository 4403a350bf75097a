//! Phases of a life that AWS's Runtime Interface Emulator can show: an init that fails, the shutdown, a managed instance.

use std::path::Path;

use e2e::Notes;
use serde_json::{Value, json};

use crate::opt::{Opt, terminated};

fn function() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_lifecycle-function"))
}

#[test]
fn an_init_that_fails_is_told_and_tried_again_with_the_next_invocation() {
    for (init, kind, message) in [
        ("error", "Error", "the init failed"),
        ("panic", "Function.Panic", "the init panicked"),
        ("overrun", "Runtime.InitTimeout", "shortly before Lambda would have ended it"),
    ] {
        let notes = Notes::listen();
        let rie = Opt::with(&[]).run(function(), &[("INIT", init), ("NOTES", notes.address())]);
        for attempt in 1..=2 {
            let told = rie.invoke(&json!({"do": "echo", "with": 1})).json();
            assert_eq!(told["errorType"], kind, "{init}: {told}");
            assert!(told["errorMessage"].as_str().unwrap().contains(message), "{told}");
            notes.wait("init begun", attempt);
        }
    }
}

#[test]
fn case_86_shutdown_hooks_run_after_the_sigterm_that_their_extension_earns() {
    let notes = Notes::listen();
    let rie = Opt::with(&[]).run(function(), &[("NOTES", notes.address())]);
    assert_eq!(rie.invoke(&json!({"do": "echo", "with": 1})).json()["echo"], 1);
    let printed = terminated(rie);
    assert!(!printed.contains("no extension could be registered"), "{printed}");
    let noted = notes.wait("shutdown 1 Sigterm", 1);
    assert_eq!(noted[noted.len() - 2..], ["shutdown 2", "shutdown 1 Sigterm"]);
}

#[test]
fn case_61_a_managed_instance_handles_as_many_events_at_once_as_it_takes() {
    for threads in [false, true] {
        let notes = Notes::listen();
        let mut variables = vec![("NOTES", notes.address())];
        if threads {
            variables.push(("THREADS", "1"));
        }
        let opt = Opt::with_bootstrap(function(), &variables);
        let rie = opt.run(function(), &[("AWS_LAMBDA_MAX_CONCURRENCY", "4")]);
        notes.wait("init done", 1);
        let (slow, panic): (Vec<Value>, Value) = std::thread::scope(|scope| {
            // Three that only end together, and one that fails beside them.
            let slow =
                [0; 3].map(|_| scope.spawn(|| rie.invoke(&json!({"do": "sleep", "with": 700})).json()));
            let panic = scope.spawn(|| rie.invoke(&json!({"do": "panic"})).json());
            (slow.map(|answer| answer.join().unwrap()).into(), panic.join().unwrap())
        });
        assert_eq!(slow, ["done"; 3], "{}", rie.running.printed());
        assert_eq!(panic["errorType"], "Function.Panic");
        let told = rie.invoke(&json!({"do": "echo", "with": 1})).json();
        assert_eq!((&told["echo"], &told["trace"]), (&json!(1), &Value::Null));
        let printed = terminated(rie);
        // The emulator of managed instances sends SIGTERM where an extension has registered, and its hooks run.
        let noted = notes.wait("shutdown 1 Sigterm", 1);
        assert_eq!(noted[noted.len() - 2..], ["shutdown 2", "shutdown 1 Sigterm"], "{printed}");
    }
}
