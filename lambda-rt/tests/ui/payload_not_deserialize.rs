use lambda_rt::{Error, LambdaEvent, service_fn};

struct Order;

fn main() {
    let _ = lambda_rt::run(service_fn(async |_: LambdaEvent<Order>| Ok::<_, Error>(())));
}
