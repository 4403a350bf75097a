use lambda_rt::LambdaEvent;

fn main() {
    let _ = lambda_rt::Runtime::new(async |event: LambdaEvent<u8>| event.payload);
}
