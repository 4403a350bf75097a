//! A client that is made once and whose connections survive the freeze between two events.
//!
//! `LAMBDA_EMULATOR_EVENT='"tea"' cargo run -p keep-alive`
//!
//! It asks the service at `PRICES_URL` for prices; without one it starts a service of its own. Wait 15 seconds between two events, and it
//! opens a new connection for the second.

use lambda_rt::client::{Client, Connections};
use lambda_rt::{Error, Init, LambdaEvent, Runtime, tracing};
use serde::Serialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

struct Shop {
    http: Client,
    prices: String,
}

#[derive(Serialize)]
struct Offer {
    item: String,
    price: u32,
    connections_opened: u64,
    requests_on_a_kept_one: u64,
}

async fn start(init: &Init) -> Result<Shop, Error> {
    let prices = match init.env_optional("PRICES_URL")? {
        Some(url) => url,
        None => serve_prices().await?,
    };
    let http = Client::new();
    // DNS, TCP and TLS while the init goes on, so that the first request finds a connection.
    init.prewarm(&prices);
    Ok(Shop { http, prices })
}

async fn offer(shop: &Shop, event: LambdaEvent<String>) -> Result<Offer, Error> {
    let item = event.payload;
    // It gets no more time than this invocation has left, and carries its trace.
    let request = shop.http.get(&shop.prices).query(&[("item", &item)]);
    let price = request.send().await?.error_for_status()?.json().await?;
    let Connections { opened, reused, .. } = shop.http.connections();
    Ok(Offer { item, price, connections_opened: opened, requests_on_a_kept_one: reused })
}

/// Stands in for the service that a real function calls: every price is 300.
async fn serve_prices() -> Result<String, Error> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    });
    Ok(url)
}

async fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut request = [0; 4096];
    loop {
        let read = stream.read(&mut request).await?;
        let body: &[u8] = match &request[..read] {
            [] => return Ok(()),
            request if request.starts_with(b"HEAD") => b"",
            _ => b"300",
        };
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n").await?;
        stream.write_all(body).await?;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    Runtime::init(start).run(offer).await
}
