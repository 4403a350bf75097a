use lambda_runtime::{Error, run_concurrent, service_fn};

#[tokio::main]
async fn main() -> Result<(), Error> {
    run_concurrent(service_fn(hello_theirs::handler)).await
}
