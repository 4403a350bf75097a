use lambda_rt::http::{Error, run_with_streaming_response};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run_with_streaming_response(http_app::app()).await
}
