use serde::Deserialize;
use serde_json::Value;

use crate::encodings::Map;

event! {
    /// A part of a template, or all of it, is to be turned into another. `F` is the type of the part.
    ///
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros-author.html>
    #[serde(rename_all = "camelCase", bound(deserialize = "F: Deserialize<'de>"))]
    pub struct CloudFormationMacroRequest<F = Value> {
        /// Region of the macro: `us-east-1`.
        pub region: String,
        /// Account of the macro, 12 digits.
        pub account_id: String,
        /// The part of the template.
        custom pub fragment: F,
        /// Name of the macro.
        required pub transform_id: String,
        /// Parameters of `Fn::Transform`. Empty for a macro of the whole template.
        pub params: Map<Value>,
        /// Id of this invocation.
        pub request_id: String,
        /// Parameters of the template and their values: strings, or lists of strings.
        pub template_parameter_values: Map<Value>,
    }

    /// What a part of a template was turned into.
    #[serde(rename_all = "camelCase", bound(deserialize = "F: Default + Deserialize<'de>"))]
    pub struct CloudFormationMacroResponse<F = Value> {
        /// Id of the invocation, from the request.
        pub request_id: String,
        /// `success`. All else is a failure.
        pub status: String,
        /// The part of the template.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub fragment: F,
        /// Why it failed. Absent of a success.
        pub error_message: Option<String>,
    }
}

impl<F> CloudFormationMacroResponse<F> {
    /// The part of the template was turned into this.
    pub fn success<G>(request: &CloudFormationMacroRequest<G>, fragment: F) -> Self {
        Self {
            request_id: request.request_id.clone(),
            status: "success".to_owned(),
            fragment,
            error_message: None,
            #[cfg(feature = "catch-all-fields")]
            other: serde_json::Map::new(),
        }
    }

    /// The part of the template could not be turned into another, and why.
    pub fn failure<G>(request: &CloudFormationMacroRequest<G>, reason: impl Into<String>) -> Self
    where
        F: Default,
    {
        Self {
            request_id: request.request_id.clone(),
            status: "failure".to_owned(),
            error_message: Some(reason.into()),
            ..Default::default()
        }
    }
}
