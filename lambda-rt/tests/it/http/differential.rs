//! One axum app, with tower-http's layers, on a socket served by hyper and behind each source: the answers have to be the same.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, Request};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::{get, post};
use http_body_util::{BodyExt, Full};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use tokio::net::{TcpListener, TcpStream};
use tower_http::cors::CorsLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::call;
use super::sources::{ALL, Received, Sender, Sent};

fn app() -> Router {
    Router::new()
        .route("/", get(async || "root"))
        .route("/orders/{id}", get(async |Path(id): Path<u32>| format!("order {id}")))
        .route(
            "/echo",
            post(async |headers: HeaderMap, body: Bytes| {
                let kind = headers.get(header::CONTENT_TYPE).cloned();
                (kind.map(|kind| [(header::CONTENT_TYPE, kind)]), body)
            }),
        )
        .route(
            "/cookies",
            get(async |headers: HeaderMap| {
                let sent =
                    headers.get(header::COOKIE).map_or("", |cookies| cookies.to_str().unwrap()).to_owned();
                (AppendHeaders([(header::SET_COOKIE, "a=1; Path=/"), (header::SET_COOKIE, "b=2")]), sent)
            }),
        )
        .route("/gone", axum::routing::any(async || (StatusCode::GONE, Vec::from(b"\x00\xff"))))
        .route("/query", get(async |RawQuery(query): RawQuery| query.unwrap_or_default()))
        .fallback(async |request: Request| -> Response {
            let uri: &Uri = request.uri();
            let seen = format!("{} {}", request.method(), uri.path());
            (StatusCode::NOT_FOUND, [("x-path", uri.path().to_owned())], seen).into_response()
        })
        .layer(CorsLayer::permissive())
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, Duration::from_secs(5)))
        .layer(TraceLayer::new_for_http())
}

fn sends() -> impl Strategy<Value = Sent> {
    let path = prop_oneof![
        Just("/".to_owned()),
        "/orders/[0-9a-z%]{1,4}",
        Just("/echo".to_owned()),
        Just("/cookies".to_owned()),
        Just("/gone".to_owned()),
        Just("/query".to_owned()),
        "(/[a-z0-9.:@~;=+%-]{0,6}){1,4}/?",
    ];
    let path = path.prop_filter("percent signs begin escapes", |path| escapes_are_whole(path));
    let query = "([a-z]{1,3}=[a-z0-9._~-]{0,5}(%2[0-9A-F])?(&[a-z]{1,3}=[A-Z]{0,3}){0,2})?";
    // Sources that send a map keep the order of their map; the one here is sorted, and has each name once.
    let query = query.prop_map(|query| {
        let mut pairs: Vec<_> = query.split('&').collect();
        pairs.sort_unstable();
        pairs.dedup_by_key(|pair| pair.split('=').next());
        pairs.join("&")
    });
    let method = prop::sample::select(vec!["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"]);
    let kind = prop::option::of(prop::sample::select(vec!["text/plain", "application/json", "image/png"]));
    let body = prop::collection::vec(any::<u8>(), 0..200);
    let cookies = prop::collection::vec("[a-z]{1,3}=[a-z0-9]{0,4}", 0..3);
    (method, path, query, kind, body, cookies).prop_map(|(method, path, query, kind, body, cookies)| {
        let body = if method == "GET" || method == "HEAD" { Vec::new() } else { body };
        let mut sent = Sent { method, path, query, body, cookies, ..Sent::default() };
        sent.headers.push(("origin", "https://www.example.com".to_owned()));
        sent.headers.extend(kind.map(|kind| ("content-type", kind.to_owned())));
        sent
    })
}

fn escapes_are_whole(path: &str) -> bool {
    path.match_indices('%').all(|(at, _)| {
        path.get(at + 1..at + 3).is_some_and(|escape| escape.bytes().all(|byte| byte.is_ascii_hexdigit()))
    })
}

/// What a client of hyper receives.
async fn over_a_socket(address: std::net::SocketAddr, sent: &Sent) -> Received {
    let stream = hyper_util::rt::TokioIo::new(TcpStream::connect(address).await.unwrap());
    let (mut client, connection) = hyper::client::conn::http1::handshake(stream).await.unwrap();
    tokio::spawn(connection);
    let target =
        if sent.query.is_empty() { sent.path.clone() } else { format!("{}?{}", sent.path, sent.query) };
    let mut request = hyper::Request::builder().method(sent.method).uri(target);
    for (name, value) in &sent.headers {
        request = request.header(*name, value);
    }
    if !sent.cookies.is_empty() {
        request = request.header("cookie", sent.cookies.join("; "));
    }
    let request = request.body(Full::new(Bytes::from(sent.body.clone()))).unwrap();
    let (parts, body) = client.send_request(request).await.unwrap().into_parts();
    let mut headers: Vec<_> =
        parts.headers.iter().map(|(n, v)| (n.to_string(), v.to_str().unwrap().to_owned())).collect();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    headers.sort();
    let (mut cookies, headers): (Vec<_>, Vec<_>) =
        headers.into_iter().partition(|(name, _)| name == "set-cookie");
    cookies.sort();
    Received {
        status: parts.status.as_u16(),
        headers,
        cookies: cookies.into_iter().map(|(_, c)| c).collect(),
        body,
    }
}

