//! Where the two crates differ on purpose.

/// Why a difference is one on purpose. `None` if it is not.
pub fn of(pair: &str, difference: &str) -> Option<&'static str> {
    // The compiler breaks the lines of long names.
    let pair: String = pair.split_whitespace().collect();
    let found = REASONS.iter().find(|(type_, part, _)| pair.contains(type_) && difference.starts_with(part));
    found.map(|(_, _, reason)| *reason)
}

const TELLS_APART: &str =
    "the service always sends it, and without it an event of another kind would be read";
const NO_EVENT: &str = "without a detail it is taken for the input of a rule, which is not of this type";

/// Part of a type's name, part of the difference, the reason.
const REASONS: &[(&str, &str, &str)] = &[
    ("ApiGatewayWebsocketProxyRequest", "without /requestContext/connectionId:", TELLS_APART),
    ("ApiGatewayCustomAuthorizerRequest", "without /authorizationToken:", TELLS_APART),
    ("ApiGatewayCustomAuthorizerRequestTypeRequest", "without /methodArn:", TELLS_APART),
    ("ApiGatewayV2CustomAuthorizerV1Request", "without /methodArn:", TELLS_APART),
    ("ApiGatewayV2CustomAuthorizerV2Request", "without /routeArn:", TELLS_APART),
    ("ClientVpnConnectionHandlerRequest", "without /connection-id:", TELLS_APART),
    ("CloudWatchMetricAlarm", "without /alarmData:", TELLS_APART),
    ("CloudWatchCompositeAlarm", "without /alarmData:", TELLS_APART),
    ("CodeBuildEvent", "without /detail/project-name:", TELLS_APART),
    ("CodeDeployEvent", "without /detail/deploymentId:", TELLS_APART),
    ("CodePipelineCloudWatchEvent", "without /detail/pipeline:", TELLS_APART),
    ("CognitoEvent", "without /datasetRecords:", TELLS_APART),
    ("ConfigEvent", "without /invokingEvent:", TELLS_APART),
    ("EcrScanEvent", "without /detail/repository-name:", TELLS_APART),
    ("EcrScanEvent", "without /detail/scan-status:", TELLS_APART),
    ("IoTButtonEvent", "without /serialNumber:", TELLS_APART),
    ("KafkaEvent", "without /records:", TELLS_APART),
    ("LambdaFunctionUrlRequest", "without /requestContext/http/method:", TELLS_APART),
    ("LexEvent", "without /currentIntent:", TELLS_APART),
    ("RabbitMqEvent", "without /rmqMessagesByQueue:", TELLS_APART),
    ("S3ObjectLambdaEvent", "without /configuration:", TELLS_APART),
    ("VpcLatticeRequestV1", "without /headers:", TELLS_APART),
    ("CloudWatchEvent", "without /detail:", NO_EVENT),
    ("CloudWatchEvent", "null at /detail:", NO_EVENT),
];

/// Why a sample of theirs is of no type that both have.
pub fn without_a_type(name: &str) -> Option<&'static str> {
    let found = WITHOUT_A_TYPE.iter().find(|(sample, _)| *sample == name);
    found.map(|(_, reason)| *reason)
}

const WITHOUT_A_TYPE: &[(&str, &str)] = &[
    ("appsync-invoke", "a template of AppSync, for which theirs has no type that reads it"),
    ("appsync-batchinvoke", "a template of AppSync, for which theirs has no type that reads it"),
];
