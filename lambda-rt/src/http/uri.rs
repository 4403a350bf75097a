//! Where a request goes: scheme, host, path and query, out of what each source says of them.
//!
//! Nothing is decoded, and nothing that may stand in a URI is touched: dot segments, double and trailing slashes and percent
//! signs reach the handler as they are. What may not stand in a URI is percent-encoded.

use std::fmt::Write;

use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::event::{Context, Event, Pairs, Source, Text};

/// What has to be encoded of a path, as browsers do it.
const IN_PATH: &AsciiSet = &IN_QUERY.add(b'?').add(b'`').add(b'{').add(b'}');
/// What has to be encoded of a query that is encoded already.
const IN_QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>');
/// What has to be encoded of a name or value that is not encoded yet (RFC 3986, unreserved characters).
const IN_VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl Event<'_> {
    /// The path as the source tells it, its stage and base path included.
    pub(super) fn whole_path(&self, source: Source) -> String {
        let context = self.request_context.as_ref();
        match source {
            Source::WebSocket if self.path.is_none() => {
                format!(
                    "/{}",
                    context.and_then(|context| context.route_key.as_ref()).map_or("", Text::as_str)
                )
            }
            Source::HttpApi | Source::FunctionUrl => {
                self.raw_path.as_ref().map_or("", Text::as_str).to_owned()
            }
            _ => self.path.as_ref().or(self.raw_path.as_ref()).map_or("", Text::as_str).to_owned(),
        }
    }

    /// The URI of the request. Its scheme and host are left out where the host is none.
    ///
    /// # Errors
    ///
    /// When the target is longer than the 64 KiB that a [`Uri`] holds.
    pub(super) fn uri(
        &self,
        source: Source,
        whole_path: &str,
        base: &str,
        origin: (Scheme, Option<&str>),
    ) -> Result<Uri, http::Error> {
        let mut target = String::with_capacity(whole_path.len() + 64);
        let (path, query) = match source {
            // VPC Lattice leaves the query where it was.
            Source::VpcLattice => match whole_path.split_once('?') {
                Some((path, query)) => (path, Some(query)),
                None => (whole_path, None),
            },
            _ => (whole_path, None),
        };
        let path = match (&self.request_context, source) {
            (Some(context), Source::HttpApi) => without_prefix(path, context.stage_in_path()),
            _ => path,
        };
        let path = without_prefix(path, base);
        if !path.starts_with('/') {
            target.push('/');
        }
        push_encoded(&mut target, path, IN_PATH);
        match query {
            Some(query) => push_query(&mut target, query),
            None => self.push_query(&mut target, source),
        }
        let mut parts = Parts::default();
        parts.path_and_query = Some(PathAndQuery::from_maybe_shared(target)?);
        let (scheme, host) = origin;
        if let Some(authority) = host.and_then(|host| Authority::try_from(host).ok()) {
            parts.scheme = Some(scheme);
            parts.authority = Some(authority);
        }
        Ok(Uri::from_parts(parts)?)
    }

    fn push_query(&self, target: &mut String, source: Source) {
        if let Some(query) = &self.raw_query_string {
            return push_query(target, query.as_str());
        }
        let multi = &self.multi_value_query_string_parameters;
        let pairs = if multi.is_empty() { &self.query_string_parameters } else { multi };
        match source {
            // These hand on what the caller has encoded.
            Source::Alb | Source::VpcLattice => push_pairs(target, pairs, IN_QUERY),
            _ => push_pairs(target, pairs, IN_VALUE),
        }
    }
}

impl Context<'_> {
    /// The stage, where the path begins with it: in that of an HTTP API, unless it is the default stage, or a domain of one's own
    /// stands for it.
    fn stage_in_path(&self) -> &str {
        let stage = self.stage.as_ref().map_or("", Text::as_str);
        let domain = self.domain_name.as_ref().map_or("", Text::as_str);
        let own_domain = domain.contains('.') && !domain.contains(".execute-api.");
        if stage == "$default" || own_domain { "" } else { stage }
    }
}

/// The path after `prefix`, if it begins with all of its segments.
fn without_prefix<'p>(path: &'p str, prefix: &str) -> &'p str {
    if prefix.is_empty() {
        return path;
    }
    let rest = path.strip_prefix('/').unwrap_or(path).strip_prefix(prefix);
    match rest {
        Some("") => "/",
        Some(rest) if rest.starts_with('/') => rest,
        _ => path,
    }
}

fn push_query(target: &mut String, query: &str) {
    if !query.is_empty() {
        target.push('?');
        push_encoded(target, query, IN_QUERY);
    }
}

fn push_pairs(target: &mut String, pairs: &Pairs<'_>, set: &'static AsciiSet) {
    let mut before = '?';
    for (name, value) in &pairs.0 {
        target.push(before);
        before = '&';
        push_encoded(target, name.as_str(), set);
        target.push('=');
        push_encoded(target, value.as_str(), set);
    }
}

fn push_encoded(target: &mut String, text: &str, set: &'static AsciiSet) {
    // Writing to a String does not fail.
    let _ = write!(target, "{}", utf8_percent_encode(text, set));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_taken_only_with_all_of_its_segments() {
        for (path, prefix, rest) in [
            ("/prod/a", "prod", "/a"),
            ("/prod", "prod", "/"),
            ("/prod/", "prod", "/"),
            ("/production/a", "prod", "/production/a"),
            ("/a/prod/b", "prod", "/a/prod/b"),
            ("/prod//a", "prod", "//a"),
            ("/v1/shop/a", "v1/shop", "/a"),
            ("/a", "", "/a"),
        ] {
            assert_eq!(without_prefix(path, prefix), rest, "{path} {prefix}");
        }
    }
}
