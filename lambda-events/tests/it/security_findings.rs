use lambda_events::cloudwatch_events::{CloudWatchEvent, inspector2, securityhub};

use crate::cases::decode;

#[test]
fn findings_of_security_hub_have_a_severity_resources_and_a_state() {
    let event: CloudWatchEvent<securityhub::FindingsImported> =
        decode("cloudwatch_events/securityhub-imported-full.json");
    let finding = &event.detail.findings[0];
    assert_eq!(finding.severity.as_ref().unwrap().label.as_deref(), Some("HIGH"));
    assert_eq!(finding.resources[0].details["AwsS3Bucket"]["Name"], "open-shelf");
    assert_eq!(finding.compliance.as_ref().unwrap().status.as_deref(), Some("FAILED"));
    assert_eq!(finding.updated_at.as_millis().unwrap(), 1_788_743_520_450);
    let event: CloudWatchEvent<securityhub::FindingsCustomAction> =
        decode("cloudwatch_events/securityhub-custom-action-full.json");
    assert_eq!(event.detail.action_name, "Tell Ada");
}

#[test]
fn an_import_is_no_custom_action() {
    let text = r#"{"detail-type": "x", "detail": {"findings": []}}"#;
    let error = serde_json::from_str::<CloudWatchEvent<securityhub::FindingsCustomAction>>(text).unwrap_err();
    assert!(error.to_string().contains("actionName"), "{error}");
}

#[test]
fn findings_of_inspector_name_their_vulnerability_and_scans_are_counted() {
    let event: CloudWatchEvent<inspector2::Finding> =
        decode("cloudwatch_events/inspector2-finding-package-full.json");
    assert_eq!(event.detail.inspector_score, Some(7.1));
    let vulnerability = event.detail.package_vulnerability_details.unwrap();
    assert_eq!(vulnerability.vulnerability_id, "CVE-2026-99901");
    let event: CloudWatchEvent<inspector2::Scan> = decode("cloudwatch_events/inspector2-scan-full.json");
    assert_eq!(event.detail.finding_severity_counts["TOTAL"], 23);
}
