//! Extensions under AWS's Runtime Interface Emulator, which is a public cut of what runs in Lambda.
//!
//! The emulator starts what is in `/opt/extensions`. It is given an `/opt` of its own: `unshare --user --map-root-user --mount`
//! makes it a mount namespace, in which a temporary directory is bound over `/opt` before the emulator replaces the shell. The
//! machine's `/opt` is neither changed nor seen. Where namespaces are not allowed, these tests fail and say so.
//!
//! Its shutdown reasons are its own (`SandboxTerminated`), and it has no telemetry: it answers a subscription with 202.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use e2e::built;
use serde_json::json;

use crate::rie::Rie;

const PATIENCE: Duration = Duration::from_secs(30);

/// A directory that is removed with the test.
struct Opt(PathBuf);

impl Opt {
    /// An `/opt` with these programs in `extensions`, and a directory that is none.
    fn with(extensions: &[&Path]) -> Self {
        let name = format!("lambda-ext-opt-{}-{}", std::process::id(), e2e::free_port());
        let opt = Self(std::env::temp_dir().join(name));
        let directory = opt.0.join("extensions");
        std::fs::create_dir_all(directory.join("not-an-extension")).unwrap();
        for program in extensions {
            std::fs::copy(program, directory.join(program.file_name().unwrap())).unwrap();
        }
        opt
    }

    /// A function under an emulator that sees this directory as `/opt`.
    fn run(&self, bootstrap: &Path, variables: &[(&str, &str)]) -> Rie {
        let allowed = Command::new("unshare").args(["--user", "--map-root-user", "--mount", "true"]).output();
        assert!(
            allowed.as_ref().is_ok_and(|output| output.status.success()),
            "extensions are tested in a mount namespace, so that the machine's /opt is left alone, and this machine does not \
             allow one (a container needs user namespaces, or CAP_SYS_ADMIN): {allowed:?}"
        );
        let mut command = Command::new("unshare");
        command
            .args(["--user", "--map-root-user", "--mount", "sh", "-c"])
            .arg("mount --bind \"$0\" /opt && exec \"$@\"")
            .arg(&self.0)
            .arg(e2e::rie())
            // The emulator passes its environment on, as Lambda does the function's.
            .envs(variables.iter().copied())
            .env_remove("RUST_LOG");
        Rie::start_as(command, bootstrap, 10)
    }
}

impl Drop for Opt {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn example(name: &str) -> PathBuf {
    built(&["-p", name])
}

/// Ends the emulator as a container's end does, and gives all that was printed.
fn terminated(mut rie: Rie) -> String {
    rie.running.signal("TERM");
    let (status, printed) = rie.running.ends(PATIENCE);
    assert!(status.success(), "{status}\n{printed}");
    printed
}

#[test]
fn case_72_case_87_an_external_extension_hears_of_each_invocation_and_of_the_shutdown() {
    let opt = Opt::with(&[&example("extension-basic")]);
    let rie = opt.run(&example("hello"), &[]);
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
    let opt = Opt::with(&[&example("extension-telemetry"), &example("extension-basic")]);
    let rie = opt.run(&example("hello"), &[("TELEMETRY_SINK", "http://127.0.0.1:9/")]);
    assert_eq!(rie.invoke(&json!({ "name": "you" })).json()["message"], "Hello, you!");
    let printed = terminated(rie);
    assert!(printed.contains("there is no telemetry in this environment"), "{printed}");
    assert!(!printed.contains("Extension.Crash"), "{printed}");
}

#[test]
fn case_86_an_internal_extension_hears_of_invocations_and_gets_sigterm() {
    let opt = Opt::with(&[]);
    let rie = opt.run(&example("extension-internal"), &[]);
    for number in 0..2 {
        assert_eq!(rie.invoke(&json!(number)).json(), number, "{}", rie.running.printed());
    }
    let printed = terminated(rie);
    assert!(printed.contains("extension_internal: goodbye invocations=2"), "{printed}");
}