/// What both ways have to agree upon: the date and the framing are the server's, and lists may have been joined.
fn comparable(received: Received) -> Received {
    let mut headers: Vec<(String, String)> = Vec::new();
    for (name, value) in received.headers {
        if ["date", "content-length", "transfer-encoding"].contains(&name.as_str()) {
            continue;
        }
        match headers.last_mut() {
            Some((known, values)) if *known == name => {
                values.push_str(", ");
                values.push_str(&value);
            }
            _ => headers.push((name, value)),
        }
    }
    Received { headers, ..received }
}

/// The app on a socket, served by axum with hyper.
async fn served() -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app()).await });
    address
}

fn generated(count: usize) -> impl Iterator<Item = Sent> {
    let mut runner = TestRunner::new(Config::default());
    (0..count).map(move |_| sends().new_tree(&mut runner).unwrap().current())
}

/// Runs a function in a local Lambda while `script` calls it.
#[cfg(feature = "local")]
async fn in_emulator<S>(
    emulator: &lambda_emulator::Emulator,
    runtime: lambda_rt::Runtime<lambda_rt::http::HttpService<S>>,
    script: impl Future<Output = ()>,
) where
    S: lambda_rt::Service<lambda_rt::http::Request, Response: lambda_rt::http::IntoResponse>,
    S::Error: Into<lambda_rt::Diagnostic> + 'static,
{
    tokio::select! {
        ended = runtime.endpoint(emulator.runtime_api()).run() => panic!("the loop ended: {ended:?}"),
        () = script => {}
    }
}

#[cfg(feature = "local")]
#[tokio::test]
async fn an_axum_app_answers_behind_every_source_as_it_does_on_a_socket() {
    use lambda_emulator::{Emulator, Invoke};

    let address = served().await;
    let emulator = Emulator::builder().start().await.unwrap();
    in_emulator(&emulator, lambda_rt::http::runtime(app()), async {
        for sent in generated(150) {
            let expected = comparable(over_a_socket(address, &sent).await);
            for sender in ALL {
                let invoked = emulator.invoke(Invoke::new(sender.event(&sent).to_string())).await;
                assert_eq!(invoked.error_type, None, "{sender:?}: {sent:?}");
                let mut received = comparable(sender.received(&invoked.payload));
                if sent.method == "HEAD" {
                    received.body.clear();
                }
                // A REST API decodes a query, so that it comes encoded anew.
                if sender == Sender::RestApi && sent.path == "/query" {
                    received.body.clone_from(&expected.body);
                }
                assert_eq!(received, expected, "{sender:?}: {sent:?}");
            }
        }
    })
    .await;
}

#[cfg(feature = "local")]
#[tokio::test]
async fn an_axum_app_answers_clients_of_a_front_as_it_does_on_a_socket() {
    use lambda_emulator::{Emulator, Front};
    use lambda_rt::http::{runtime, streaming_runtime};

    let address = served().await;
    for (front, runtime) in [
        (Front::FunctionUrl, streaming_runtime(app())),
        (Front::FunctionUrl, runtime(app())),
        (Front::ApiGatewayV2, runtime(app())),
    ] {
        let emulator = Emulator::builder().front(front).start().await.unwrap();
        in_emulator(&emulator, runtime, async {
            for sent in generated(100) {
                let expected = comparable(over_a_socket(address, &sent).await);
                let mut received = comparable(over_a_socket(emulator.addr(), &sent).await);
                // What has no type is JSON to both fronts.
                if !expected.headers.iter().any(|(name, _)| name == "content-type") {
                    received.headers.retain(|(name, _)| name != "content-type");
                }
                assert_eq!(received, expected, "{front:?}: {sent:?}");
            }
        })
        .await;
    }
}

#[tokio::test]
async fn a_layer_that_compresses_is_untouched() {
    let text = "all work and no play ".repeat(200);
    let body = text.clone();
    let app = Router::new()
        .route("/", get(async move || body))
        .layer(tower_http::compression::CompressionLayer::new());
    let mut sent = Sent::default();
    sent.headers.push(("accept-encoding", "gzip".to_owned()));
    let mut service = lambda_rt::http::service(app);
    for sender in ALL {
        let reply = call(&mut service, sender.event(&sent)).await.unwrap();
        let received = sender.received(reply.body().unwrap());
        assert!(received.headers.contains(&("content-encoding".to_owned(), "gzip".to_owned())));
        assert!(
            received.body.starts_with(&[0x1f, 0x8b]) && received.body.len() < text.len() / 4,
            "{sender:?}"
        );
    }
}

#[test]
fn a_router_runs_on_all_threads() {
    fn runs<F: Future<Output = Result<(), lambda_rt::Error>>>(_: impl FnOnce(Router) -> F) {}
    runs(lambda_rt::http::run_concurrent);
    runs(lambda_rt::http::run_with_streaming_response_concurrent);
}
