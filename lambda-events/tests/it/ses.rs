use lambda_events::ses::*;
use serde_json::json;

use crate::cases::decode;

#[test]
fn copies_verdicts_and_times_are_typed() {
    let event: SimpleEmailEvent = decode("ses/full.json");
    let ses = &event.records[0].ses;
    assert_eq!(ses.mail.common_headers.cc.as_deref().unwrap(), ["nora@example.com", "emil@example.com"]);
    assert_eq!(ses.receipt.dmarc_verdict.as_ref().unwrap().status, SimpleEmailVerdictStatus::Fail);
    assert_eq!(ses.mail.timestamp.as_millis().unwrap(), 1_794_300_443_518);
    assert_eq!(
        ses.receipt.action.topic_arn.as_deref(),
        Some("arn:aws:sns:eu-central-1:111122223333:mail-seen")
    );
}

#[test]
fn actions_have_the_members_of_their_kind() {
    let notification: SimpleEmailService = decode("ses/notification-bounce.json");
    let action = &notification.receipt.action;
    assert_eq!((action.type_.as_str(), action.smtp_reply_code.as_deref()), ("Bounce", Some("552")));
    let event: SimpleEmailEvent = decode("ses/minimal.json");
    let action = &event.records[0].ses.receipt.action;
    assert_eq!((action.type_.as_str(), action.invocation_type.as_deref()), ("Lambda", Some("Event")));
}

#[test]
fn a_verdict_of_the_future_is_kept_and_one_of_an_older_event_is_missing() {
    let notification: SimpleEmailService = decode("ses/notification-bounce.json");
    assert_eq!(notification.receipt.dmarc_verdict.as_ref().unwrap().status, "SOMETHING_NEW");
    let event: SimpleEmailEvent = decode("ses/minimal.json");
    assert!(event.records[0].ses.receipt.dmarc_verdict.is_none());
}

#[test]
fn dispositions_are_written_as_ses_reads_them() {
    let written = |disposition| serde_json::to_value::<SimpleEmailDisposition>(disposition).unwrap();
    assert_eq!(written(SimpleEmailDisposition::proceed()), json!({"disposition": "CONTINUE"}));
    assert_eq!(written(SimpleEmailDisposition::stop_rule()), json!({"disposition": "STOP_RULE"}));
    assert_eq!(written(SimpleEmailDisposition::stop_rule_set()), json!({"disposition": "STOP_RULE_SET"}));
}
