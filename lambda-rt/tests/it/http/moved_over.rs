//! Programs as users of `lambda_http` 1.3 write them: they compile as they are, and do what they did.

use std::collections::HashMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use axum::extract::{FromRequest, FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyRequestContext, ApiGatewayV2httpRequestContext};
use lambda_http::ext::request::JsonPayloadError;
use lambda_http::http::{self, StatusCode};
use lambda_http::request::RequestContext::{ApiGatewayV1, ApiGatewayV2};
use lambda_http::{
    Adapter, Body, Context, Error, IntoResponse, LambdaEvent, Request, RequestExt, RequestPayloadExt,
    Response, Service, StreamAdapter, service_fn, tracing,
};
use lambda_rt::http as lambda_http;
use lambda_rt::http::tower::ServiceBuilder;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_http::cors::{Any, CorsLayer};
use tower_http::trace::{DefaultOnRequest, DefaultOnResponse, TraceLayer};

use super::call;
use super::sources::{Received, Sender, Sent};

fn get_of(path: &str, query: &str) -> Sent {
    Sent { path: path.to_owned(), query: query.to_owned(), ..Sent::default() }
}

/// What a REST API receives from a handler that is run as `lambda_http::run` would run it.
async fn received<S>(handler: S, sent: &Sent) -> Received
where
    S: Service<Request, Response: IntoResponse, Error: Into<lambda_rt::Diagnostic> + 'static>,
{
    let reply = call(&mut lambda_http::service(handler), Sender::RestApi.event(sent)).await.unwrap();
    Sender::RestApi.received(reply.body().unwrap())
}

async fn page(_event: Request) -> Result<Response<Body>, Error> {
    let response = Response::builder()
        .status(200)
        .header("content-type", "text/html")
        .body("<p>Hello".into())
        .map_err(Box::new)?;
    Ok(response)
}

async fn by_query(event: Request) -> Result<impl IntoResponse, Error> {
    Ok(match event.query_string_parameters_ref().and_then(|params| params.first("name")) {
        Some(name) => format!("Hello, {name}!").into_response().await,
        None => Response::builder().status(400).body("who are you?".into()).expect("it is legal"),
    })
}

#[tokio::test]
async fn handlers_build_responses_or_turn_values_into_them() {
    let answer = received(service_fn(page), &Sent::default()).await;
    assert_eq!((answer.status, &*answer.body), (200, &b"<p>Hello"[..]));
    assert_eq!(received(service_fn(by_query), &get_of("/", "name=Ada")).await.body, b"Hello, Ada!");
    assert_eq!(received(service_fn(by_query), &Sent::default()).await.status, 400);
    let raw = async |event: Request| Ok::<_, Error>(event.raw_http_path().into_response().await);
    assert_eq!(received(service_fn(raw), &get_of("/a/b", "")).await.body, b"/a/b");
    let never_fails = service_fn(|_: Request| async { Result::<&str, Infallible>::Ok("fine") });
    assert_eq!(received(never_fails, &Sent::default()).await.body, b"fine");
}

#[tokio::test]
async fn a_closure_borrows_what_is_shared() {
    struct Client {
        name: &'static str,
    }
    let client = Client { name: "shared" };
    let client = &client;
    let handler = move |event: Request| async move {
        let id = event.lambda_context_ref().map(|context| context.request_id.clone()).unwrap_or_default();
        Result::<Response<Body>, Error>::Ok(format!("{}:{id}", client.name).into_response().await)
    };
    assert_eq!(received(service_fn(handler), &Sent::default()).await.body, b"shared:");
}

#[tokio::test]
async fn layers_of_tower_stand_around_the_handler() {
    let cors = CorsLayer::new().allow_methods(vec![http::Method::GET]).allow_origin(Any);
    let trace = TraceLayer::new_for_http()
        .on_request(DefaultOnRequest::new().level(tracing::Level::INFO))
        .on_response(DefaultOnResponse::new().level(tracing::Level::INFO));
    let handler = ServiceBuilder::new().layer(trace).layer(cors).service(service_fn(page));
    let answer = received(handler, &Sent::default()).await;
    assert!(answer.headers.contains(&("access-control-allow-origin".to_owned(), "*".to_owned())));
}

