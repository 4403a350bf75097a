use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, UNIX_EPOCH},
};

use lambda_events::{
    BatchError,
    dynamodb::{
        AttributeValue, Event, EventRecord, Item, OperationType, StreamRecord, StreamViewType,
        TimeWindowEvent, from_attribute, from_item,
    },
};
use serde::Deserialize;

use crate::cases::decode;

#[test]
fn a_fraction_of_a_second_is_kept() {
    let event: Event = decode("dynamodb/full.json");
    let time = event.records[0].change.approximate_creation_date_time.unwrap();
    assert_eq!(time.to_system_time(), UNIX_EPOCH + Duration::from_millis(1_777_887_000_500));
}

#[test]
fn a_record_by_way_of_kinesis_says_what_its_time_is_in_and_an_older_one_has_milliseconds() {
    let time = |fixture: &str| {
        let record: EventRecord = decode(fixture);
        record.creation_time().unwrap().duration_since(UNIX_EPOCH).unwrap()
    };
    assert_eq!(time("dynamodb/by-way-of-kinesis-full.json"), Duration::from_micros(1_777_887_000_120_345));
    assert_eq!(time("dynamodb/by-way-of-kinesis-expired.json"), Duration::from_millis(1_777_887_060_250));
    assert_eq!(time("dynamodb/by-way-of-kinesis-minimal.json"), Duration::from_millis(1_777_887_120_375));
    let expired: EventRecord = decode("dynamodb/by-way-of-kinesis-expired.json");
    assert!(expired.is_expired());
    let event: Event = decode("dynamodb/full.json");
    assert_eq!(event.records[0].creation_time(), Some(UNIX_EPOCH + Duration::from_millis(1_777_887_000_500)));
    let event: Event = decode("dynamodb/minimal.json");
    assert_eq!(event.records[0].creation_time(), None);
    let text = serde_json::to_string(&decode::<EventRecord>("dynamodb/by-way-of-kinesis-full.json")).unwrap();
    assert!(text.contains(r#""ApproximateCreationDateTime":1777887000120345,"#), "{text}");
}

#[test]
fn values_have_their_types_and_unknown_ones_are_kept() {
    let event: Event = decode("dynamodb/full.json");
    let record = &event.records[0];
    assert_eq!(record.event_name, OperationType::Remove);
    assert_eq!(record.change.stream_view_type, Some(StreamViewType::Unknown("A_VIEW_OF_THE_FUTURE".into())));
    assert!(record.is_expired());
    let image = &record.change.old_image;
    assert_eq!(image["huge"].as_n(), Some("99999999999999999999999999999999999999"));
    assert_eq!(image["flags"].as_l().unwrap().len(), 3);
    assert!(matches!(&image["future"], AttributeValue::Unknown(name, _) if name == "GEO"));
    assert!(record.change.new_image.is_absent());
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Plain,
    Sized(u8),
    Named { size: i64 },
}

#[derive(Debug, Deserialize, PartialEq)]
struct Everything {
    pk: String,
    sk: i32,
    huge: u128,
    flags: (bool, Option<u8>, Vec<String>),
    address: Address,
    #[serde(with = "serde_bytes_of_two_kinds")]
    thumbnail: Vec<u8>,
    tags: BTreeSet<String>,
    scores: Vec<f64>,
    missing: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Address {
    street: String,
    empty: BTreeMap<String, u8>,
}

/// What `serde_bytes` does.
mod serde_bytes_of_two_kinds {
    use std::fmt;

    use serde::{Deserializer, de};

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Vec<u8>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
        }
        deserializer.deserialize_byte_buf(Visitor)
    }
}

#[test]
fn an_item_becomes_a_type_of_the_users() {
    let event: Event = decode("dynamodb/full.json");
    let item = event.records[0].old_item::<Everything>().unwrap().unwrap();
    assert_eq!(
        item,
        Everything {
            pk: "customer#1".into(),
            sk: -17,
            huge: 99_999_999_999_999_999_999_999_999_999_999_999_999,
            flags: (true, None, vec![]),
            address: Address { street: String::new(), empty: BTreeMap::new() },
            thumbnail: vec![0, 1, 2, 255],
            tags: ["a".to_owned(), "b".to_owned()].into(),
            scores: vec![1.0, 2.5],
            missing: None,
        }
    );
    assert_eq!(event.records[0].new_item::<Everything>(), Ok(None));
}

#[test]
fn enums_numbers_and_bytes_take_the_forms_that_serde_gives_them() {
    let value = |text: &str| serde_json::from_str::<AttributeValue>(text).unwrap();
    assert_eq!(from_attribute(&value(r#"{"S": "plain"}"#)), Ok(Kind::Plain));
    assert_eq!(from_attribute(&value(r#"{"M": {"sized": {"N": "3"}}}"#)), Ok(Kind::Sized(3)));
    assert_eq!(
        from_attribute(&value(r#"{"M": {"named": {"M": {"size": {"N": "-3"}}}}}"#)),
        Ok(Kind::Named { size: -3 })
    );
    assert_eq!(from_attribute(&value(r#"{"N": "12"}"#)), Ok("12".to_owned()));
    assert_eq!(from_attribute(&value(r#"{"N": "12.5"}"#)), Ok(serde_json::json!(12.5)));
    assert_eq!(from_attribute(&value(r#"{"B": "AAE="}"#)), Ok(vec![0_u8, 1]));
    assert_eq!(from_attribute(&value(r#"{"BS": ["AAE="]}"#)), Ok(vec![vec![0_u8, 1]]));
    assert_eq!(
        from_item(&[("7", true)].map(|(k, v)| (k, v.into())).into()),
        Ok(BTreeMap::from([(7_u8, true)]))
    );
}

#[test]
fn what_does_not_fit_is_an_error_that_names_the_attribute() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only the error is of interest")]
    struct Order {
        lines: Vec<Line>,
    }
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only the error is of interest")]
    struct Line {
        price: u32,
    }
    let item: Item = serde_json::from_str(
        r#"{"lines": {"L": [{"M": {"price": {"N": "1"}}}, {"M": {"price": {"N": "1.5"}}}]}}"#,
    )
    .unwrap();
    let error = from_item::<Order>(&item).unwrap_err();
    assert_eq!(error.path(), "lines[1].price");
    assert!(error.to_string().contains("`1.5`"), "{error}");
}

#[test]
fn a_value_with_two_types_or_none_is_refused() {
    for text in [r#"{"S": "a", "N": "1"}"#, "{}", r#"{"N": true}"#, r#""a""#] {
        assert!(serde_json::from_str::<AttributeValue>(text).is_err(), "{text}");
    }
}

/// As programs write them that know no other numbers and booleans, and that name every type.
#[test]
fn values_of_samples_are_read_in_whatever_form() {
    for (text, value) in [
        (r#"{"N": 101}"#, AttributeValue::N("101".into())),
        (r#"{"N": -1.5}"#, AttributeValue::N("-1.5".into())),
        (r#"{"NS": [1, "2"]}"#, AttributeValue::Ns(vec!["1".into(), "2".into()])),
        (r#"{"BOOL": "true"}"#, AttributeValue::Bool(true)),
        (r#"{"NULL": "true"}"#, AttributeValue::Null(true)),
        (r#"{"S": "a", "N": null, "M": null}"#, AttributeValue::S("a".into())),
        (r#"{"L": null}"#, AttributeValue::L(Vec::new())),
    ] {
        assert_eq!(serde_json::from_str::<AttributeValue>(text).unwrap(), value, "{text}");
    }
}

#[test]
fn the_state_of_a_window_is_a_type_of_the_users() {
    let event: TimeWindowEvent<BTreeMap<String, String>> = decode("dynamodb/time-window-full.json");
    assert_eq!(event.state["Keemun"], "3 tins");
    assert_eq!(event.window.start.as_millis(), Ok(1_777_887_000_000));
}

fn change(sequence_number: &str) -> EventRecord {
    let change = StreamRecord { sequence_number: Some(sequence_number.into()), ..Default::default() };
    EventRecord { change, ..Default::default() }
}

#[tokio::test]
async fn a_batch_ends_at_the_first_failure_and_reports_its_sequence_number() {
    let event = Event { records: vec![change("1"), change("2"), change("3")], ..Default::default() };
    let mut tried = 0;
    let response = event
        .try_each(async |record| {
            tried += 1;
            if record.change.sequence_number.as_deref() == Some("2") { Err("no") } else { Ok(()) }
        })
        .await
        .unwrap();
    assert_eq!(tried, 2);
    assert_eq!(response.batch_item_failures[0].item_identifier, "2");
    let error = event.try_each(async |_| Err::<(), _>("never")).await.unwrap_err();
    assert_eq!(BatchError::of(&*error).unwrap().failures()[0].record(), "1");
}
