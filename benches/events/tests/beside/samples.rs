//! Where samples are: in this repository, and in the source of `aws_lambda_events`, which is asked of cargo.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use serde_json::Value;

/// Every sample by name: `sqs/full` of ours, `sqs-event` of theirs.
pub fn all() -> BTreeMap<String, Value> {
    let mut samples = BTreeMap::new();
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lambda-events/tests/fixtures");
    for folder in fs::read_dir(&ours).expect("our fixtures").map(|entry| entry.expect("an entry").path()) {
        if folder.is_dir() && !folder.ends_with("malformed") {
            let service = folder.file_name().expect("a name").to_string_lossy().into_owned();
            add(&folder, |name| format!("{service}/{name}"), &mut samples);
        }
    }
    add(&theirs(), |name| name.trim_start_matches("example-").to_owned(), &mut samples);
    samples
}

fn add(folder: &Path, name: impl Fn(&str) -> String, samples: &mut BTreeMap<String, Value>) {
    for file in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if file.extension().is_some_and(|ending| ending == "json") {
            let stem = file.file_stem().expect("a name").to_string_lossy();
            let text = fs::read_to_string(&file).expect("a sample");
            let value =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            samples.insert(name(&stem), value);
        }
    }
}

/// The folder of samples in the source of `aws_lambda_events`.
fn theirs() -> std::path::PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let theirs = packages.iter().find(|package| package["name"] == "aws_lambda_events").expect("the crate");
    let manifest = theirs["manifest_path"].as_str().expect("a path");
    Path::new(manifest).parent().expect("a folder").join("src/fixtures")
}

/// Whether a name is of a pattern, in which one `*` may stand for anything.
pub fn is_of(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => {
            name.strip_prefix(start).is_some_and(|rest| rest.ends_with(end))
                && name.contains('/') == pattern.contains('/')
        }
        None => name == pattern,
    }
}
