//! The end of what a function has written, for callers who ask for it.

use std::collections::VecDeque;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// As much as the service gives.
const LONGEST: usize = 4 * 1024;

/// The last bytes that the function has written since its event was delivered.
#[derive(Debug, Default)]
pub(super) struct Tail {
    bytes: VecDeque<u8>,
}

impl Tail {
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
    }

    pub(super) fn line(&mut self, line: &str) {
        self.bytes.extend(line.bytes().chain([b'\n']));
        let excess = self.bytes.len().saturating_sub(LONGEST);
        self.bytes.drain(..excess);
    }

    pub(super) fn base64(&mut self) -> String {
        BASE64_STANDARD.encode(self.bytes.make_contiguous())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_4_kib_are_kept() {
        let mut tail = Tail::default();
        tail.line(&"a".repeat(5_000));
        tail.line("b");
        let kept = BASE64_STANDARD.decode(tail.base64()).unwrap();
        assert_eq!((kept.len(), kept.ends_with(b"a\nb\n")), (LONGEST, true));
        tail.clear();
        assert_eq!(tail.base64(), "");
    }
}
