//! A report posted without an executor, for a process that is about to abort: blocking, bounded, best effort.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::time::Duration;

use super::endpoint::Endpoint;
use super::header::Answer;
use super::request::{self, Post};
use crate::context::Context;
use crate::failure::Failure;

/// The endpoint is on this machine. A report that takes longer must not hold up the end of the process.
const PATIENCE: Duration = Duration::from_secs(1);

/// Posts `failure` as the answer to `invocation`, or as the init error when there was none yet.
///
/// # Errors
///
/// Whatever kept the report from being acknowledged.
pub(crate) fn post(endpoint: &Endpoint, invocation: Option<&Context>, failure: &Failure) -> io::Result<()> {
    let (category, cause, body) = (failure.category(), failure.xray_cause(), failure.document());
    let post = Post {
        content_type: "application/json",
        invocation_id: invocation.and_then(|context| context.invocation_id.as_deref()),
        error_type: Some(&category),
        xray_cause: Some(&cause),
    };
    let mut request = Vec::new();
    match invocation {
        Some(context) => {
            request::answer(&mut request, endpoint, &context.request_id, Answer::Error, &post, body.len());
        }
        None => request::init_error(&mut request, endpoint, &post, body.len()),
    }
    request.extend_from_slice(&body);

    let mut stream = TcpStream::connect_timeout(&address(endpoint)?, PATIENCE)?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(&request)?;
    // The acknowledgement is the proof that the report was taken before the process is gone.
    let _ = stream.read(&mut [0; 512])?;
    Ok(())
}

fn address(endpoint: &Endpoint) -> io::Result<SocketAddr> {
    match endpoint.address() {
        Some(address) => Ok(address),
        None => (endpoint.host(), endpoint.port())
            .to_socket_addrs()?
            .next()
            .ok_or_else(|| io::ErrorKind::NotFound.into()),
    }
}
