//! What is said when an extension registers, and what is made of a refusal.

use lambda_ext::{Extension, ExtensionError};

use crate::support::{ACCEPTED, REGISTERED, SHUTDOWN, Server, ours, refusal};

#[tokio::test]
async fn case_72_the_account_is_asked_for_and_the_identifier_is_kept() {
    let server = Server::start().await;
    let script = async {
        let request = server.answer(REGISTERED).await;
        assert_eq!(request.line, "POST /2020-01-01/extension/register HTTP/1.1");
        assert_eq!(request.header("lambda-extension-name"), Some("shipper"));
        assert_eq!(request.header("lambda-extension-accept-feature"), Some("accountId"));
        assert_eq!(request.json(), serde_json::json!({ "events": ["INVOKE", "SHUTDOWN"] }));
    };
    let (registered, ()) = tokio::join!(server.extension().register(), script);
    let registered = registered.unwrap();
    assert_eq!(registered.extension_id, "id-1");
    assert_eq!(registered.account_id.as_deref(), Some("123456789012"));
    assert_eq!((registered.function_name.as_str(), registered.function_version.as_str()), ("orders", "7"));
    assert_eq!(registered.handler, "boot");
    let poll = async {
        assert_eq!(server.deliver(SHUTDOWN).await.header("lambda-extension-identifier"), Some("id-1"))
    };
    let (ended, ()) = tokio::join!(registered.run(), poll);
    ended.unwrap();
}

#[tokio::test]
async fn an_internal_extension_without_events_registers_and_polls() {
    let server = Server::start().await;
    let extension = Extension::internal("helper").with_events(&[]).with_endpoint(server.endpoint());
    let script = async {
        let request = server.answer(REGISTERED).await;
        assert_eq!(request.header("lambda-extension-name"), Some("helper"));
        assert_eq!(request.json(), serde_json::json!({ "events": [] }));
        server.asked().await
    };
    let run = async { extension.run().await };
    tokio::select! {
        _ = run => panic!("nothing has ended it"),
        poll = script => assert_eq!(poll.request.line, "GET /2020-01-01/extension/event/next HTTP/1.1"),
    }
}

#[tokio::test]
async fn shutdown_for_an_internal_extension_is_refused_before_the_wire() {
    // Nobody listens: had it asked, it would have been unreachable.
    let extension = Extension::internal("helper").with_events(&["SHUTDOWN"]).with_endpoint("127.0.0.1:1");
    let error = ours(extension.register().await.unwrap_err());
    assert!(error.is_config() && error.to_string().contains("SIGTERM"), "{error}");
}

#[tokio::test]
async fn every_refusal_is_an_error_that_says_its_type_and_what_to_do() {
    for (kind, message, advice) in [
        ("Extension.RegistrationClosed", "Extension registration closed already", "before the runtime asks"),
        ("Extension.TooManyExtensions", "Extension limit (10) reached", "at most ten"),
        ("Extension.InvalidExtensionName", "Empty extension name", "file name in /opt/extensions"),
        ("Extension.InvalidExtensionState", "Extension with this name already registered", "registers once"),
        ("Extension.Unheard", "of", "shipper"),
    ] {
        let server = Server::start().await;
        let (registered, _) =
            tokio::join!(server.extension().register(), server.answer(refusal(403, kind, message)));
        let error: ExtensionError = ours(registered.unwrap_err());
        assert!(error.is_refused());
        assert_eq!((error.status(), error.error_type()), (Some(403), Some(kind)));
        let text = error.to_string();
        assert!(text.contains(kind) && text.contains(message) && text.contains(advice), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_is_not_there_yet_is_asked_again() {
    let probe = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = probe.local_addr().unwrap();
    drop(probe);
    let registering = tokio::spawn(Extension::new().with_endpoint(address.to_string()).register());
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let server = Server::at(address).await;
    server.answer(REGISTERED).await;
    assert_eq!(registering.await.unwrap().unwrap().extension_id, "id-1");
}

#[tokio::test]
async fn an_extension_that_fails_before_its_first_poll_reports_an_init_error() {
    let server = Server::start().await;
    let (registered, _) = tokio::join!(server.extension().register(), server.answer(REGISTERED));
    let error: lambda_ext::Error = "no secret\nin the vault".into();
    let (_, report) = tokio::join!(registered.unwrap().fail(&error), server.answer(ACCEPTED));
    assert_eq!(report.line, "POST /2020-01-01/extension/init/error HTTP/1.1");
    assert_eq!(report.header("lambda-extension-function-error-type"), Some("Extension.InitError"));
    assert_eq!(report.json()["errorMessage"], "no secret\nin the vault");
}
