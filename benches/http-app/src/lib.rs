//! The axum router that both sides run.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::routing::get;
use bytes::Bytes;
use futures_core::Stream;

pub fn app() -> Router {
    Router::new()
        .route("/hello/{name}", get(async |Path(name): Path<String>| format!("Hello, {name}!")))
        .route("/stream", get(async || Body::from_stream(Pieces(0))))
}

/// 100 MB in pieces of 50 KB, each made when it is asked for.
struct Pieces(usize);

impl Stream for Pieces {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0 += 1;
        Poll::Ready((self.0 <= 2000).then(|| Ok(vec![b'x'; 50_000].into())))
    }
}
