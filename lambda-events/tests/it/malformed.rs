//! What is no event: each family with what is wrong in its own way, and where the error says it is. The same for every member of every
//! fixture is in `lenience`.

use lambda_events::{
    PayloadError, activemq, alb, apigw, appsync, bedrock_agent_runtime, cloudformation, cloudwatch_logs,
    codepipeline_job, cognito, config, connect, dynamodb, eventbridge, firehose, iot, kafka, kinesis,
    lambda_function_urls, lex, rabbitmq, s3, secretsmanager, ses, sns, sqs, transfer, vpc_lattice,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

use crate::cases::refused;

/// Checks that `text` is refused at `path`, with `words` in the error.
fn check<T: DeserializeOwned>(text: &str, path: &str, words: &str) {
    let refusal = refused::<T>(text.as_bytes()).unwrap_or_else(|| panic!("{text} was read"));
    assert_eq!(refusal.path, path, "{text}: {}", refusal.error);
    assert!(refusal.error.to_string().contains(words), "{text}: {}", refusal.error);
}

#[test]
fn records_of_queues_and_streams_are_refused_where_they_are_wrong() {
    check::<sqs::SqsEvent>("{}", ".", "missing field `Records`");
    check::<sqs::SqsEvent>(r#"{"Records": {"messageId": "m"}}"#, "Records", "expected a sequence");
    check::<sqs::SqsEvent>(
        r#"{"Records": [{}, {"messageId": 7}]}"#,
        "Records[1].messageId",
        "expected a string",
    );
    let count = r#"{"Records": [{"attributes": {"ApproximateReceiveCount": "many"}}]}"#;
    check::<sqs::SqsEvent>(count, "Records[0].attributes.ApproximateReceiveCount", "expected a number");
    check::<sqs::SqsEvent>(
        r#"{"Records": [{"messageAttributes": []}]}"#,
        "Records[0].messageAttributes",
        "expected a map",
    );
    check::<sns::SnsEvent>(r#"{"Records": [{}]}"#, "Records[0]", "missing field `Sns`");
    check::<sns::SnsEvent>(
        r#"{"Records": [{"Sns": {"Message": {}}}]}"#,
        "Records[0].Sns.Message",
        "expected a string",
    );
    let time = r#"{"Records": [{"kinesis": {"approximateArrivalTimestamp": "soon"}}]}"#;
    check::<kinesis::KinesisEvent>(
        time,
        "Records[0].kinesis.approximateArrivalTimestamp",
        "expected a time in seconds",
    );
    check::<kinesis::KinesisEvent>(
        r#"{"Records": [{"kinesis": {}}]}"#,
        "Records[0].kinesis",
        "`approximateArrivalTimestamp`",
    );
    check::<kinesis::KinesisEvent>(r#"{"Records": [{}]}"#, "Records[0]", "missing field `kinesis`");
    let two = r#"{"Records": [{"dynamodb": {"SizeBytes": 1, "Keys": {"id": {"S": "a", "N": "1"}}}}]}"#;
    check::<dynamodb::Event>(two, "Records[0].dynamodb.Keys.id", "one type, not `N` as well");
    let flag = r#"{"Records": [{"dynamodb": {"SizeBytes": 1, "Keys": {"id": {"BOOL": "maybe"}}}}]}"#;
    check::<dynamodb::Event>(flag, "Records[0].dynamodb.Keys.id.BOOL", "expected a boolean");
    check::<dynamodb::Event>(
        r#"{"Records": [{"dynamodb": {"SizeBytes": -1}}]}"#,
        "Records[0].dynamodb.SizeBytes",
        "-1",
    );
    let offset = r#"{"records": {"t-0": [{"partition": 0, "offset": 1.5}]}}"#;
    check::<kafka::KafkaEvent>(offset, "records.t-0[0].offset", "1.5");
    check::<kafka::KafkaEvent>(r#"{"records": []}"#, "records", "expected a map");
    check::<rabbitmq::RabbitMqEvent>(
        r#"{"rmqMessagesByQueue": {"q": [{}]}}"#,
        "rmqMessagesByQueue.q[0]",
        "`basicProperties`",
    );
    check::<activemq::ActiveMqEvent>(
        r#"{"messages": [{"timestamp": true}]}"#,
        "messages[0].timestamp",
        "a time in milliseconds",
    );
    check::<firehose::KinesisFirehoseEvent>(
        r#"{"records": [{"data": 7}]}"#,
        "records[0].data",
        "expected a string",
    );
}

#[test]
fn requests_over_http_are_refused_where_they_are_wrong() {
    check::<apigw::ApiGatewayProxyRequest>("{}", ".", "missing field `httpMethod`");
    check::<apigw::ApiGatewayProxyRequest>(
        r#"{"httpMethod": "GET", "headers": {"a": {}}}"#,
        "headers.a",
        "expected a string",
    );
    check::<apigw::ApiGatewayProxyRequest>(
        r#"{"httpMethod": "GET", "body": {}}"#,
        "body",
        "expected a string",
    );
    let epoch = r#"{"httpMethod": "GET", "requestContext": {"requestTimeEpoch": "now"}}"#;
    check::<apigw::ApiGatewayProxyRequest>(epoch, "requestContext.requestTimeEpoch", "milliseconds");
    check::<apigw::ApiGatewayV2httpRequest>("{}", ".", "missing field `requestContext`");
    check::<apigw::ApiGatewayV2httpRequest>(
        r#"{"requestContext": {}}"#,
        "requestContext",
        "missing field `http`",
    );
    let scopes = r#"{"requestContext": {"http": {"method": "GET"}, "authorizer": {"jwt": {"scopes": 7}}}}"#;
    check::<apigw::ApiGatewayV2httpRequest>(
        scopes,
        "requestContext.authorizer.jwt.scopes",
        "invalid type: integer `7`",
    );
    let status = r#"{"requestContext": {"connectionId": "c", "disconnectStatusCode": "gone"}}"#;
    check::<apigw::ApiGatewayWebsocketProxyRequest>(
        status,
        "requestContext.disconnectStatusCode",
        "expected a number",
    );
    check::<lambda_function_urls::LambdaFunctionUrlRequest>("7", ".", "invalid type: integer");
    check::<alb::AlbTargetGroupRequest>(r#"{"requestContext": {}}"#, "requestContext", "missing field `elb`");
    check::<vpc_lattice::VpcLatticeRequestV1>("{}", ".", "missing field `headers`");
    check::<vpc_lattice::VpcLatticeRequestV2>(
        r#"{"requestContext": 7}"#,
        "requestContext",
        "invalid type: integer `7`",
    );
    check::<apigw::ApiGatewayProxyResponse>(r#"{"statusCode": 70000}"#, "statusCode", "70000");
}

#[test]
fn events_of_other_services_are_refused_where_they_are_wrong() {
    check::<eventbridge::EventBridgeEvent<u8>>(r#"{"detail": "x"}"#, "detail", "expected u8");
    check::<s3::S3TestEvent>("{}", ".", "missing field `Event`");
    check::<ses::SimpleEmailEvent>(
        r#"{"Records": [{"ses": {"mail": {}}}]}"#,
        "Records[0].ses",
        "missing field `receipt`",
    );
    check::<connect::ConnectEvent>(r#"{"Details": {}}"#, "Details", "missing field `ContactData`");
    check::<config::ConfigEvent>("{}", ".", "missing field `invokingEvent`");
    check::<lex::LexV2Event>("{}", ".", "missing field `sessionState`");
    check::<appsync::AppSyncEventsEvent>(r#"{"info": {}}"#, "info", "missing field `channel`");
    check::<bedrock_agent_runtime::AgentEvent>("{}", ".", "missing field `actionGroup`");
    let parameter = r#"{"actionGroup": "a", "parameters": [{"name": 7}]}"#;
    check::<bedrock_agent_runtime::AgentEvent>(parameter, "parameters[0].name", "expected a string");
    check::<secretsmanager::SecretsManagerSecretRotationEvent>(
        r#"{"SecretId": "s"}"#,
        ".",
        "missing field `Step`",
    );
    check::<transfer::TransferFamilyAuthorizerRequest>(
        r#"{"username": "u"}"#,
        ".",
        "missing field `serverId`",
    );
    check::<iot::IoTCoreCustomAuthorizerRequest>(
        r#"{"signatureVerified": "perhaps"}"#,
        "signatureVerified",
        "expected a boolean",
    );
    check::<codepipeline_job::CodePipelineJobEvent>("{}", ".", "missing field `CodePipeline.job`");
    check::<cloudwatch_logs::LogsEvent>("{}", ".", "missing field `awslogs`");
    // These are read in two steps; the error names what is missing.
    for (text, words) in [
        (r#"{"RequestType": "Upgrade"}"#, "Upgrade"),
        ("{}", "RequestType"),
        (r#"{"RequestType": "Create"}"#, "`"),
    ] {
        let error =
            serde_json::from_str::<cloudformation::CloudFormationCustomResourceRequest>(text).unwrap_err();
        assert!(error.to_string().contains(words), "{text}: {error}");
    }
    let error = serde_json::from_str::<cognito::CognitoEventUserPoolsMigrateUser>("{}").unwrap_err();
    assert!(error.to_string().contains("missing field `request`"), "{error}");
}

/// A payload that is broken is so when it is asked for, by the name of its record.
#[test]
fn payloads_that_are_no_base64_no_text_or_no_json_are_named() {
    fn wrong<T: std::fmt::Debug>(read: Result<T, PayloadError>) -> (&'static str, String) {
        let error = read.unwrap_err();
        let kind = match () {
            () if error.is_base64() => "base64",
            () if error.is_utf8() => "UTF-8",
            () if error.is_json() => "JSON",
            () => "another",
        };
        (kind, error.record().unwrap_or_default().to_owned())
    }
    // No base64, bytes that are no text, text that is no JSON.
    for (data, as_text, as_json) in [
        ("a", "base64", "base64"),
        ("?", "base64", "base64"),
        ("/w==", "UTF-8", "JSON"),
        ("e30", "", "JSON"),
        ("eA==", "", "JSON"),
    ] {
        #[derive(Debug, Deserialize)]
        #[allow(dead_code, reason = "it cannot be read")]
        struct Order {
            id: u32,
        }

        let event: kinesis::KinesisEvent = serde_json::from_value(json!({"Records": [{"kinesis": {
            "sequenceNumber": "495", "data": data, "approximateArrivalTimestamp": 1,
        }}]}))
        .unwrap();
        assert_eq!(wrong(event.records[0].data_json::<Order>()), (as_json, "495".to_owned()), "{data}");
        let event: firehose::KinesisFirehoseEvent = serde_json::from_value(
            json!({"records": [{"recordId": "r", "data": data, "approximateArrivalTimestamp": 1}]}),
        )
        .unwrap();
        assert_eq!(wrong(event.records[0].data_json::<Order>()), (as_json, "r".to_owned()), "{data}");
        let event: kafka::KafkaEvent = serde_json::from_value(
            json!({"records": {"t-1": [{"topic": "t", "partition": 1, "offset": 2, "value": data, "key": data}]}}),
        )
        .unwrap();
        assert_eq!(
            wrong(event.records["t-1"][0].value_json::<Order>()),
            (as_json, "t-1@2".to_owned()),
            "{data}"
        );
        let event: activemq::ActiveMqEvent = serde_json::from_value(json!({"messages": [{
            "messageID": "m", "data": data, "timestamp": 1, "deliveryMode": 1, "destination": {"physicalName": "q"},
            "redelivered": false, "expiration": 0, "priority": 1, "brokerInTime": 1, "brokerOutTime": 1,
        }]}))
        .unwrap();
        assert_eq!(wrong(event.messages[0].data_json::<Order>()), (as_json, "m".to_owned()), "{data}");
        if !as_text.is_empty() {
            assert_eq!(wrong(event.messages[0].text()), (as_text, "m".to_owned()), "{data}");
        }
        let request: apigw::ApiGatewayV2httpRequest = serde_json::from_value(
            json!({"requestContext": {"http": {"method": "GET"}}, "body": data, "isBase64Encoded": true}),
        )
        .unwrap();
        if as_text == "base64" {
            assert_eq!(wrong(request.bytes()).0, "base64", "{data}");
        }
        let attribute: dynamodb::AttributeValue = serde_json::from_value(json!({"B": data})).unwrap();
        if as_text == "base64" {
            assert!(dynamodb::from_attribute::<Vec<u8>>(&attribute).is_err());
        }
        // What could not be decoded is still written as it was.
        assert_eq!(
            serde_json::to_value(&attribute).unwrap()["B"].as_str().map(|text| text.trim_end_matches('=')),
            Some(data.trim_end_matches('='))
        );
    }
}
