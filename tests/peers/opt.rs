//! An `/opt` for AWS's Runtime Interface Emulator, which starts the extensions and finds the bootstraps that are there.
//!
//! `unshare --mount` makes the emulator a mount namespace, in which a temporary directory is bound over
//! `/opt`, and an empty `/var/task` is made, before the emulator replaces the shell. The machine's own directories are neither
//! changed nor seen. Where namespaces are not allowed, these tests fail and say so.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::rie::Rie;

const PATIENCE: Duration = Duration::from_secs(30);

/// A directory that is removed with the test.
pub(crate) struct Opt(PathBuf);

impl Opt {
    /// An `/opt` with these programs in `extensions`, and a directory that is none.
    pub(crate) fn with(extensions: &[&Path]) -> Self {
        let name = format!("lambda-rt-opt-{}-{}", std::process::id(), e2e::free_port());
        let opt = Self(std::env::temp_dir().join(name));
        let directory = opt.0.join("extensions");
        std::fs::create_dir_all(directory.join("not-an-extension")).unwrap();
        for program in extensions {
            std::fs::copy(program, directory.join(program.file_name().unwrap())).unwrap();
        }
        opt
    }

    /// An `/opt` with a bootstrap, where the emulator of managed instances looks for one. That emulator keeps its environment to
    /// itself, so the bootstrap sets `variables` and becomes `function`.
    pub(crate) fn with_bootstrap(function: &Path, variables: &[(&str, &str)]) -> Self {
        let opt = Self::with(&[]);
        let path = opt.0.join("bootstrap");
        let exports = variables.iter().map(|(name, value)| format!("export {name}='{value}'\n"));
        let script = format!("#!/bin/sh\n{}exec '{}'\n", exports.collect::<String>(), function.display());
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        opt
    }

    /// A function under an emulator that sees this directory as `/opt`.
    pub(crate) fn run(&self, bootstrap: &Path, variables: &[(&str, &str)]) -> Rie {
        let namespace = namespace();
        let mut command = Command::new("unshare");
        command
            .args(namespace)
            .args(["sh", "-c"])
            .arg("mount --bind \"$0\" /opt && mount -t tmpfs none /var && mkdir /var/task && exec \"$@\"")
            .arg(&self.0)
            .arg(e2e::rie())
            // The emulator passes its environment on, as Lambda does the function's.
            .envs(variables.iter().copied())
            .env_remove("RUST_LOG");
        Rie::start_as(command, bootstrap, 10)
    }
}

/// What makes a mount namespace here: root's own, or else one in which the user is root. In the latter the emulator of managed
/// instances cannot start its function, because it sets the groups of the process.
fn namespace() -> &'static [&'static str] {
    let ways: [&[&str]; 2] = [&["--mount"], &["--user", "--map-root-user", "--mount"]];
    let works = |way: &&&[&str]| {
        let tried = Command::new("unshare").args(**way).arg("true").output();
        tried.is_ok_and(|output| output.status.success())
    };
    ways.iter().find(works).expect(
        "this is tested in a mount namespace, so that the machine's /opt is left alone, and this machine does not allow one: a \
         container needs CAP_SYS_ADMIN or user namespaces",
    )
}

impl Drop for Opt {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Ends the emulator as a container's end does, and gives all that was printed.
pub(crate) fn terminated(mut rie: Rie) -> String {
    rie.running.signal("TERM");
    let (status, printed) = rie.running.ends(PATIENCE);
    assert!(status.success(), "{status}\n{printed}");
    printed
}
