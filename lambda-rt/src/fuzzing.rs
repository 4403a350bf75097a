//! Doors for the fuzz targets, in builds with `--cfg fuzzing` only. Not part of the API.

use bytes::{Bytes, BytesMut};

use crate::api::chunked::Decoder;
use crate::api::head::{self, Framing};
use crate::api::parse::EventHeaders;

/// Reads `bytes` as a response to `next`, in two pieces, as far as they go.
pub fn response(bytes: &[u8], cut: usize) {
    let cut = cut.min(bytes.len());
    let whole = head::parse(bytes, &mut ());
    if let Ok(Some(head)) = head::parse(&bytes[..cut], &mut ()) {
        assert_eq!(whole, Ok(Some(head)), "more bytes changed the meaning of a head");
    }
    let mut headers = EventHeaders::default();
    let Ok(Some(head)) = head::parse(bytes, &mut headers) else { return };
    let mut input = BytesMut::from(&bytes[head.length..]);
    if head.framing == Framing::Chunked {
        let mut body = BytesMut::new();
        let _ = Decoder::default().decode(&mut input, &mut body);
        assert!(body.len() <= bytes.len());
    }
    let event = headers.into_event(input.freeze());
    if let Some(invocation) = event.invocation {
        assert!(!invocation.context.request_id.is_empty());
        let _ = (invocation.context.remaining_time(), invocation.context.trace().map(|trace| trace.root()));
    }
}

/// Decodes `bytes` as a payload of some shape.
pub fn payload(bytes: &[u8]) {
    type Shape = std::collections::HashMap<String, Vec<Option<u8>>>;
    if let Err(failure) = crate::payload::decode::<Shape>(Bytes::copy_from_slice(bytes)) {
        assert!(failure.category().starts_with("Runtime."));
        let _ = (failure.document(), failure.xray_cause());
    }
}
