//! Work done once, before the first event, and lent to every invocation; what not every event needs is made when it is needed.
//!
//! `TABLE=orders LAMBDA_EMULATOR_EVENT='"tea"' cargo run -p static-init`

use std::time::Duration;

use lambda_rt::{Error, Init, LambdaEvent, Lazy, Runtime, tracing};
use serde::Serialize;

struct Shop {
    table: String,
    prices: Vec<(&'static str, u32)>,
    /// Made by the first event that needs it: it would only make the start longer.
    suppliers: Lazy<Vec<&'static str>>,
}

#[derive(Serialize)]
struct Offer {
    table: &'static str,
    price: u32,
    suppliers: usize,
}

async fn start(init: &Init) -> Result<Shop, Error> {
    // A variable that is missing, or is no number, is an init error that names it.
    let table = init.env("TABLE")?;
    let discount: u32 = init.env_or("DISCOUNT", 0)?;
    // Both at once: the start takes as long as the slower.
    let (prices, ()) = init.together((load_prices(discount), open_connection())).await?;
    tracing::info!("{:?} of the init's time are left", init.remaining_time());
    Ok(Shop { table, prices, suppliers: Lazy::new(load_suppliers) })
}

async fn offer(shop: &'static Shop, event: LambdaEvent<String>) -> Result<Offer, Error> {
    let price = shop.prices.iter().find(|(item, _)| *item == event.payload);
    let (_, price) = price.ok_or_else(|| format!("there is no {}", event.payload))?;
    Ok(Offer { table: &shop.table, price: *price, suppliers: shop.suppliers.get().await?.len() })
}

async fn load_prices(discount: u32) -> Result<Vec<(&'static str, u32)>, Error> {
    tokio::time::sleep(Duration::from_millis(20)).await;
    Ok(vec![("tea", 300 - discount), ("coffee", 400 - discount)])
}

async fn open_connection() -> Result<(), Error> {
    tokio::time::sleep(Duration::from_millis(20)).await;
    Ok(())
}

async fn load_suppliers() -> Result<Vec<&'static str>, Error> {
    Ok(vec!["Assam", "Ceylon"])
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    Runtime::init(start).run(offer).await
}
