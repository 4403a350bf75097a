//! A function that fails in whatever way its event asks for, or in its init if `FAIL_INIT` is set; the tests build it with
//! `panic = "abort"`.
//!
//! `AWS_LAMBDA_RUNTIME_API=127.0.0.1:9001 cargo run -p lambda-rt --example fails`

use lambda_rt::{Error, LambdaEvent, Runtime};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let function = Runtime::init(async |init| {
        assert!(init.env_optional::<String>("FAIL_INIT")?.is_none(), "as asked, at the start");
        Ok(())
    });
    function.run(handler).await
}

async fn handler(_: &(), event: LambdaEvent<String>) -> Result<String, Error> {
    match event.payload.as_str() {
        "panic" => panic!("as asked"),
        "panic in a task" => {
            let task = tokio::spawn(async { panic!("as asked, elsewhere") });
            task.await.map_err(Error::from)
        }
        "error" => Err("as asked".into()),
        text => Ok(text.to_owned()),
    }
}
