//! Every source with every method, path, query, header, cookie and body, in both directions.

use lambda_rt::http::{Body, QueryMap, RequestExt, Response};

use super::sources::{ALL, Received, Sender, Sent};
use super::{call, header, request};

const METHODS: [&str; 9] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "QUERY", "TRACE"];

/// Paths as they are in the request line, which is how the handler has to see them.
const PATHS: [&str; 10] = [
    "/",
    "//",
    "/a",
    "/a/",
    "/a//b/../c/./d",
    "/a%20b",
    "/a%2Fb%252F",
    "/%C3%BC/100%25",
    "/v1/orders:batch;x=1/@me/~x",
    "/prod/prod",
];

const QUERIES: [&str; 7] =
    ["", "a=1", "a=1&a=2", "q=a%20b%2520c", "empty=&x=1", "and=%26&plus=1%2B1", "%C3%BC=%E2%82%AC"];

fn bodies() -> [Vec<u8>; 5] {
    [
        vec![],
        b"plain".to_vec(),
        "{\"price\":\"5 €\\u0000\"}".into(),
        vec![0xff, 0xd8, 0, 0x41],
        (0..=255).collect(),
    ]
}

#[test]
fn every_method_path_and_query_reaches_the_handler_as_it_was_sent() {
    let mut cells = 0;
    for sender in ALL {
        let sends = METHODS.map(|method| Sent { method, ..Sent::default() }).into_iter();
        let sends = sends.chain(PATHS.map(|path| Sent { path: path.to_owned(), ..Sent::default() }));
        let sends = sends.chain(QUERIES.map(|query| Sent { query: query.to_owned(), ..Sent::default() }));
        for sent in sends {
            let request = request(sender.event(&sent));
            let seen = format!("{sender:?} {sent:?}: {request:?}");
            assert_eq!(request.method().as_str(), sent.method, "{seen}");
            assert_eq!(request.uri().path(), sent.path, "{seen}");
            let expected: QueryMap = sent.query.parse().unwrap();
            let query: QueryMap = request.uri().query().unwrap_or_default().parse().unwrap();
            assert_eq!(query, request.query_string_parameters(), "{seen}");
            if sender.keeps_queries() {
                assert_eq!(query.all("a"), expected.all("a"), "{seen}");
            }
            for (name, _) in expected.iter() {
                assert_eq!(query.all(name).unwrap().last(), expected.all(name).unwrap().last(), "{seen}");
            }
            assert_eq!(query.is_empty(), expected.is_empty(), "{seen}");
            if !matches!(sender, Sender::RestApi) && sender.keeps_queries() {
                assert_eq!(request.uri().query().unwrap_or_default(), sent.query, "{seen}");
            }
            assert_eq!(request.uri().host(), Some("shop.example.com"), "{seen}");
            assert_eq!(request.uri().scheme_str(), Some("https"), "{seen}");
            cells += 1;
        }
    }
    assert!(cells >= 200, "{cells}");
}

#[test]
fn every_header_cookie_and_body_reaches_the_handler() {
    for sender in ALL {
        for body in bodies() {
            let mut sent = Sent {
                method: "POST",
                body,
                cookies: vec!["a=1".into(), "b=\"2\"".into()],
                ..Sent::default()
            };
            sent.headers.extend([
                ("x-many", "one".to_owned()),
                ("x-many", "two".to_owned()),
                ("x-text", "größe 5 €".to_owned()),
                ("content-type", "text/plain; charset=utf-8".to_owned()),
            ]);
            let request = request(sender.event(&sent));
            let seen = format!("{sender:?}: {request:?}");
            let many: &[&str] = match sender {
                _ if sender.has_lists() => &["one", "two"],
                // The load balancer itself sends the last value only.
                Sender::Alb => &["two"],
                _ => &["one,two"],
            };
            assert_eq!(header(&request, "x-many"), many, "{seen}");
            assert_eq!(header(&request, "x-text"), ["größe 5 €"], "{seen}");
            assert_eq!(header(&request, "content-type"), ["text/plain; charset=utf-8"], "{seen}");
            assert_eq!(header(&request, "cookie"), ["a=1; b=\"2\""], "{seen}");
            assert_eq!(header(&request, "host"), ["shop.example.com"], "{seen}");
            let length = sent.body.len().to_string();
            let length: &[&str] = if sent.body.is_empty() { &[] } else { &[&length] };
            assert_eq!(header(&request, "content-length"), length, "{seen}");
            assert_eq!(request.origin().unwrap().client_address(), Some([192, 0, 2, 7].into()), "{seen}");
            assert_eq!(request.body().as_ref(), sent.body, "{seen}");
        }
    }
}

#[test]
fn every_message_of_a_websocket_reaches_the_handler() {
    for body in bodies() {
        let sent = Sent { body, ..Sent::default() };
        let request = request(Sender::WebSocket.event(&sent));
        assert_eq!((request.method().as_str(), request.uri().path()), ("GET", "/$default"));
        assert_eq!(request.body().as_ref(), sent.body, "{request:?}");
        assert_eq!(header(&request, "host"), ["shop.example.com"]);
        assert_eq!(request.origin().unwrap().client_address(), Some([192, 0, 2, 7].into()));
    }
}

#[tokio::test]
async fn every_status_header_cookie_and_body_reaches_the_client() {
    let kinds = [
        None,
        Some("text/plain"),
        Some("application/json"),
        Some("image/png"),
        Some("application/octet-stream"),
        Some("text/html; charset=iso-8859-1"),
    ];
    for sender in ALL.into_iter().chain([Sender::WebSocket]) {
        for status in [100, 200, 204, 301, 404, 418, 502, 799] {
            for body in bodies() {
                for kind in kinds {
                    let body = body.clone();
                    let expected = body.clone();
                    let answer = move || {
                        let mut response = Response::builder().status(status);
                        if let Some(kind) = kind {
                            response = response.header("content-type", kind);
                        }
                        response = response.header("x-many", "one").header("x-many", "two");
                        let response =
                            response.header("set-cookie", "a=1; Path=/").header("set-cookie", "b=2; Secure");
                        response.header("set-cookie", "c=3").body(Body::from(body.clone())).unwrap()
                    };
                    let service = lambda_rt::service_fn(move |_| {
                        let response = answer();
                        async { Ok::<_, lambda_rt::Error>(response) }
                    });
                    let reply = call(&mut lambda_rt::http::service(service), sender.event(&Sent::default()))
                        .await
                        .unwrap();
                    let Received { status: got, headers, cookies, body } =
                        sender.received(reply.body().unwrap());
                    assert_eq!((got, &body), (status, &expected), "{sender:?}");
                    assert_eq!(cookies, ["a=1; Path=/", "b=2; Secure", "c=3"], "{sender:?}");
                    let many: Vec<_> =
                        headers.iter().filter(|(name, _)| name == "x-many").map(|(_, v)| &**v).collect();
                    let lists = matches!(sender, Sender::RestApi | Sender::AlbMultiValue | Sender::WebSocket);
                    assert_eq!(many, if lists { vec!["one", "two"] } else { vec!["one, two"] }, "{sender:?}");
                    let said =
                        headers.iter().find(|(name, _)| name == "content-type").map(|(_, value)| &**value);
                    assert_eq!(said, kind, "{sender:?}");
                }
            }
        }
    }
}
