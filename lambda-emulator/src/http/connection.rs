//! One connection: served until its peer has had enough, or until it is cut.

use std::convert::Infallible;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use http_body_util::Either;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::connections::Cut;
use crate::shell::Shell;

/// Serves `stream`. What a peer garbles ends its own connection and nothing else.
pub(super) async fn serve(stream: TcpStream, shell: Arc<Shell>) {
    let heed = Arc::new(shell.cuts().heed());
    // The answer of a restore is the last that goes over its connection.
    let last = Arc::new(AtomicBool::new(false));
    let service = service_fn(|request| {
        let (shell, heed, last) = (Arc::clone(&shell), Arc::clone(&heed), Arc::clone(&last));
        async move {
            heed.asked(request.uri().path());
            let path = request.uri().path();
            let reply = match super::front::before(path, &shell) {
                Some(front) => super::front::serve(front, request, &shell)
                    .await
                    .map(|body| Either::Right(Either::Left(body))),
                None if super::streaming_invoke::is_path(path) => {
                    super::streaming_invoke::serve(request, &shell).await.map(|body| match body {
                        Either::Left(whole) => Either::Left(whole),
                        Either::Right(events) => Either::Right(Either::Right(events)),
                    })
                }
                None => super::route(request, &shell).await.map(Either::Left),
            };
            last.store(heed.answered(reply.status().as_u16()), Ordering::Relaxed);
            Ok::<_, Infallible>(reply)
        }
    });
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let mut cut = pin!(heed.cut());
    let cut = std::future::poll_fn(|cx| {
        // First, so that what has been answered is written before the connection is cut.
        if Pin::new(&mut connection).poll(cx).is_ready() {
            return Poll::Ready(None);
        }
        if last.swap(false, Ordering::Relaxed) {
            Pin::new(&mut connection).graceful_shutdown();
            if Pin::new(&mut connection).poll(cx).is_ready() {
                return Poll::Ready(None);
            }
        }
        cut.as_mut().poll(cx).map(Some)
    })
    .await;
    match cut {
        None => {}
        Some(Cut::Restore | Cut::Reset) => reset(&connection.into_parts().io.into_inner()),
        Some(Cut::Abandon) => {
            // Held open, so that its peer learns nothing; an exchange that waited here is given up.
            let _held = connection.into_parts().io.into_inner();
            std::future::pending::<()>().await;
        }
    }
}

/// Lets the end of `stream` reach its peer as a reset.
fn reset(stream: &TcpStream) {
    #[allow(
        deprecated,
        reason = "zero does not block, and the name that says so is newer than the oldest tokio we take"
    )]
    let _ = stream.set_linger(Some(Duration::ZERO));
}
