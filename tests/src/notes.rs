//! What a function says of its life, line by line, over a socket that outlives it.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// Longer than any phase of a test's function takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// The notes of one function and of the processes that follow it.
#[derive(Debug)]
pub struct Notes {
    address: String,
    taken: Arc<(Mutex<Vec<String>>, Condvar)>,
}

impl Notes {
    /// Listens for a function that is told [`address`](Self::address).
    pub fn listen() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let taken = Arc::<(Mutex<Vec<String>>, Condvar)>::default();
        let into = Arc::clone(&taken);
        // The thread ends with the test's process.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    into.0.lock().unwrap().push(line);
                    into.1.notify_all();
                }
            }
        });
        Self { address, taken }
    }

    /// `host:port`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What has been said so far.
    pub fn all(&self) -> Vec<String> {
        self.taken.0.lock().unwrap().clone()
    }

    /// Waits until a line that begins with `start` has been said `times` times, and gives all that was said.
    pub fn wait(&self, start: &str, times: usize) -> Vec<String> {
        let deadline = Instant::now() + PATIENCE;
        let mut taken = self.taken.0.lock().unwrap();
        while taken.iter().filter(|line| line.starts_with(start)).count() < times {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "{start:?} was not said {times} times, but: {taken:?}");
            taken = self.taken.1.wait_timeout(taken, left).unwrap().0;
        }
        taken.clone()
    }
}
