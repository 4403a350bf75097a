//! A server that speaks one version of HTTP, over TLS or without.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use http_body_util::BodyExt;
use hyper::service::service_fn;
use hyper::{Request, Response, body::Incoming};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

pub(crate) struct Server {
    pub(crate) port: u16,
    /// The PEM file of the authority to trust, where there is TLS.
    pub(crate) authority: PathBuf,
    served: Served,
}

/// The requests that have arrived, each as its method, path and body.
type Served = Arc<Mutex<Vec<String>>>;

impl Server {
    /// Speaks `protocol` over TLS, and answers `answer` to everything.
    pub(crate) async fn over_tls(protocol: &str, answer: &'static str) -> Self {
        Self::start(Some(protocol), answer).await
    }

    /// Speaks without TLS what it is spoken to in.
    #[allow(dead_code, reason = "not all who share this file need it")]
    pub(crate) async fn plain(answer: &'static str) -> Self {
        Self::start(None, answer).await
    }

    async fn start(protocol: Option<&str>, answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let authority = std::env::temp_dir().join(format!("lambda-rt-{}-{port}.pem", std::process::id()));
        let acceptor = protocol.map(|protocol| acceptor(&authority, protocol));
        let served = Served::default();
        let serving = Arc::clone(&served);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (acceptor, serving) = (acceptor.clone(), Arc::clone(&serving));
                tokio::spawn(async move {
                    match acceptor {
                        Some(acceptor) => {
                            let Ok(stream) = acceptor.accept(stream).await else { return };
                            serve(stream, serving, answer).await;
                        }
                        None => serve(stream, serving, answer).await,
                    }
                });
            }
        });
        Self { port, authority, served }
    }

    pub(crate) fn served(&self) -> Vec<String> {
        self.served.lock().unwrap().clone()
    }

    /// How often a request with this path, or with this in its body, has arrived.
    pub(crate) fn count(&self, part: &str) -> usize {
        self.served.lock().unwrap().iter().filter(|request| request.contains(part)).count()
    }
}

async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    served: Served,
    answer: &'static str,
) {
    let service = service_fn(move |request: Request<Incoming>| {
        let served = Arc::clone(&served);
        async move {
            let (head, body) = request.into_parts();
            let Ok(body) = body.collect().await else { return Ok(Response::default()) };
            let body = String::from_utf8_lossy(&body.to_bytes()).into_owned();
            served.lock().unwrap().push(format!("{} {} {body}", head.method, head.uri.path()));
            Ok::<_, Infallible>(Response::new(answer.to_owned()))
        }
    });
    // Its connections end as the proxy likes.
    let _ = auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await;
}

fn acceptor(authority: &Path, protocol: &str) -> TlsAcceptor {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    std::fs::write(authority, made.cert.pem()).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let mut config = config.with_single_cert(vec![made.cert.der().clone()], key).unwrap();
    config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
    TlsAcceptor::from(Arc::new(config))
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.authority);
    }
}
