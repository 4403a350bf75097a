//! A raw-socket Runtime API: it reads requests and writes whatever bytes a test gives it.
//!
//! The server and the loop share one thread and one paused clock, so every interleaving is the same in each run and a
//! back-off of ten seconds takes none.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use lambda_rt::{Error, Failure, Invocation, Reply, Runtime, RuntimeError, Service};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tracing_subscriber::util::SubscriberInitExt;

pub(crate) struct Server {
    listener: TcpListener,
}

/// One connection that the loop has opened.
pub(crate) struct Peer {
    stream: TcpStream,
    buffer: Vec<u8>,
}

#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) line: String,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").await.unwrap() }
    }

    pub(crate) fn from_listener(listener: TcpListener) -> Self {
        Self { listener }
    }

    pub(crate) fn endpoint(&self) -> String {
        self.listener.local_addr().unwrap().to_string()
    }

    /// The next connection that the loop opens.
    pub(crate) async fn accept(&self) -> Peer {
        let (stream, _) = self.listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        Peer { stream, buffer: Vec::new() }
    }

    /// Runs the loop while `script` plays the service. The test is over when the script is; the loop must not end before.
    pub(crate) async fn serves<S, T>(&self, runtime: Runtime<S>, script: impl Future<Output = T>) -> T
    where
        S: Service<Invocation, Response = Reply>,
        S::Error: Into<Failure>,
    {
        self.serves_run(runtime.endpoint(self.endpoint()).run(), script).await
    }

    /// As [`serves`](Self::serves), for whatever runs a function on this server.
    pub(crate) async fn serves_run<T>(
        &self,
        run: impl Future<Output = Result<(), Error>>,
        script: impl Future<Output = T>,
    ) -> T {
        let (mut run, mut script) = (pin!(run), pin!(script));
        poll_fn(|cx| {
            if let Poll::Ready(ended) = run.as_mut().poll(cx) {
                panic!("the loop ended: {ended:?}");
            }
            script.as_mut().poll(cx)
        })
        .await
    }

    /// Runs the loop until it ends, which it must with an error of its own.
    pub(crate) async fn ends<S>(&self, runtime: Runtime<S>, script: impl Future<Output = ()>) -> RuntimeError
    where
        S: Service<Invocation, Response = Reply>,
        S::Error: Into<Failure>,
    {
        Self::ends_run(runtime.endpoint(self.endpoint()).run(), script).await
    }

    /// As [`ends`](Self::ends), for whatever runs a function on this server.
    pub(crate) async fn ends_run(
        run: impl Future<Output = Result<(), Error>>,
        script: impl Future<Output = ()>,
    ) -> RuntimeError {
        let (ended, ()) = tokio::join!(run, script);
        let error: Error = ended.expect_err("the loop ended without an error");
        *error.downcast::<RuntimeError>().expect("the error is not the runtime's own")
    }
}

impl Peer {
    /// The next request, whole.
    pub(crate) async fn request(&mut self) -> Request {
        loop {
            if let Some(request) = self.take_request() {
                return request;
            }
            let read = self.stream.read_buf(&mut self.buffer).await.unwrap();
            assert_ne!(read, 0, "the loop closed the connection");
        }
    }

    fn take_request(&mut self) -> Option<Request> {
        let end = self.buffer.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
        let head = String::from_utf8(self.buffer[..end].to_vec()).unwrap();
        let mut request = Request { line: head.lines().next().unwrap().to_owned(), head, body: Vec::new() };
        let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
        if self.buffer.len() < end + length {
            return None;
        }
        request.body = self.buffer[end..end + length].to_vec();
        self.buffer.drain(..end + length);
        Some(request)
    }

