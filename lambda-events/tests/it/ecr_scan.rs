use lambda_events::ecr_scan::{EcrImageActionEvent, EcrScanEvent};

use crate::cases::decode;

#[test]
fn findings_are_counted_by_severity_and_none_are_absent() {
    let event: EcrScanEvent = decode("ecr_scan/go-scan.json");
    assert_eq!(event.detail.finding_severity_counts.critical, Some(10));
    let event: EcrScanEvent = decode("ecr_scan/failed.json");
    assert_eq!(event.detail.finding_severity_counts.critical, None);
}

#[test]
fn images_are_pushed_and_deleted() {
    let event: EcrImageActionEvent = decode("ecr_scan/go-push.json");
    assert_eq!(
        (event.detail.action_type.as_str(), event.detail.image_tag.as_deref()),
        ("PUSH", Some("latest"))
    );
    let event: EcrImageActionEvent = decode("ecr_scan/delete-untagged.json");
    assert_eq!((event.detail.action_type.as_str(), event.detail.image_tag), ("DELETE", None));
}

#[test]
fn a_scan_is_no_action() {
    let text = serde_json::to_string(&decode::<EcrScanEvent>("ecr_scan/go-scan.json")).unwrap();
    let error = serde_json::from_str::<EcrImageActionEvent>(&text).unwrap_err();
    assert!(error.to_string().contains("action-type"), "{error}");
}
