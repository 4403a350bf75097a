//! The chunked coding (RFC 9112, section 7.1): decoding what the service may send, encoding what streaming sends.

use bytes::{Bytes, BytesMut};

/// A size line or trailer section longer than this is not one.
const LONGEST_LINE: usize = 16 * 1024;

/// Decodes a chunked body piece by piece, across any split of the bytes.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    state: State,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Size,
    Data(u64),
    AfterData,
    Trailers,
    Done,
}

impl Decoder {
    /// Moves decoded bytes from `input` to `output`; `Ok(true)` once the last chunk and its trailers were read.
    ///
    /// What is left in `input` after `true` belongs to the next response.
    pub(crate) fn decode(
        &mut self,
        input: &mut BytesMut,
        output: &mut BytesMut,
    ) -> Result<bool, &'static str> {
        loop {
            match self.state {
                State::Size => match take_line(input)? {
                    None => return Ok(false),
                    Some(line) => {
                        let size = chunk_size(&line)?;
                        self.state = if size == 0 { State::Trailers } else { State::Data(size) };
                    }
                },
                State::Data(left) => {
                    let take = usize::try_from(left).unwrap_or(usize::MAX).min(input.len());
                    if take == 0 {
                        return Ok(false);
                    }
                    output.extend_from_slice(&input.split_to(take));
                    let left = left - take as u64;
                    self.state = if left == 0 { State::AfterData } else { State::Data(left) };
                }
                State::AfterData => match take_line(input)? {
                    None => return Ok(false),
                    Some(line) if line.is_empty() => self.state = State::Size,
                    Some(_) => return Err("a chunk is longer than its size says"),
                },
                State::Trailers => match take_line(input)? {
                    None => return Ok(false),
                    Some(line) if line.is_empty() => self.state = State::Done,
                    Some(_) => {}
                },
                State::Done => return Ok(true),
            }
        }
    }
}

/// Takes a line without its end, or `None` while the end has not arrived.
fn take_line(input: &mut BytesMut) -> Result<Option<Bytes>, &'static str> {
    match input.iter().position(|b| *b == b'\n') {
        Some(end) if end <= LONGEST_LINE => {
            let mut line = input.split_to(end + 1).freeze();
            line.truncate(end);
            if line.last() == Some(&b'\r') {
                line.truncate(end - 1);
            }
            Ok(Some(line))
        }
        None if input.len() <= LONGEST_LINE => Ok(None),
        _ => Err("a chunk size or trailer is longer than 16 KiB"),
    }
}

/// The hexadecimal size before any extension.
fn chunk_size(line: &[u8]) -> Result<u64, &'static str> {
    let end = line.iter().position(|b| *b == b';').unwrap_or(line.len());
    let digits = line[..end].trim_ascii();
    if digits.is_empty() || digits.len() > 15 {
        return Err("a chunk size is not a number");
    }
    digits.iter().try_fold(0u64, |size, digit| {
        let digit = char::from(*digit).to_digit(16).ok_or("a chunk size is not a number")?;
        Ok(size * 16 + u64::from(digit))
    })
}

/// Follows the data of a chunk.
#[cfg(any(test, feature = "streaming"))]
pub(crate) const END: &[u8] = b"\r\n";

/// Appends the line that precedes the data of a chunk. A chunk is never empty: that would end the body.
#[cfg(any(test, feature = "streaming"))]
pub(crate) fn push_size(mut length: usize, out: &mut Vec<u8>) {
    debug_assert_ne!(length, 0);
    let start = out.len();
    while length > 0 {
        out.push(b"0123456789abcdef"[length & 15]);
        length >>= 4;
    }
    out[start..].reverse();
    out.extend_from_slice(END);
}

/// Appends the last chunk and `trailers`, whose names and values the caller knows to be legal.
#[cfg(any(test, feature = "streaming"))]
pub(crate) fn finish(trailers: &[(&str, String)], out: &mut Vec<u8>) {
    out.extend_from_slice(b"0\r\n");
    for (name, value) in trailers {
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b": ");
        out.extend_from_slice(value.as_bytes());
        out.extend_from_slice(END);
    }
    out.extend_from_slice(END);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode_in_pieces(bytes: &[u8], piece: usize) -> Result<(Vec<u8>, bool, usize), &'static str> {
        let (mut decoder, mut input, mut output) = (Decoder::default(), BytesMut::new(), BytesMut::new());
        let mut done = false;
        for part in bytes.chunks(piece.max(1)) {
            input.extend_from_slice(part);
            done = decoder.decode(&mut input, &mut output)?;
        }
        Ok((output.to_vec(), done, input.len()))
    }

    #[test]
    fn extensions_and_trailers_are_skipped_and_the_rest_is_left() {
        let wire = b"4;name=value\r\nWiki\r\n5\r\npedia\r\n0\r\nX-Trailer: 1\r\n\r\nHTTP/1.1";
        assert_eq!(decode_in_pieces(wire, wire.len()), Ok((b"Wikipedia".to_vec(), true, 8)));
    }

    #[test]
    fn a_wrong_size_is_an_error_and_a_cut_body_is_not_done() {
        assert!(decode_in_pieces(b"3\r\nWiki\r\n", 64).is_err());
        assert!(decode_in_pieces(b"zz\r\n", 64).is_err());
        assert!(decode_in_pieces(b"\r\n", 64).is_err());
        assert!(decode_in_pieces(b"fffffffffffffffff\r\n", 64).is_err());
        assert_eq!(decode_in_pieces(b"4\r\nWi", 64), Ok((b"Wi".to_vec(), false, 0)));
    }

    proptest! {
        #[test]
        fn what_is_encoded_decodes_to_itself_however_it_is_cut(
            chunks in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..300), 0..6),
            piece in 1usize..40,
        ) {
            let mut wire = Vec::new();
            for chunk in &chunks {
                push_size(chunk.len(), &mut wire);
                wire.extend_from_slice(chunk);
                wire.extend_from_slice(END);
            }
            finish(&[("Lambda-Runtime-Function-Error-Type", "Function.Boom".to_owned())], &mut wire);
            prop_assert_eq!(decode_in_pieces(&wire, piece), Ok((chunks.concat(), true, 0)));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), piece in 1usize..20) {
            let _ = decode_in_pieces(&bytes, piece);
        }
    }
}
