//! A minimal Runtime API: the same few system calls for everyone, on blocking threads.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What one function is put through, phase by phase.
pub struct Plan {
    pub gap: Duration,
    /// Events of each phase; the driver is told when a phase is over and starts the next.
    pub phases: Vec<Vec<u8>>,
    pub counts: Vec<usize>,
}

/// What happens, as the driver needs to know it.
pub enum Told {
    FirstPoll,
    /// A phase is over and the function polls again: nothing of it is running.
    Over {
        latencies: Vec<Duration>,
        last: Vec<u8>,
    },
}

pub struct Server {
    pub address: String,
    pub told: Receiver<Told>,
    /// One message lets the next phase begin.
    pub go: Sender<()>,
    pub connections: Arc<AtomicUsize>,
}

struct State {
    plan: Plan,
    phase: usize,
    sent: usize,
    written: Instant,
    latencies: Vec<Duration>,
    last: Vec<u8>,
    told: Sender<Told>,
    go: Receiver<()>,
    polled: bool,
}

impl Server {
    pub fn start(plan: Plan) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("bind");
        let address = listener.local_addr().expect("address").to_string();
        let (tell, told) = channel();
        let (go, gone) = channel();
        let connections = Arc::new(AtomicUsize::new(0));
        let state = State {
            plan,
            phase: 0,
            sent: 0,
            written: Instant::now(),
            latencies: Vec::new(),
            last: Vec::new(),
            told: tell,
            go: gone,
            polled: false,
        };
        let state = Arc::new(Mutex::new(state));
        let count = Arc::clone(&connections);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::Relaxed);
                let state = Arc::clone(&state);
                std::thread::spawn(move || serve(stream, &state));
            }
        });
        Self { address, told, go, connections }
    }
}

/// Serves one connection until it ends.
fn serve(stream: TcpStream, state: &Mutex<State>) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut reader = BufReader::with_capacity(64 * 1024, stream);
    let mut line = String::new();
    let mut body = Vec::new();
    loop {
        let (mut get, mut length) = (false, 0);
        loop {
            line.clear();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            match line.trim_end() {
                "" => break,
                text if text.starts_with("GET ") => get = true,
                text => {
                    if let Some((name, value)) = text.split_once(": ")
                        && name.eq_ignore_ascii_case("content-length")
                    {
                        length = value.parse().ok()?;
                    }
                }
            }
        }
        body.resize(length, 0);
        reader.read_exact(&mut body).ok()?;
        if get {
            next(reader.get_mut(), state)?;
        } else {
            let mut state = state.lock().ok()?;
            let latency = state.written.elapsed();
            state.latencies.push(latency);
            state.last.clear();
            if length < 100 {
                state.last.extend_from_slice(&body);
            }
            drop(state);
            reader.get_mut().write_all(ACCEPTED).ok()?;
        }
    }
}

pub const ACCEPTED: &[u8] =
    b"HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"status\":\"OK\"}\n";

fn next(stream: &mut TcpStream, state: &Mutex<State>) -> Option<()> {
    let mut state = state.lock().ok()?;
    if !state.polled {
        state.polled = true;
        state.told.send(Told::FirstPoll).ok()?;
        state.go.recv().ok()?;
    }
    while state.sent == state.plan.counts[state.phase] {
        let (latencies, last) = (std::mem::take(&mut state.latencies), std::mem::take(&mut state.last));
        state.told.send(Told::Over { latencies, last }).ok()?;
        state.go.recv().ok()?;
        state.phase += 1;
        state.sent = 0;
    }
    state.sent += 1;
    std::thread::sleep(state.plan.gap);
    let event = event(&state.plan.phases[state.phase]);
    state.written = Instant::now();
    drop(state);
    stream.write_all(&event).ok()
}

/// The answer to a poll.
pub fn event(payload: &[u8]) -> Vec<u8> {
    static ID: AtomicU64 = AtomicU64::new(0);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock after 1970");
    let deadline = now.as_millis() + 30_000;
    let id = ID.fetch_add(1, Ordering::Relaxed);
    let mut event = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\
         Lambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-{id:012x}\r\n\
         Lambda-Runtime-Deadline-Ms: {deadline}\r\n\
         Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:hello\r\n\
         Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1\r\n\
         Content-Length: {}\r\n\r\n",
        payload.len()
    )
    .into_bytes();
    event.extend_from_slice(payload);
    event
}
