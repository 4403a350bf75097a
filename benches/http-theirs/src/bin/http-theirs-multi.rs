use lambda_http::{Error, run};

#[tokio::main]
async fn main() -> Result<(), Error> {
    run(http_app::app()).await
}
