//! Notices when a request opens a connection, which is all that `reqwest` lets one see of its pool.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tower_layer::Layer;
use tower_service::Service;

use crate::keep_alive::Counters;

tokio::task_local! {
    /// Whether the request that this task is at has begun to open a connection.
    static CONNECTS: Cell<bool>;
}

/// Runs `request`, and tells whether it opened a connection: if not, it was sent on one that was there.
///
/// The pool asks for a connection in the request's own task, and only once none of its own is free.
pub(super) async fn watched<F: Future>(request: F) -> (F::Output, bool) {
    let seen = async move {
        let output = request.await;
        (output, CONNECTS.with(Cell::get))
    };
    CONNECTS.scope(Cell::new(false), seen).await
}

/// The layer around what opens connections.
#[derive(Clone, Debug)]
pub(super) struct Connecting {
    counters: Arc<Counters>,
}

impl Connecting {
    pub(super) fn new(counters: &Arc<Counters>) -> Self {
        Self { counters: Arc::clone(counters) }
    }
}

impl<S> Layer<S> for Connecting {
    type Service = Watched<S>;

    fn layer(&self, inner: S) -> Watched<S> {
        Watched { inner, counters: Arc::clone(&self.counters) }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Watched<S> {
    inner: S,
    counters: Arc<Counters>,
}

impl<S, R> Service<R> for Watched<S>
where
    S: Service<R, Future: Send + 'static>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: R) -> Self::Future {
        // Absent in a connection that goes on opening after its request found another.
        let _ = CONNECTS.try_with(|connects| connects.set(true));
        let (connecting, counters) = (self.inner.call(request), Arc::clone(&self.counters));
        Box::pin(async move {
            let connection = connecting.await?;
            counters.opened();
            Ok(connection)
        })
    }
}
