//! Extensions as processes of a directory, and how everything ends.

use std::time::{Duration, Instant};

use lambda_emulator::{Bootstrap, Builder, Emulator, Event, Invoke, Invoked, ShutdownReason};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::player::{self, Extensions};
use crate::support::json;

const TIMEOUT: Duration = Duration::from_secs(30);

fn builder(extensions: &Extensions, bootstrap: Bootstrap) -> Builder {
    let builder = Emulator::builder().timeout(TIMEOUT).bootstrap(bootstrap);
    builder.extensions_directory(&extensions.directory)
}

async fn start(extensions: &Extensions) -> Emulator {
    builder(extensions, extensions.bootstrap("poll")).start().await.unwrap()
}

async fn echo(emulator: &Emulator) -> Invoked {
    emulator.invoke(Invoke::new("\"echo AWS_LAMBDA_FUNCTION_VERSION\"")).await
}

/// Where the first event like this is.
fn at(history: &[Event], like: impl Fn(&Event) -> bool) -> usize {
    history.iter().position(like).unwrap_or_else(|| panic!("it is not there: {history:#?}"))
}

fn exited(name: &str) -> impl Fn(&Event) -> bool + '_ {
    move |event| matches!(event, Event::ExtensionExited { name: known, .. } if known == name)
}

fn ends(history: &[Event]) -> Vec<(Option<i32>, Option<i32>)> {
    let end = |event: &Event| match event {
        Event::Exited { code, signal } => Some((*code, *signal)),
        _ => None,
    };
    history.iter().filter_map(end).collect()
}

#[tokio::test]
async fn cases_70_and_100_every_file_is_started_without_arguments_and_without_the_functions_variables() {
    let extensions = Extensions::new(&["10-tell-plain", "20-tell-plain"]);
    std::fs::create_dir(extensions.directory.join("15-folder")).unwrap();
    let emulator = start(&extensions).await;
    assert_eq!(json(&echo(&emulator).await), "$LATEST");
    let history = emulator.history();
    let started = |name: &str| Event::ExtensionStarted { name: name.to_owned() };
    let expected = [started("10-tell-plain"), started("20-tell-plain")];
    assert_eq!(history[..2], expected);
    assert!(history[2..].iter().all(|event| !matches!(event, Event::ExtensionStarted { .. })));
    assert!(at(&history, |event| *event == Event::Started) > 1);
    let notes = extensions.notes();
    for name in ["10-tell-plain", "20-tell-plain"] {
        let sees = |variable: &str| notes.contains(&format!("{name} sees {variable}\n"));
        assert!(notes.contains(&format!("{name} arguments 0\n")), "{notes}");
        for variable in ["AWS_LAMBDA_RUNTIME_API", "AWS_LAMBDA_FUNCTION_NAME", "AWS_REGION", "PLAYER_FILE"] {
            assert!(sees(variable), "{variable}: {notes}");
        }
        for variable in ["_HANDLER", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR", "AWS_LAMBDA_LOG_GROUP_NAME"] {
            assert!(!sees(variable), "{variable}: {notes}");
        }
    }
}

#[tokio::test]
async fn case_71_the_runtime_waits_for_an_extension_that_has_not_registered() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let extensions = Extensions::new(&["late-plain"]);
    let hold = listener.local_addr().unwrap().to_string();
    let bootstrap = extensions.bootstrap("poll").env("PLAYER_HOLD", hold);
    let emulator = builder(&extensions, bootstrap).start().await.unwrap();
    let release = async {
        let (held, _) = listener.accept().await.unwrap();
        assert!(!emulator.history().contains(&Event::Started));
        drop(held);
    };
    let (invoked, ()) = tokio::join!(echo(&emulator), release);
    assert_eq!(json(&invoked), "$LATEST");
    let history = emulator.history();
    let registered = at(&history, |event| matches!(event, Event::ExtensionRegistered { .. }));
    assert!(registered < at(&history, |event| *event == Event::Started));
}

