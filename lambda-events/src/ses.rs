//! Amazon SES: emails that were received.
//!
//! Invoked by a rule for receipt, asynchronously unless the rule says otherwise; then the answer says whether the rules after
//! it are applied ([`SimpleEmailDisposition`]), within 30 seconds. The body of the email is not in the event: have the rule put
//! it into S3 first.
//!
//! ```
//! use lambda_events::{Error, ses::{SimpleEmailDisposition, SimpleEmailEvent, SimpleEmailVerdictStatus}};
//!
//! async fn handle(event: SimpleEmailEvent) -> Result<SimpleEmailDisposition, Error> {
//!     let spam = event.records.iter().any(|record| record.ses.receipt.spam_verdict.status == SimpleEmailVerdictStatus::Fail);
//!     Ok(if spam { SimpleEmailDisposition::stop_rule_set() } else { SimpleEmailDisposition::proceed() })
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda.html>

use crate::encodings::Rfc3339Timestamp;

open_enum! {
    /// Whether an email passed a check.
    pub enum SimpleEmailVerdictStatus {
        /// It did.
        Pass = "PASS",
        /// It did not.
        Fail = "FAIL",
        /// The check is not certain, or was not applicable.
        Gray = "GRAY",
        /// The check failed.
        ProcessingFailed = "PROCESSING_FAILED",
        /// The check is turned off.
        Disabled = "DISABLED",
    }

    /// What SES does next.
    pub enum SimpleEmailDispositionValue {
        /// Go on.
        Continue = "CONTINUE",
        /// Leave out the other actions of this rule.
        StopRule = "STOP_RULE",
        /// Leave out all other rules and actions.
        StopRuleSet = "STOP_RULE_SET",
    }
}

