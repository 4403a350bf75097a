//! What can be asked of a request beside HTTP.

use http::Extensions;
use http::request::{Parts, Request};
use serde::de::DeserializeOwned;

use super::super::context::RequestContext;
use super::super::origin::Origin;
use super::super::pairs::{InvalidParameters, QueryMap};
use crate::context::Context;

/// What a test has put in the place of what an event would say.
#[derive(Clone)]
struct RawPath(String);
#[derive(Clone)]
struct Query(QueryMap);
#[derive(Clone)]
struct PathParameters(QueryMap);
#[derive(Clone)]
struct StageVariables(QueryMap);

/// Asks a request, its parts or its extensions for what the event said.
///
/// In a test there is no event: the methods that begin with `with_` put in what it would have said.
///
/// # Examples
///
/// ```
/// use lambda_rt::http::{Request, RequestExt};
///
/// async fn handler(request: Request) -> Result<String, lambda_rt::Error> {
///     #[derive(serde::Deserialize)]
///     struct Path { order: u64 }
///     let Path { order } = request.decode_path_parameters()?;
///     Ok(format!("order {order} for {}", request.lambda_context().request_id))
/// }
/// # let _ = lambda_rt::http::service(lambda_rt::service_fn(handler));
/// ```
pub trait RequestExt: Sized {
    /// The extensions of the request.
    #[doc(hidden)]
    fn lambda_extensions(&self) -> &Extensions;

    /// The extensions of the request.
    #[doc(hidden)]
    fn lambda_extensions_mut(&mut self) -> &mut Extensions;

    /// The event behind the request; `None` in a test.
    fn origin(&self) -> Option<&Origin> {
        self.lambda_extensions().get()
    }

    /// The path as the source tells it, with its stage or base path; empty if there is no event.
    fn raw_http_path(&self) -> &str {
        match self.lambda_extensions().get() {
            Some(RawPath(path)) => path,
            None => self.origin().map_or("", Origin::raw_path),
        }
    }

    /// Sets what [`raw_http_path`](Self::raw_http_path) gives.
    #[must_use]
    fn with_raw_http_path(mut self, path: impl Into<String>) -> Self {
        self.lambda_extensions_mut().insert(RawPath(path.into()));
        self
    }

    /// The parameters of the query, decoded; empty if there are none.
    fn query_string_parameters(&self) -> QueryMap {
        self.query_string_parameters_ref().cloned().unwrap_or_default()
    }

    /// The parameters of the query, decoded; `None` if there are none.
    fn query_string_parameters_ref(&self) -> Option<&QueryMap> {
        let query = match self.lambda_extensions().get() {
            Some(Query(query)) => Some(query),
            None => self.origin().map(Origin::query),
        };
        query.filter(|query| !query.is_empty())
    }

    /// Sets the parameters of the query.
    #[must_use]
    fn with_query_string_parameters(mut self, parameters: impl Into<QueryMap>) -> Self {
        self.lambda_extensions_mut().insert(Query(parameters.into()));
        self
    }

    /// The parameters that API Gateway found in the path; empty if there are none.
    fn path_parameters(&self) -> QueryMap {
        self.path_parameters_ref().cloned().unwrap_or_default()
    }

    /// The parameters that API Gateway found in the path; `None` if there are none.
    fn path_parameters_ref(&self) -> Option<&QueryMap> {
        let parameters = match self.lambda_extensions().get() {
            Some(PathParameters(parameters)) => Some(parameters),
            None => self.origin().and_then(Origin::path_parameters),
        };
        parameters.filter(|parameters| !parameters.is_empty())
    }

    /// The parameters that API Gateway found in the path, as a type of yours.
    ///
    /// # Errors
    ///
    /// [`InvalidParameters`], which names the parameter.
    fn decode_path_parameters<T: DeserializeOwned>(&self) -> Result<T, InvalidParameters> {
        self.path_parameters().decode()
    }

    /// Sets the parameters of the path.
    #[must_use]
    fn with_path_parameters(mut self, parameters: impl Into<QueryMap>) -> Self {
        self.lambda_extensions_mut().insert(PathParameters(parameters.into()));
        self
    }

    /// The variables of API Gateway's stage; empty if there are none.
    fn stage_variables(&self) -> QueryMap {
        self.stage_variables_ref().cloned().unwrap_or_default()
    }

    /// The variables of API Gateway's stage; `None` if there are none.
    fn stage_variables_ref(&self) -> Option<&QueryMap> {
        let variables = match self.lambda_extensions().get() {
            Some(StageVariables(variables)) => Some(variables),
            None => self.origin().and_then(Origin::stage_variables),
        };
        variables.filter(|variables| !variables.is_empty())
    }

    /// The variables of API Gateway's stage, as a type of yours.
    ///
    /// # Errors
    ///
    /// [`InvalidParameters`], which names the variable.
    fn decode_stage_variables<T: DeserializeOwned>(&self) -> Result<T, InvalidParameters> {
        self.stage_variables().decode()
    }

    /// Sets the variables of the stage.
    #[must_use]
    fn with_stage_variables(mut self, variables: impl Into<QueryMap>) -> Self {
        self.lambda_extensions_mut().insert(StageVariables(variables.into()));
        self
    }

    /// What the source says of the request beside the request.
    ///
    /// # Panics
    ///
    /// Where there is none: in a test, or when it does not have the form that its source documents.
    fn request_context(&self) -> RequestContext {
        self.request_context_ref().cloned().expect("the request has a request context")
    }

    /// As [`request_context`](Self::request_context), or `None`.
    fn request_context_ref(&self) -> Option<&RequestContext> {
        self.lambda_extensions().get().or_else(|| self.origin()?.request_context())
    }

    /// Sets what [`request_context`](Self::request_context) gives.
    #[must_use]
    fn with_request_context(mut self, context: RequestContext) -> Self {
        self.lambda_extensions_mut().insert(context);
        self
    }

    /// The context of the invocation.
    ///
    /// # Panics
    ///
    /// In a test that has not set it.
    fn lambda_context(&self) -> Context {
        self.lambda_context_ref().cloned().expect("the request has the context of its invocation")
    }

    /// As [`lambda_context`](Self::lambda_context), or `None`.
    fn lambda_context_ref(&self) -> Option<&Context> {
        self.lambda_extensions().get()
    }

    /// Sets the context of the invocation.
    #[must_use]
    fn with_lambda_context(mut self, context: Context) -> Self {
        self.lambda_extensions_mut().insert(context);
        self
    }
}

impl RequestExt for Extensions {
    fn lambda_extensions(&self) -> &Extensions {
        self
    }

    fn lambda_extensions_mut(&mut self) -> &mut Extensions {
        self
    }
}

impl RequestExt for Parts {
    fn lambda_extensions(&self) -> &Extensions {
        &self.extensions
    }

    fn lambda_extensions_mut(&mut self) -> &mut Extensions {
        &mut self.extensions
    }
}

impl<B> RequestExt for Request<B> {
    fn lambda_extensions(&self) -> &Extensions {
        self.extensions()
    }

    fn lambda_extensions_mut(&mut self) -> &mut Extensions {
        self.extensions_mut()
    }
}
