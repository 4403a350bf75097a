//! The floor: `httparse` on a blocking socket and the same echo, with no runtime around it and no care for errors.

use std::io::{Read, Write};
use std::net::TcpStream;

fn main() {
    let api = std::env::var("AWS_LAMBDA_RUNTIME_API").expect("AWS_LAMBDA_RUNTIME_API");
    let mut stream = TcpStream::connect(&api).expect("connect");
    stream.set_nodelay(true).expect("nodelay");
    let next = format!("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: {api}\r\n\r\n");
    let mut buffer = Vec::with_capacity(8192);
    loop {
        stream.write_all(next.as_bytes()).expect("write");
        let (id, body) = response(&mut stream, &mut buffer);
        let value: serde_json::Value = serde_json::from_slice(&body).expect("json");
        let answer = serde_json::to_vec(&value).expect("json");
        let mut request = format!(
            "POST /2018-06-01/runtime/invocation/{id}/response HTTP/1.1\r\nHost: {api}\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        )
        .into_bytes();
        request.extend_from_slice(&answer);
        stream.write_all(&request).expect("write");
        response(&mut stream, &mut buffer);
    }
}

/// The request id, if there is one, and the body of the next response.
fn response(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> (String, Vec<u8>) {
    buffer.clear();
    loop {
        let mut headers = [httparse::EMPTY_HEADER; 32];
        let mut response = httparse::Response::new(&mut headers);
        if let Ok(httparse::Status::Complete(head)) = response.parse(buffer) {
            let header = |name: &str| {
                let found = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
                found.map(|header| String::from_utf8_lossy(header.value).into_owned())
            };
            let id = header("lambda-runtime-aws-request-id").unwrap_or_default();
            let length: usize = header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
            let mut body = Vec::with_capacity(length);
            body.extend_from_slice(&buffer[head..]);
            while body.len() < length {
                let read = body.len();
                body.resize(length, 0);
                let more = stream.read(&mut body[read..]).expect("read");
                body.truncate(read + more);
            }
            return (id, body);
        }
        let read = buffer.len();
        buffer.resize(read + 8192, 0);
        let more = stream.read(&mut buffer[read..]).expect("read");
        assert_ne!(more, 0, "closed");
        buffer.truncate(read + more);
    }
}
