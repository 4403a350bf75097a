use lambda_events::iam::{IamPolicyDocument, IamPolicyEffect, IamPolicyPrincipal, IamPolicyStatement};
use serde_json::json;

use crate::cases::decode;

#[test]
fn every_part_of_the_grammar_is_read() {
    let policy: IamPolicyDocument = decode("iam/full.json");
    let shop = &policy.statement[0];
    assert_eq!(shop.sid.as_deref(), Some("AllowShop"));
    let condition = shop.condition.as_ref().unwrap();
    assert_eq!(condition["Bool"]["aws:SecureTransport"], json!(true));
    assert_eq!(condition["NumericLessThanEquals"]["aws:MultiFactorAuthAge"], json!(1800));
    let Some(IamPolicyPrincipal::Of(principals)) = &shop.principal else { panic!("{shop:?}") };
    assert_eq!(principals["Service"], ["lambda.amazonaws.com"]);
    assert_eq!(policy.statement[1].principal, Some(IamPolicyPrincipal::Everyone));
    assert_eq!(policy.statement[1].not_action, ["s3:GetObject"]);
    assert_eq!(policy.statement[1].not_resource, ["arn:aws:s3:::labels/public/*"]);
    assert!(policy.statement[2].not_principal.is_some());
}

#[test]
fn single_values_are_lists_of_one() {
    let policy: IamPolicyDocument = serde_json::from_value(json!({
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Resource": "*",
            "Condition": null,
        },
    }))
    .unwrap();
    let expected = IamPolicyDocument::new([IamPolicyStatement::allow(["sts:AssumeRole"], ["*"])
        .with_principal(IamPolicyPrincipal::service(["lambda.amazonaws.com"]))]);
    assert_eq!(policy, expected);
}

#[test]
fn a_policy_is_built_with_the_version_that_has_variables() {
    let policy = IamPolicyDocument::new([IamPolicyStatement::deny(["a:*"], ["*"])
        .with_sid("S")
        .with_condition("StringEquals", "aws:x", "1")
        .with_condition("StringEquals", "aws:y", ["2", "3"])
        .with_condition("Bool", "aws:z", true)]);
    assert_eq!(
        serde_json::to_value(policy).unwrap(),
        json!({"Version": "2012-10-17", "Statement": [{
            "Sid": "S", "Effect": "Deny", "Action": ["a:*"], "Resource": ["*"],
            "Condition": {"StringEquals": {"aws:x": "1", "aws:y": ["2", "3"]}, "Bool": {"aws:z": true}},
        }]})
    );
}

/// A statement that does not say what it does is not taken for one that allows.
#[test]
fn a_statement_without_an_effect_does_not_allow() {
    let statement: IamPolicyStatement =
        serde_json::from_value(json!({"Action": "*", "Resource": "*"})).unwrap();
    assert_ne!(statement.effect, IamPolicyEffect::Allow);
    assert_eq!(serde_json::to_value(&statement).unwrap().get("Effect"), None);
    let other: IamPolicyEffect = serde_json::from_value(json!("Maybe")).unwrap();
    assert_eq!(other, IamPolicyEffect::Unknown("Maybe".to_owned()));
}

#[test]
fn a_document_without_statements_is_refused() {
    let error = serde_json::from_value::<IamPolicyDocument>(json!({"Version": "2012-10-17"})).unwrap_err();
    assert!(error.to_string().contains("`Statement`"), "{error}");
}