    /// The head of the next request, whose body comes in [chunks](Self::chunk).
    pub(crate) async fn head(&mut self) -> Request {
        let end = loop {
            match self.buffer.windows(4).position(|w| w == b"\r\n\r\n") {
                Some(at) => break at + 4,
                None => self.read().await,
            }
        };
        let head = String::from_utf8(self.buffer.drain(..end).collect()).unwrap();
        Request { line: head.lines().next().unwrap().to_owned(), head, body: Vec::new() }
    }

    /// The next chunk of a streamed request, or `None` at its end.
    pub(crate) async fn chunk(&mut self) -> Option<Vec<u8>> {
        let size = usize::from_str_radix(&self.line().await, 16).unwrap();
        if size == 0 {
            return None;
        }
        while self.buffer.len() < size + 2 {
            self.read().await;
        }
        let chunk = self.buffer.drain(..size).collect();
        assert_eq!(self.line().await, "");
        Some(chunk)
    }

    /// The rest of a streamed request: what is left of its bytes, and its trailers.
    pub(crate) async fn rest(&mut self) -> (Vec<u8>, Vec<(String, String)>) {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.chunk().await {
            bytes.extend(chunk);
        }
        let mut trailers = Vec::new();
        loop {
            let line = self.line().await;
            let Some((name, value)) = line.split_once(": ") else {
                assert_eq!(line, "");
                return (bytes, trailers);
            };
            trailers.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Waits until the loop closes the connection.
    pub(crate) async fn closed(&mut self) {
        assert_eq!(self.buffer, b"");
        assert_eq!(self.stream.read_buf(&mut self.buffer).await.unwrap_or(0), 0, "{:?}", self.buffer);
    }

    async fn line(&mut self) -> String {
        let end = loop {
            match self.buffer.windows(2).position(|w| w == b"\r\n") {
                Some(at) => break at + 2,
                None => self.read().await,
            }
        };
        let line: Vec<u8> = self.buffer.drain(..end).collect();
        String::from_utf8(line[..end - 2].to_vec()).unwrap()
    }

    async fn read(&mut self) {
        let read = self.stream.read_buf(&mut self.buffer).await.unwrap();
        assert_ne!(read, 0, "the loop closed the connection");
    }

    /// Waits for a poll.
    pub(crate) async fn polled(&mut self) {
        let request = self.request().await;
        assert_eq!(request.line, "GET /2018-06-01/runtime/invocation/next HTTP/1.1");
    }

    /// Waits for a poll and delivers `payload` under `id`, with three seconds left.
    pub(crate) async fn deliver(&mut self, id: &str, payload: &str) {
        self.deliver_with(id, payload, "").await;
    }

    /// As [`deliver`](Self::deliver), with more header lines, each ending in a line break.
    pub(crate) async fn deliver_with(&mut self, id: &str, payload: &str, headers: &str) {
        self.polled().await;
        self.send(event(id, payload, headers).as_bytes()).await;
    }

    /// Waits for the first bytes of a request and takes no more of it.
    pub(crate) async fn begun(&mut self) {
        self.stream.read_buf(&mut self.buffer).await.unwrap();
    }

    /// Waits for an answer and accepts it.
    pub(crate) async fn answered(&mut self) -> Request {
        let request = self.request().await;
        self.accept_answer().await;
        request
    }

    pub(crate) async fn accept_answer(&mut self) {
        self.send(b"HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"status\":\"OK\"}\n").await;
    }

    /// Answers with a status and the error body of the service.
    pub(crate) async fn refuse(&mut self, status: u16, kind: &str, message: &str) {
        let body = format!(r#"{{"errorMessage":"{message}","errorType":"{kind}"}}"#);
        let head = format!("HTTP/1.1 {status} No\r\nContent-Length: {}\r\n\r\n", body.len());
        self.send((head + &body).as_bytes()).await;
    }

    pub(crate) async fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.unwrap();
    }

    /// Closes with a reset: what was sent and not read is lost.
    pub(crate) fn reset(self) {
        #[expect(deprecated, reason = "a linger of zero does not block, and is how a reset is made")]
        self.stream.set_linger(Some(Duration::ZERO)).unwrap();
    }

    /// Proves that nothing is asked for until `done` is, by polling once more after it.
    pub(crate) async fn silent_until(&mut self, done: impl Future<Output = ()>) {
        tokio::select! {
            biased;
            read = self.stream.read_buf(&mut self.buffer) => panic!("the loop was not silent: {read:?}"),
            () = done => {}
        }
    }

    /// Proves that the loop is alive: it takes an event and answers it.
    pub(crate) async fn echoes(&mut self, id: &str) {
        self.deliver(id, "\"still here\"").await;
        let request = self.answered().await;
        assert_eq!(request.line, format!("POST /2018-06-01/runtime/invocation/{id}/response HTTP/1.1"));
        assert_eq!(request.body, b"\"still here\"");
    }
}

impl Request {
    /// The value of a header, whatever the case of its name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(crate) fn is_error_for(&self, id: &str) -> bool {
        self.line == format!("POST /2018-06-01/runtime/invocation/{id}/error HTTP/1.1")
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Asserts that this is a legal error for `id` and gives its `errorType` and `errorMessage`.
    pub(crate) fn error_for(&self, id: &str) -> (String, String) {
        assert!(self.is_error_for(id), "{}", self.line);
        let category = self.header("lambda-runtime-function-error-type").expect("no error type");
        let (origin, name) = category.split_once('.').expect("no origin");
        assert!(["Runtime", "Function"].contains(&origin) && name.len() > 1, "{category}");
        assert!(name.starts_with(|c: char| c.is_ascii_uppercase()), "{category}");
        assert!(name.bytes().all(|b| b.is_ascii_alphabetic()), "{category}");
        let cause = self.header("lambda-runtime-function-xray-error-cause").expect("no X-Ray cause");
        let cause: serde_json::Value = serde_json::from_str(cause).expect("the X-Ray cause is no JSON");
        assert!(cause["exceptions"][0]["message"].is_string());
        let json = self.json();
        assert!(json["stackTrace"].is_array());
        let text = |key: &str| json[key].as_str().expect("text").to_owned();
        (text("errorType"), text("errorMessage"))
    }
}

/// The bytes of an event.
pub(crate) fn event(id: &str, payload: &str, headers: &str) -> String {
    let deadline = SystemTime::now() + Duration::from_secs(3);
    let deadline = deadline.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: {id}\r\n\
         Lambda-Runtime-Deadline-Ms: {deadline}\r\n\
         Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:f\r\n\
         {headers}Content-Length: {}\r\n\r\n{payload}",
        payload.len()
    )
}

/// A runtime that gives back what it gets.
pub(crate) fn echo() -> Runtime<lambda_rt::HandlerService<'static>> {
    Runtime::new(async |event: lambda_rt::LambdaEvent<serde_json::Value>| Ok::<_, Error>(event.payload))
}

/// The log lines that the runtime writes on this thread while it lives.
pub(crate) struct Log {
    lines: Arc<Mutex<Vec<u8>>>,
    _set: lambda_rt::tracing::dispatcher::DefaultGuard,
}

impl Log {
    pub(crate) fn capture() -> Self {
        let lines = Arc::<Mutex<Vec<u8>>>::default();
        let writer = Arc::clone(&lines);
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_max_level(lambda_rt::tracing::Level::DEBUG)
            .with_writer(move || Writer(Arc::clone(&writer)))
            .finish();
        Self { lines, _set: subscriber.set_default() }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.lines.lock().unwrap().clone()).unwrap()
    }

    /// Asserts that one line has all of `parts`.
    pub(crate) fn has_line(&self, parts: &[&str]) {
        let text = self.text();
        let found = text.lines().any(|line| parts.iter().all(|part| line.contains(part)));
        assert!(found, "no line has all of {parts:?} in:\n{text}");
    }
}

struct Writer(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
