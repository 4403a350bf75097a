//! A WebSocket API: the route of a message is the path of its request.
//!
//! `LAMBDA_EMULATOR_EVENT='{"requestContext": {"connectionId": "c-1", "eventType": "MESSAGE", "routeKey": "$default"}, "body": "{\"text\": \"hi\"}"}' cargo run -p websocket`

use lambda_rt::http::{
    Error, IntoResponse, Request, RequestContext, RequestExt, RequestPayloadExt, StatusCode, run, service_fn,
};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Message {
    text: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(handler)).await
}

async fn handler(request: Request) -> Result<impl IntoResponse, Error> {
    let Some(RequestContext::WebSocket(context)) = request.request_context_ref() else {
        return Ok((StatusCode::BAD_REQUEST, json!("this is for WebSocket APIs")));
    };
    let connection = context.connection_id.as_deref().unwrap_or_default();
    Ok(match request.uri().path() {
        "/$connect" | "/$disconnect" => (StatusCode::OK, json!({ "connection": connection })),
        _ => {
            let message: Option<Message> = request.json()?;
            let text = message.map_or_else(String::new, |message| message.text);
            (StatusCode::OK, json!({ "connection": connection, "said": text.to_uppercase() }))
        }
    })
}