event! {
    /// Emails that were received.
    #[derive(Eq)]
    pub struct SimpleEmailEvent {
        /// The emails: one.
        #[serde(rename = "Records")]
        required pub records: Vec<SimpleEmailRecord>,
    }

    /// An email that was received.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct SimpleEmailRecord {
        /// Version of the event: `1.0`.
        pub event_version: String,
        /// `aws:ses`.
        pub event_source: String,
        /// The email.
        required pub ses: SimpleEmailService,
    }

    /// What SES says about an email.
    ///
    /// It is also the message of a notification by SNS.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct SimpleEmailService {
        /// `Received`. Only by way of SNS.
        pub notification_type: Option<String>,
        /// The email.
        required pub mail: SimpleEmailMessage,
        /// What the checks and rules made of it.
        required pub receipt: SimpleEmailReceipt,
        /// The raw email, up to 150 KB. Only by way of SNS, from a rule with an action of SNS.
        pub content: Option<String>,
    }

    /// An email.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct SimpleEmailMessage {
        /// The headers that most emails have.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub common_headers: SimpleEmailCommonHeaders,
        /// Address that the email was sent from, as the mail servers have it.
        pub source: String,
        /// When the email was received.
        #[serde(default)]
        pub timestamp: Rfc3339Timestamp,
        /// Addresses that the email was sent to.
        pub destination: Vec<String>,
        /// All headers, in their order.
        pub headers: Vec<SimpleEmailHeader>,
        /// Whether headers were left out, which happens when they are more than 10 KB.
        #[serde(default)]
        pub headers_truncated: bool,
        /// Id that SES gave the email: the key of it in S3.
        pub message_id: String,
    }

    /// What the checks and rules made of an email.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct SimpleEmailReceipt {
        /// Addresses that the rule matched, of those that the email was sent to.
        pub recipients: Vec<String>,
        /// When the action was triggered.
        #[serde(default)]
        pub timestamp: Rfc3339Timestamp,
        /// Whether it looks like spam.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub spam_verdict: SimpleEmailVerdict,
        /// Whether its DKIM signature is right.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub dkim_verdict: SimpleEmailVerdict,
        /// Whether it passed DMARC. Absent from older events.
        pub dmarc_verdict: Option<SimpleEmailVerdict>,
        /// What the domain of the sender wants done when DMARC fails: `none`, `quarantine`, `reject`. Absent when it did not fail.
        pub dmarc_policy: Option<String>,
        /// Whether the sender may send for its domain.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub spf_verdict: SimpleEmailVerdict,
        /// Whether it is free of viruses.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub virus_verdict: SimpleEmailVerdict,
        /// The action that this event is of.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub action: SimpleEmailReceiptAction,
        /// How long SES has had the email before the action, in milliseconds.
        #[serde(default)]
        pub processing_time_millis: i64,
    }

    /// A header.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct SimpleEmailHeader {
        /// Its name, as it is in the email.
        pub name: String,
        /// Its value.
        pub value: String,
    }

    /// The headers that most emails have. Each is absent where the email has none.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct SimpleEmailCommonHeaders {
        /// Authors: `Ada <ada@example.com>`.
        pub from: Vec<String>,
        /// Recipients.
        pub to: Option<Vec<String>>,
        /// Recipients of a copy.
        pub cc: Option<Vec<String>>,
        /// Recipients of a copy that the others do not see.
        pub bcc: Option<Vec<String>>,
        /// Who sent it, where that is not the author.
        pub sender: Option<Vec<String>>,
        /// Addresses for an answer.
        pub reply_to: Option<Vec<String>>,
        /// Address for bounces.
        pub return_path: Option<String>,
        /// Id that the sender gave the email, in angle brackets.
        pub message_id: Option<String>,
        /// When it was sent: `Mon, 5 Dec 2016 18:40:08 -0800`.
        pub date: Option<String>,
        /// The subject.
        pub subject: Option<String>,
    }

    /// An action, and what it is about: each member belongs to some kinds of actions, and is absent from the others.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct SimpleEmailReceiptAction {
        /// Kind: `Lambda`, `S3`, `SNS`, `Bounce`, `Stop`, `WorkMail`.
        pub type_: String,
        /// ARN of the topic that is notified. Of all kinds that were given one.
        pub topic_arn: Option<String>,
        /// Encoding of the content: `UTF-8` or `BASE64`. Only of `SNS`.
        pub encoding: Option<String>,
        /// Bucket that the email was put into. Only of `S3`.
        pub bucket_name: Option<String>,
        /// Prefix of the key. Only of `S3`, with a prefix.
        pub object_key_prefix: Option<String>,
        /// Key of the email. Only of `S3`.
        pub object_key: Option<String>,
        /// Code of SMTP: `550`. Only of `Bounce`.
        pub smtp_reply_code: Option<String>,
        /// Enhanced status code: `5.1.1`. Only of `Bounce`, with one.
        pub status_code: Option<String>,
        /// What the sender is told. Only of `Bounce`.
        pub message: Option<String>,
        /// Address that the bounce comes from. Only of `Bounce`.
        pub sender: Option<String>,
        /// `Event` or `RequestResponse`. Only of `Lambda`.
        pub invocation_type: Option<String>,
        /// ARN of the function. Only of `Lambda`.
        pub function_arn: Option<String>,
        /// ARN of the organization. Only of `WorkMail`.
        pub organization_arn: Option<String>,
    }

    /// What a check found.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct SimpleEmailVerdict {
        /// Whether the email passed.
        #[serde(default)]
        pub status: SimpleEmailVerdictStatus,
    }

    /// What SES does next.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct SimpleEmailDisposition {
        /// What SES does next.
        #[serde(default)]
        pub disposition: SimpleEmailDispositionValue,
    }
}

impl SimpleEmailDisposition {
    /// Go on: `CONTINUE`.
    pub fn proceed() -> Self {
        Self { disposition: SimpleEmailDispositionValue::Continue, ..Default::default() }
    }

    /// Leave out the other actions of this rule: `STOP_RULE`.
    pub fn stop_rule() -> Self {
        Self { disposition: SimpleEmailDispositionValue::StopRule, ..Default::default() }
    }

    /// Leave out all other rules and actions: `STOP_RULE_SET`.
    pub fn stop_rule_set() -> Self {
        Self { disposition: SimpleEmailDispositionValue::StopRuleSet, ..Default::default() }
    }
}
