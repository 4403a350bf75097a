//! What a request takes from the invocation that it is part of: its time and its trace.

use std::time::Duration;

use crate::context;

/// How long before the deadline a request is given up: early enough for the handler to say so before the runtime cancels it,
/// 100 ms before the deadline.
pub(crate) const MARGIN: Duration = Duration::from_millis(250);

/// The header of a trace.
///
/// Source: AWS X-Ray developer guide, "Tracing header".
pub(crate) const TRACE: &str = "x-amzn-trace-id";

/// The remaining time of the invocation that this task works for, less `margin`; `None` outside of one, and without a deadline.
pub(crate) fn remaining(margin: Duration) -> Option<Duration> {
    Some(context::of_thread()?.remaining_time()?.saturating_sub(margin))
}

/// The trace of that invocation, byte for byte: without its `Lineage` no service could notice that functions call each other in a
/// circle.
///
/// Source: AWS Lambda developer guide, "Use Lambda recursive loop detection to prevent infinite loops".
pub(crate) fn trace() -> Option<String> {
    context::of_thread()?.xray_trace_id.clone()
}
