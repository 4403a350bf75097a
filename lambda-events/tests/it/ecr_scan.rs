use lambda_events::ecr_scan::{EcrImageActionEvent, EcrScanEvent};

use crate::cases::decode;

#[test]
fn findings_are_counted_by_severity_and_none_are_absent() {
    let event: EcrScanEvent = decode("ecr_scan/scan-full.json");
    assert_eq!(event.detail.finding_severity_counts.critical, Some(1));
    let event: EcrScanEvent = decode("ecr_scan/scan-minimal.json");
    assert_eq!(event.detail.finding_severity_counts.critical, None);
}

#[test]
fn images_are_pushed_and_deleted() {
    let event: EcrImageActionEvent = decode("ecr_scan/push-full.json");
    assert_eq!(
        (event.detail.action_type.as_str(), event.detail.image_tag.as_deref()),
        ("PUSH", Some("4.2.0"))
    );
    let event: EcrImageActionEvent = decode("ecr_scan/delete-minimal.json");
    assert_eq!((event.detail.action_type.as_str(), event.detail.image_tag), ("DELETE", None));
}

#[test]
fn a_scan_is_no_action() {
    let text = serde_json::to_string(&decode::<EcrScanEvent>("ecr_scan/scan-full.json")).unwrap();
    let error = serde_json::from_str::<EcrImageActionEvent>(&text).unwrap_err();
    assert!(error.to_string().contains("action-type"), "{error}");
}
