//! A bootstrap that is started, ends in all its ways, and is started again.

use std::time::Duration;

use lambda_emulator::{Bootstrap, Emulator, Event, Invoke, Invoked};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};

use crate::player;
use crate::support::json;

async fn emulator(init: &str, timeout: Duration) -> Emulator {
    Emulator::builder().timeout(timeout).bootstrap(player::bootstrap(init)).start().await.unwrap()
}

async fn tell(emulator: &Emulator, command: &str) -> Invoked {
    emulator.invoke(Invoke::new(serde_json::to_string(command).unwrap())).await
}

fn count(emulator: &Emulator, event: &Event) -> usize {
    emulator.history().iter().filter(|known| *known == event).count()
}

/// Two processes that hold a connection each.
async fn both(listener: &TcpListener) -> [TcpStream; 2] {
    [listener.accept().await.unwrap().0, listener.accept().await.unwrap().0]
}

/// Waits until the processes at the other ends are gone.
async fn gone(held: [TcpStream; 2]) {
    for mut one in held {
        assert!(matches!(one.read(&mut [0]).await, Ok(0) | Err(_)));
    }
}

#[tokio::test]
async fn cases_31_and_32_a_crash_is_told_in_three_ways_and_the_next_invocation_gets_a_new_process() {
    let emulator = emulator("poll", Duration::from_secs(30)).await;
    for (command, message) in [
        ("exit 0", "Runtime exited without providing a reason"),
        ("exit 1", "Runtime exited with error: exit status 1"),
        ("kill", "Runtime exited with error: signal: killed"),
    ] {
        let crashed = tell(&emulator, command).await;
        assert_eq!(crashed.error_type.as_deref(), Some("Runtime.ExitError"));
        let expected = format!("RequestId: {} Error: {message}", crashed.request_id);
        assert_eq!(json(&crashed)["errorMessage"], expected);
        assert_eq!(json(&tell(&emulator, "echo AWS_LAMBDA_FUNCTION_VERSION").await), "$LATEST");
    }
    assert_eq!(count(&emulator, &Event::Started), 4);
}

#[tokio::test]
async fn case_33_an_init_error_of_a_bootstrap_is_what_the_caller_finally_gets() {
    let emulator = emulator("init-error", Duration::from_secs(30)).await;
    let failed = tell(&emulator, "echo PATH").await;
    assert_eq!(json(&failed)["errorMessage"], "no table");
    assert_eq!(count(&emulator, &Event::Started), 2, "the init is run once more within the invocation");
}

#[tokio::test]
async fn an_init_that_ends_without_a_word_is_an_exit_error() {
    let emulator = emulator("exit 3", Duration::from_secs(30)).await;
    let failed = tell(&emulator, "echo PATH").await;
    assert_eq!(failed.error_type.as_deref(), Some("Runtime.ExitError"));
    assert!(json(&failed)["errorMessage"].as_str().unwrap().ends_with("exit status 3"));
}

#[tokio::test]
async fn case_36_a_missing_bootstrap_is_told_and_does_not_hang() {
    let builder = Emulator::builder().bootstrap(Bootstrap::new("/no/such/bootstrap"));
    let emulator = builder.start().await.unwrap();
    let failed = emulator.invoke(Invoke::new("{}")).await;
    assert_eq!(failed.error_type.as_deref(), Some("Runtime.InvalidEntrypoint"));
    assert!(json(&failed)["errorMessage"].as_str().unwrap().contains("/no/such/bootstrap"));
    let file = Emulator::builder().bootstrap(Bootstrap::new("Cargo.toml")).start().await.unwrap();
    let failed = file.invoke(Invoke::new("{}")).await;
    assert_eq!(failed.error_type.as_deref(), Some("Runtime.InvalidEntrypoint"));
}

