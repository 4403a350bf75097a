//! The text of a JSON string.
//!
//! Log lines are most of what a shipper reads, and nearly all have escapes. serde_json writes such a string into a buffer of
//! its own first, which is a new one for each record, and grows; here it is written once, where it stays.

/// The text between the quotes of a JSON string which a parser has accepted. Half of a surrogate pair, which JavaScript can log and
/// no text can hold, becomes U+FFFD.
pub(super) fn unescape(quoted: &str) -> String {
    let mut text = String::with_capacity(quoted.len());
    let mut rest = quoted;
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        let (letter, after) = next(escape);
        text.push(letter);
        rest = after;
    }
    text.push_str(rest);
    text
}

/// The letter that is escaped, and what follows it.
fn next(escape: &str) -> (char, &str) {
    let mut letters = escape.chars();
    let letter = match letters.next() {
        Some('n') => '\n',
        Some('t') => '\t',
        Some('r') => '\r',
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('u') => return unicode(letters.as_str()),
        Some(other) => other,
        None => char::REPLACEMENT_CHARACTER,
    };
    (letter, letters.as_str())
}

/// Four hexadecimal digits, or twice that if they are the first half of a pair.
fn unicode(digits: &str) -> (char, &str) {
    let Some((high, rest)) = unit(digits) else { return (char::REPLACEMENT_CHARACTER, digits) };
    if let Some(letter) = char::from_u32(high.into()) {
        return (letter, rest);
    }
    let low = rest.strip_prefix("\\u").and_then(unit);
    let pair = low.and_then(|(low, after)| {
        let letter = char::decode_utf16([high, low]).next()?.ok()?;
        Some((letter, after))
    });
    pair.unwrap_or((char::REPLACEMENT_CHARACTER, rest))
}

fn unit(digits: &str) -> Option<(u16, &str)> {
    let (digits, rest) = digits.split_at_checked(4)?;
    Some((u16::from_str_radix(digits, 16).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_escape_is_read() {
        assert_eq!(
            unescape(r#"a\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00z"#),
            "a\"\\/\u{8}\u{c}\n\r\t\u{e9}\u{1f600}z"
        );
    }

    #[test]
    fn half_a_pair_is_replaced_and_what_follows_it_stays() {
        for (quoted, text) in [
            (r"\ud83d", "\u{fffd}"),
            (r"\ude00!", "\u{fffd}!"),
            (r"\ud83dx", "\u{fffd}x"),
            (r"\ud83d\n", "\u{fffd}\n"),
            (r"\ud83d\ud83d\ude00", "\u{fffd}\u{1f600}"),
        ] {
            assert_eq!(unescape(quoted), text, "{quoted}");
        }
    }

    proptest! {
        #[test]
        fn what_serde_json_writes_is_read_as_it_was(text in ".*") {
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(unescape(&json[1..json.len() - 1]), text);
        }

        #[test]
        fn nothing_makes_it_panic(text in "[\\\\u0-9dD\"n\u{e9}]*") {
            let _ = unescape(&text);
        }
    }
}
