//! Messages of `application/vnd.amazon.eventstream`, the encoding of AWS's streams of events.
//!
//! ```text
//! total length  headers length  CRC of these two | headers | payload | CRC of all before it
//!     u32            u32              u32                                   u32
//! ```
//!
//! A header is its name, preceded by its length in a byte, the type 7 for text, and its value, preceded by its length in two
//! bytes. All numbers are big-endian; the CRC is that of ISO 3309, as in gzip.
//!
//! Source: AWS, "Amazon Transcribe: event stream encoding", which all services share.

use bytes::Bytes;

/// Lengths and CRCs around the headers and the payload.
const FRAME: usize = 16;
/// The type of a header whose value is text.
const TEXT: u8 = 7;

/// An event of this type, whose payload is of this media type.
pub(super) fn event(name: &str, media_type: &str, payload: &[u8]) -> Bytes {
    let headers = [(":event-type", name), (":content-type", media_type), (":message-type", "event")];
    let headers_length: usize = headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
    let total = FRAME + headers_length + payload.len();
    let mut message = Vec::with_capacity(total);
    message.extend_from_slice(&number(total));
    message.extend_from_slice(&number(headers_length));
    let crc = crc32(&message);
    message.extend_from_slice(&crc.to_be_bytes());
    for (name, value) in headers {
        // Invariant: names and values are literals of this crate, of less than 256 bytes.
        message.push(name.len() as u8);
        message.extend_from_slice(name.as_bytes());
        message.push(TEXT);
        message.extend_from_slice(&(value.len() as u16).to_be_bytes());
        message.extend_from_slice(value.as_bytes());
    }
    message.extend_from_slice(payload);
    let crc = crc32(&message);
    message.extend_from_slice(&crc.to_be_bytes());
    message.into()
}

/// Invariant: no answer is larger than 4 GiB, nor any piece of one.
fn number(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes()
}

fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = table();
    !bytes.iter().fold(!0, |crc, byte| (crc >> 8) ^ TABLE[usize::from(crc as u8 ^ byte)])
}

/// What each byte does to a CRC.
const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crc_is_the_one_of_the_standard() {
        assert_eq!((crc32(b""), crc32(b"123456789")), (0, 0xcbf4_3926));
    }

    #[test]
    fn a_message_has_its_lengths_its_headers_and_its_payload() {
        let message = event("PayloadChunk", "application/octet-stream", b"abc");
        let number = |at: usize| u32::from_be_bytes(message[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(number(0), message.len());
        assert_eq!(&message[12 + number(4)..message.len() - 4], b"abc");
        assert_eq!(&message[12..28], b"\x0b:event-type\x07\x00\x0cP");
        assert_eq!(number(8) as u32, crc32(&message[..8]));
        assert_eq!(number(message.len() - 4) as u32, crc32(&message[..message.len() - 4]));
    }
}
