//! The HTTP server that Lambda delivers to.
//!
//! It is bound once, before the subscription, and stays; each connection is a task, and what goes wrong on one ends no other.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Empty, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::Mutex as AsyncMutex;
use tokio::task::{JoinHandle, JoinSet};
use tower_service::Service;

use crate::error::{Error, ExtensionError};
use crate::http::Endpoint;
use crate::log;
use crate::service::{BoxFuture, process};

/// The name by which Lambda finds the environment.
const SANDBOX: &str = "sandbox.localdomain";
/// Far more than the two megabytes and some that Lambda documents for its largest batch.
const LONGEST_BATCH: usize = 16 * 1024 * 1024;
/// After which failure to accept, most likely for want of file descriptors, the next try is made.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// A listener, open until it is dropped.
#[derive(Debug)]
pub(crate) struct Listener {
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl Listener {
    pub(crate) async fn open(
        port: u16,
        endpoint: &Endpoint,
        connect: Arc<dyn Connect>,
    ) -> Result<Self, ExtensionError> {
        let failed = |address: SocketAddr, error: std::io::Error| {
            let advice = match error.kind() {
                std::io::ErrorKind::AddrInUse => {
                    "; another extension may have it: choose another port, or 0 for any"
                }
                _ => "",
            };
            ExtensionError::listener(format!("cannot listen for telemetry on {address}: {error}{advice}"))
        };
        let address = SocketAddr::new(interface(endpoint), port);
        let listener = TcpListener::bind(address).await.map_err(|error| failed(address, error))?;
        let address = listener.local_addr().map_err(|error| failed(address, error))?;
        let server = tokio::spawn(serve(listener, connect));
        Ok(Self { address, server })
    }

    /// Where Lambda is to deliver.
    pub(crate) fn uri(&self) -> String {
        format!("http://{SANDBOX}:{}", self.address.port())
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// In an environment, Lambda delivers to an address that is not loopback; beside an emulator on this machine, nobody else
/// needs to reach the listener.
fn interface(endpoint: &Endpoint) -> IpAddr {
    let host = endpoint.authority.rsplit_once(':').map_or(endpoint.authority.as_str(), |(host, _)| host);
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let local = host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
    IpAddr::V4(if local { Ipv4Addr::LOCALHOST } else { Ipv4Addr::UNSPECIFIED })
}

async fn serve(listener: TcpListener, connect: Arc<dyn Connect>) {
    // Dropped with the server, and every connection with it.
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        while connections.try_join_next().is_some() {}
        let _ = stream.set_nodelay(true);
        let connect = Arc::clone(&connect);
        connections.spawn(async move {
            let batches = match connect.connect().await {
                Ok(batches) => Arc::new(AsyncMutex::new(batches)),
                Err(error) => return log::warn(format_args!("no telemetry processor was made: {error}")),
            };
            let service = hyper::service::service_fn(move |request| {
                let batches = Arc::clone(&batches);
                async move { Ok::<_, Infallible>(answer(request, &batches).await) }
            });
            // What a peer garbles ends its own connection and nothing else.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    batches: &AsyncMutex<Box<dyn Batches>>,
) -> Response<Empty<Bytes>> {
    let status = match request.method() {
        &Method::POST | &Method::PUT => {
            match Limited::new(request.into_body(), LONGEST_BATCH).collect().await {
                Ok(body) => match batches.lock().await.receive(body.to_bytes()).await {
                    Ok(()) => StatusCode::OK,
                    // Lambda keeps the batch and delivers it again.
                    Err(error) => {
                        log::warn(format_args!("a batch of telemetry was not processed: {error}"));
                        StatusCode::INTERNAL_SERVER_ERROR
                    }
                },
                Err(error) if error.is::<LengthLimitError>() => {
                    log::warn(format_args!("a batch of telemetry over {LONGEST_BATCH} bytes was refused"));
                    StatusCode::PAYLOAD_TOO_LARGE
                }
                Err(_) => StatusCode::BAD_REQUEST,
            }
        }
        _ => StatusCode::METHOD_NOT_ALLOWED,
    };
    let mut response = Response::new(Empty::new());
    *response.status_mut() = status;
    response
}

/// Makes what processes the batches of a connection.
pub(crate) trait Connect: Send + Sync {
    fn connect(&self) -> BoxFuture<'_, Result<Box<dyn Batches>, Error>>;
}

/// Decodes and processes batches, one at a time.
pub(crate) trait Batches: Send {
    fn receive(&mut self, body: Bytes) -> BoxFuture<'_, Result<(), Error>>;
}

/// A service that makes services, and the decoder of their batches.
pub(crate) struct Receiver<M, D> {
    make: Mutex<M>,
    decode: D,
}

impl<M, D> Receiver<M, D> {
    pub(crate) fn new(make: M, decode: D) -> Self {
        Self { make: Mutex::new(make), decode }
    }
}

impl<M, S, T, D> Connect for Receiver<M, D>
where
    M: Service<(), Response = S> + Send,
    M::Error: Into<Error>,
    M::Future: Send,
    S: Service<Vec<T>, Response = ()> + Send + 'static,
    S::Error: Into<Error>,
    S::Future: Send,
    T: Send + 'static,
    D: Fn(&[u8]) -> Vec<T> + Clone + Send + Sync + 'static,
{
    fn connect(&self) -> BoxFuture<'_, Result<Box<dyn Batches>, Error>> {
        Box::pin(async {
            let lock = || self.make.lock().unwrap_or_else(PoisonError::into_inner);
            std::future::poll_fn(|cx| lock().poll_ready(cx)).await.map_err(Into::into)?;
            let made = lock().call(());
            let service = made.await.map_err(Into::into)?;
            let batches: Box<dyn Batches> = Box::new(Decoding { service, decode: self.decode.clone() });
            Ok(batches)
        })
    }
}

struct Decoding<S, D> {
    service: S,
    decode: D,
}

impl<S, T, D> Batches for Decoding<S, D>
where
    S: Service<Vec<T>, Response = ()> + Send,
    S::Error: Into<Error>,
    S::Future: Send,
    T: Send + 'static,
    D: Fn(&[u8]) -> Vec<T> + Send + Sync,
{
    fn receive(&mut self, body: Bytes) -> BoxFuture<'_, Result<(), Error>> {
        let batch = (self.decode)(&body);
        drop(body);
        Box::pin(process(&mut self.service, batch))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beside_a_local_endpoint_only_loopback_is_bound() {
        for (endpoint, local) in [
            ("127.0.0.1:9001", true),
            ("localhost:9001", true),
            ("[::1]:9001", true),
            ("169.254.100.1:9001", false),
        ] {
            let interface = interface(&Endpoint::parse(endpoint).unwrap());
            assert_eq!(interface.is_loopback(), local, "{endpoint}");
        }
    }
}
