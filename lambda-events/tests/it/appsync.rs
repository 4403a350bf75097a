use lambda_events::appsync::{
    AppSyncBatchResolverEvent, AppSyncBatchResult, AppSyncDirectResolverEvent,
    AppSyncEventsAuthorizerResponse, AppSyncEventsEvent, AppSyncEventsOperation,
    AppSyncEventsPublishResponse, AppSyncEventsResult, AppSyncEventsSubscribeResponse, AppSyncIdentity,
    AppSyncLambdaAuthorizerResponse,
};
use serde_json::{Value, json};

use crate::cases::decode;

/// `aws_lambda_events` took every caller for one of IAM.
#[test]
fn every_kind_of_caller_is_told_apart() {
    let caller = |fixture| decode::<AppSyncDirectResolverEvent>(fixture).identity;
    assert!(caller("appsync/resolver-minimal.json").is_none());
    let Some(AppSyncIdentity::Cognito(user)) = caller("appsync/resolver-full.json") else { panic!() };
    assert_eq!((user.username.as_str(), &user.claims["email_verified"]), ("mira", &json!(true)));
    let Some(AppSyncIdentity::IAM(user)) = caller("appsync/resolver-pipeline.json") else { panic!() };
    assert_eq!(user.source_ip, ["192.0.2.61"]);
    let Some(AppSyncIdentity::OIDC(user)) = caller("appsync/resolver-oidc.json") else { panic!() };
    assert_eq!(user.issuer, "https://login.example.com");
    let batch: AppSyncBatchResolverEvent = decode("appsync/resolver-batch.json");
    let Some(AppSyncIdentity::Lambda(user)) = &batch[1].identity else { panic!() };
    assert_eq!(user.resolver_context, Some(json!({"shop": "berlin"})));
}

#[test]
fn names_of_callers_are_found() {
    let name =
        |fixture| decode::<AppSyncDirectResolverEvent>(fixture).identity.unwrap().name().map(str::to_owned);
    assert_eq!(name("appsync/resolver-full.json").as_deref(), Some("mira"));
    assert_eq!(name("appsync/resolver-pipeline.json").as_deref(), Some("AIDATEASHOPEXAMPLE"));
    assert_eq!(name("appsync/resolver-oidc.json").as_deref(), Some("buyer-88"));
}

#[test]
fn arguments_and_sources_have_types_of_your_own() {
    #[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Arguments {
        id: String,
    }
    #[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Order {
        buyer: String,
    }
    let event: AppSyncDirectResolverEvent<Arguments, Order> = decode("appsync/resolver-pipeline.json");
    assert_eq!(event.arguments.unwrap().id, "O-17");
    assert_eq!(event.source.unwrap().buyer, "mira");
    assert_eq!(event.prev.unwrap().result, json!({"inStock": true}));
}

#[test]
fn fields_of_a_batch_fail_one_by_one() {
    let results = [Ok("a"), Err("no author")].map(AppSyncBatchResult::from);
    assert_eq!(
        serde_json::to_value(results).unwrap(),
        json!([{"data": "a"}, {"errorMessage": "no author", "errorType": "Error"}])
    );
}

#[test]
fn messages_are_passed_on_changed_or_rejected() {
    let event: AppSyncEventsEvent = decode("appsync/events-publish.json");
    assert_eq!(event.info.operation, AppSyncEventsOperation::Publish);
    let results = event.messages().iter().map(|message| match message.payload.is_object() {
        true => AppSyncEventsResult::pass(&message.id, message.payload.clone()),
        false => AppSyncEventsResult::fail(&message.id, "no bare numbers"),
    });
    let answer = AppSyncEventsPublishResponse::new(results);
    assert_eq!(
        serde_json::to_value(answer).unwrap(),
        decode::<Value>("appsync/events-publish-response.json")
    );
    let same = AppSyncEventsPublishResponse::unchanged(&event);
    assert_eq!(same.events.unwrap()[1].payload, Some(json!(17)));
    assert_eq!(
        serde_json::to_value(AppSyncEventsPublishResponse::reject("no")).unwrap(),
        json!({"error": "no"})
    );
    assert_eq!(serde_json::to_value(AppSyncEventsSubscribeResponse::allow()).unwrap(), json!({}));
    let event: AppSyncEventsEvent = decode("appsync/events-subscribe.json");
    assert!(event.messages().is_empty());
    assert!(matches!(event.identity, Some(AppSyncIdentity::Lambda(_))));
}

#[test]
fn authorizers_allow_and_deny() {
    let answer = AppSyncLambdaAuthorizerResponse::<Value>::allow()
        .with_context("shop", "berlin")
        .with_denied_fields(["Mutation.deleteOrder"])
        .with_ttl(0);
    assert_eq!(serde_json::to_value(answer).unwrap(), decode::<Value>("appsync/auth-response.json"));
    let answer = AppSyncEventsAuthorizerResponse::allow().with_context("shop", "berlin").with_ttl(600);
    assert_eq!(serde_json::to_value(answer).unwrap(), decode::<Value>("appsync/events-auth-response.json"));
    assert_eq!(
        serde_json::to_value(AppSyncEventsAuthorizerResponse::deny()).unwrap(),
        json!({"isAuthorized": false})
    );
}
