//! The settings of the telemetry side.

use serde::de::DeserializeOwned;
use tower_service::Service;

use super::Extension;
use crate::error::Error;
#[cfg(feature = "logs")]
use crate::logs::{LambdaLog, LogBuffering};
use crate::telemetry::{LambdaTelemetry, SchemaVersion, Subscription, TelemetryBuffering};

impl<E> Extension<E> {
    /// What is called with the telemetry that arrives. It is given as a service that makes one processor per connection,
    /// most easily with [`SharedService`](crate::SharedService); Lambda keeps one connection, on which batches follow each other.
    ///
    /// The type of log records, `L`, is the processor's own: with [`LambdaTelemetry`] as it stands they are `String`, and a
    /// record that is a JSON object is its text; with `LambdaTelemetry<serde_json::Value>` they are values.
    ///
    /// A batch is answered when the processor is done with it: 200, or 500 after an error or a panic, upon which Lambda
    /// delivers it again, and later gives up and reports `platform.logsDropped`. What is slow should go through a
    /// [`Buffer`](crate::Buffer).
    ///
    /// # Examples
    ///
    /// ```
    /// use lambda_ext::{Error, Extension, LambdaTelemetry, LambdaTelemetryRecord, SharedService, service_fn};
    ///
    /// async fn ship(batch: Vec<LambdaTelemetry>) -> Result<(), Error> {
    ///     for telemetry in batch {
    ///         if let LambdaTelemetryRecord::Function(line) = telemetry.record {
    ///             print!("{} {line}", telemetry.time);
    ///         }
    ///     }
    ///     Ok(())
    /// }
    ///
    /// let extension = Extension::new().with_telemetry_processor(SharedService::new(service_fn(ship)));
    /// # let _ = extension;
    /// ```
    pub fn with_telemetry_processor<M, S, L>(mut self, make: M) -> Self
    where
        M: Service<(), Response = S> + Send + 'static,
        M::Error: Into<Error>,
        M::Future: Send,
        S: Service<Vec<LambdaTelemetry<L>>, Response = ()> + Send + 'static,
        S::Error: Into<Error>,
        S::Future: Send,
        L: DeserializeOwned + Send + 'static,
    {
        self.telemetry = Some(Subscription::telemetry(make));
        self
    }

    /// Changes nothing: the type of log records is that of the processor. It is here for programs that come from
    /// `lambda_extension`, which asks for it.
    pub fn with_telemetry_record_type<L>(self) -> Self {
        self
    }

    /// What to subscribe to: some of `platform`, `function` and `extension`; the first two by default. An extension that
    /// subscribes to `extension` is sent its own log too, and must not log for each record it is sent.
    pub fn with_telemetry_types(mut self, types: &[&str]) -> Self {
        self.settings.types = types.iter().map(|&name| name.to_owned()).collect();
        self
    }

    /// When Lambda cuts a batch; its own defaults if this is not called.
    pub fn with_telemetry_buffering(mut self, buffering: TelemetryBuffering) -> Self {
        self.settings.buffering = Some(buffering);
        self
    }

    /// The port of the telemetry listener, 9003 by default; 0 takes any that is free. 9001 is Lambda's own.
    pub fn with_telemetry_port_number(mut self, port: u16) -> Self {
        self.settings.port = port;
        self
    }

    /// The version of the records' schema; the latest by default.
    pub fn with_telemetry_schema(mut self, schema: SchemaVersion) -> Self {
        self.settings.schema = schema;
        self
    }
}

#[cfg(feature = "logs")]
impl<E> Extension<E> {
    /// What is called with the logs of the Logs API, which the Telemetry API has replaced. See
    /// [`with_telemetry_processor`](Self::with_telemetry_processor); Lambda takes one of the two.
    pub fn with_logs_processor<M, S>(mut self, make: M) -> Self
    where
        M: Service<(), Response = S> + Send + 'static,
        M::Error: Into<Error>,
        M::Future: Send,
        S: Service<Vec<LambdaLog>, Response = ()> + Send + 'static,
        S::Error: Into<Error>,
        S::Future: Send,
    {
        self.logs = Some(Subscription::logs(make));
        self
    }

    /// What to subscribe to: some of `platform`, `function` and `extension`; the first two by default.
    pub fn with_log_types(mut self, types: &[&str]) -> Self {
        self.settings.log_types = types.iter().map(|&name| name.to_owned()).collect();
        self
    }

    /// When Lambda cuts a batch of logs.
    pub fn with_log_buffering(mut self, buffering: LogBuffering) -> Self {
        self.settings.log_buffering = Some(buffering);
        self
    }

    /// The port of the logs listener, 9002 by default; 0 takes any that is free.
    pub fn with_log_port_number(mut self, port: u16) -> Self {
        self.settings.log_port = port;
        self
    }
}
