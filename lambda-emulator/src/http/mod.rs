//! One listener for all sides: the Runtime API for the function, the Extensions and Telemetry APIs for what runs beside it,
//! the Invoke API for its callers.

mod body;
mod connection;
pub(crate) mod credentials;
mod event_stream;
mod extensions_api;
mod front;
mod invoke_api;
mod metadata;
mod reply;
mod runtime_api;
mod streaming_invoke;
mod tapped;
mod telemetry_api;

use std::sync::Arc;

use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method, Request};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::{Duration, sleep};

use crate::history::Posted;
use crate::shell::Shell;
use body::Body;
use reply::Reply;

/// Serves until the future is dropped; connections end with it.
pub(crate) async fn serve(listener: TcpListener, shell: Arc<Shell>) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Most likely the process has no file descriptor left; trying again at once would find none either.
            sleep(Duration::from_millis(20)).await;
            continue;
        };
        // Forgets connections that have ended.
        while connections.try_join_next().is_some() {}
        let _ = stream.set_nodelay(true);
        let shell = Arc::clone(&shell);
        connections.spawn(async move {
            let _witness = Witness(Arc::clone(&shell));
            connection::serve(stream, shell).await;
        });
    }
}

/// Notes the panic of the task that holds it.
struct Witness(Arc<Shell>);

impl Drop for Witness {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.note_panic();
        }
    }
}

async fn route(request: Request<Incoming>, shell: &Arc<Shell>) -> Reply {
    let path = request.uri().path().to_owned();
    let (post, get) = (request.method() == Method::POST, request.method() == Method::GET);
    if let Some(path) = path.strip_prefix("/2018-06-01/") {
        return runtime_api::route(path, request, shell).await;
    }
    if let Some(path) = path.strip_prefix("/2020-01-01/extension/") {
        return extensions_api::route(path, request, shell).await;
    }
    match path.as_str() {
        credentials::PATH if shell.settings().initialization.is_snap_start() => match get {
            true => credentials::get(request.headers(), shell),
            false => reply::wrong_method("GET"),
        },
        // The verb comes before the token.
        metadata::PATH if get => metadata::get(request.headers(), shell),
        metadata::PATH => reply::wrong_method("GET"),
        "/" if post => invoke_api::invoke(request, shell).await,
        "/" if get => reply::text(200, invoke_api::help(shell)),
        "/2022-07-01/telemetry" | "/2022-07-01/telemetry/" => telemetry_api::subscribe(request, shell).await,
        "/2020-08-15/logs" => telemetry_api::logs(&request),
        _ if invoke_api::is_invocations(&path) && post => invoke_api::invoke(request, shell).await,
        "/" => reply::wrong_method("GET, POST"),
        _ if invoke_api::is_invocations(&path) => reply::wrong_method("POST"),
        _ => reply::not_found(&path),
    }
}

/// The first header of this name; an empty one is none.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned()).filter(|value| !value.is_empty())
}

/// What the history tells of a `POST`, but for its answer.
fn posted(head: &Parts, body: &Body) -> Posted {
    let lossy = |bytes| String::from_utf8_lossy(bytes).into_owned();
    let headers = head.headers.iter();
    Posted {
        path: head.uri.path().to_owned(),
        headers: headers.map(|(name, value)| (name.to_string(), lossy(value.as_bytes()))).collect(),
        size: body.bytes.len(),
        status: 0,
        refusal: None,
    }
}
