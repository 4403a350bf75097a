use lambda_events::config::*;
use serde_json::json;

use crate::cases::decode;

#[test]
fn the_invoking_event_is_typed_by_what_happened() {
    let event: ConfigEvent = decode("config/change-full.json");
    let invoking = event.invoking_event_json().unwrap();
    assert_eq!(invoking.message_type, ConfigMessageType::ConfigurationItemChangeNotification);
    let item = invoking.configuration_item.unwrap();
    assert_eq!(item.configuration_item_status, ConfigurationItemStatus::Ok);
    assert_eq!(item.configuration_item_capture_time.as_millis().unwrap(), 1_788_765_903_861);
    assert_eq!(item.relationships.unwrap()[0].resource_type, "AWS::KMS::Key");

    let event: ConfigEvent = decode("config/oversized.json");
    let summary = event.invoking_event_json().unwrap().configuration_item_summary.unwrap();
    assert_eq!(
        (summary.change_type, summary.resource_id.as_str()),
        (ConfigChangeType::Update, "EH6VYPFWHHFSTE")
    );

    let event: ConfigEvent = decode("config/periodic.json");
    let invoking = event.invoking_event_json().unwrap();
    assert_eq!(invoking.message_type, ConfigMessageType::ScheduledNotification);
    assert_eq!(invoking.aws_account_id.as_deref(), Some("444455556666"));

    let event: ConfigEvent = decode("config/snapshot.json");
    let invoking = event.invoking_event_json().unwrap();
    assert_eq!(invoking.message_type, ConfigMessageType::ConfigurationSnapshotDeliveryCompleted);
    assert_eq!(invoking.s3_bucket.as_deref(), Some("shop-audit"));
}

#[test]
fn a_kind_of_message_of_the_future_is_kept() {
    let invoking: ConfigInvokingEvent = decode("config/invoking-of-the-future.json");
    assert_eq!(invoking.message_type, "SomethingNew");
}

#[test]
fn the_configuration_of_a_resource_can_be_of_the_users_type() {
    #[derive(serde::Deserialize)]
    struct Bucket {
        name: String,
    }
    let invoking: ConfigInvokingEvent<Bucket> = decode("config/invoking-change-full.json");
    assert_eq!(invoking.configuration_item.unwrap().configuration.unwrap().name, "shop-invoices");
    let changed = invoking.configuration_item_diff.unwrap().changed_properties;
    assert_eq!(changed["Configuration.Name"].updated_value, Some(json!("shop-invoices")));
    assert_eq!(
        changed["SupplementaryConfiguration.BucketVersioningConfiguration"].change_type,
        ConfigChangeType::Create
    );
    let invoking: ConfigInvokingEvent<Bucket> = decode("config/invoking-deleted.json");
    let item = invoking.configuration_item.unwrap();
    assert_eq!(item.configuration_item_status, ConfigurationItemStatus::ResourceDeleted);
    assert!(item.configuration.is_none());
}

#[test]
fn parameters_of_a_rule_are_of_the_users_type_and_may_be_missing() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Parameters {
        maximum_age: Option<String>,
    }
    let event: ConfigEvent = decode("config/periodic.json");
    let parameters: Parameters = event.rule_parameters_json().unwrap();
    assert_eq!(parameters.maximum_age.as_deref(), Some("90"));
    let event: ConfigEvent = decode("config/minimal.json");
    assert_eq!(event.rule_parameters_json::<Parameters>().unwrap(), Parameters { maximum_age: None });
    let broken = ConfigEvent { invoking_event: "{".to_owned(), ..Default::default() };
    assert!(broken.invoking_event_json().unwrap_err().is_json());
}
