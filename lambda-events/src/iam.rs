//! Policies of AWS IAM: what authorizers answer with.
//!
//! ```
//! use lambda_events::iam::{IamPolicyDocument, IamPolicyStatement};
//!
//! let policy = IamPolicyDocument::new([
//!     IamPolicyStatement::allow(["execute-api:Invoke"], ["arn:aws:execute-api:eu-west-1:1:api/prod/GET/*"]),
//!     IamPolicyStatement::deny(["execute-api:Invoke"], ["arn:aws:execute-api:eu-west-1:1:api/prod/GET/admin"])
//!         .with_condition("NotIpAddress", "aws:SourceIp", ["10.0.0.0/8"]),
//! ]);
//! assert_eq!(policy.version.as_deref(), Some("2012-10-17"));
//! ```
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

use crate::{
    de::scalar::lists,
    encodings::{Map, Text},
};

event! {
    /// A policy.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct IamPolicyDocument {
        /// Version of the language: `2012-10-17`. Without it, IAM reads the one of 2008, which has no policy variables.
        pub version: Option<String>,
        /// A name for the policy. Few services read it.
        pub id: Option<String>,
        /// What is allowed and denied. A single statement that is not in a list is read as well.
        #[serde(deserialize_with = "statements")]
        custom pub statement: Vec<IamPolicyStatement>,
    }

    /// A statement of a policy.
    ///
    /// Lists of one are written as lists: to IAM, `"s3:GetObject"` and `["s3:GetObject"]` are the same, and both are read.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct IamPolicyStatement {
        /// A name for the statement, of letters and digits.
        pub sid: Option<String>,
        /// Whether the statement allows or denies.
        ///
        /// The default is neither, and is not written: a service refuses the policy, which has to say what it does.
        #[serde(default, skip_serializing_if = "crate::de::is_default")]
        pub effect: IamPolicyEffect,
        /// Whom the statement is for. Policies of resources and roles have it, those of authorizers do not.
        pub principal: Option<IamPolicyPrincipal>,
        /// Everybody but these.
        pub not_principal: Option<IamPolicyPrincipal>,
        /// The actions, with `*` and `?` for what may be anything: `execute-api:Invoke`. Empty with `not_action`.
        #[serde(default, deserialize_with = "crate::de::scalar::list", skip_serializing_if = "Vec::is_empty")]
        custom pub action: Vec<String>,
        /// Every action but these.
        #[serde(default, deserialize_with = "crate::de::scalar::list", skip_serializing_if = "Vec::is_empty")]
        custom pub not_action: Vec<String>,
        /// ARNs of what the actions are done to, with `*` and `?`. Empty with `not_resource`, and in policies of roles.
        #[serde(default, deserialize_with = "crate::de::scalar::list", skip_serializing_if = "Vec::is_empty")]
        custom pub resource: Vec<String>,
        /// Every resource but these.
        #[serde(default, deserialize_with = "crate::de::scalar::list", skip_serializing_if = "Vec::is_empty")]
        custom pub not_resource: Vec<String>,
        /// When the statement holds. Always, if absent.
        pub condition: Option<IamPolicyCondition>,
    }
}

/// Operators, `StringEquals`, of keys, `aws:SourceIp`, of what is compared with: a string, number or boolean, or a list of
/// them of which one has to match.
pub type IamPolicyCondition = Map<Map<Value>>;

open_enum! {
    /// What a statement does.
    pub enum IamPolicyEffect {
        /// It allows.
        Allow = "Allow",
        /// It denies, whatever other statements allow.
        Deny = "Deny",
    }
}

/// Whom a statement is for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum IamPolicyPrincipal {
    /// Everybody: `"*"`.
    Everyone,
    /// Those who are listed, by their kind: `AWS`, `Service`, `Federated`, `CanonicalUser`.
    Of(Map<Vec<String>>),
}

impl IamPolicyPrincipal {
    /// Accounts, roles and users of AWS: ARNs or account ids.
    pub fn aws<S: Into<String>>(principals: impl IntoIterator<Item = S>) -> Self {
        Self::of("AWS", principals)
    }

