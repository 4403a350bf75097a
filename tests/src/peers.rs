//! Programs that nobody here wrote, fetched from PyPI by name and version and kept outside the repository.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// AWS's Runtime Interface Emulator, which `aws-sam-cli` ships.
const RIE: (&str, &str) = ("aws-sam-cli==1.170.0", "samcli/local/rapid/aws-lambda-rie-x86_64");
const CARGO_LAMBDA: (&str, &str) = ("cargo-lambda==1.9.2", "cargo_lambda-1.9.2.data/scripts/cargo-lambda");
/// The linker that cargo-lambda builds with.
const ZIG: (&str, &str) = ("ziglang==0.13.0.post1", "ziglang/zig");

/// The sample events of the same package, and the file that says what fills the gaps in them.
const SAMPLES: (&str, &str) = (RIE.0, "samcli/lib/generated_sample_events/event-mapping.json");

/// The Runtime Interface Emulator.
pub fn rie() -> PathBuf {
    executable(RIE)
}

/// The folder with the sample events of `sam local generate-event`: `event-mapping.json`, and a folder `events`.
pub fn sam_samples() -> PathBuf {
    fetched(SAMPLES).parent().unwrap().to_owned()
}

/// A command that is `cargo lambda`, with its linker on the path.
pub fn cargo_lambda() -> Command {
    let (cargo_lambda, zig) = (executable(CARGO_LAMBDA), executable(ZIG));
    let mut path = vec![zig.parent().unwrap().to_owned(), cargo_lambda.parent().unwrap().to_owned()];
    path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let mut command = Command::new(&cargo_lambda);
    command.arg("lambda").env("PATH", std::env::join_paths(path).unwrap());
    command
}

/// The path of a program of a package. Wheels do not say that it is one.
fn executable(program: (&str, &str)) -> PathBuf {
    let path = fetched(program);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// Fetches a package once and gives the path of one of its files.
fn fetched((package, file): (&str, &str)) -> PathBuf {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let directory = cache().join(package.replace("==", "-"));
    let path = directory.join(file);
    if !path.exists() {
        let partial = directory.with_extension(format!("partial-{}", std::process::id()));
        std::fs::create_dir_all(&partial).unwrap();
        python(
            package,
            &["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", package, "-d"],
            &partial,
        );
        unpack(package, &partial);
        assert!(partial.join(file).exists(), "{package} holds no {file}");
        // Whole or not at all: another run may be looking.
        let _ = std::fs::remove_dir_all(&directory);
        std::fs::rename(&partial, &directory).unwrap();
    }
    path
}

fn unpack(package: &str, directory: &Path) {
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let wheels: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "whl")).collect();
    let [wheel] = &wheels[..] else { panic!("{package}: one wheel was expected, not {wheels:?}") };
    python(package, &["-m", "zipfile", "-e", &wheel.to_string_lossy()], directory);
    std::fs::remove_file(wheel).unwrap();
}

fn python(package: &str, arguments: &[&str], directory: &Path) {
    let output = Command::new("python3").args(arguments).arg(directory).output();
    let output =
        output.unwrap_or_else(|error| panic!("{package} is fetched with python3 and its pip: {error}"));
    assert!(
        output.status.success(),
        "{package} cannot be fetched from PyPI; the peer tests need it. python3 {arguments:?} says:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn cache() -> PathBuf {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("LAMBDA_RT_PEERS").unwrap_or_else(|| {
        let cache = variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")));
        cache.unwrap_or_else(std::env::temp_dir).join("lambda-rt-peers")
    })
}
