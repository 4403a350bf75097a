//! `cargo lambda`: watch and invoke, and the zip that ships.

use std::process::Command;
use std::time::Duration;

use e2e::{Running, cargo_lambda, free_port, target_directory};
use serde_json::json;

use crate::rie::Rie;

/// `watch` compiles the function before it answers.
const PATIENCE: Duration = Duration::from_secs(240);

fn in_repository(mut command: Command) -> Command {
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).env_remove("AWS_LAMBDA_RUNTIME_API");
    command
}

#[test]
fn hello_runs_under_watch_and_answers_invoke() {
    let port = free_port().to_string();
    let mut watch = in_repository(cargo_lambda());
    watch.args([
        "watch",
        "--ignore-changes",
        "--invoke-address",
        "127.0.0.1",
        "--invoke-port",
        &port,
        "-p",
        "hello",
    ]);
    let mut watch = Running::start(&mut watch);
    watch.listens(port.parse().unwrap(), PATIENCE);
    let mut invoke = in_repository(cargo_lambda());
    invoke
        .args(["invoke", "hello", "--invoke-address", "127.0.0.1", "--invoke-port", &port])
        .args(["--data-ascii", r#"{"name": "world"}"#]);
    let invoke = Running::start(&mut invoke);
    // The answer is one line; a function that does not come up is told by `watch`.
    let told = invoke.says("\n", PATIENCE);
    assert_eq!(told.trim(), r#"{"message":"Hello, world!"}"#, "{}", watch.printed());
}

#[test]
fn the_zip_that_ships_holds_a_bootstrap_that_runs() {
    let mut build = in_repository(cargo_lambda());
    build.args(["build", "--release", "--output-format", "zip", "-p", "hello"]);
    let (status, printed) = Running::start(&mut build).ends(PATIENCE);
    assert!(status.success(), "{printed}");
    let directory = target_directory().join("lambda/hello");
    let unpacked = directory.join("unpacked");
    let _ = std::fs::remove_dir_all(&unpacked);
    std::fs::create_dir_all(&unpacked).unwrap();
    let zip = directory.join("bootstrap.zip");
    let status =
        Command::new("python3").args(["-m", "zipfile", "-e"]).args([&zip, &unpacked]).status().unwrap();
    assert!(status.success(), "{}", zip.display());
    let bootstrap = unpacked.join("bootstrap");
    // Python's zipfile forgets the mode that the zip records; Lambda does not.
    std::fs::set_permissions(&bootstrap, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let rie = Rie::start(&bootstrap, 10);
    assert_eq!(rie.invoke(&json!({"name": "zip"})).json()["message"], "Hello, zip!");
}
