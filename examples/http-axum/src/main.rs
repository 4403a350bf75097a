//! An axum router, as it would be written for a server of one's own.
//!
//! `LAMBDA_EMULATOR_EVENT='{"version": "2.0", "rawPath": "/hello", "rawQueryString": "name=world", "requestContext": {"http": {"method": "GET"}}}' cargo run -p http-axum`

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Path, Query, Request};
use axum::middleware::map_request;
use axum::routing::get;
use axum::{Extension, Json, Router};
use lambda_rt::http::{Context, Error, Origin, RequestExt};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Whom {
    name: Option<String>,
}

async fn hello(Query(whom): Query<Whom>) -> String {
    format!("Hello, {}!\n", whom.name.as_deref().unwrap_or("somebody"))
}

async fn order(Path(id): Path<u64>, Extension(context): Extension<Context>) -> Json<Value> {
    Json(json!({ "order": id, "request": context.request_id }))
}

async fn who(ConnectInfo(caller): ConnectInfo<SocketAddr>) -> String {
    format!("You are {}.\n", caller.ip())
}

/// Puts the address of the caller where axum looks for it. No source tells the port.
async fn with_caller(mut request: Request) -> Request {
    if let Some(address) = request.origin().and_then(Origin::client_address) {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, 0)));
    }
    request
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let app = Router::new()
        .route("/hello", get(hello))
        .route("/orders/{id}", get(order))
        .route("/who", get(who))
        .layer(map_request(with_caller));
    lambda_rt::http::run(app).await
}
