use lambda_rt::{Error, LambdaEvent};

struct Answer;

async fn handler(_: LambdaEvent<u8>) -> Result<Answer, Error> {
    Ok(Answer)
}

fn main() {
    let _ = lambda_rt::Runtime::new(handler);
}
