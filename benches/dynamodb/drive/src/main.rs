//! Measures a function with a DynamoDB client on `lambda-rt`, and on `lambda_runtime` with `aws_config`, round by round.
//!
//! `benches/run --only dynamodb [--rounds N]`, with both sides built before.

mod endpoint;
#[path = "../../../drive/src/function.rs"]
#[allow(dead_code, reason = "only what starts and weighs a process is of use here")]
mod function;
#[path = "../../../drive/src/server.rs"]
#[allow(dead_code, reason = "its connections are not counted here")]
mod server;

use std::path::Path;
use std::process::Child;
use std::time::Duration;

use endpoint::Endpoint;
use server::{Plan, Server, Told};

/// A column of the table: what is run, and in what environment.
struct Column {
    program: &'static str,
    variables: Vec<(&'static str, String)>,
    figures: [Vec<f64>; FIGURES.len()],
}

/// The figures of one life, in the order in which they are had; what ours must reach, and aims at, beside theirs.
const FIGURES: [(&str, &str, &str); 6] = [
    ("exec to first next, µs", "", ""),
    ("CPU to first next, µs", "0.60", "0.40"),
    ("first call, µs", "0.50", ""),
    ("CPU to the first answer, µs", "", ""),
    ("CPU per invocation with a call, µs", "", ""),
    ("peak memory, KiB", "0.70", "0.50"),
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |flag: &str| arguments.iter().position(|a| a == flag).map(|at| arguments[at + 1].as_str());
    let rounds = after("--rounds").map_or(9, |rounds| rounds.parse().expect("--rounds"));
    let endpoint = Endpoint::start();
    let bundles = Bundles::write(&endpoint.authority);
    let columns = [
        ("dynamodb-ours", ("AWS_CA_BUNDLE", &bundles.amazon), "true"),
        ("dynamodb-ours", ("AWS_CA_BUNDLE", &bundles.amazon), "false"),
        ("dynamodb-theirs", ("SSL_CERT_FILE", &bundles.system), "true"),
    ];
    let mut columns = columns.map(|(program, (trusts, bundle), prewarm)| Column {
        program,
        variables: vec![
            ("AWS_ACCESS_KEY_ID", "local".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "local".to_owned()),
            ("AWS_ENDPOINT_URL", endpoint.url.clone()),
            (trusts, bundle.clone()),
            ("PREWARM", prewarm.to_owned()),
        ],
        figures: Default::default(),
    });
    for _ in 0..rounds {
        for column in &mut columns {
            let figures = live(Path::new("target/release").join(column.program).as_path(), &column.variables);
            column.figures.iter_mut().zip(figures).for_each(|(values, figure)| values.push(figure));
        }
    }
    print(&mut columns);
}

/// The PEM files of what each side trusts. To both the endpoint's authority is one among those that it would have in Lambda.
struct Bundles {
    amazon: String,
    system: String,
}

impl Bundles {
    fn write(authority: &str) -> Self {
        let write = |name: &str, roots: &str| {
            let path = std::path::absolute(Path::new("target").join(name)).expect("a directory");
            std::fs::write(&path, format!("{roots}\n{authority}")).expect("a bundle");
            path.to_str().expect("text").to_owned()
        };
        // Where Debian and Amazon Linux have them.
        let places = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];
        let system = places.iter().find_map(|place| std::fs::read_to_string(place).ok());
        if system.is_none() {
            eprintln!(
                "the system has no bundle of authorities, which makes their start look faster than it is"
            );
        }
        Self {
            amazon: write("amazon.pem", include_str!("../../../../lambda-rt/src/aws/roots.pem")),
            system: write("system.pem", &system.unwrap_or_default()),
        }
    }
}

/// One life, and the [figures](FIGURES) of it.
fn live(program: &Path, variables: &[(&str, String)]) -> [f64; FIGURES.len()] {
    const MORE: usize = 200;
    let event = b"\"Ada\"".to_vec();
    let plan =
        Plan { gap: Duration::from_millis(2), phases: vec![event.clone(), event], counts: vec![1, MORE] };
    let server = Server::start(plan);
    let variables: Vec<_> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let started = std::time::Instant::now();
    let mut child = function::spawn(program, &server.address, &variables);
    let told = || server.told.recv_timeout(Duration::from_secs(20)).expect("it does not poll");
    assert!(matches!(told(), Told::FirstPoll));
    let to_first_next = started.elapsed();
    let start = function::cpu(&child);
    server.go.send(()).expect("the server is gone");
    let Told::Over { last, .. } = told() else { panic!("it polled twice for the first time") };
    let first_call = String::from_utf8_lossy(&last).parse();
    let first_call = first_call.unwrap_or_else(|_| panic!("{}: {last:?}", program.display()));
    let first = function::cpu(&child);
    server.go.send(()).expect("the server is gone");
    assert!(matches!(told(), Told::Over { .. }));
    let rest = (function::cpu(&child) - first) / MORE as u32;
    let peak = peak_kib(&child);
    child.kill().expect("kill");
    child.wait().expect("wait");
    [micros(to_first_next), micros(start), first_call, micros(first), micros(rest), peak]
}

fn peak_kib(child: &Child) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("/proc");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("VmHWM");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

fn print(columns: &mut [Column; 3]) {
    println!(
        "| function with a DynamoDB client | ours | not prewarmed | theirs | ours / theirs | not prewarmed / theirs | must | aim |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for (figure, (what, must, aim)) in FIGURES.into_iter().enumerate() {
        let medians = columns.each_mut().map(|column| median(&mut column.figures[figure]));
        row(what, medians, must, aim);
    }
    let size = |column: &Column| {
        let program = Path::new("target/release").join(column.program);
        std::fs::metadata(program).expect("built").len() as f64 / 1024.0
    };
    row("binary, KiB", columns.each_ref().map(size), "0.70", "0.50");
}

fn row(what: &str, [ours, cold, theirs]: [f64; 3], must: &str, aim: &str) {
    let (ratio, cold_ratio) = (ours / theirs, cold / theirs);
    println!(
        "| {what} | {ours:.0} | {cold:.0} | {theirs:.0} | {ratio:.3} | {cold_ratio:.3} | {must} | {aim} |"
    );
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
