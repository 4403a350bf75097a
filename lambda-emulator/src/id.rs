//! Ids that nobody has used before.

use std::hash::{BuildHasher, Hasher};
use std::time::{SystemTime, UNIX_EPOCH};

/// A random id in the form of a version 4 UUID.
pub(crate) fn unique() -> String {
    let (high, low) = (random(), random());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | (low >> 48) & 0x3fff,
        low & 0xffff_ffff_ffff
    )
}

/// An X-Ray header with a fresh root, as the service makes for a caller that sends none.
pub(crate) fn trace() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (a, b) = (random(), random());
    format!("Root=1-{:08x}-{a:016x}{:08x};Parent={b:016x};Sampled=0", seconds & 0xffff_ffff, b >> 32)
}

/// `RandomState` is seeded by the operating system and differs on every call: enough for an id on one machine.
fn random() -> u64 {
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_look_like_uuids_and_differ() {
        let (one, other) = (unique(), unique());
        assert_ne!(one, other);
        let lengths: Vec<_> = one.split('-').map(str::len).collect();
        assert_eq!((&lengths[..], &one[14..15]), (&[8, 4, 4, 4, 12][..], "4"));
        assert!("89ab".contains(&one[19..20]), "{one}");
    }

    #[test]
    fn traces_have_a_root_of_the_documented_length() {
        let trace = trace();
        let root = trace.strip_prefix("Root=").and_then(|rest| rest.split(';').next()).unwrap();
        let lengths: Vec<_> = root.split('-').map(str::len).collect();
        assert_eq!(lengths, [1, 8, 24]);
    }
}
