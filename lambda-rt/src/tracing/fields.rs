//! The fields of events and spans, kept as JSON values.

use std::fmt::{self, Write};

use serde_json::Value;
use tracing::field::{Field, Visit};

/// Fields in the order they were recorded; a field recorded again keeps its place and gets the new value.
#[derive(Debug, Default)]
pub(super) struct Fields {
    entries: Vec<(&'static str, Value)>,
}

impl Fields {
    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.entries.iter().position(|(key, _)| *key == name)?;
        Some(self.entries.remove(at).1)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.entries.iter().map(|(name, value)| (*name, value))
    }

    /// Adds a field unless an inner one of the same name is there.
    pub(super) fn add_outer(&mut self, name: &'static str, value: &Value) {
        if !self.entries.iter().any(|(key, _)| *key == name) {
            self.entries.push((name, value.clone()));
        }
    }

    fn set(&mut self, field: &Field, value: Value) {
        let name = field.name();
        // `r#type = ..` is how a field is named by a keyword.
        let name = name.strip_prefix("r#").unwrap_or(name);
        match self.entries.iter_mut().find(|(key, _)| *key == name) {
            Some((_, old)) => *old = value,
            None => self.entries.push((name, value)),
        }
    }
}

impl Visit for Fields {
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.set(field, value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.set(field, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.set(field, value.into());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.set(field, value.into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.set(field, value.into());
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        self.set(field, crate::failure::with_causes(value).into());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let mut text = String::new();
        // A `Debug` implementation that fails has still written what it could.
        let _ = write!(text, "{value:?}");
        self.set(field, text.into());
    }
}
