//! What a function learns of the time between two invocations.

use std::cell::RefCell;
use std::time::Duration;

use lambda_rt::{Error, LambdaEvent, Lifecycle, Runtime, Thaw};

use super::support::{Log, Server};

fn function() -> Lifecycle<'static, RefCell<Vec<Thaw>>> {
    Runtime::init(async |_| Ok(RefCell::<Vec<Thaw>>::default()))
        .on_thaw(async |thaws, thaw| thaws.borrow_mut().push(thaw))
        .on_thaw(async |_, _| Err::<(), _>(std::io::Error::other("nothing to reconnect")))
        .on_thaw(async |thaws, thaw| assert!(thaws.borrow().is_empty(), "after {:?}", thaw.slept))
}

async fn count(thaws: &RefCell<Vec<Thaw>>, _: LambdaEvent<u32>) -> Result<usize, Error> {
    Ok(thaws.borrow().len())
}

#[tokio::test]
async fn hooks_hear_of_a_wait_before_the_handler_runs_and_their_failures_cost_no_event() {
    let server = Server::start().await;
    let log = Log::capture();
    // Every wait is longer than none.
    let run = function().thaw_after(Duration::ZERO).endpoint(server.endpoint()).run(count);
    server
        .serves_run(run, async {
            let mut peer = server.accept().await;
            for (id, heard) in [("1", "1"), ("2", "2"), ("3", "3")] {
                peer.deliver(id, "0").await;
                assert_eq!(peer.answered().await.body, heard.as_bytes());
            }
        })
        .await;
    log.has_line(&["ERROR", "a hook of on_thaw failed", "nothing to reconnect"]);
    log.has_line(&["ERROR", "a hook of on_thaw failed", "panicked at", "tests/it/thaw.rs:"]);
}

#[tokio::test]
async fn a_wait_shorter_than_asked_for_is_not_told_of() {
    let server = Server::start().await;
    let run = function().endpoint(server.endpoint()).run(count);
    server
        .serves_run(run, async {
            let mut peer = server.accept().await;
            for id in ["1", "2"] {
                peer.deliver(id, "0").await;
                assert_eq!(peer.answered().await.body, b"0");
            }
        })
        .await;
}
