//! Measures the same function on `lambda-rt`, on `lambda_runtime` and on the floor, interleaved round by round.
//!
//! `benches/run [--rounds N] [--only small|large|allocations|pollers|telemetry|http|static] [--build-time]`

mod function;
mod http;
mod pollers;
mod server;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use function::live;
use server::Plan;

const COLUMNS: [(&str, &str, &str); 5] = [
    ("ours", "hello-ours", "ours-current"),
    ("theirs, current-thread", "hello-theirs", "theirs-current"),
    ("theirs, #[tokio::main]", "hello-theirs", "theirs-multi"),
    ("floor", "floor", "floor"),
    ("ours, #[tokio::main]", "hello-ours", "ours-multi"),
];
const FLOOR: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |flag: &str| arguments.iter().position(|a| a == flag).map(|at| arguments[at + 1].as_str());
    let rounds = after("--rounds").map_or(7, |rounds| rounds.parse().expect("--rounds"));
    let only = after("--only");
    let wanted = |name: &str| only.is_none_or(|only| only == name);
    if ["small", "large", "allocations", "pollers", "static"].into_iter().any(wanted) {
        // One after the other: together, each would be built with the features that the others need.
        for package in ["hello-ours", "hello-theirs", "floor"] {
            build(&["-p", package], Path::new("target"));
        }
    }
    println!("| | {} | ours / theirs | must | aim |", COLUMNS.map(|(title, ..)| title).join(" | "));
    println!("|---|{}", "---|".repeat(COLUMNS.len() + 3));
    if ["small", "large", "pollers", "static"].into_iter().any(wanted) {
        build(&["-p", "hello-ours", "--features", "multi"], Path::new("target/multi"));
    }
    if wanted("small") {
        small_events(rounds);
    }
    if wanted("large") {
        large_events(rounds.min(5));
    }
    if wanted("allocations") {
        allocations();
    }
    if wanted("pollers") {
        many_pollers(rounds.min(5));
    }
    if wanted("telemetry") {
        telemetry();
    }
    if wanted("http") {
        for package in ["http-ours", "http-theirs"] {
            build(&["-p", package], Path::new("target"));
        }
        http::requests(rounds);
        http::streams(rounds.min(5));
    }
    if wanted("static") {
        static_figures(arguments.iter().any(|a| a == "--build-time"));
    }
}

fn program(column: usize) -> PathBuf {
    let directory = if COLUMNS[column].2 == "ours-multi" { "target/multi" } else { "target" };
    Path::new(directory).join("release").join(COLUMNS[column].2)
}

/// The rows of a small event: start, CPU and latency, back to back and 2 ms apart.
fn small_events(rounds: usize) {
    let small = br#"{"name":"world","items":[1,2,3]}"#.to_vec();
    let mut first = [const { Vec::new() }; 5];
    let mut figures: [[[Vec<f64>; 3]; 2]; 5] = Default::default();
    let mut connections = [0; 5];
    let mut peak = [const { Vec::new() }; 5];
    for _ in 0..rounds {
        for column in 0..COLUMNS.len() {
            for (kind, gap, count) in [(0, Duration::ZERO, 3000), (1, Duration::from_millis(2), 400)] {
                let plan = Plan { gap, phases: vec![small.clone(); 2], counts: vec![100, count] };
                let life = live(&program(column), plan);
                let mut latencies = life.latencies[1].clone();
                latencies.sort();
                let at = |share: f64| micros(latencies[(latencies.len() as f64 * share) as usize]);
                for (figure, value) in [micros(life.cpu[1]), at(0.5), at(0.99)].into_iter().enumerate() {
                    figures[column][kind][figure].push(value);
                }
                first[column].push(micros(life.to_first_poll));
                connections[column] = connections[column].max(life.connections);
                peak[column].push(life.peak_kib as f64);
            }
        }
    }
    // Starts alone: cheap enough to have many of.
    for _ in 0..rounds * 5 {
        for (column, first) in first.iter_mut().enumerate() {
            let plan = Plan { gap: Duration::ZERO, phases: vec![b"1".to_vec()], counts: vec![1] };
            first.push(micros(live(&program(column), plan).to_first_poll));
        }
    }
    let all = |kind: usize, figure: usize| {
        std::array::from_fn(|column| median(&mut figures[column][kind][figure].clone()))
    };
    let apart: [f64; 5] = all(1, 0);
    row("CPU per invocation, 2 ms apart, µs", apart, 1, "0.60", "0.45");
    row("the same beside #[tokio::main]", apart, 2, "0.10", "0.06");
    row("the same beside the floor", apart, FLOOR, "1.5", "1.2");
    row("event to answer, 2 ms apart, p50, µs", all(1, 1), 1, "0.80", "0.65");
    row("event to answer, 2 ms apart, p99, µs", all(1, 2), 1, "1.0", "0.8");
    row("CPU per invocation, back to back, µs", all(0, 0), 1, "", "");
    row("event to answer, back to back, p50, µs", all(0, 1), 1, "", "");
    row("exec to first next, µs", first.map(|mut values| median(&mut values)), 1, "1.00", "0.92");
    row("connections opened, most in a run", connections.map(|count| count as f64), 1, "", "");
    row("peak memory, hello, KiB", peak.map(|mut values| median(&mut values)), 1, "0.80", "0.70");
}