#[tokio::test]
async fn case_99_the_customer_adds_to_the_environment_and_overrides_nothing_that_is_reserved() {
    let bootstrap = player::bootstrap("poll")
        .env("TABLE", "orders")
        .env("AWS_LAMBDA_FUNCTION_NAME", "mine")
        .env("AWS_LAMBDA_MAX_CONCURRENCY", "4");
    let emulator = Emulator::builder().function_name("theirs").bootstrap(bootstrap).start().await.unwrap();
    assert_eq!(json(&tell(&emulator, "echo TABLE").await), "orders");
    assert_eq!(json(&tell(&emulator, "echo AWS_LAMBDA_FUNCTION_NAME").await), "theirs");
    assert_eq!(json(&tell(&emulator, "echo AWS_LAMBDA_MAX_CONCURRENCY").await), "");
    assert_eq!(json(&tell(&emulator, "echo LAMBDA_RUNTIME_DIR").await), "/var/runtime");
}

#[tokio::test]
async fn case_107_after_a_timeout_the_process_tree_is_gone_and_its_files_remain() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let emulator = emulator("poll", Duration::from_secs(2)).await;
    let file = std::env::temp_dir().join(format!("lambda-emulator-{}", address.port()));
    assert_eq!(tell(&emulator, &format!("write {}", file.display())).await.error_type, None);
    let hold = format!("hold {address}");
    let (timed_out, held) = tokio::join!(tell(&emulator, &hold), both(&listener));
    let message = format!("RequestId: {} Error: Task timed out after 2.00 seconds", timed_out.request_id);
    assert_eq!(timed_out.error_type.as_deref(), Some("Sandbox.Timedout"));
    assert_eq!(json(&timed_out)["errorMessage"], message);
    gone(held).await;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "scratch");
    std::fs::remove_file(&file).unwrap();
    assert_eq!(json(&tell(&emulator, "echo AWS_LAMBDA_FUNCTION_VERSION").await), "$LATEST");
}

#[tokio::test]
async fn case_59_a_restore_that_takes_too_long_ends_the_process_tree() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hold = format!("restore hold {}", listener.local_addr().unwrap());
    let builder = Emulator::builder().initialization_type("snap-start");
    let emulator = builder.bootstrap(player::bootstrap(&hold)).start().await.unwrap();
    emulator.until(|history| *history == [Event::Started, Event::RestorePolled]).await;
    let (failed, held) = tokio::join!(tell(&emulator, "echo PATH"), async {
        let held = both(&listener).await;
        // Both processes are in what takes too long; from here on, time passes whenever everybody waits.
        tokio::time::pause();
        held
    });
    tokio::time::resume();
    assert_eq!(failed.error_type.as_deref(), Some("Runtime.RestoreHookUserTimeout"));
    gone(held).await;
    let exited = |event: &Event| matches!(event, Event::Exited { code: None, .. });
    emulator.until(|history| history.iter().any(exited)).await;
    assert_eq!(count(&emulator, &Event::Killed), 1);
}

#[tokio::test]
async fn a_restored_process_finds_no_keys_in_its_environment_but_where_to_ask_for_them() {
    let bootstrap = player::bootstrap("restore poll")
        .env("AWS_ACCESS_KEY_ID", "mine")
        .env("AWS_SECRET_ACCESS_KEY", "mine")
        .env("AWS_SESSION_TOKEN", "mine");
    let builder = Emulator::builder().initialization_type("snap-start").bootstrap(bootstrap);
    let emulator = builder.start().await.unwrap();
    for absent in ["ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "LAMBDA_LOG_STREAM_NAME"] {
        assert_eq!(json(&tell(&emulator, &format!("echo AWS_{absent}")).await), "", "{absent}");
    }
    let uri = json(&tell(&emulator, "echo AWS_CONTAINER_CREDENTIALS_FULL_URI").await);
    assert_eq!(uri, format!("http://{}/2021-04-23/credentials", emulator.runtime_api()));
}

