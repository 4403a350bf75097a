use lambda_events::autoscaling::{AutoScalingActivityEvent, AutoScalingEvent, AutoScalingLifecycleEvent};

use crate::cases::decode;

#[test]
fn an_event_is_read_by_its_kind_or_by_name() {
    let event: AutoScalingLifecycleEvent = decode("autoscaling/lifecycle-full.json");
    assert_eq!(
        event.detail.notification_metadata.as_deref(),
        Some(r#"{"catalogue":"s3://shop-catalogue/spring.json"}"#)
    );
    let event: AutoScalingLifecycleEvent = decode("autoscaling/lifecycle-minimal.json");
    assert!(event.detail.notification_metadata.is_none() && event.detail.origin.is_none());
    let event: AutoScalingActivityEvent = decode("autoscaling/terminate-failed.json");
    assert_eq!(event.detail.details["Availability Zone"], "ap-southeast-2a");
    assert_eq!(event.detail.status_code, "Failed");
    let event: AutoScalingEvent = decode("autoscaling/terminate-failed.json");
    assert_eq!(event.detail["EC2InstanceId"], "i-09a738561596e4c0d");
}

#[test]
fn an_activity_is_no_lifecycle_action() {
    let text = serde_json::to_string(&decode::<AutoScalingEvent>("autoscaling/launch-full.json")).unwrap();
    let error = serde_json::from_str::<AutoScalingLifecycleEvent>(&text).unwrap_err();
    assert!(error.to_string().contains("LifecycleActionToken"), "{error}");
}
