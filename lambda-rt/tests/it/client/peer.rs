//! An HTTP/1.1 server that forgets its connections, as a NAT gateway does: without a word, until somebody uses one.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub(crate) struct Peer {
    port: u16,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    /// Connections of an earlier one are forgotten.
    epoch: AtomicUsize,
    /// The heads and bodies that have arrived, on connections it knew and on forgotten ones.
    served: Mutex<Vec<String>>,
    lost: Mutex<Vec<String>>,
    /// What a forgotten connection still says before it is reset.
    last_words: Mutex<Vec<u8>>,
}

pub(crate) const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

impl Peer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::<Shared>::default();
        let serving = Arc::clone(&shared);
        let accepting = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&serving)));
            }
        });
        Self { port, shared, accepting }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Forgets every connection there is.
    pub(crate) fn forget(&self) {
        self.shared.epoch.fetch_add(1, Ordering::SeqCst);
    }

    /// What forgotten connections answer, from now on, before they are reset.
    pub(crate) fn last_words(&self, bytes: &[u8]) {
        *self.shared.last_words.lock().unwrap() = bytes.to_vec();
    }

    /// The requests that were answered.
    pub(crate) fn served(&self) -> Vec<String> {
        self.shared.served.lock().unwrap().clone()
    }

    /// The requests that arrived on forgotten connections.
    pub(crate) fn lost(&self) -> Vec<String> {
        self.shared.lost.lock().unwrap().clone()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    let epoch = shared.epoch.load(Ordering::SeqCst);
    let mut buffer = Vec::new();
    while let Some(request) = request(&mut stream, &mut buffer).await {
        if shared.epoch.load(Ordering::SeqCst) == epoch {
            let answer = if request.starts_with("HEAD") { &ANSWER[..ANSWER.len() - 2] } else { ANSWER };
            shared.served.lock().unwrap().push(request);
            stream.write_all(answer).await.unwrap();
            continue;
        }
        shared.lost.lock().unwrap().push(request);
        let last_words = shared.last_words.lock().unwrap().clone();
        if !last_words.is_empty() {
            stream.write_all(&last_words).await.unwrap();
            // Read before the reset, which would overtake it.
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        #[expect(deprecated, reason = "a linger of zero does not block, and is how a reset is made")]
        stream.set_linger(Some(Duration::ZERO)).unwrap();
        return;
    }
}

/// The next request, whole; `None` at the end of the connection.
async fn request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<String> {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8(buffer[..end + 4].to_vec()).unwrap().to_lowercase();
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
            let length: usize = length.map_or(0, |length| length.parse().unwrap());
            if buffer.len() >= end + 4 + length {
                let request = buffer.drain(..end + 4 + length).collect();
                return Some(String::from_utf8(request).unwrap());
            }
        }
        stream.read_buf(buffer).await.ok().filter(|read| *read > 0)?;
    }
}
