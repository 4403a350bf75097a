use lambda_events::autoscaling::{AutoScalingActivityEvent, AutoScalingEvent, AutoScalingLifecycleEvent};

use crate::cases::decode;

#[test]
fn an_event_is_read_by_its_kind_or_by_name() {
    let event: AutoScalingLifecycleEvent = decode("autoscaling/go-lifecycle-action.json");
    assert_eq!(event.detail.notification_metadata.as_deref(), Some("additional-info"));
    let event: AutoScalingActivityEvent = decode("autoscaling/go-terminate-unsuccessful.json");
    assert_eq!(event.detail.details["Availability Zone"], "us-west-2b");
    assert_eq!(event.detail.status_code, "Failed");
    let event: AutoScalingEvent = decode("autoscaling/go-terminate-unsuccessful.json");
    assert_eq!(event.detail["EC2InstanceId"], "i-1234567890abcdef0");
}

#[test]
fn an_activity_is_no_lifecycle_action() {
    let text =
        serde_json::to_string(&decode::<AutoScalingEvent>("autoscaling/go-launch-successful.json")).unwrap();
    let error = serde_json::from_str::<AutoScalingLifecycleEvent>(&text).unwrap_err();
    assert!(error.to_string().contains("LifecycleActionToken"), "{error}");
}
