//! `aws_lambda_events` and `lambda-events` read the same samples, those of both, and what becomes of them is compared: what theirs
//! reads, ours reads, and what theirs keeps, ours keeps.
//!
//! It stands beside the benchmark because both crates are there already; the tests of the workspace need not compile the other one.

mod pairs;
mod reasons;
mod samples;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    pairs::{Pair, all},
    samples::is_of,
};

/// Calls `check` with each pair and each of its samples, and shows all that it finds at once.
fn for_every_sample(check: impl Fn(&Pair, &Value) -> Vec<String>) {
    let samples = samples::all();
    let mut found = Vec::new();
    let mut excused = BTreeMap::new();
    for pair in all() {
        let of_pair = |name: &&String| pair.samples.iter().any(|pattern| is_of(name, pattern));
        let names: Vec<&String> = samples.keys().filter(of_pair).collect();
        assert!(!names.is_empty(), "no sample for {}", pair.name);
        for name in names {
            for difference in check(&pair, &samples[name]) {
                match reasons::of(pair.name, &difference) {
                    Some(reason) => *excused.entry(reason).or_insert(0) += 1,
                    None => found.push(format!("{} of {name}: {difference}", pair.name)),
                }
            }
        }
    }
    for (reason, count) in excused {
        println!("{count} x {reason}");
    }
    assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_sample_is_of_a_type_or_its_service_is_not_theirs() {
    let pairs = all();
    let lost: Vec<String> = samples::all()
        .into_keys()
        .filter(|name| !name.contains('/'))
        .filter(|name| !pairs.iter().flat_map(|pair| pair.samples).any(|pattern| is_of(name, pattern)))
        .filter(|name| reasons::without_a_type(name).is_none())
        .collect();
    assert!(lost.is_empty(), "samples of theirs that no type is for: {lost:?}");
}

#[test]
fn what_theirs_reads_and_keeps_is_kept_by_ours() {
    for_every_sample(|pair, sample| {
        let Ok(theirs) = (pair.theirs)(sample) else { return Vec::new() };
        match (pair.ours)(sample) {
            Ok(ours) => {
                let mut lost = Vec::new();
                compare(sample, &theirs, &ours, "", &mut lost);
                lost
            }
            Err(error) => vec![format!("is refused: {error}")],
        }
    });
}

#[test]
fn a_member_that_theirs_can_do_without_is_not_needed_by_ours() {
    for_every_sample(|pair, sample| {
        let mut refused = Vec::new();
        for place in places(sample) {
            let mut changed = sample.clone();
            remove(&mut changed, &place);
            if (pair.theirs)(&changed).is_ok()
                && let Err(error) = (pair.ours)(&changed)
            {
                refused.push(format!("without {place}: {error}"));
            }
        }
        refused
    });
}

#[test]
fn a_null_that_theirs_can_read_is_read_by_ours() {
    for_every_sample(|pair, sample| {
        let mut refused = Vec::new();
        for place in places(sample) {
            let mut changed = sample.clone();
            *changed.pointer_mut(&place).expect("a place that was found") = Value::Null;
            if (pair.theirs)(&changed).is_ok()
                && let Err(error) = (pair.ours)(&changed)
            {
                refused.push(format!("null at {place}: {error}"));
            }
        }
        refused
    });
}

/// What of `sample` is in `theirs` and not, or otherwise, in `ours`.
fn compare(sample: &Value, theirs: &Value, ours: &Value, path: &str, lost: &mut Vec<String>) {
    match (sample, theirs, ours) {
        (Value::Object(sample), Value::Object(theirs), Value::Object(ours)) => {
            for (key, value) in theirs.iter().filter(|(_, value)| !value.is_null()) {
                let Some(original) = sample.get(key).filter(|original| !original.is_null()) else { continue };
                match ours.get(key) {
                    Some(other) => compare(original, value, other, &format!("{path}.{key}"), lost),
                    None => lost.push(format!("{path}.{key}: {value} is lost")),
                }
            }
        }
        (Value::Array(sample), Value::Array(theirs), Value::Array(ours)) if theirs.len() == ours.len() => {
            for (at, (theirs, ours)) in theirs.iter().zip(ours).enumerate() {
                compare(sample.get(at).unwrap_or(&Value::Null), theirs, ours, &format!("{path}[{at}]"), lost);
            }
        }
        // Who changes what was sent is not agreed with.
        _ if same(sample, ours) => {}
        _ if same(theirs, ours) => {}
        _ => lost.push(format!("{path}: {sample} is {theirs} in theirs and {ours} in ours")),
    }
}

fn same(theirs: &Value, ours: &Value) -> bool {
    match (theirs, ours) {
        (Value::Number(theirs), Value::Number(ours)) => theirs.as_f64() == ours.as_f64(),
        (Value::String(theirs), Value::String(ours)) => {
            let json = serde_json::from_str::<Value>;
            theirs == ours || matches!((json(theirs), json(ours)), (Ok(theirs), Ok(ours)) if theirs == ours)
        }
        _ => theirs == ours,
    }
}

/// Every member, as a JSON pointer.
fn places(sample: &Value) -> Vec<String> {
    fn collect(value: &Value, at: &str, found: &mut Vec<String>) {
        let children: Vec<(String, &Value)> = match value {
            Value::Object(members) => members
                .iter()
                .map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value))
                .collect(),
            Value::Array(items) => {
                items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect()
            }
            _ => Vec::new(),
        };
        for (step, child) in children {
            let at = format!("{at}/{step}");
            if value.is_object() {
                found.push(at.clone());
            }
            collect(child, &at, found);
        }
    }
    let mut found = Vec::new();
    collect(sample, "", &mut found);
    found
}

fn remove(sample: &mut Value, place: &str) {
    let (parent, name) = place.rsplit_once('/').expect("a pointer");
    if let Some(Value::Object(members)) = sample.pointer_mut(parent) {
        members.remove(&name.replace("~1", "/").replace("~0", "~"));
    }
}
