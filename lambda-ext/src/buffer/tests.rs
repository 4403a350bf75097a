//! What is shipped, when, and what is counted when it is not.

use std::sync::Mutex;

use super::*;
use crate::event::ShutdownEvent;
use crate::service::service_fn;
use crate::telemetry::decode_batch;

/// What the sink has been given: when, and how many records.
type Shipped = Arc<Mutex<Vec<(Duration, usize)>>>;

fn lines(count: usize) -> Vec<LambdaTelemetry> {
    let line = r#"{"time":"2026-01-01T00:00:00Z","type":"function","record":"0123456789"}"#;
    decode_batch(format!("[{}]", vec![line; count].join(",")).as_bytes())
}

fn runtime_done() -> Vec<LambdaTelemetry> {
    decode_batch(
        br#"[{"time":"2026-01-01T00:00:00Z","type":"platform.runtimeDone","record":{"requestId":"a","status":"success"}}]"#,
    )
}

/// A sink that fails `failures` times and takes `time` each time.
fn sink(limits: BufferLimits, failures: u32, time: Duration) -> (Buffer, Shipped) {
    let shipped = Shipped::default();
    let (start, kept) = (Instant::now(), Arc::clone(&shipped));
    let mut failures = failures;
    let sink = service_fn(move |batch: Arc<Vec<LambdaTelemetry>>| {
        let fails = failures > 0;
        failures = failures.saturating_sub(1);
        let kept = Arc::clone(&kept);
        async move {
            tokio::time::sleep(time).await;
            if fails {
                return Err(Error::from("it is down"));
            }
            kept.lock().unwrap().push((start.elapsed(), batch.len()));
            Ok(())
        }
    });
    (Buffer::with_limits(limits, sink), shipped)
}

async fn idle(buffer: &Buffer) {
    buffer.shared.until(|state| state.counts.waiting == 0).await;
}

#[tokio::test(start_paused = true)]
async fn a_batch_is_shipped_at_its_size_and_no_larger() {
    let limits = BufferLimits { batch_records: 100, ..BufferLimits::default() };
    let (mut buffer, shipped) = sink(limits, 0, Duration::ZERO);
    buffer.call(lines(250)).await.unwrap();
    idle(&buffer).await;
    let sizes: Vec<_> = shipped.lock().unwrap().iter().map(|(_, records)| *records).collect();
    assert_eq!(sizes, [100, 100, 50]);
    let counts = BufferCounts { taken: 250, shipped: 250, ..BufferCounts::default() };
    assert_eq!(buffer.counts(), counts);
}

#[tokio::test(start_paused = true)]
async fn a_batch_is_shipped_at_its_bytes() {
    let bytes = lines(10).iter().map(weight).sum();
    let limits = BufferLimits { batch_bytes: bytes, ..BufferLimits::default() };
    let (mut buffer, shipped) = sink(limits, 0, Duration::ZERO);
    buffer.call(lines(20)).await.unwrap();
    idle(&buffer).await;
    assert!(shipped.lock().unwrap().iter().all(|(_, records)| *records == 10));
}

#[tokio::test(start_paused = true)]
async fn a_batch_is_shipped_at_its_age() {
    let (mut buffer, shipped) = sink(BufferLimits::default(), 0, Duration::ZERO);
    buffer.call(lines(3)).await.unwrap();
    idle(&buffer).await;
    let (at, records) = shipped.lock().unwrap()[0];
    assert!(records == 3 && at >= Duration::from_secs(5) && at < Duration::from_millis(5100), "{at:?}");
}

#[tokio::test(start_paused = true)]
async fn the_end_of_an_invocation_ships_what_there_is() {
    let (mut buffer, shipped) = sink(BufferLimits::default(), 0, Duration::ZERO);
    buffer.call(lines(3)).await.unwrap();
    buffer.call(runtime_done()).await.unwrap();
    idle(&buffer).await;
    let (at, records) = shipped.lock().unwrap()[0];
    assert!(records == 4 && at < Duration::from_millis(100), "{at:?}");
}

#[tokio::test(start_paused = true)]
async fn a_sink_that_fails_for_a_while_loses_nothing() {
    let (mut buffer, shipped) = sink(BufferLimits::default(), 3, Duration::ZERO);
    buffer.call(runtime_done()).await.unwrap();
    idle(&buffer).await;
    let (at, records) = shipped.lock().unwrap()[0];
    assert_eq!(records, 1);
    assert!(at >= Duration::from_millis(700) && at < Duration::from_millis(800), "{at:?}");
}

#[tokio::test(start_paused = true)]
async fn what_is_given_up_is_counted() {
    let limits = BufferLimits { tries: 2, batch_records: 1, ..BufferLimits::default() };
    let (mut buffer, _) = sink(limits, 2, Duration::ZERO);
    buffer.call(lines(2)).await.unwrap();
    idle(&buffer).await;
    let counts = BufferCounts { taken: 2, shipped: 1, dropped: 1, ..BufferCounts::default() };
    assert_eq!(buffer.counts(), counts);
}

