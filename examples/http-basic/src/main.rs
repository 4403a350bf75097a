//! An HTTP handler without a framework: a request in, anything that is an answer out, errors with a status of their own.
//!
//! `LAMBDA_EMULATOR_EVENT='{"version": "2.0", "rawPath": "/", "rawQueryString": "name=world", "requestContext": {"http": {"method": "GET"}}}' cargo run -p http-basic`

use lambda_rt::http::{Error, IntoResponse, Request, RequestExt, StatusCode, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(handler)).await
}

async fn handler(request: Request) -> Result<impl IntoResponse, Error> {
    Ok(greeting(&request))
}

/// Both sides of the result are answers.
fn greeting(request: &Request) -> Result<String, (StatusCode, &'static str)> {
    let query = request.query_string_parameters_ref();
    let name =
        query.and_then(|query| query.first("name")).ok_or((StatusCode::BAD_REQUEST, "who are you?\n"))?;
    Ok(format!("Hello, {name}!\n"))
}
