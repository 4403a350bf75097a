//! What a subscriber of telemetry listens with.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::support::{Answer, Extension, SUBSCRIBE};

/// A batch: where it was posted to, and what was in it.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) path: String,
    pub(crate) records: Vec<Value>,
}

/// A listener that takes batches, answering each with the next of the given statuses, and with 200 after those.
pub(crate) struct Listener {
    pub(crate) port: u16,
    batches: mpsc::UnboundedReceiver<Batch>,
    /// All records taken so far.
    pub(crate) records: Vec<Value>,
}

impl Listener {
    pub(crate) async fn http(statuses: &[u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, batches) = mpsc::unbounded_channel();
        let statuses: Arc<Mutex<VecDeque<u16>>> = Arc::new(Mutex::new(statuses.iter().copied().collect()));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (sender, statuses) = (sender.clone(), Arc::clone(&statuses));
                tokio::spawn(async move { answer(stream, &sender, &statuses).await });
            }
        });
        Self { port, batches, records: Vec::new() }
    }

    /// Lines; a batch of one record each.
    pub(crate) async fn tcp() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, batches) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut lines = BufReader::new(stream).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                let records = vec![serde_json::from_str(&line).unwrap()];
                sender.send(Batch { path: String::new(), records }).unwrap();
            }
        });
        Self { port, batches, records: Vec::new() }
    }

    /// Subscribes an extension to what it listens for; `more` is merged into the body.
    pub(crate) async fn subscribe(&self, extension: &mut Extension, types: &[&str], more: Value) -> Answer {
        let mut body = json!({
            "schemaVersion": "2022-12-13",
            "types": types,
            "buffering": {"timeoutMs": 25},
            "destination": {"protocol": "HTTP", "URI": format!("http://sandbox.localdomain:{}/a/b?c", self.port)},
        });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        extension.ask(SUBSCRIBE, "", body.to_string().as_bytes()).await
    }

    pub(crate) async fn batch(&mut self) -> Batch {
        let batch = timeout(Duration::from_secs(20), self.batches.recv()).await;
        let batch = batch.expect("a batch comes in time").expect("the listener runs");
        self.records.extend(batch.records.iter().cloned());
        batch
    }

    /// Takes batches until one has a record of this type, and returns the record.
    pub(crate) async fn until(&mut self, kind: &str) -> Value {
        loop {
            let batch = self.batch().await;
            if let Some(record) = batch.records.into_iter().find(|record| record["type"] == kind) {
                return record["record"].clone();
            }
        }
    }

    /// The types of all records taken so far, without their prefix.
    pub(crate) fn types(&self) -> Vec<&str> {
        let types = self.records.iter().map(|record| record["type"].as_str().unwrap());
        types.map(|kind| kind.trim_start_matches("platform.")).collect()
    }

    pub(crate) fn record(&self, kind: &str) -> &Value {
        let found = self.records.iter().find(|record| record["type"] == kind);
        &found.unwrap_or_else(|| panic!("no {kind}: {:#?}", self.records))["record"]
    }
}

/// Serves one connection.
async fn answer(
    mut stream: TcpStream,
    sender: &mpsc::UnboundedSender<Batch>,
    statuses: &Mutex<VecDeque<u16>>,
) {
    let mut bytes = Vec::new();
    let (head, start) = loop {
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return;
        }
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break (String::from_utf8(bytes[..end].to_vec()).unwrap(), end + 4);
        }
    };
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned));
    let length: usize = length.unwrap().parse().unwrap();
    while bytes.len() < start + length {
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return;
        }
    }
    let status = statuses.lock().unwrap().pop_front().unwrap_or(200);
    if status == 200 {
        let records = serde_json::from_slice(&bytes[start..]).unwrap();
        let path = head.split(' ').nth(1).unwrap().to_owned();
        let _ = sender.send(Batch { path, records });
    }
    let _ = stream.write_all(format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n").as_bytes()).await;
    let _ = stream.shutdown().await;
}
