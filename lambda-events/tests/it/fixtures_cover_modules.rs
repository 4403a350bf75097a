//! A module without a feature, a fixture or a row in the table of the front page is a mistake.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use crate::cases::{all, fixtures};

fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file of this package")
}

/// The modules of services, with the features that gate them.
fn services() -> Vec<(String, String)> {
    let root = file("src/lib.rs");
    let lines: Vec<&str> = root.lines().collect();
    lines
        .windows(2)
        .filter_map(|pair| {
            let feature = pair[0].strip_prefix("#[cfg(feature = \"")?.strip_suffix("\")]")?;
            let module = pair[1].strip_prefix("pub mod ")?.strip_suffix(';')?;
            Some((module.to_owned(), feature.to_owned()))
        })
        .collect()
}

#[test]
fn every_module_has_a_feature_of_its_name_that_full_turns_on() {
    let manifest = file("Cargo.toml");
    let full = manifest
        .split("full = [")
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .expect("the feature `full`");
    for (module, feature) in services() {
        assert_eq!(module, feature, "the feature has the name of the module");
        assert!(
            manifest.lines().any(|line| line.starts_with(&format!("{feature} = ["))),
            "no feature `{feature}`"
        );
        assert!(full.contains(&format!("\"{feature}\"")), "`{feature}` is not in `full`");
    }
}

#[test]
fn every_module_has_a_row_in_the_table_and_every_row_a_module() {
    let root = file("src/lib.rs");
    let rows: BTreeSet<&str> = root
        .lines()
        .filter_map(|line| {
            line.strip_prefix("//! | ")?.split('|').nth(1)?.trim().strip_prefix('`')?.strip_suffix('`')
        })
        .collect();
    let services = services();
    let modules: BTreeSet<&str> = services.iter().map(|(module, _)| module.as_str()).collect();
    assert_eq!(rows, modules);
}

/// A full one, and a minimal one or one of another kind.
#[test]
fn every_type_has_a_pair_of_fixtures() {
    let mut names: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for case in all() {
        names.entry((case.service, case.of)).or_default().insert(case.name);
    }
    let single: Vec<_> = names.iter().filter(|(_, names)| names.len() < 2).collect();
    assert!(single.is_empty(), "types with only one fixture: {single:?}");
    for (module, _) in services() {
        assert!(names.keys().any(|(service, _)| *service == module), "`{module}` has no fixture");
    }
}

#[test]
fn every_source_of_details_has_a_fixture() {
    let cases = all();
    let modules = file("src/cloudwatch_events/mod.rs");
    let modules = modules.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    for module in modules {
        let of = format!("cloudwatch_events::{module}::");
        assert!(cases.iter().any(|case| case.of.contains(&of)), "no fixture for `{of}`");
    }
}

#[test]
fn every_fixture_is_read_by_a_test() {
    let read: BTreeSet<_> = all().iter().map(|case| case.path()).collect();
    for service in fs::read_dir(fixtures()).expect("the fixtures") {
        let service = service.expect("an entry").path();
        if !service.is_dir() || service.ends_with("malformed") {
            continue;
        }
        for fixture in fs::read_dir(service).expect("a folder") {
            let fixture = fixture.expect("an entry").path();
            assert!(read.contains(&fixture), "no case for {}", fixture.display());
        }
    }
}
