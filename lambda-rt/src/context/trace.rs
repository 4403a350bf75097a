//! The X-Ray trace header, taken apart without altering it.

use std::fmt;

/// The parts of an X-Ray trace header such as
/// `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a87bd80c:1|68fd508a:5`.
///
/// The order of the keys is not fixed and unknown keys are skipped. Forward the whole text ([`as_str`](Self::as_str)) to
/// other services rather than parts of it: `Lineage` is how Lambda notices functions that call each other in a loop.
///
/// Source: AWS X-Ray developer guide, "Tracing header".
///
/// # Examples
///
/// ```
/// let trace = lambda_rt::TraceHeader::parse("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1");
/// assert_eq!(trace.root(), Some("1-5759e988-bd862e3fe1be46a994272793"));
/// assert_eq!(trace.parent(), None);
/// assert!(trace.sampled());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceHeader<'a> {
    text: &'a str,
}

impl<'a> TraceHeader<'a> {
    /// Reads a header; text that has none of the keys has no parts.
    pub fn parse(text: &'a str) -> Self {
        Self { text }
    }

    /// The header, byte for byte.
    pub fn as_str(&self) -> &'a str {
        self.text
    }

    /// The trace id, `1-<8 hex>-<24 hex>`.
    pub fn root(&self) -> Option<&'a str> {
        self.part("Root")
    }

    /// The id of the segment that caused this one, 16 hexadecimal digits.
    pub fn parent(&self) -> Option<&'a str> {
        self.part("Parent")
    }

    /// Whether the trace is recorded; false when the header does not say.
    pub fn sampled(&self) -> bool {
        self.part("Sampled") == Some("1")
    }

    /// The functions the request has passed through, which recursive-loop detection counts. Opaque.
    pub fn lineage(&self) -> Option<&'a str> {
        self.part("Lineage")
    }

    fn part(&self, key: &str) -> Option<&'a str> {
        self.text
            .split(';')
            .filter_map(|pair| pair.split_once('='))
            .find(|(name, _)| name.trim() == key)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }
}

impl fmt::Display for TraceHeader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_in_any_order_and_the_text_is_kept() {
        let text = "Lineage=a:1|b:2; Self=x;Sampled=0 ;Parent=53995c3f42cd8ad8;Root=1-0-0";
        let trace = TraceHeader::parse(text);
        assert_eq!(trace.root(), Some("1-0-0"));
        assert_eq!(trace.parent(), Some("53995c3f42cd8ad8"));
        assert_eq!(trace.lineage(), Some("a:1|b:2"));
        assert!(!trace.sampled());
        assert_eq!(trace.to_string(), text);
    }

    #[test]
    fn text_that_is_no_trace_has_no_parts() {
        for text in ["", ";;;", "Root", "Root=", "=x", "root=1"] {
            assert_eq!(TraceHeader::parse(text).root(), None, "{text}");
        }
    }
}