/// The rows of an event of 6 MB, in and out.
fn large_events(rounds: usize) {
    let mut large = vec![b'x'; 6 * 1024 * 1024];
    large[0] = b'"';
    *large.last_mut().expect("not empty") = b'"';
    let mut cpu = [const { Vec::new() }; 5];
    let mut peak = [const { Vec::new() }; 5];
    for _ in 0..rounds {
        for column in 0..COLUMNS.len() {
            let plan = Plan { gap: Duration::ZERO, phases: vec![large.clone(); 2], counts: vec![3, 20] };
            let life = live(&program(column), plan);
            cpu[column].push(micros(life.cpu[1]));
            peak[column].push(life.peak_kib as f64);
        }
    }
    row(
        "CPU per invocation, 6 MB in and out, µs",
        cpu.map(|mut values| median(&mut values)),
        1,
        "0.75",
        "0.50",
    );
    row("peak memory, 6 MB echo, KiB", peak.map(|mut values| median(&mut values)), 1, "0.75", "0.60");
}

/// Asks twice, with a thousand events between; the asking is one event more.
fn allocations() {
    build(&["-p", "hello-ours", "--features", "count,multi"], Path::new("target/count"));
    build(&["-p", "hello-theirs", "--features", "count"], Path::new("target/count"));
    let per_invocation = std::array::from_fn(|column| {
        if column == FLOOR {
            return f64::NAN;
        }
        let program = Path::new("target/count/release").join(COLUMNS[column].2);
        let ask = br#""allocations""#.to_vec();
        let plan = Plan {
            gap: Duration::ZERO,
            phases: vec![b"1".to_vec(), ask.clone(), b"1".to_vec(), ask],
            counts: vec![100, 1, 1000, 1],
        };
        let life = live(&program, plan);
        let count =
            |phase: usize| String::from_utf8_lossy(&life.last[phase]).parse::<f64>().expect("a count");
        (count(3) - count(1)) / 1001.0
    });
    row("allocations per invocation (absolute: 20, aim 8)", per_invocation, 1, "", "");
}

/// 32 events at once: all in one task, and over threads.
fn many_pollers(rounds: usize) {
    build(&["-p", "hello-theirs", "--features", "concurrent"], Path::new("target/multi"));
    let programs = [
        Path::new("target/release/ours-current"),
        Path::new("target/multi/release/ours-concurrent"),
        Path::new("target/multi/release/theirs-concurrent"),
    ];
    let mut figures = [const { [const { Vec::new() }; 2] }; 3];
    for _ in 0..rounds {
        for (program, [rates, cpu]) in programs.iter().zip(&mut figures) {
            let rate = pollers::rate(program, 32, 30_000);
            rates.push(rate.per_second);
            cpu.push(micros(rate.cpu));
        }
    }
    let [one_task, threads, theirs] = figures.map(|figures| figures.map(|mut values| median(&mut values)));
    for (ours, what) in [(one_task, "`run`"), (threads, "`run_concurrent`")] {
        println!(
            "| 32 pollers, {what}, events per second | {:.0} | | {:.0} | | | {:.2} | 1.20 | 1.50 |",
            ours[0],
            theirs[0],
            ours[0] / theirs[0]
        );
        println!(
            "| 32 pollers, {what}, CPU per invocation, µs | {:.1} | | {:.1} | | | {:.2} | | |",
            ours[1],
            theirs[1],
            ours[1] / theirs[1]
        );
    }
}