#[tokio::test]
async fn an_axum_router_has_state_extractors_and_middleware() {
    #[derive(Clone)]
    struct Posts(&'static [&'static str]);
    #[derive(Deserialize, Serialize)]
    struct Params {
        first: Option<String>,
    }
    async fn post_of(
        State(Posts(posts)): State<Posts>,
        Path(id): Path<usize>,
    ) -> Result<Json<Value>, (StatusCode, String)> {
        let post = posts.get(id).ok_or((StatusCode::NOT_FOUND, format!("no post {id}")))?;
        Ok(Json(json!({ "post": post })))
    }
    async fn stage(request: axum::extract::Request, next: Next) -> impl axum::response::IntoResponse {
        let stage = match request.request_context_ref() {
            Some(ApiGatewayV1(context)) => context.stage.clone(),
            _ => None,
        };
        ([("x-stage", stage.unwrap_or_default())], next.run(request).await)
    }
    let posts = Router::new().route("/", get(async || "all")).route("/{id}", get(post_of));
    let app = Router::new()
        .nest("/posts", posts)
        .route("/parameters", get(async |Query(params): Query<Params>| Json(params)))
        .route("/echo", post(async |body: Json<Value>| Json(json!({ "echo": *body }))))
        .layer(axum::middleware::from_fn(stage))
        .with_state(Posts(&["a", "b"]));
    let answer = received(app.clone(), &get_of("/posts/1", "")).await;
    assert_eq!((answer.status, &*answer.body), (200, &br#"{"post":"b"}"#[..]));
    assert!(answer.headers.contains(&("x-stage".to_owned(), "prod".to_owned())), "{answer:?}");
    assert_eq!(received(app.clone(), &get_of("/posts/7", "")).await.status, 404);
    assert_eq!(received(app.clone(), &get_of("/parameters", "first=1")).await.body, br#"{"first":"1"}"#);
    let mut sent = Sent { method: "POST", body: b"[1]".to_vec(), ..get_of("/echo", "") };
    sent.headers.push(("content-type", "application/json".to_owned()));
    assert_eq!(received(app, &sent).await.body, br#"{"echo":[1]}"#);
}

#[tokio::test]
async fn middleware_finds_the_request_context_among_the_extensions_if_asked_to() {
    async fn stage(request: axum::extract::Request) -> String {
        match request.extensions().get::<lambda_http::request::RequestContext>() {
            Some(ApiGatewayV1(context)) => context.stage.clone().unwrap_or_default(),
            _ => "none".to_owned(),
        }
    }
    let service = || lambda_http::service(Router::new().route("/", get(stage)));
    for (mut service, seen) in [(service(), "none"), (service().request_context_extension(), "prod")] {
        let reply = call(&mut service, Sender::RestApi.event(&Sent::default())).await.unwrap();
        assert_eq!(Sender::RestApi.received(reply.body().unwrap()).body, seen.as_bytes());
    }
}

/// What an authorizer said, as an extractor.
struct Fields(HashMap<String, Value>);

impl<S: Send + Sync> FromRequestParts<S> for Fields {
    type Rejection = (StatusCode, &'static str);

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let authorizer = parts.request_context_ref().and_then(|context| context.authorizer());
        let fields = authorizer.map(|authorizer| authorizer.fields.clone());
        fields.map(Self).ok_or((StatusCode::BAD_REQUEST, "there is no authorizer"))
    }
}

/// One field of it.
struct Tenant(String);

impl<S: Send + Sync> FromRequest<S> for Tenant {
    type Rejection = (StatusCode, &'static str);

    async fn from_request(request: axum::extract::Request, _: &S) -> Result<Self, Self::Rejection> {
        request
            .request_context_ref()
            .and_then(|context| context.authorizer())
            .and_then(|authorizer| authorizer.fields.get("tenant"))
            .and_then(|tenant| tenant.as_str())
            .map(|tenant| Self(tenant.to_owned()))
            .ok_or((StatusCode::BAD_REQUEST, "there is no tenant"))
    }
}

#[tokio::test]
async fn what_an_authorizer_said_is_found_behind_every_kind_of_api() {
    let app = Router::new()
        .route("/fields", get(async |Fields(fields): Fields| Json(fields)))
        .route("/tenant", get(async |Tenant(tenant): Tenant| tenant));
    let mut service = lambda_http::service(app);
    for (sender, authorizer) in [
        (Sender::RestApi, json!({"tenant": "blue"})),
        (Sender::HttpApi, json!({"lambda": {"tenant": "blue"}})),
        (Sender::FunctionUrl, json!({"lambda": {"tenant": "blue"}})),
    ] {
        for (path, body) in [("/fields", r#"{"tenant":"blue"}"#), ("/tenant", "blue")] {
            let mut event = sender.event(&get_of(path, ""));
            event["requestContext"]["authorizer"] = authorizer.clone();
            let reply = call(&mut service, event).await.unwrap();
            let received = sender.received(reply.body().unwrap());
            assert_eq!(String::from_utf8(received.body).unwrap(), body, "{sender:?}");
        }
    }
    let reply = call(&mut service, Sender::Alb.event(&get_of("/tenant", ""))).await.unwrap();
    assert_eq!(Sender::Alb.received(reply.body().unwrap()).status, 400);
}

#[derive(Debug, Deserialize, PartialEq)]
struct Args {
    x: u8,
}

#[test]
fn bodies_are_typed_and_their_errors_matched() {
    let request = |body: &'static str| Request::new(Body::from(body));
    assert_eq!(request(r#"{"x":1}"#).json::<Args>().unwrap(), Some(Args { x: 1 }));
    assert_eq!(request("x=1").form_url_encoded::<Args>().unwrap(), Some(Args { x: 1 }));
    assert_eq!(request("").json::<Args>().unwrap(), None);
    match request("{").json::<Args>() {
        Err(JsonPayloadError::Parsing(error)) => assert!(error.is_eof(), "{error}"),
        other => panic!("{other:?}"),
    }
    assert!(request("x=many").form_url_encoded::<Args>().is_err());
    let either =
        |request: &Request| -> Result<Option<Args>, lambda_http::ext::PayloadError> { Ok(request.json()?) };
    assert!(either(&request("[")).is_err());
}

#[test]
fn tests_mock_what_an_event_would_say() {
    let map = |name: &str, value: &str| HashMap::from([(name.to_owned(), vec![value.to_owned()])]);
    let context: ApiGatewayV2httpRequestContext =
        serde_json::from_value(json!({"http": {"method": "PUT"}, "timeEpoch": 7})).unwrap();
    let request = Request::default()
        .with_raw_http_path("/raw")
        .with_query_string_parameters(map("q", "1"))
        .with_path_parameters(map("id", "2"))
        .with_stage_variables(map("table", "t"))
        .with_request_context(ApiGatewayV2(context))
        .with_lambda_context(Context::default());
    assert_eq!(request.raw_http_path(), "/raw");
    assert_eq!(request.query_string_parameters().all("q"), Some(vec!["1"]));
    assert_eq!(request.path_parameters_ref().and_then(|parameters| parameters.first("id")), Some("2"));
    assert_eq!(request.stage_variables().first("table"), Some("t"));
    assert_eq!(request.lambda_context().request_id, "");
    let ApiGatewayV2(context) = request.request_context() else { panic!("{request:?}") };
    assert_eq!((context.http.method, context.time_epoch), (http::Method::PUT, 7));
    assert_eq!(json!(request.query_string_parameters()), json!({"q": ["1"]}));

    let event = Sender::RestApi.event(&get_of("/a", "")).to_string();
    for request in [
        lambda_http::request::from_str(&event).unwrap(),
        lambda_http::request::from_reader(event.as_bytes()).unwrap(),
    ] {
        let context: ApiGatewayProxyRequestContext = match request.request_context() {
            ApiGatewayV1(context) => context,
            other => panic!("{other:?}"),
        };
        assert_eq!((request.uri().path(), context.http_method), ("/a", http::Method::GET));
    }
}

#[test]
fn bodies_are_compared_converted_and_written() {
    assert!(matches!(Body::from("a"), Body::Text(text) if text == "a"));
    assert!(matches!(Body::from(vec![1]), Body::Binary(bytes) if bytes == [1]));
    assert!(matches!(Body::from(()), Body::Empty));
    assert_eq!(Body::default(), Body::Empty);
    assert_eq!(std::str::from_utf8(&Body::from("a")).unwrap(), "a");
    assert_eq!(Body::from_maybe_encoded(true, "Zm9v"), Body::Binary(b"foo".to_vec()));
    assert_eq!(Body::from_maybe_encoded(true, "no base64"), Body::Text("no base64".to_owned()));
    assert_eq!(json!([Body::from("a"), Body::from(vec![0xff]), Body::Empty]), json!(["a", "/w==", null]));
}

/// A receiver as a stream, as `tokio-stream` has it.
struct Receiving(tokio::sync::mpsc::Receiver<Result<Bytes, Infallible>>);

impl futures_core::Stream for Receiving {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx)
    }
}

async fn words() -> Result<axum::response::Response, StatusCode> {
    let (sender, receiver) = tokio::sync::mpsc::channel(8);
    tokio::spawn(async move {
        for word in ["Hello", "from", "Lambda"] {
            if sender.send(Ok(Bytes::from(format!("{word}\n")))).await.is_err() {
                break;
            }
        }
    });
    let body = axum::body::Body::from_stream(Receiving(receiver));
    let response = axum::response::Response::builder().header("content-type", "text/plain");
    response.body(body).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

#[tokio::test]
async fn adapters_are_handlers_of_a_runtime_and_of_layers_that_see_the_event() {
    let app = Router::new().route("/", get(words));
    let event = Sender::FunctionUrl.event(&Sent::default()).to_string();
    let event = || LambdaEvent::new(event.clone().into(), Context::default());
    let mut whole = Adapter::from(app.clone());
    let reply = lambda_rt::IntoReply::into_reply(whole.call(event()).await.unwrap()).unwrap();
    assert_eq!(Sender::FunctionUrl.received(reply.body().unwrap()).body, b"Hello\nfrom\nLambda\n");
    let mut streamed = StreamAdapter::from(app.clone());
    let reply = lambda_rt::IntoReply::into_reply(streamed.call(event()).await.unwrap()).unwrap();
    assert_eq!(reply.content_type(), "application/vnd.awslambda.http-integration-response");
    let no_event = LambdaEvent::new("{}".into(), Context::default());
    let failure = lambda_rt::IntoReply::into_reply(whole.call(no_event).await.unwrap()).unwrap_err();
    assert_eq!(failure.category(), "Runtime.UnmarshalError");

    // Not run: what is named and how it is put together is what is tested.
    let layer = lambda_http::lambda_runtime::layers::TracingLayer::new;
    let runtime = lambda_http::lambda_runtime::Runtime::new(StreamAdapter::from(app.clone())).layer(layer());
    drop(runtime.run());
    drop(lambda_http::lambda_runtime::run(Adapter::from(service_fn(page))));
    drop(lambda_http::runtime(service_fn(page)).layer(layer()).run());
    drop(lambda_http::streaming_runtime(app.clone()).run());
    drop(lambda_http::runtime_concurrent(service_fn(page)).run_concurrent());
    drop(lambda_http::streaming_runtime_concurrent(app.clone()).run_concurrent());
    drop(lambda_http::run(service_fn(page)));
    drop(lambda_http::run_concurrent(service_fn(page)));
    drop(lambda_http::run_with_streaming_response(app.clone()));
    drop(lambda_http::run_with_streaming_response_concurrent(app));
}

#[tokio::test]
async fn a_service_that_is_not_ready_says_why_through_its_adapter() {
    struct Broken;
    impl Service<Request> for Broken {
        type Response = String;
        type Error = Error;
        type Future = std::future::Ready<Result<String, Error>>;

        fn poll_ready(&mut self, _: &mut TaskContext<'_>) -> Poll<Result<(), Error>> {
            Poll::Ready(Err("the pool is empty".into()))
        }

        fn call(&mut self, _: Request) -> Self::Future {
            panic!("it is not ready")
        }
    }
    let mut adapter = Adapter::from(Broken);
    std::future::poll_fn(|cx| adapter.poll_ready(cx)).await.unwrap();
    let event = LambdaEvent::new(Sender::Alb.event(&Sent::default()).to_string().into(), Context::default());
    let failure = lambda_rt::IntoReply::into_reply(adapter.call(event).await.unwrap()).unwrap_err();
    assert_eq!(failure.diagnostic().error_message, "the pool is empty");
}
