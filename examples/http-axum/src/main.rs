//! An axum router, as it would be written for a server of one's own.
//!
//! `LAMBDA_EMULATOR_EVENT='{"version": "2.0", "rawPath": "/hello", "rawQueryString": "name=world", "requestContext": {"http": {"method": "GET"}}}' cargo run -p http-axum`

use axum::extract::{Path, Query};
use axum::routing::get;
use axum::{Extension, Json, Router};
use lambda_rt::http::{Context, Error};
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

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let app = Router::new().route("/hello", get(hello)).route("/orders/{id}", get(order));
    lambda_rt::http::run(app).await
}
