//! A bootstrap that is frozen between two events.

use std::time::Duration;

use lambda_emulator::{Emulator, Event, Invoke};

use crate::player;
use crate::support::json;

/// The state of every process of the group that the bootstrap with this id leads, as the kernel names it: `T` is stopped.
fn states(leader: u32) -> Vec<char> {
    let fields = |stat: String| {
        // The name before it may hold anything, parentheses included.
        let rest = stat.rsplit_once(") ")?.1.to_owned();
        let mut fields = rest.split(' ');
        let (state, group) = (fields.next()?.chars().next()?, fields.nth(1)?.parse().ok()?);
        Some((state, group))
    };
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let stats = entries.filter_map(|entry| std::fs::read_to_string(entry.path().join("stat")).ok());
    stats
        .filter_map(fields)
        .filter(|(_, group): &(char, u32)| *group == leader)
        .map(|(state, _)| state)
        .collect()
}

/// Waits until every process of the group is in such a state; a signal takes a moment to arrive.
async fn until(leader: u32, wanted: impl Fn(char) -> bool) {
    while !states(leader).into_iter().all(&wanted) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn tell(emulator: &Emulator, command: &str) -> serde_json::Value {
    json(&emulator.invoke(Invoke::new(serde_json::to_string(command).unwrap())).await)
}

#[tokio::test]
async fn an_idle_bootstrap_stops_until_the_next_invocation() {
    let builder = Emulator::builder().timeout(Duration::from_secs(30)).bootstrap(player::bootstrap("poll"));
    let emulator = builder.start().await.unwrap();
    let leader: u32 = tell(&emulator, "pid").await.as_str().unwrap().parse().unwrap();
    emulator.freeze().await;
    assert_eq!(emulator.history().last(), Some(&Event::Frozen));
    until(leader, |state| state == 'T').await;
    assert!(!states(leader).is_empty());
    emulator.freeze().await;
    let again = tell(&emulator, "pid").await;
    assert_eq!(again.as_str().unwrap(), leader.to_string(), "it is the same process");
    emulator.freeze().await;
    emulator.thaw();
    emulator.thaw();
    until(leader, |state| state != 'T').await;
    let history = emulator.history();
    let count = |event: &Event| history.iter().filter(|known| *known == event).count();
    assert_eq!((count(&Event::Frozen), count(&Event::Thawed), count(&Event::Started)), (2, 2, 1));
}

#[tokio::test]
async fn an_invocation_is_not_lost_to_connections_that_were_dropped_while_the_bootstrap_was_frozen() {
    let builder = Emulator::builder().timeout(Duration::from_secs(30)).bootstrap(player::bootstrap("poll"));
    let emulator = builder.start().await.unwrap();
    tell(&emulator, "pid").await;
    emulator.freeze().await;
    emulator.drop_connections();
    // This bootstrap does not survive it, and is started again.
    assert_eq!(tell(&emulator, "echo AWS_LAMBDA_FUNCTION_VERSION").await, "$LATEST");
    let history = emulator.history();
    assert!(history.contains(&Event::ConnectionsReset) && history.contains(&Event::Thawed));
}

#[tokio::test]
async fn a_frozen_bootstrap_ends_with_its_emulator() {
    let builder = Emulator::builder().timeout(Duration::from_secs(30)).bootstrap(player::bootstrap("poll"));
    let emulator = builder.start().await.unwrap();
    let leader: u32 = tell(&emulator, "pid").await.as_str().unwrap().parse().unwrap();
    emulator.freeze().await;
    drop(emulator);
    until(leader, |state| state == 'Z').await;
}

#[tokio::test]
#[should_panic(expected = "give the builder a bootstrap")]
async fn without_a_bootstrap_there_is_nothing_to_freeze() {
    Emulator::builder().start().await.unwrap().freeze().await;
}
