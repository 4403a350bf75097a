use lambda_rt::{Error, run_concurrent, service_fn};

#[tokio::main]
async fn main() -> Result<(), Error> {
    run_concurrent(service_fn(hello_ours::handler)).await
}
