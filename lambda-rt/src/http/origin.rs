//! Where a request came from: the event behind it, and what of it is read only when it is asked for.

use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http::Uri;
use serde::Deserialize;

use super::context::RequestContext;
use super::event::Source;
use super::pairs::QueryMap;

/// What decides how an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) source: Source,
    /// The source sends, and so takes, lists of values.
    pub(super) multi_value: bool,
    /// The source takes streams.
    pub(super) streams: bool,
}

/// The event that a request was made of: an extension of every request.
///
/// It is cheap to clone. [`RequestExt`](super::RequestExt) asks it; a framework's extractor of extensions finds it too, such as
/// axum's `Extension<Origin>`, and beside it the function's [`Context`](crate::Context).
///
/// # Examples
///
/// ```
/// use lambda_rt::http::{Body, Origin, Request, Source};
///
/// async fn handler(request: Request) -> Result<String, lambda_rt::Error> {
///     let origin: &Origin = request.extensions().get().ok_or("called by a test")?;
///     Ok(match origin.source() {
///         Source::Alb => "from a load balancer".to_owned(),
///         _ => format!("from {:?}", origin.client_address()),
///     })
/// }
/// # let _ = lambda_rt::http::service(lambda_rt::service_fn(handler));
/// ```
#[derive(Clone)]
pub struct Origin {
    inner: Arc<Inner>,
}

struct Inner {
    event: Bytes,
    shape: Shape,
    raw_path: String,
    uri: Uri,
    client: Option<IpAddr>,
    query: OnceLock<QueryMap>,
    details: OnceLock<Details>,
}

/// What few requests are asked for: read in a second pass.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Details {
    path_parameters: Option<QueryMap>,
    stage_variables: Option<QueryMap>,
    #[serde(skip)]
    context: Option<RequestContext>,
}

impl Origin {
    pub(super) fn new(
        event: Bytes,
        shape: Shape,
        raw_path: String,
        uri: Uri,
        client: Option<IpAddr>,
    ) -> Self {
        let (query, details) = (OnceLock::new(), OnceLock::new());
        Self { inner: Arc::new(Inner { event, shape, raw_path, uri, client, query, details }) }
    }

    /// What sent the event.
    pub fn source(&self) -> Source {
        self.inner.shape.source
    }

    /// The event, byte for byte as it was received.
    pub fn event(&self) -> &Bytes {
        &self.inner.event
    }

    /// The path as the source tells it, with the stage or base path that [`Uri::path`] is without.
    pub fn raw_path(&self) -> &str {
        &self.inner.raw_path
    }

    /// The address of the caller, by the source's own word and not the caller's.
    pub fn client_address(&self) -> Option<IpAddr> {
        self.inner.client
    }

    /// The parameters of the query, decoded, in their order.
    pub fn query(&self) -> &QueryMap {
        // Parsing a query does not fail.
        self.inner
            .query
            .get_or_init(|| self.inner.uri.query().unwrap_or_default().parse().unwrap_or_default())
    }

    /// The parameters that API Gateway found in the path.
    pub fn path_parameters(&self) -> Option<&QueryMap> {
        self.details().path_parameters.as_ref()
    }

    /// The variables of API Gateway's stage.
    pub fn stage_variables(&self) -> Option<&QueryMap> {
        self.details().stage_variables.as_ref()
    }

    /// `requestContext`, or `None` if it does not have the form that its source documents.
    pub fn request_context(&self) -> Option<&RequestContext> {
        self.details().context.as_ref()
    }

    pub(super) fn shape(&self) -> Shape {
        self.inner.shape
    }

    fn details(&self) -> &Details {
        self.inner.details.get_or_init(|| {
            let event = &self.inner.event;
            let details: Details = serde_json::from_slice(event).unwrap_or_default();
            Details { context: RequestContext::read(event, self.source()), ..details }
        })
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Origin")
            .field("source", &self.source())
            .field("raw_path", &self.raw_path())
            .finish_non_exhaustive()
    }
}