#[tokio::test]
async fn case_81_an_extension_that_exits_during_an_invocation_fails_it_and_everything_is_started_anew() {
    let extensions = Extensions::new(&["crash"]);
    let emulator = start(&extensions).await;
    for _ in 0..2 {
        // The runtime holds the event, so that only the extension can end the invocation.
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let hold = format!("\"hold {}\"", listener.local_addr().unwrap());
        let crashed = emulator.invoke(Invoke::new(hold)).await;
        assert_eq!(crashed.error_type.as_deref(), Some("Extension.Crash"));
        let text = format!("RequestId: {} Error: exit code 0", crashed.request_id);
        assert_eq!(json(&crashed)["errorMessage"], text);
    }
    let history = emulator.history();
    assert_eq!(history.iter().filter(|event| **event == Event::Started).count(), 2);
    assert_eq!(history.iter().filter(|event| **event == Event::Terminated).count(), 2);
}

#[tokio::test]
async fn case_83_at_the_end_the_runtime_gets_sigterm_before_the_extension_hears_of_it() {
    let extensions = Extensions::new(&["plain", "watch"]);
    let emulator = start(&extensions).await;
    echo(&emulator).await;
    emulator.shut_down(ShutdownReason::Spindown).await;
    let history = emulator.history();
    let terminated = at(&history, |event| *event == Event::Terminated);
    let ended = at(&history, |event| *event == Event::Exited { code: None, signal: Some(15) });
    let told = Event::ExtensionShutDown { name: "watch".to_owned(), reason: ShutdownReason::Spindown };
    let told = at(&history, |event| *event == told);
    let killed = at(&history, |event| *event == Event::ExtensionKilled { name: "plain".to_owned() });
    let clean = Event::ExtensionExited { name: "watch".to_owned(), code: Some(0), signal: None };
    let clean = at(&history, |event| *event == clean);
    assert!(terminated < ended && ended < told && ended < killed && told < clean, "{history:#?}");
    assert!(!history.contains(&Event::Killed));
    assert_eq!(history.last(), Some(&Event::ShutDown));
    let notes = extensions.notes();
    let left = notes.trim().strip_prefix("watch spindown ").unwrap().parse::<u32>().unwrap();
    assert!(left <= 2000 && left > 1000, "{left}");
}

#[tokio::test]
async fn case_84_an_extension_that_does_not_end_is_killed_with_all_it_has_started() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let extensions = Extensions::new(&["stuck"]);
    let hold = listener.local_addr().unwrap().to_string();
    let bootstrap = extensions.bootstrap("poll").env("PLAYER_HOLD", hold);
    let emulator = builder(&extensions, bootstrap).start().await.unwrap();
    echo(&emulator).await;
    let began = Instant::now();
    let both = async { [listener.accept().await.unwrap().0, listener.accept().await.unwrap().0] };
    let ((), held) = tokio::join!(emulator.shut_down(ShutdownReason::Spindown), both);
    assert!(began.elapsed() >= Duration::from_millis(1900), "it had its time");
    for mut one in held {
        assert!(matches!(one.read(&mut [0]).await, Ok(0) | Err(_)));
    }
    let history = emulator.history();
    let killed = at(&history, |event| *event == Event::ExtensionKilled { name: "stuck".to_owned() });
    let gone = Event::ExtensionExited { name: "stuck".to_owned(), code: None, signal: Some(9) };
    assert!(killed < at(&history, |event| *event == gone));
}

#[tokio::test]
async fn case_85_without_an_extension_the_runtime_is_killed_without_a_warning() {
    let emulator = Emulator::builder().bootstrap(player::bootstrap("poll")).start().await.unwrap();
    echo(&emulator).await;
    emulator.shut_down(ShutdownReason::Spindown).await;
    let history = emulator.history();
    assert!(!history.contains(&Event::Terminated));
    assert_eq!(ends(&history), [(None, Some(9))]);
}

