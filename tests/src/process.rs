//! A process that ends with the test that started it, and whose words can be waited for.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// A running process and what it has printed so far, on stdout and stderr.
#[derive(Debug)]
pub struct Running {
    child: Child,
    printed: Arc<(Mutex<String>, Condvar)>,
}

impl Running {
    /// Starts `command` in a process group of its own.
    pub fn start(command: &mut Command) -> Self {
        let command =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let printed = Arc::<(Mutex<String>, Condvar)>::default();
        collect(child.stdout.take().unwrap(), &printed);
        collect(child.stderr.take().unwrap(), &printed);
        Self { child, printed }
    }

    /// Waits until a line that contains `text` has been printed, and gives all that was printed.
    pub fn says(&self, text: &str, patience: Duration) -> String {
        let (printed, more) = &*self.printed;
        let deadline = Instant::now() + patience;
        let mut printed = printed.lock().unwrap();
        while !printed.contains(text) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "it did not say {text:?} in {patience:?}, but:\n{printed}");
            printed = more.wait_timeout(printed, left).unwrap().0;
        }
        printed.clone()
    }

    /// What it has printed so far.
    pub fn printed(&self) -> String {
        self.printed.0.lock().unwrap().clone()
    }

    /// Sends a signal by the name that `kill` knows it by.
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(status.unwrap().success());
    }

    /// Waits for its end and gives what it printed; it is an error if that takes longer than `patience`.
    pub fn ends(&mut self, patience: Duration) -> (ExitStatus, String) {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, self.printed());
            }
            assert!(Instant::now() < deadline, "it has not ended after {patience:?}:\n{}", self.printed());
            std::thread::park_timeout(Duration::from_millis(20));
        }
    }

    /// Waits for its end.
    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// Waits until somebody listens on `port`; the process must still be there then.
    pub fn listens(&mut self, port: u16, patience: Duration) {
        let deadline = Instant::now() + patience;
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none(), "it ended with {ended:?}:\n{}", self.printed());
            assert!(
                Instant::now() < deadline,
                "nobody listens on {port} after {patience:?}:\n{}",
                self.printed()
            );
            // Nothing announces that another process has begun to listen: asking again is all one can do.
            std::thread::park_timeout(Duration::from_millis(20));
        }
    }
}

fn collect(from: impl Read + Send + 'static, into: &Arc<(Mutex<String>, Condvar)>) {
    let into = Arc::clone(into);
    std::thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut line = Vec::new();
        while from.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            into.0.lock().unwrap().push_str(&String::from_utf8_lossy(&line));
            into.1.notify_all();
            line.clear();
        }
    });
}

impl Drop for Running {
    fn drop(&mut self) {
        // The group: a peer starts processes of its own.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