#[tokio::test]
async fn an_init_has_10_seconds_on_demand_and_130_ahead_of_invocations() {
    for (kind, seconds) in [("on-demand", 10), ("provisioned-concurrency", 130), ("snap-start", 130)] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let hold = format!("hold {}", listener.local_addr().unwrap());
        let builder = Emulator::builder().initialization_type(kind).bootstrap(player::bootstrap(&hold));
        let emulator = builder.start().await.unwrap();
        let began = tokio::time::Instant::now();
        let killed = async {
            let held = both(&listener).await;
            tokio::time::pause();
            emulator.until(|history| history.contains(&Event::Killed)).await;
            tokio::time::resume();
            gone(held).await;
            began.elapsed().as_secs()
        };
        tokio::select! {
            killed = killed => assert_eq!(killed, seconds, "{kind}"),
            // On demand, somebody has to demand it; elsewhere it makes no difference.
            _ = tell(&emulator, "echo PATH") => panic!("{kind}: it has another init to wait for"),
        }
    }
}

#[tokio::test]
async fn an_environment_that_is_provisioned_is_up_before_anybody_invokes() {
    let builder = Emulator::builder().initialization_type("provisioned-concurrency");
    let emulator = builder.bootstrap(player::bootstrap("poll")).start().await.unwrap();
    emulator.until(|history| *history == [Event::Started, Event::Polled]).await;
    let kind = json(&tell(&emulator, "echo AWS_LAMBDA_INITIALIZATION_TYPE").await);
    assert_eq!(kind, "provisioned-concurrency");
    assert_eq!(count(&emulator, &Event::Started), 1);
}

#[tokio::test]
async fn case_68_when_the_process_of_a_managed_instance_ends_all_it_did_has_failed_and_no_other_is_started() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hold = format!("hold {}", listener.local_addr().unwrap());
    let builder = Emulator::builder().max_concurrency(3).timeout(Duration::from_secs(30));
    let emulator = builder.bootstrap(player::bootstrap("workers 3")).start().await.unwrap();
    emulator.until(|history| history.iter().filter(|event| **event == Event::Polled).count() == 3).await;
    assert_eq!(json(&tell(&emulator, "echo AWS_LAMBDA_MAX_CONCURRENCY").await), "3");
    emulator.until(|history| history.iter().filter(|event| **event == Event::Polled).count() == 4).await;
    let (one, other, last) = tokio::join!(tell(&emulator, &hold), tell(&emulator, &hold), async {
        let held = [both(&listener).await, both(&listener).await];
        let last = tell(&emulator, "exit 3").await;
        for held in held {
            gone(held).await;
        }
        last
    });
    for failed in [one, other, last] {
        assert_eq!(failed.error_type.as_deref(), Some("Runtime.ExitError"));
        assert!(json(&failed)["errorMessage"].as_str().unwrap().ends_with("exit status 3"));
    }
    let after = tell(&emulator, "echo PATH").await;
    assert_eq!(after.error_type.as_deref(), Some("Client.ExecutionEnvironmentUnhealthy"));
    assert_eq!(count(&emulator, &Event::Started), 1);
}

#[tokio::test]
async fn case_66_a_timeout_of_a_managed_instance_kills_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hold = format!("hold {}", listener.local_addr().unwrap());
    let builder = Emulator::builder().max_concurrency(2).timeout(Duration::from_secs(2));
    let emulator = builder.bootstrap(player::bootstrap("workers 2")).start().await.unwrap();
    emulator.until(|history| history.iter().filter(|event| **event == Event::Polled).count() == 2).await;
    let (timed_out, mut held) = tokio::join!(tell(&emulator, &hold), both(&listener));
    assert_eq!(timed_out.error_type.as_deref(), Some("Sandbox.Timedout"));
    assert_eq!(json(&tell(&emulator, "echo AWS_LAMBDA_FUNCTION_VERSION").await), "$LATEST");
    let alive = tokio::time::timeout(Duration::from_millis(50), held[0].read(&mut [0])).await;
    assert!(alive.is_err(), "it goes on");
    assert_eq!((count(&emulator, &Event::Started), count(&emulator, &Event::Killed)), (1, 0));
}

#[tokio::test]
async fn dropping_the_emulator_takes_the_process_tree_with_it() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hold = format!("hold {}", listener.local_addr().unwrap());
    let emulator = emulator(&hold, Duration::from_secs(30)).await;
    let held = tokio::select! {
        held = both(&listener) => held,
        _ = tell(&emulator, "echo PATH") => panic!("it never polls"),
    };
    drop(emulator);
    gone(held).await;
}
