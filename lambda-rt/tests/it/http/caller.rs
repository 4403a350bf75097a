//! The address of the caller, where axum looks for it.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::middleware::map_request;
use axum::routing::get;
use lambda_rt::http::{Origin, RequestExt};

use super::call;
use super::sources::{ALL, Sent};

/// As in the example `http-axum`.
async fn with_caller(mut request: Request) -> Request {
    if let Some(address) = request.origin().and_then(Origin::client_address) {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, 0)));
    }
    request
}

#[tokio::test]
async fn connect_info_of_axum_is_the_address_by_the_word_of_the_source() {
    let who = async |ConnectInfo(address): ConnectInfo<SocketAddr>| address.ip().to_string();
    let app = Router::new().route("/", get(who)).layer(map_request(with_caller));
    let mut service = lambda_rt::http::service(app);
    for sender in ALL {
        // The header that every request brings begins with an address that the caller has made up.
        let reply = call(&mut service, sender.event(&Sent::default())).await.unwrap();
        let received = sender.received(reply.body().unwrap());
        assert_eq!(String::from_utf8(received.body).unwrap(), "192.0.2.7", "{sender:?}");
    }
}
