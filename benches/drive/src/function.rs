//! A function as a process, and what the kernel says it has used.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::server::{Plan, Server, Told};

/// One life of a function.
pub struct Life {
    pub to_first_poll: Duration,
    /// CPU time per event of each phase.
    pub cpu: Vec<Duration>,
    /// From event written to answer read, phase by phase.
    pub latencies: Vec<Vec<Duration>>,
    /// The last answer of each phase, if it was short.
    pub last: Vec<Vec<u8>>,
    pub connections: usize,
    pub peak_kib: u64,
}

/// Starts `program`, puts it through `plan`, and ends it.
pub fn live(program: &Path, plan: Plan) -> Life {
    let counts = plan.counts.clone();
    let server = Server::start(plan);
    let started = Instant::now();
    let mut child = spawn(program, &server.address, &[]);
    let to_first_poll = match server.told.recv_timeout(Duration::from_secs(20)) {
        Ok(Told::FirstPoll) => started.elapsed(),
        _ => panic!("{} does not poll", program.display()),
    };
    let mut life = Life {
        to_first_poll,
        cpu: Vec::new(),
        latencies: Vec::new(),
        last: Vec::new(),
        connections: 0,
        peak_kib: 0,
    };
    for count in counts {
        let before = cpu(&child);
        server.go.send(()).expect("the server is gone");
        match server.told.recv_timeout(Duration::from_secs(300)) {
            Ok(Told::Over { latencies, last }) => {
                life.latencies.push(latencies);
                life.last.push(last);
            }
            _ => panic!("{} has stopped answering", program.display()),
        }
        life.cpu.push((cpu(&child) - before) / u32::try_from(count).expect("a small count"));
    }
    life.connections = server.connections.load(std::sync::atomic::Ordering::Relaxed);
    life.peak_kib = memory(&child, "VmHWM:");
    child.kill().expect("kill");
    child.wait().expect("wait");
    life
}

/// The environment a function has, and nothing else but `variables`.
pub fn spawn(program: &Path, address: &str, variables: &[(&str, &str)]) -> Child {
    Command::new(program)
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", address)
        .env("AWS_LAMBDA_FUNCTION_NAME", "hello")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/hello")
        .env("AWS_LAMBDA_LOG_STREAM_NAME", "stream")
        .env("AWS_REGION", "us-east-1")
        .envs(variables.iter().copied())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()))
}

/// Nanoseconds on a CPU, summed over the threads that are there now.
pub fn cpu(child: &Child) -> Duration {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", child.id())).expect("/proc");
    let nanos = tasks.flatten().filter_map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(nanos.sum())
}

/// A figure of `/proc/<pid>/status`, such as `VmHWM:`, in KiB.
pub fn memory(child: &Child, figure: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("/proc");
    let line = status.lines().find_map(|line| line.strip_prefix(figure)).expect("a figure of the kernel");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}
