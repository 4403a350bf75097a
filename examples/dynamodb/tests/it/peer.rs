//! An endpoint of DynamoDB that forgets its connections, as a NAT gateway does: without a word, until somebody uses one.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{ServerConfig, crypto};

pub struct Peer {
    pub url: String,
    /// A PEM file of the authority to trust, where there is TLS.
    pub bundle: PathBuf,
    shared: Arc<Shared>,
}

struct Shared {
    epoch: AtomicUsize,
    connections: AtomicUsize,
    served: Mutex<Vec<String>>,
    lost: AtomicUsize,
    /// What is answered to a call; nothing is an endpoint that hangs.
    answer: Vec<u8>,
    closes: bool,
    /// How many calls there must be before any is answered.
    together: usize,
}

/// A response with a JSON body.
pub fn json(body: &str) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    (head + body).into_bytes()
}

fn seventh() -> Vec<u8> {
    json(r#"{"Attributes":{"visits":{"N":"7"}}}"#)
}

impl Peer {
    /// A table in which everybody is there for the seventh time.
    pub async fn start() -> Self {
        Self::answering(seventh(), false, true).await
    }

    /// The same, but no call is answered before there are so many.
    pub async fn together(calls: usize) -> Self {
        Self::serving(seventh(), false, true, calls).await
    }

    /// A peer that answers everything with these bytes, and then keeps the connection or closes it.
    pub async fn answering(answer: Vec<u8>, closes: bool, tls: bool) -> Self {
        Self::serving(answer, closes, tls, 0).await
    }

    async fn serving(answer: Vec<u8>, closes: bool, tls: bool, together: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let bundle = std::env::temp_dir().join(format!("lambda-rt-{}-{port}.pem", std::process::id()));
        let acceptor = tls.then(|| acceptor(&bundle));
        let shared = Arc::new(Shared {
            epoch: AtomicUsize::new(0),
            connections: AtomicUsize::new(0),
            served: Mutex::default(),
            lost: AtomicUsize::new(0),
            answer,
            closes,
            together,
        });
        let serving = Arc::clone(&shared);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, acceptor.clone(), Arc::clone(&serving)));
            }
        });
        let scheme = if tls { "https" } else { "http" };
        Self { url: format!("{scheme}://127.0.0.1:{port}"), bundle, shared }
    }

    pub fn forget(&self) {
        self.shared.epoch.fetch_add(1, Ordering::SeqCst);
    }

    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    pub fn served(&self) -> Vec<String> {
        self.shared.served.lock().unwrap().clone()
    }

    pub fn lost(&self) -> usize {
        self.shared.lost.load(Ordering::SeqCst)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.bundle);
    }
}

fn acceptor(bundle: &PathBuf) -> TlsAcceptor {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    std::fs::write(bundle, made.cert.pem()).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(crypto::ring::default_provider().into());
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    TlsAcceptor::from(Arc::new(config.with_single_cert(vec![made.cert.der().clone()], key).unwrap()))
}

async fn serve(stream: TcpStream, acceptor: Option<TlsAcceptor>, shared: Arc<Shared>) -> std::io::Result<()> {
    shared.connections.fetch_add(1, Ordering::SeqCst);
    match acceptor {
        Some(acceptor) => {
            let mut stream = acceptor.accept(stream).await?;
            if !talk(&mut stream, &shared).await? {
                reset(stream.into_inner().0)?;
            }
        }
        None => {
            let mut stream = stream;
            if !talk(&mut stream, &shared).await? {
                reset(stream)?;
            }
        }
    }
    Ok(())
}

fn reset(stream: TcpStream) -> std::io::Result<()> {
    #[expect(deprecated, reason = "a linger of zero does not block, and is how a reset is made")]
    stream.set_linger(Some(Duration::ZERO))
}

/// Whether the connection is to be closed in an orderly way.
async fn talk(
    stream: &mut (impl AsyncReadExt + AsyncWriteExt + Unpin),
    shared: &Shared,
) -> std::io::Result<bool> {
    let epoch = shared.epoch.load(Ordering::SeqCst);
    let mut buffer = Vec::new();
    while let Some(request) = request(stream, &mut buffer).await {
        if shared.epoch.load(Ordering::SeqCst) != epoch {
            shared.lost.fetch_add(1, Ordering::SeqCst);
            return Ok(false);
        }
        // What opens a connection early is no call.
        if request.starts_with("GET") {
            stream.write_all(&json("{}")).await?;
            stream.flush().await?;
            continue;
        }
        shared.served.lock().unwrap().push(request);
        while shared.served.lock().unwrap().len() < shared.together {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        stream.write_all(&shared.answer).await?;
        stream.flush().await?;
        if shared.closes {
            break;
        }
    }
    Ok(true)
}

/// The next request, whole; `None` at the end of the connection.
pub async fn request(stream: &mut (impl AsyncReadExt + Unpin), buffer: &mut Vec<u8>) -> Option<String> {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8(buffer[..end + 4].to_vec()).unwrap().to_lowercase();
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
            let length: usize = length.map_or(0, |length| length.parse().unwrap());
            if buffer.len() >= end + 4 + length {
                return Some(String::from_utf8(buffer.drain(..end + 4 + length).collect()).unwrap());
            }
        }
        stream.read_buf(buffer).await.ok().filter(|read| *read > 0)?;
    }
}