#[tokio::test(start_paused = true)]
async fn a_full_buffer_makes_the_sender_wait_and_then_refuses() {
    let bytes = lines(10).iter().map(weight).sum();
    let limits = BufferLimits { max_bytes: bytes, batch_records: 10, ..BufferLimits::default() };
    let (mut quick, _) = sink(limits, 0, Duration::from_millis(200));
    quick.call(lines(10)).await.unwrap();
    let asked = Instant::now();
    quick.call(lines(10)).await.unwrap();
    assert!(asked.elapsed() >= Duration::from_millis(200), "it waited for room");

    let (mut slow, _) = sink(limits, 0, Duration::from_secs(60));
    slow.call(lines(10)).await.unwrap();
    let error = slow.call(lines(10)).await.unwrap_err();
    assert_eq!(error.records, 10);
    assert_eq!((slow.counts().taken, slow.counts().refused, slow.counts().waiting), (10, 10, 10));
}

#[tokio::test(start_paused = true)]
async fn a_delivery_larger_than_the_buffer_is_taken_when_it_is_empty() {
    let limits = BufferLimits { max_bytes: 1, batch_bytes: 1, ..BufferLimits::default() };
    let (mut buffer, shipped) = sink(limits, 0, Duration::ZERO);
    buffer.call(lines(2)).await.unwrap();
    idle(&buffer).await;
    assert_eq!(shipped.lock().unwrap().len(), 2);
}

fn shutdown(left: Duration) -> LambdaEvent {
    let deadline = std::time::SystemTime::now() + left;
    let deadline_ms = deadline.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let deadline_ms = u64::try_from(deadline_ms).unwrap();
    LambdaEvent::new(NextEvent::Shutdown(ShutdownEvent { deadline_ms, ..ShutdownEvent::default() }))
}

#[tokio::test(start_paused = true)]
async fn the_shutdown_ships_what_there_is_and_keeps_within_its_time() {
    let (mut buffer, shipped) = sink(BufferLimits::default(), 0, Duration::from_millis(100));
    buffer.call(lines(3)).await.unwrap();
    buffer.flush_on_shutdown().call(shutdown(Duration::from_secs(2))).await.unwrap();
    assert_eq!(shipped.lock().unwrap().len(), 1);

    let (mut stuck, _) = sink(BufferLimits::default(), 0, Duration::from_secs(3600));
    stuck.call(lines(3)).await.unwrap();
    let started = Instant::now();
    stuck.flush_on_shutdown().call(shutdown(Duration::from_secs(2))).await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(2));
    assert_eq!(stuck.counts().waiting, 3);
}

#[tokio::test(start_paused = true)]
async fn a_flush_does_not_wait_for_the_pause_between_two_tries() {
    let (mut buffer, _) = sink(BufferLimits::default(), 7, Duration::ZERO);
    buffer.call(runtime_done()).await.unwrap();
    // Six tries have failed; the pause after the seventh is of five seconds.
    tokio::time::sleep(Duration::from_millis(6400)).await;
    assert_eq!(buffer.flush(Duration::from_secs(1)).await, 0);
}

#[tokio::test(start_paused = true)]
async fn a_try_that_fails_during_a_flush_is_repeated_soon() {
    // The seventh try fails while the flush waits; the pause after it would be of five seconds.
    let (mut buffer, _) = sink(BufferLimits::default(), 7, Duration::from_millis(300));
    buffer.call(runtime_done()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(8300)).await;
    assert_eq!(buffer.flush(Duration::from_secs(1)).await, 0, "{:?}", buffer.counts());
}

#[tokio::test(start_paused = true)]
async fn what_arrives_after_the_shutdown_event_is_shipped_too() {
    let (buffer, shipped) = sink(BufferLimits::default(), 0, Duration::ZERO);
    let mut late = buffer.clone();
    let shutdown = buffer.flush_on_shutdown().call(shutdown(Duration::from_secs(2)));
    let (ended, ()) = tokio::join!(shutdown, async {
        for _ in 0..3 {
            tokio::time::sleep(Duration::from_millis(150)).await;
            late.call(lines(1)).await.unwrap();
        }
    });
    ended.unwrap();
    assert_eq!(shipped.lock().unwrap().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_arrives_while_a_flush_waits_for_a_batch_is_flushed_too() {
    let (mut buffer, shipped) = sink(BufferLimits::default(), 0, Duration::from_millis(100));
    buffer.call(runtime_done()).await.unwrap();
    tokio::task::yield_now().await;
    let mut late = buffer.clone();
    let (left, ()) = tokio::join!(buffer.flush(Duration::from_secs(1)), async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        late.call(lines(1)).await.unwrap();
    });
    assert_eq!((left, shipped.lock().unwrap().len()), (0, 2));
}
