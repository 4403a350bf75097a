//! Types that both crates have, and the samples of each: those of this repository by folder and name, those that
//! `aws_lambda_events` ships beside its source by name.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// A type in both crates.
pub struct Pair {
    pub name: &'static str,
    /// Patterns of names. `*` at the end stands for anything.
    pub samples: &'static [&'static str],
    pub theirs: Again,
    pub ours: Again,
}

/// Decodes and encodes again.
pub type Again = fn(&Value) -> Result<Value, String>;

fn again<T: DeserializeOwned + Serialize>(value: &Value) -> Result<Value, String> {
    // As text: from a `Value`, theirs cannot be read everywhere.
    let event: T = serde_json::from_str(&value.to_string()).map_err(|error| error.to_string())?;
    serde_json::to_value(event).map_err(|error| error.to_string())
}

macro_rules! pairs {
    ($($($type:ident)::+ $(< $($argument:ident)::+ >)?: $($sample:literal),+;)+) => {
        pub fn all() -> Vec<Pair> {
            use aws_lambda_events::event as theirs;
            use lambda_events::event as ours;
            vec![$(
                Pair {
                    name: stringify!($($type)::+ $(< $($argument)::+ >)?),
                    samples: &[$($sample),+],
                    theirs: again::<theirs $(:: $type)+ $(< theirs $(:: $argument)+ >)?>,
                    ours: again::<ours $(:: $type)+ $(< ours $(:: $argument)+ >)?>,
                },
            )+]
        }
    };
}

