use lambda_rt::Error;

async fn handler(text: String) -> Result<String, Error> {
    Ok(text)
}

fn main() {
    let _ = lambda_rt::Runtime::new(handler);
}
