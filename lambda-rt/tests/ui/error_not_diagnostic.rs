use lambda_rt::LambdaEvent;

struct MyError;

async fn handler(_: LambdaEvent<u8>) -> Result<u8, MyError> {
    Err(MyError)
}

fn main() {
    let _ = lambda_rt::Runtime::new(handler);
}