#[tokio::test]
async fn an_internal_extension_earns_the_runtime_a_sigterm_and_one_that_ignores_it_is_killed() {
    let emulator = Emulator::builder().bootstrap(player::bootstrap("internal")).start().await.unwrap();
    echo(&emulator).await;
    emulator.shut_down(ShutdownReason::Spindown).await;
    assert_eq!(ends(&emulator.history()), [(None, Some(15))]);
    // What a shell ignores, what it becomes ignores too.
    let deaf = Bootstrap::new("/bin/sh")
        .arg("-c")
        .arg("trap '' TERM; exec \"$PLAYER\" --exact player::play --nocapture")
        .env("PLAYER", std::env::current_exe().unwrap().to_string_lossy())
        .env("PLAYER_INIT", "internal");
    let emulator = Emulator::builder().bootstrap(deaf).start().await.unwrap();
    echo(&emulator).await;
    let began = Instant::now();
    emulator.shut_down(ShutdownReason::Spindown).await;
    let took = began.elapsed();
    assert!(took >= Duration::from_millis(290) && took < Duration::from_millis(1500), "{took:?}");
    let history = emulator.history();
    let (asked, killed) = (Event::Terminated, Event::Killed);
    assert!(at(&history, |event| *event == asked) < at(&history, |event| *event == killed));
    assert_eq!(ends(&history), [(None, Some(9))]);
}

#[tokio::test]
async fn after_a_timeout_and_a_crash_extensions_hear_the_reason_and_begin_anew() {
    let extensions = Extensions::new(&["watch-resets"]);
    let bootstrap = extensions.bootstrap("poll");
    let short = builder(&extensions, bootstrap).timeout(Duration::from_millis(1500));
    let emulator = short.start().await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hold = format!("\"hold {}\"", listener.local_addr().unwrap());
    echo(&emulator).await;
    let late = emulator.invoke(Invoke::new(hold)).await;
    assert_eq!(late.error_type.as_deref(), Some("Sandbox.Timedout"));
    assert_eq!(json(&echo(&emulator).await), "$LATEST");
    let crashed = emulator.invoke(Invoke::new("\"exit 1\"")).await;
    assert_eq!(crashed.error_type.as_deref(), Some("Runtime.ExitError"));
    assert_eq!(json(&echo(&emulator).await), "$LATEST");
    let reasons = emulator.history().into_iter().filter_map(|event| match event {
        Event::ExtensionShutDown { reason, .. } => Some(reason),
        _ => None,
    });
    let reasons: Vec<_> = reasons.collect();
    assert_eq!(reasons, [ShutdownReason::Timeout, ShutdownReason::Failure]);
    let words: Vec<_> =
        extensions.notes().lines().map(|line| line.split(' ').nth(1).unwrap().to_owned()).collect();
    assert_eq!(words, ["timeout", "failure"]);
}

#[tokio::test]
async fn what_cannot_be_launched_fails_the_init_and_does_not_hang() {
    let extensions = Extensions::new(&["plain-beside-a-file"]);
    std::fs::write(extensions.directory.join("no-program"), "not executable").unwrap();
    let emulator = start(&extensions).await;
    let failed = echo(&emulator).await;
    assert_eq!(failed.error_type.as_deref(), Some("Extension.LaunchError"));
    assert!(json(&failed)["errorMessage"].as_str().unwrap().contains("PermissionDenied"), "{failed:?}");
    emulator.until(|history| history.iter().any(exited("plain-beside-a-file"))).await;
    assert!(!emulator.history().contains(&Event::Started));
}

#[tokio::test]
async fn a_directory_that_cannot_be_used_is_an_error_that_names_it() {
    let missing = Emulator::builder().bootstrap(player::bootstrap("poll"));
    let error = missing.extensions_directory("/no/such/directory").start().await.unwrap_err();
    assert!(error.is_extensions() && error.to_string().contains("/no/such/directory"), "{error}");
    let attached = Emulator::builder().extensions_directory(std::env::temp_dir());
    let error = attached.start().await.unwrap_err();
    assert!(error.is_extensions() && error.to_string().contains("there is none"), "{error}");
}

#[tokio::test]
async fn dropping_the_emulator_takes_extensions_with_it() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let extensions = Extensions::new(&["late-and-dropped"]);
    let hold = listener.local_addr().unwrap().to_string();
    let bootstrap = extensions.bootstrap("poll").env("PLAYER_HOLD", hold);
    let emulator = builder(&extensions, bootstrap).start().await.unwrap();
    let mut held = tokio::select! {
        held = listener.accept() => held.unwrap().0,
        _ = echo(&emulator) => panic!("it never registers"),
    };
    drop(emulator);
    assert!(matches!(held.read(&mut [0]).await, Ok(0) | Err(_)));
}
