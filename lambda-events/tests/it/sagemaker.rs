use lambda_events::sagemaker::*;
use serde_json::json;

use crate::cases::decode;

#[test]
fn whether_people_label_is_a_string_on_the_wire() {
    let response: GroundTruthPreAnnotationResponse = decode("sagemaker/pre-response-full.json");
    assert_eq!(response.is_human_annotation_required, Some(true));
    assert_eq!(
        serde_json::to_value(
            GroundTruthPreAnnotationResponse::new(json!({"a": 1})).without_human_annotation()
        )
        .unwrap(),
        json!({"taskInput": {"a": 1}, "isHumanAnnotationRequired": "false"})
    );
    let event: GroundTruthPreAnnotationEvent = decode("sagemaker/pre-full.json");
    assert_eq!(event.data_object["source-ref"], "s3://shop-leaves/photos/0041.png");
}

#[test]
fn a_label_is_written_under_its_name() {
    let event: GroundTruthConsolidationEvent = decode("sagemaker/consolidation-full.json");
    let label =
        GroundTruthConsolidatedAnnotation::new("0", event.label_attribute_name, json!({"label": "whole"}));
    assert_eq!(
        serde_json::to_value(vec![label]).unwrap(),
        json!([{"datasetObjectId": "0", "consolidatedAnnotation": {"content": {"grade": {"label": "whole"}}}}])
    );
}
