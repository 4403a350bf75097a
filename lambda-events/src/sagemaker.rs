//! Amazon SageMaker Ground Truth: labeling jobs, before and after people label.
//!
//! Synchronous. Before, once for each object: the function says what people are shown. After, in batches: it makes one label of
//! what several people said.
//!
//! ```
//! use lambda_events::{Error, sagemaker::{GroundTruthPreAnnotationEvent, GroundTruthPreAnnotationResponse}};
//! use serde_json::json;
//!
//! async fn handle(event: GroundTruthPreAnnotationEvent) -> Result<GroundTruthPreAnnotationResponse, Error> {
//!     let object = event.data_object.get("source-ref").cloned().unwrap_or_default();
//!     Ok(GroundTruthPreAnnotationResponse::new(json!({ "taskObject": object })))
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/sagemaker/latest/dg/sms-custom-templates-step3-lambda-requirements.html>

use serde::Deserialize;
use serde_json::Value;

use crate::{de::text, encodings::Map};

event! {
    /// An object is to be labeled.
    #[serde(rename_all = "camelCase")]
    pub struct GroundTruthPreAnnotationEvent {
        /// Version of the event: `2018-10-16`.
        pub version: String,
        /// ARN of the labeling job.
        pub labeling_job_arn: String,
        /// The object, as its line of the manifest has it: `source-ref`, its address in S3, or `source`, its text.
        required pub data_object: Map<Value>,
    }

    /// What people are shown. `T` is what the template of the task reads as `task.input`.
    #[serde(rename_all = "camelCase", bound(deserialize = "T: Deserialize<'de>"))]
    pub struct GroundTruthPreAnnotationResponse<T = Value> {
        /// What the template of the task reads.
        custom pub task_input: T,
        /// Whether people have to label it at all: a string on the wire. Absent is `true`.
        #[serde(default, with = "text::option", skip_serializing_if = "Option::is_none")]
        custom pub is_human_annotation_required: Option<bool>,
    }

    /// Objects were labeled.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct GroundTruthConsolidationEvent {
        /// Version of the event: `2018-10-16`.
        pub version: String,
        /// ARN of the labeling job.
        pub labeling_job_arn: String,
        /// Name of the label in the output.
        required pub label_attribute_name: String,
        /// ARN of the role that may read what people said.
        pub role_arn: String,
        /// Categories to choose from. Absent of jobs without.
        pub label_categories: Option<Vec<String>>,
        /// Where the output goes. Absent from older events.
        pub output_config: Option<String>,
        /// Where to read what people said.
        required pub payload: GroundTruthPayload,
    }

    /// Where to read what people said: a JSON list of [`GroundTruthAnnotatedObject`].
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct GroundTruthPayload {
        /// Its address: `s3://bucket/key`.
        pub s3_uri: String,
    }

    /// What people said about an object.
    #[serde(rename_all = "camelCase")]
    pub struct GroundTruthAnnotatedObject {
        /// Id of the object.
        required pub dataset_object_id: String,
        /// The object: `s3Uri` or `content`.
        pub data_object: Map<Value>,
        /// What each said.
        pub annotations: Vec<GroundTruthAnnotation>,
    }

    /// What somebody said.
    #[serde(rename_all = "camelCase")]
    pub struct GroundTruthAnnotation {
        /// Id of who.
        pub worker_id: String,
        /// What: `content`, JSON in a string.
        pub annotation_data: Map<Value>,
    }

    /// The label of an object. The answer is a list of these.
    #[serde(rename_all = "camelCase")]
    pub struct GroundTruthConsolidatedAnnotation {
        /// Id of the object.
        pub dataset_object_id: String,
        /// The label.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub consolidated_annotation: GroundTruthConsolidatedContent,
    }

    /// A label.
    #[serde(rename_all = "camelCase")]
    pub struct GroundTruthConsolidatedContent {
        /// The label, under its name in the output, and what else is to be said about the object.
        pub content: Map<Value>,
    }
}

impl<T> GroundTruthPreAnnotationResponse<T> {
    /// People are shown this.
    pub fn new(task_input: T) -> Self {
        Self {
            task_input,
            is_human_annotation_required: Some(true),
            #[cfg(feature = "catch-all-fields")]
            other: serde_json::Map::new(),
        }
    }

    /// Nobody has to label it.
    #[must_use]
    pub fn without_human_annotation(mut self) -> Self {
        self.is_human_annotation_required = Some(false);
        self
    }
}

impl GroundTruthConsolidatedAnnotation {
    /// The label of an object, under its name: [`GroundTruthConsolidationEvent::label_attribute_name`].
    pub fn new(
        dataset_object_id: impl Into<String>,
        name: impl Into<crate::encodings::Text>,
        label: impl Into<Value>,
    ) -> Self {
        Self {
            dataset_object_id: dataset_object_id.into(),
            consolidated_annotation: GroundTruthConsolidatedContent {
                content: Map::from([(name.into(), label.into())]),
                ..Default::default()
            },
            ..Default::default()
        }
    }
}
