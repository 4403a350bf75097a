use lambda_rt::LambdaEvent;

fn main() {
    let _ = lambda_rt::run(async |event: LambdaEvent<u8>| event.payload);
}