pairs! {
    activemq::ActiveMqEvent: "activemq-event*", "activemq/*";
    alb::AlbTargetGroupRequest:
        "alb-lambda-target-request*", "alb/minimal", "alb/health-check", "alb/single-value", "alb/multi-value", "alb/binary";
    alb::AlbTargetGroupResponse: "alb-lambda-target-response", "alb/response*";
    apigw::ApiGatewayProxyRequest:
        "apigw-request*", "apigw-restapi*", "apigw-console*", "apigw-sam-rest-request", "apigw/rest-full",
        "apigw/rest-minimal", "apigw/rest-nulls", "apigw/rest-console", "apigw/rest-cognito", "apigw/rest-iam";
    apigw::ApiGatewayProxyResponse: "apigw-response", "apigw/response-minimal", "apigw/rest-response";
    apigw::ApiGatewayV2httpRequest:
        "apigw-v2-request*", "apigw-sam-http-request", "apigw/v2-full", "apigw/v2-minimal", "apigw/v2-iam",
        "apigw/v2-lambda-context", "apigw/v2-jwt-nulls";
    apigw::ApiGatewayV2httpResponse: "apigw/response-minimal", "apigw/v2-response";
    apigw::ApiGatewayWebsocketProxyRequest:
        "apigw-websocket*", "apigw/websocket-connect", "apigw/websocket-message", "apigw/websocket-disconnect",
        "apigw/websocket-minimal";
    apigw::ApiGatewayCustomAuthorizerRequest: "apigw-custom-auth-request", "apigw/token-authorizer*";
    apigw::ApiGatewayCustomAuthorizerRequestTypeRequest:
        "apigw-custom-auth-request-type*", "apigw-v2-custom-authorizer-websocket*", "apigw/request-authorizer*",
        "apigw/websocket-authorizer", "apigw/v2-authorizer-v1";
    apigw::ApiGatewayCustomAuthorizerResponse: "apigw-custom-auth-response*", "apigw/authorizer-response*";
    apigw::ApiGatewayV2CustomAuthorizerV1Request: "apigw-v2-custom-authorizer-v1*", "apigw/v2-authorizer-v1*";
    apigw::ApiGatewayV2CustomAuthorizerV2Request:
        "apigw-v2-custom-authorizer-v2*", "apigw/v2-authorizer", "apigw/v2-authorizer-minimal";
    apigw::ApiGatewayV2CustomAuthorizerSimpleResponse: "apigw/v2-simple*";
    apigw::ApiGatewayV2CustomAuthorizerIamPolicyResponse: "apigw/v2-policy*";
    appsync::AppSyncCognitoIdentity: "appsync-identity-cognito", "appsync/identity-cognito*";
    appsync::AppSyncIamIdentity: "appsync-identity-iam", "appsync/identity-iam*";
    appsync::AppSyncLambdaAuthorizerRequest: "appsync-lambda-auth-request", "appsync/auth-request*";
    appsync::AppSyncLambdaAuthorizerResponse: "appsync-lambda-auth-response", "appsync/auth-response*";
    appsync::AppSyncDirectResolverEvent:
        "appsync-direct-resolver", "appsync/resolver-full", "appsync/resolver-minimal", "appsync/resolver-pipeline",
        "appsync/resolver-oidc", "appsync/resolver-amplify";
    autoscaling::AutoScalingEvent: "autoscaling-event*", "autoscaling/*";
    bedrock_agent_runtime::AgentEvent: "bedrock-agent-runtime*", "bedrock_agent_runtime/api", "bedrock_agent_runtime/api-minimal";
    chime_bot::ChimeBotEvent: "chime_bot/*";
    clientvpn::ClientVpnConnectionHandlerRequest: "clientvpn*", "clientvpn/request*";
    clientvpn::ClientVpnConnectionHandlerResponse: "clientvpn/response*";
    cloudformation::CloudFormationCustomResourceRequest:
        "cloudformation-custom-resource-create*", "cloudformation-custom-resource-update*",
        "cloudformation-custom-resource-delete*", "cloudformation/create*", "cloudformation/update", "cloudformation/delete";
    cloudformation::CloudFormationCustomResourceResponse: "cloudformation-custom-resource-response", "cloudformation/response*";
    cloudformation::provider::CloudFormationCustomResourceRequest:
        "cloudformation-custom-resource-provider-create*", "cloudformation-custom-resource-provider-update*",
        "cloudformation-custom-resource-provider-delete*", "cloudformation/provider-create", "cloudformation/provider-update*",
        "cloudformation/provider-delete";
    cloudformation::provider::CloudFormationCustomResourceResponse: "cloudformation-custom-resource-provider-response";
    cloudwatch_alarms::CloudWatchMetricAlarm: "cloudwatch-alarm-metric", "cloudwatch_alarms/metric*";
    cloudwatch_alarms::CloudWatchCompositeAlarm: "cloudwatch-alarm-composite*", "cloudwatch_alarms/composite*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::cloudtrail::AWSAPICall>: "cloudwatch_events/cloudtrail*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::codedeploy::StateChangeNotification>:
        "cloudwatch_events/codedeploy-deployment*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::codedeploy::DeploymentStateChangeNotification>:
        "cloudwatch_events/codedeploy-instance*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::codepipeline::PipelineExecutionStateChange>:
        "cloudwatch_events/codepipeline-exec*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::ec2::InstanceStateChange>: "cloudwatch_events/ec2-state*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::emr::ClusterStateChange>: "cloudwatch_events/emr-cluster-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::emr::StepStatusChange>: "cloudwatch_events/emr-step-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::emr::InstanceGroupStateChange>: "cloudwatch_events/emr-group-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::emr::AutoScalingPolicyStateChange>: "cloudwatch_events/emr-policy-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingSearching>: "cloudwatch_events/gamelift-searching-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::PotentialMatchCreated>: "cloudwatch_events/gamelift-potential-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::AcceptMatch>: "cloudwatch_events/gamelift-accept-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::AcceptMatchCompleted>: "cloudwatch_events/gamelift-accepted-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingSucceeded>: "cloudwatch_events/gamelift-succeeded-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingTimedOut>: "cloudwatch_events/gamelift-timed-out-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingCancelled>: "cloudwatch_events/gamelift-cancelled-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingFailed>: "cloudwatch_events/gamelift-failed-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::JobRunStateChange>:
        "cloudwatch_events/glue-job-succeeded", "cloudwatch_events/glue-job-failed";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::CrawlerStarted>: "cloudwatch_events/glue-crawler-started-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::CrawlerSucceeded>: "cloudwatch_events/glue-crawler-succeeded-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::CrawlerFailed>: "cloudwatch_events/glue-crawler-failed-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::JobRunStatus>: "cloudwatch_events/glue-job-status-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::DataCatalogTableStateChange>: "cloudwatch_events/glue-table-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::DataCatalogDatabaseStateChange>: "cloudwatch_events/glue-database-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::health::Event>: "cloudwatch_events/health*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::kms::CMKEvent>: "cloudwatch_events/kms*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::opsworks::InstanceStateChange>: "cloudwatch_events/opsworks-instance-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::opsworks::CommandStateChange>: "cloudwatch_events/opsworks-command-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::opsworks::DeploymentStateChange>:
        "cloudwatch_events/opsworks-deployment-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::opsworks::Alert>: "cloudwatch_events/opsworks-alert-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::signin::SignIn>: "cloudwatch_events/signin*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::sms::JobStateChange>: "cloudwatch_events/sms*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2AutomationStepStatusChange>:
        "cloudwatch_events/ssm-automation-step-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2AutomationExecutionStatusChange>:
        "cloudwatch_events/ssm-automation-full", "cloudwatch_events/ssm-automation-minimal";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::StateChange>: "cloudwatch_events/ssm-calendar-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::ConfigurationComplianceStateChange>:
        "cloudwatch_events/ssm-compliance-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::MaintenanceWindowExecutionStateChange>:
        "cloudwatch_events/ssm-window-execution-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::ParameterStoreStateChange>: "cloudwatch_events/ssm-parameter-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2CommandStatusChange>:
        "cloudwatch_events/ssm-command-full", "cloudwatch_events/ssm-command-minimal";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2CommandInvocationStatusChange>:
        "cloudwatch_events/ssm-command-invocation-*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2StateManagerAssociationStateChange>:
        "cloudwatch_events/ssm-association-success", "cloudwatch_events/ssm-association-failed";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::tag::TagChangeOnResource>: "cloudwatch_events/tag*";
    cloudwatch_events::CloudWatchEvent<cloudwatch_events::trustedadvisor::CheckItemRefreshNotification>:
        "cloudwatch_events/trustedadvisor*";
    cloudwatch_events::cloudtrail::AWSAPICall: "cloudwatch-cloudtrail*";
    cloudwatch_logs::LogsEvent: "cloudwatch_logs-event", "cloudwatch_logs/event*";
    code_commit::CodeCommitEvent: "code_commit-event", "code_commit/*";
    codebuild::CodeBuildEvent: "codebuild*", "codebuild/*";
    codedeploy::CodeDeployEvent:
        "codedeploy-deployment-event", "codedeploy-instance-event", "codedeploy/instance-full", "codedeploy/deployment*",
        "codedeploy/function*";
    codedeploy::CodeDeployLifecycleEvent: "codedeploy-lifecycle-event", "codedeploy/lifecycle*";
    codepipeline_cloudwatch::CodePipelineCloudWatchEvent: "codepipeline-*", "codepipeline_cloudwatch/*";
    codepipeline_job::CodePipelineJobEvent: "codepipeline_job-event", "codepipeline_job/*";
    cognito::CognitoEvent: "cognito-event", "cognito/sync*";
    cognito::CognitoEventUserPoolsPreSignup: "cognito-event-userpools-presignup", "cognito/pre-sign-up*";
    cognito::CognitoEventUserPoolsPostConfirmation:
        "cognito-event-userpools-postconfirmation", "cognito/post-confirmation*";
    cognito::CognitoEventUserPoolsPreAuthentication:
        "cognito-event-userpools-preauthentication", "cognito/pre-authentication*";
    cognito::CognitoEventUserPoolsPostAuthentication:
        "cognito-event-userpools-postauthentication", "cognito/post-authentication*";
    cognito::CognitoEventUserPoolsMigrateUser:
        "cognito-event-userpools-migrateuser*", "cognito/migrate*";
    cognito::CognitoEventUserPoolsPreTokenGen:
        "cognito-event-userpools-pretokengen", "cognito-event-userpools-pretokengen-incoming",
        "cognito-event-userpools-pretokengen-null*", "cognito/token-v1*";
    cognito::CognitoEventUserPoolsPreTokenGenV2:
        "cognito-event-userpools-pretokengen-v2*", "cognito/token-v2*";
    cognito::CognitoEventUserPoolsDefineAuthChallenge: "cognito-event-userpools-define*", "cognito/define*";
    cognito::CognitoEventUserPoolsCreateAuthChallenge: "cognito-event-userpools-create*", "cognito/create*";
    cognito::CognitoEventUserPoolsVerifyAuthChallenge: "cognito-event-userpools-verify*", "cognito/verify*";
    cognito::CognitoEventUserPoolsCustomMessage:
        "cognito-event-userpools-custommessage", "cognito/custom-message*";
    config::ConfigEvent:
        "config-event", "config/change-full", "config/minimal", "config/oversized", "config/periodic",
        "config/snapshot";
    connect::ConnectEvent: "connect-event*", "connect/*";
    controltower::ControlTowerLifecycleEvent: "controltower*";
    documentdb::DocumentDbEvent: "documentdb*", "documentdb/*";
    dynamodb::Event:
        "dynamodb-event", "dynamodb-event-null-items", "dynamodb/full", "dynamodb/minimal", "dynamodb/expired";
    dynamodb::EventRecord: "dynamodb-event-record*", "dynamodb/by-way-of-kinesis*";
    dynamodb::TimeWindowEvent: "dynamodb/time-window-full", "dynamodb/time-window-minimal";
    ecr_scan::EcrScanEvent: "ecr-image-scan*", "ecr_scan/scan*";
    eventbridge::EventBridgeEvent: "eventbridge*", "eventbridge/full", "eventbridge/minimal", "eventbridge/scheduled";
    firehose::KinesisFirehoseEvent:
        "firehose-event", "kinesis-firehose-event", "firehose/full", "firehose/minimal", "firehose/direct-put";
    firehose::KinesisFirehoseResponse: "kinesis-firehose-response", "firehose/response-full", "firehose/response-minimal";
    iam::IamPolicyDocument: "iam/minimal";
    iot::IoTCoreCustomAuthorizerRequest:
        "iot-custom-auth-request*", "iot/custom-auth-full", "iot/custom-auth-minimal", "iot/custom-auth-certificate",
        "iot/custom-auth-nulls";
    iot::IoTCoreCustomAuthorizerResponse: "iot-custom-auth-response", "iot/custom-auth-response*";
    iot_1_click::IoTOneClickEvent: "iot_1_click-event", "iot_1_click/*";
    iot_button::IoTButtonEvent: "iot_button-event", "iot_button/*";
    iot_deprecated::IoTCustomAuthorizerRequest: "iot_deprecated/full", "iot_deprecated/minimal", "iot_deprecated/nulls";
    iot_deprecated::IoTCustomAuthorizerResponse: "iot_deprecated/response*";
    kafka::KafkaEvent: "kafka-event", "kafka/full", "kafka/msk-full", "kafka/minimal";
    kinesis::KinesisEvent: "kinesis-event*", "kinesis/full", "kinesis/minimal";
    kinesis::KinesisTimeWindowEvent: "kinesis/time-window*";
    kinesis::analytics::KinesisAnalyticsOutputDeliveryEvent:
        "kinesis/analytics-delivery-full", "kinesis/analytics-delivery-minimal";
    kinesis::analytics::KinesisAnalyticsOutputDeliveryResponse: "kinesis/analytics-delivery-response*";
    lambda_function_urls::LambdaFunctionUrlRequest:
        "lambda_function_urls/minimal", "lambda_function_urls/full";
    lambda_function_urls::LambdaFunctionUrlResponse: "lambda_function_urls/response*";
    lex::LexEvent: "lex-event", "lex/v1-minimal", "lex/v1-full", "lex/v1-numbers";
    lex::LexResponse: "lex-response", "lex/v1-response*";
    rabbitmq::RabbitMqEvent: "rabbitmq-event", "rabbitmq/*";
    s3::S3Event: "s3-event*", "s3/full", "s3/minimal", "s3/put", "s3/many-kinds", "s3/empty";
    s3::batch_job::S3BatchJobEvent: "s3/batch-job-v*";
    s3::batch_job::S3BatchJobResponse: "s3/batch-job-response*";
    s3::object_lambda::S3ObjectLambdaEvent:
        "s3-object-lambda*", "s3/object-lambda-get*", "s3/object-lambda-head", "s3/object-lambda-list", "s3/object-lambda-list-v2";
    secretsmanager::SecretsManagerSecretRotationEvent: "secretsmanager*", "secretsmanager/*";
    ses::SimpleEmailDisposition: "ses/response*";
    ses::SimpleEmailEvent: "ses-*", "ses/full", "ses/minimal", "ses/empty";
    ses::SimpleEmailService: "ses/notification*";
    sns::SnsEvent: "sns-event*", "cloudwatch-alarm-sns*", "sns/full", "sns/minimal", "sns/empty", "sns/alarm*";
    sns::SnsSubscriptionMessage: "sns-subscription*", "sns-unsubscribe*", "sns/subscription*", "sns/unsubscribe*";
    sqs::SqsEvent: "sqs-event*", "sqs/full", "sqs/minimal", "sqs/fifo", "sqs/dead-letter", "sqs/empty";
    sqs::SqsBatchResponse: "sqs-batch-response", "sqs/response*";
    sqs::SqsApiEvent: "sqs-api-event*", "sqs/api*";
    streams::KinesisEventResponse: "streams/response*";
    streams::DynamoDbEventResponse: "streams/response*";
    streams::SqsEventResponse: "streams/response*";
    vpc_lattice::VpcLatticeRequestV1: "vpc-lattice-v1*", "vpc_lattice/v1*";
    vpc_lattice::VpcLatticeRequestV2: "vpc-lattice-v2*", "vpc_lattice/v2*";
    vpc_lattice::VpcLatticeResponse: "vpc-lattice-response", "vpc_lattice/response*";
}
