//! A function that fails in whatever way its event asks for; the tests build it with `panic = "abort"`.
//!
//! `AWS_LAMBDA_RUNTIME_API=127.0.0.1:9001 cargo run -p lambda-rt --example fails`

use lambda_rt::{Error, LambdaEvent};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    lambda_rt::run(async |event: LambdaEvent<String>| match event.payload.as_str() {
        "panic" => panic!("as asked"),
        "panic in a task" => {
            let task = tokio::spawn(async { panic!("as asked, elsewhere") });
            task.await.map_err(Error::from)
        }
        "error" => Err("as asked".into()),
        text => Ok(text.to_owned()),
    })
    .await
}