    /// Services of AWS: `lambda.amazonaws.com`.
    pub fn service<S: Into<String>>(services: impl IntoIterator<Item = S>) -> Self {
        Self::of("Service", services)
    }

    /// Principals of this kind.
    pub fn of<S: Into<String>>(kind: impl Into<Text>, principals: impl IntoIterator<Item = S>) -> Self {
        let mut of = Map::new();
        of.insert(kind, principals.into_iter().map(Into::into).collect());
        Self::Of(of)
    }
}

impl Serialize for IamPolicyPrincipal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Everyone => serializer.serialize_str("*"),
            Self::Of(principals) => principals.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for IamPolicyPrincipal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = IamPolicyPrincipal;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`\"*\"` or a map of principals")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<IamPolicyPrincipal, E> {
                match text {
                    "*" => Ok(IamPolicyPrincipal::Everyone),
                    principal => Ok(IamPolicyPrincipal::aws([principal])),
                }
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<IamPolicyPrincipal, A::Error> {
                lists(de::value::MapAccessDeserializer::new(map)).map(IamPolicyPrincipal::Of)
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}

impl IamPolicyDocument {
    /// A policy of the language of 2012.
    pub fn new(statements: impl IntoIterator<Item = IamPolicyStatement>) -> Self {
        Self {
            version: Some("2012-10-17".to_owned()),
            statement: statements.into_iter().collect(),
            ..Self::default()
        }
    }
}

impl IamPolicyStatement {
    /// A statement that allows.
    pub fn allow<A: Into<String>, R: Into<String>>(
        actions: impl IntoIterator<Item = A>,
        resources: impl IntoIterator<Item = R>,
    ) -> Self {
        Self::new(IamPolicyEffect::Allow, actions, resources)
    }

    /// A statement that denies.
    pub fn deny<A: Into<String>, R: Into<String>>(
        actions: impl IntoIterator<Item = A>,
        resources: impl IntoIterator<Item = R>,
    ) -> Self {
        Self::new(IamPolicyEffect::Deny, actions, resources)
    }

    /// A statement.
    pub fn new<A: Into<String>, R: Into<String>>(
        effect: IamPolicyEffect,
        actions: impl IntoIterator<Item = A>,
        resources: impl IntoIterator<Item = R>,
    ) -> Self {
        Self {
            effect,
            action: actions.into_iter().map(Into::into).collect(),
            resource: resources.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// The same statement with this name.
    #[must_use]
    pub fn with_sid(mut self, sid: impl Into<String>) -> Self {
        self.sid = Some(sid.into());
        self
    }

    /// The same statement for this principal.
    #[must_use]
    pub fn with_principal(mut self, principal: IamPolicyPrincipal) -> Self {
        self.principal = Some(principal);
        self
    }

    /// The same statement, which only holds if this does too: `"IpAddress", "aws:SourceIp", ["10.0.0.0/8"]`.
    ///
    /// The value is a string, number or boolean, or a list of which one has to match.
    #[must_use]
    pub fn with_condition(
        mut self,
        operator: impl Into<Text>,
        key: impl Into<Text>,
        value: impl Into<Value>,
    ) -> Self {
        let operator = operator.into();
        let conditions = self.condition.get_or_insert_default();
        match conditions.get_mut(&operator) {
            Some(keys) => drop(keys.insert(key, value.into())),
            None => drop(conditions.insert(operator, Map::from([(key, value.into())]))),
        }
        self
    }
}

/// A list of statements, or one.
fn statements<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IamPolicyStatement>, D::Error> {
    struct Visitor;

    impl<'de> de::Visitor<'de> for Visitor {
        type Value = Vec<IamPolicyStatement>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of statements")
        }

        fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }

        fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(de::value::SeqAccessDeserializer::new(seq))
        }

        fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            IamPolicyStatement::deserialize(de::value::MapAccessDeserializer::new(map))
                .map(|statement| vec![statement])
        }
    }

    deserializer.deserialize_any(Visitor)
}
