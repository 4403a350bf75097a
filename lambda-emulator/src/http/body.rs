//! Request bodies: bounded, with what came after them, and with the knowledge whether they came whole.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::HeaderMap;
use hyper::body::Incoming;

use crate::shell::Tap;

/// Beyond this a body is read and thrown away: it is over every limit, and the peer must not stall while it says so.
const KEPT: usize = 32 * 1024 * 1024;

#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) bytes: Bytes,
    pub(super) trailers: HeaderMap,
    pub(super) truncated: bool,
}

/// Reads a body to its end, or to where it breaks off.
pub(super) async fn read(incoming: Incoming) -> Body {
    read_and_note(incoming, None, || {}).await
}

/// Reads a body likewise, and says when its first byte, or its end, has come. What goes to a `tap` is not kept.
pub(super) async fn read_and_note(
    mut incoming: Incoming,
    mut tap: Option<Tap>,
    began: impl FnOnce(),
) -> Body {
    let mut body = Body::default();
    let mut bytes = BytesMut::new();
    let mut next = incoming.frame().await;
    began();
    while let Some(frame) = next {
        match frame.map(|frame| frame.into_data().map_err(|frame| frame.into_trailers())) {
            Ok(Ok(data)) => match &mut tap {
                Some(tap) => tap.pass(data).await,
                None if bytes.len() < KEPT => bytes.extend_from_slice(&data),
                None => {}
            },
            Ok(Err(Ok(trailers))) => body.trailers = trailers,
            Ok(Err(Err(_))) => {}
            Err(_) => {
                body.truncated = true;
                break;
            }
        }
        next = incoming.frame().await;
    }
    body.bytes = bytes.freeze();
    body
}