/// 10,000 records of telemetry, both sides in one process.
fn telemetry() {
    build(&["-p", "telemetry"], Path::new("target"));
    build(&["-p", "telemetry", "--features", "count"], Path::new("target/count"));
    for (what, directory, must) in [
        ("CPU for 10,000 records of telemetry, µs", "target", "0.65"),
        ("allocations for 10,000 records of telemetry", "target/count", "0.60"),
    ] {
        let output =
            Command::new(Path::new(directory).join("release/telemetry")).output().expect("telemetry");
        let text = String::from_utf8(output.stdout).expect("text");
        let figures: Vec<f64> =
            text.split_whitespace().map(|figure| figure.parse().expect("a figure")).collect();
        let (ours, theirs) = (figures[0], figures[1]);
        println!("| {what} | {ours} | {theirs} | | | | {:.2} | {must} | |", ours / theirs);
    }
}

fn static_figures(build_time: bool) {
    let size = |column: usize| std::fs::metadata(program(column)).expect("built").len() as f64 / 1024.0;
    row("binary, KiB", std::array::from_fn(size), 1, "0.70", "0.55");
    let (theirs, ours, bare) = (
        crates("hello-theirs", &[]),
        crates("hello-ours", &["--features", "local"]),
        crates("hello-ours", &[]),
    );
    println!(
        "| crates, with `local` | {ours} | {theirs} | {theirs} | | {ours} | {:.2} | 0.70 | 0.60 |",
        ours / theirs
    );
    println!(
        "| crates, without `local` | {bare} | {theirs} | {theirs} | | {bare} | {:.2} | 0.50 | 0.40 |",
        bare / theirs
    );
    if build_time {
        let time = |package: &str| {
            let directory = Path::new("target/clean");
            let mut seconds: Vec<f64> = (0..3)
                .map(|_| {
                    let _ = std::fs::remove_dir_all(directory);
                    let started = Instant::now();
                    build(&["-p", package, "--bin", &format!("{}-current", &package[6..])], directory);
                    started.elapsed().as_secs_f64()
                })
                .collect();
            median(&mut seconds)
        };
        let (ours, theirs) = (time("hello-ours"), time("hello-theirs"));
        println!(
            "| clean release build, without `local`, s | {ours:.1} | {theirs:.1} | | | | {:.2} | 0.60 | 0.45 |",
            ours / theirs
        );
    }
}

/// Crates compiled for a package, itself left out.
fn crates(package: &str, features: &[&str]) -> f64 {
    let output = cargo()
        .args(["tree", "-e", "normal", "--prefix", "none", "--no-dedupe", "-p", package])
        .args(features)
        .output();
    let text = String::from_utf8(output.expect("cargo tree").stdout).expect("text");
    let names: std::collections::BTreeSet<_> =
        text.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.is_empty()).collect();
    names.len() as f64 - 1.0
}

fn build(arguments: &[&str], directory: &Path) {
    let status = cargo()
        .args(["build", "--release", "--quiet", "--locked", "--target-dir"])
        .arg(directory)
        .args(arguments)
        .status();
    assert!(status.expect("cargo").success(), "cargo build {arguments:?} failed");
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn row(what: &str, figures: [f64; 5], beside: usize, must: &str, aim: &str) {
    let cells = figures.map(|value| if value.is_nan() { String::new() } else { format!("{value:.1}") });
    println!("| {what} | {} | {:.2} | {must} | {aim} |", cells.join(" | "), figures[0] / figures[beside]);
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
