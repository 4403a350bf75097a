//! Many pollers at once: how many events a second a function takes when it never waits for one.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};

use crate::function::{cpu, spawn};
use crate::server::{ACCEPTED, event};

/// Events before those that are counted.
const WARM_UP: usize = 2_000;

/// What one run came to.
pub struct Rate {
    pub per_second: f64,
    pub cpu: Duration,
}

struct Service {
    /// Events that have been handed out, and answers that have come.
    given: AtomicUsize,
    answered: AtomicUsize,
    events: usize,
    /// How many pollers have asked for the first time.
    polling: watch::Sender<usize>,
    begun: watch::Sender<bool>,
    warm: Notify,
    done: Notify,
}

/// Has `program` handle `events`, `pollers` at a time. One thread serves them all, so that little is measured but the function.
pub fn rate(program: &Path, pollers: usize, events: usize) -> Rate {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let address = listener.local_addr().expect("address").to_string();
        let service = Arc::new(Service {
            given: AtomicUsize::new(0),
            answered: AtomicUsize::new(0),
            events: events + WARM_UP,
            polling: watch::Sender::new(0),
            begun: watch::Sender::new(false),
            warm: Notify::new(),
            done: Notify::new(),
        });
        let mut child = spawn(program, &address, &[("AWS_LAMBDA_MAX_CONCURRENCY", &pollers.to_string())]);
        let accepting = Arc::clone(&service);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&accepting)));
            }
        });
        let all = service.polling.subscribe().wait_for(|polling| *polling >= pollers).await.is_ok();
        assert!(all, "{} does not poll", program.display());
        service.begun.send_replace(true);
        service.warm.notified().await;
        let (started, before) = (Instant::now(), cpu(&child));
        service.done.notified().await;
        let (took, used) = (started.elapsed(), cpu(&child) - before);
        child.kill().expect("kill");
        child.wait().expect("wait");
        Rate {
            per_second: events as f64 / took.as_secs_f64(),
            cpu: used / u32::try_from(events).expect("a small count"),
        }
    })
}

/// Serves one connection until it ends, or until there is no event left. An answer may come on another connection than its event.
async fn serve(mut stream: TcpStream, service: Arc<Service>) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut begun = service.begun.subscribe();
    let mut buffer = Vec::with_capacity(4096);
    loop {
        if !polls(&mut stream, &mut buffer).await? {
            stream.write_all(ACCEPTED).await.ok()?;
            match service.answered.fetch_add(1, Ordering::Relaxed) + 1 {
                WARM_UP => service.warm.notify_one(),
                count if count == service.events => service.done.notify_one(),
                _ => {}
            }
            continue;
        }
        if !*begun.borrow() {
            service.polling.send_modify(|polling| *polling += 1);
            begun.wait_for(|begun| *begun).await.ok()?;
        }
        if service.given.fetch_add(1, Ordering::Relaxed) >= service.events {
            // The poll that has been read is never answered.
            return std::future::pending().await;
        }
        stream.write_all(&event(br#"{"name":"world","items":[1,2,3]}"#)).await.ok()?;
    }
}

/// Reads one request, head and body, and says whether it is a poll.
async fn polls(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<bool> {
    loop {
        if let Some(end) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            let head = std::str::from_utf8(&buffer[..end]).ok()?;
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            let length = lines.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            let length: usize = length.map_or(Some(0), |(_, value)| value.parse().ok())?;
            if buffer.len() >= end + 4 + length {
                let polls = buffer.starts_with(b"GET ");
                buffer.drain(..end + 4 + length);
                return Some(polls);
            }
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}
