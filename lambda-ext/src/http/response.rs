//! A response, read from bytes as they arrive.

/// Registration and events are a few hundred bytes; beyond this the peer is broken.
const LONGEST: usize = 1024 * 1024;
const MOST_HEADERS: usize = 64;

/// A whole response.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// The first header of this name; an empty one is none.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        header.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

/// Collects bytes until they are a response.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    bytes: Vec<u8>,
}

impl Reader {
    pub(crate) fn buffer(&mut self) -> &mut Vec<u8> {
        self.bytes.reserve(1024);
        &mut self.bytes
    }

    /// The response, once it is whole; `ended` says that no more bytes will come.
    pub(crate) fn take(&mut self, ended: bool) -> Result<Option<Response>, &'static str> {
        if self.bytes.len() > LONGEST {
            return Err("it is longer than 1 MiB");
        }
        loop {
            let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
            let mut head = httparse::Response::new(&mut headers);
            let length = match head.parse(&self.bytes) {
                Ok(httparse::Status::Complete(length)) => length,
                Ok(httparse::Status::Partial) => return Ok(None),
                Err(_) => return Err("its head cannot be read"),
            };
            let status = head.code.unwrap_or_default();
            // Interim responses (RFC 9110, section 15.2) precede the one that counts.
            if (100..200).contains(&status) {
                self.bytes.drain(..length);
                continue;
            }
            let found = match status {
                // These have no body, whatever their headers say (RFC 9112, section 6.3).
                204 | 304 => Some(Vec::new()),
                _ => body(head.headers, &self.bytes[length..], ended)?,
            };
            let Some(body) = found else { return Ok(None) };
            let headers = head.headers.iter();
            let text = |value| String::from_utf8_lossy(value).trim().to_owned();
            let headers = headers.map(|header| (header.name.to_owned(), text(header.value))).collect();
            return Ok(Some(Response { status, headers, body }));
        }
    }
}

fn body(
    headers: &[httparse::Header<'_>],
    bytes: &[u8],
    ended: bool,
) -> Result<Option<Vec<u8>>, &'static str> {
    let header = |name: &str| {
        headers.iter().find(|header| header.name.eq_ignore_ascii_case(name)).map(|header| header.value)
    };
    if let Some(coding) = header("transfer-encoding") {
        let coding = coding.trim_ascii();
        if !coding.eq_ignore_ascii_case(b"chunked") {
            return Err("its transfer coding is not chunked");
        }
        return unchunked(bytes);
    }
    let Some(length) = header("content-length") else {
        return Ok(ended.then(|| bytes.to_vec()));
    };
    let length = std::str::from_utf8(length).ok().and_then(|length| length.trim().parse::<usize>().ok());
    let length = length.ok_or("its content-length is not a number")?;
    Ok(bytes.get(..length).map(<[u8]>::to_vec))
}

fn unchunked(mut bytes: &[u8]) -> Result<Option<Vec<u8>>, &'static str> {
    let mut body = Vec::new();
    loop {
        let (start, size) = match httparse::parse_chunk_size(bytes) {
            Ok(httparse::Status::Complete(found)) => found,
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(_) => return Err("a chunk size is not a number"),
        };
        if size == 0 {
            // Trailers, if any, say nothing to us, and the connection is not used again.
            return Ok(Some(body));
        }
        let size = usize::try_from(size).map_err(|_| "a chunk is longer than the memory")?;
        let Some(end) = start.checked_add(size).filter(|end| end.saturating_add(2) <= bytes.len()) else {
            return Ok(None);
        };
        body.extend_from_slice(&bytes[start..end]);
        if &bytes[end..end + 2] != b"\r\n" {
            return Err("a chunk is longer than its size says");
        }
        bytes = &bytes[end + 2..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8], piece: usize) -> Result<Option<Response>, &'static str> {
        let mut reader = Reader::default();
        for part in bytes.chunks(piece) {
            reader.buffer().extend_from_slice(part);
            if let Some(response) = reader.take(false)? {
                return Ok(Some(response));
            }
        }
        reader.take(true)
    }

    #[test]
    fn a_body_ends_where_its_length_its_last_chunk_or_the_connection_says() {
        for wire in [
            "HTTP/1.1 200 OK\r\nName: a \r\ncontent-length: 5\r\n\r\nhello, more",
            "HTTP/1.1 200 OK\r\nname: a\r\nTransfer-Encoding: Chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\nname: a\r\n\r\nhello",
        ] {
            for piece in [1, 7, wire.len()] {
                let response = read(wire.as_bytes(), piece).unwrap().unwrap();
                assert_eq!((response.status, response.body.as_slice()), (200, &b"hello"[..]), "{wire}");
                assert_eq!(response.header("NAME"), Some("a"));
            }
        }
    }

    #[test]
    fn a_status_that_has_no_body_does_not_wait_for_one() {
        let mut reader = Reader::default();
        reader.buffer().extend_from_slice(b"HTTP/1.1 204 No Content\r\n\r\n");
        assert_eq!(reader.take(false).unwrap().unwrap().body, b"");
    }

    #[test]
    fn what_is_cut_off_is_none_and_what_is_no_http_is_an_error() {
        let cut = ["", "HTTP/1.1 200 OK\r\nconte", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhello"];
        for wire in cut {
            assert_eq!(read(wire.as_bytes(), 64), Ok(None), "{wire}");
        }
        for wire in [
            "SSH-2.0-OpenSSH\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc\r\n",
        ] {
            assert!(read(wire.as_bytes(), 64).is_err(), "{wire}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), piece in 1usize..20) {
            let _ = read(&bytes, piece);
            let wire = [b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", &bytes[..]].concat();
            let _ = read(&wire, piece);
        }
    }
}
