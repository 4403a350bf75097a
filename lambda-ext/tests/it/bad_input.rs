//! A Lambda that refuses, vanishes or garbles: each is an error that says so, and none is a panic.

use lambda_ext::ExtensionError;

use crate::support::{INVOKE, REGISTERED, SHUTDOWN, Server, ok, ours, refusal, response};

async fn registering(answer: &str) -> ExtensionError {
    let server = Server::start().await;
    let (registered, _) = tokio::join!(server.extension().register(), server.answer(answer));
    ours(registered.unwrap_err())
}

#[tokio::test]
async fn a_registration_without_an_identifier_is_a_clear_error() {
    for answer in [ok("{}"), "HTTP/1.1 200 OK\r\nLambda-Extension-Identifier:  \r\n\r\n".to_owned()] {
        let error = registering(&answer).await;
        assert!(error.is_protocol() && error.to_string().contains("Lambda-Extension-Identifier"), "{error}");
    }
}

#[tokio::test]
async fn a_registration_whose_body_is_no_json_is_good_enough() {
    let server = Server::start().await;
    let answer = "HTTP/1.1 200 OK\r\nLambda-Extension-Identifier: id-1\r\n\r\n<html>";
    let (registered, _) = tokio::join!(server.extension().register(), server.answer(answer));
    let registered = registered.unwrap();
    assert_eq!((registered.extension_id.as_str(), registered.function_name.as_str()), ("id-1", ""));
}

#[tokio::test]
async fn what_may_have_been_registered_is_not_registered_again() {
    for (answer, why) in [
        ("", "closed before the whole response"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{", "closed before the whole response"),
        ("SSH-2.0-OpenSSH_9\r\n\r\n", "not HTTP/1.1"),
    ] {
        let error = registering(answer).await;
        assert!(error.is_unreachable() && error.to_string().contains(why), "{error}");
    }
    let error = registering(&response(500, "<html>")).await;
    assert!(error.is_refused() && error.status() == Some(500) && error.error_type().is_none(), "{error}");
}

#[tokio::test]
async fn a_lost_identifier_is_a_clear_error() {
    let server = Server::start().await;
    let script = async {
        server.answer(REGISTERED).await;
        server.deliver(INVOKE).await;
        server.answer(refusal(403, "Extension.UnknownExtensionIdentifier", "Unknown extension id-1")).await;
    };
    let (ended, ()) = tokio::join!(server.extension().run(), script);
    let error = ours(ended.unwrap_err());
    assert!(error.is_refused() && error.to_string().contains("exit, and Lambda starts you again"), "{error}");
}

#[tokio::test]
async fn a_second_poll_that_is_refused_is_a_clear_error() {
    let server = Server::start().await;
    let script = async {
        server.answer(REGISTERED).await;
        server.answer(refusal(403, "Extension.InvalidExtensionState", "Ready")).await;
    };
    let (ended, ()) = tokio::join!(server.extension().run(), script);
    let error = ours(ended.unwrap_err());
    assert!(error.is_refused() && error.to_string().contains("one place at a time"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_breaks_off_is_asked_again_and_one_that_is_gone_is_an_error() {
    let server = Server::start().await;
    let script = async {
        server.answer(REGISTERED).await;
        for trouble in ["", "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{", "garbage\r\n\r\n"] {
            server.answer(trouble).await;
        }
        server.answer(response(500, "{}")).await;
        server.answer(ok("no event")).await;
        server.deliver(SHUTDOWN).await;
    };
    let (ended, ()) = tokio::join!(server.extension().run(), script);
    ended.unwrap();

    let server = Server::start().await;
    let extension = server.extension();
    let script = async {
        server.answer(REGISTERED).await;
        drop(server);
    };
    let (ended, ()) = tokio::join!(extension.run(), script);
    let error = ours(ended.unwrap_err());
    assert!(error.is_unreachable() && error.to_string().contains("does not answer"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_poll_that_breaks_after_hours_is_asked_again_as_patiently_as_the_first() {
    let server = Server::start().await;
    let script = async {
        server.answer(REGISTERED).await;
        server.answer("").await;
        let poll = server.asked().await;
        tokio::time::sleep(std::time::Duration::from_secs(3 * 3600)).await;
        poll.answer("").await;
        server.deliver(SHUTDOWN).await;
    };
    let (ended, ()) = tokio::join!(server.extension().run(), script);
    ended.unwrap();
}
