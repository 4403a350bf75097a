//! Every fixture and the type it is of. A new service adds one line to [`all`].

use serde_json::Value;

use crate::case::again;
pub(crate) use crate::case::{Case, decode, fixtures, refused};

macro_rules! cases {
    ($($service:ident { $($type:ty: $($name:literal),+;)+ })+) => {
        /// Every case there is.
        pub(crate) fn all() -> Vec<Case> {
            $(use lambda_events::$service;)+
            vec![$($($(
                Case { service: stringify!($service), name: $name, of: stringify!($type), again: again::<$type>, refused: refused::<$type> },
            )+)+)+]
        }
    };
}

cases! {
    alexa {
        alexa::AlexaSkillEvent:
            "skill-full", "skill-minimal", "skill-launch", "skill-help", "skill-ended", "skill-ended-by-an-error";
        alexa::AlexaSkillResponse:
            "skill-response-full", "skill-response-minimal", "skill-response-permissions", "skill-response-simple-card",
            "skill-response-can-fulfill";
        alexa::AlexaDirectiveEvent: "directive-full", "directive-minimal";
        alexa::AlexaEventResponse: "event-response-full", "event-response-minimal";
        alexa::AlexaHomeDirective: "home-control", "home-discovery";
    }
    appsync {
        appsync::AppSyncDirectResolverEvent: "resolver-full", "resolver-minimal", "resolver-pipeline", "resolver-oidc", "resolver-amplify";
        appsync::AppSyncBatchResolverEvent: "resolver-batch", "resolver-batch-minimal";
        appsync::AppSyncBatchResult: "batch-result", "batch-error";
        appsync::AppSyncResolverTemplate: "template-batch", "template-minimal";
        appsync::AppSyncIdentity:
            "identity-cognito", "identity-cognito-minimal", "identity-iam", "identity-iam-minimal", "identity-oidc",
            "identity-lambda", "identity-lambda-events";
        appsync::AppSyncCognitoIdentity: "identity-cognito", "identity-cognito-minimal";
        appsync::AppSyncIamIdentity: "identity-iam", "identity-iam-minimal";
        appsync::AppSyncLambdaAuthorizerRequest: "auth-request", "auth-request-minimal";
        appsync::AppSyncLambdaAuthorizerResponse: "auth-response", "auth-response-minimal";
        appsync::AppSyncEventsEvent: "events-publish", "events-subscribe", "events-minimal";
        appsync::AppSyncEventsPublishResponse: "events-publish-response", "events-publish-rejected";
        appsync::AppSyncEventsSubscribeResponse: "events-subscribe-response", "events-subscribe-response-minimal";
        appsync::AppSyncEventsAuthorizerRequest:
            "events-auth-request-publish", "events-auth-request-subscribe", "events-auth-request-minimal";
        appsync::AppSyncEventsAuthorizerResponse: "events-auth-response", "events-auth-response-minimal";
    }
    athena {
        athena::AthenaPingRequest: "ping", "ping-minimal";
        athena::AthenaPingResponse: "ping-response", "ping-response-of-an-older-protocol";
        athena::AthenaUdfRequest: "call", "call-minimal";
        athena::AthenaUdfResult: "result", "result-of-a-number";
    }
    bedrock_agent_runtime {
        bedrock_agent_runtime::AgentEvent: "api", "api-minimal", "function", "function-minimal";
        bedrock_agent_runtime::AgentResponse:
            "api-response", "api-response-minimal", "function-response", "function-response-failure", "function-response-minimal";
    }
    cloudfront {
        cloudfront::CloudFrontEvent:
            "origin-request", "origin-request-s3", "origin-response", "viewer-request", "viewer-request-truncated",
            "viewer-response", "request-minimal", "response-only";
        cloudfront::CloudFrontResponse: "response", "response-binary", "response-minimal";
    }
    connect {
        connect::ConnectEvent:
            "call", "minimal", "streaming", "task", "outbound", "outbound-external", "callback", "queue-transfer", "monitor";
    }
    eventbridge {
        eventbridge::EventBridgeEvent: "full", "minimal", "scheduled", "partial", "custom-object", "custom-text", "custom-list";
    }
    cloudwatch_logs {
        cloudwatch_logs::LogsEvent: "event", "event-control";
        cloudwatch_logs::LogData: "data", "data-control";
    }
    cloudwatch_events {
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::autoscaling::InstanceActivity>:
            "autoscaling-activity-full", "autoscaling-activity-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::autoscaling::InstanceLifecycleAction>:
            "autoscaling-lifecycle-full", "autoscaling-lifecycle-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::cloudtrail::AWSAPICall>:
            "cloudtrail-full", "cloudtrail-minimal", "cloudtrail-denied", "cloudtrail-identity-center",
            "cloudtrail-web-identity", "cloudtrail-service-event";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::codepipeline::PipelineExecutionStateChange>:
            "codepipeline-execution-full", "codepipeline-execution-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ec2::InstanceStateChange>:
            "ec2-state-change-running", "ec2-state-change-terminated";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ecs::ContainerInstanceStateChange>:
            "ecs-container-instance-full", "ecs-container-instance-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ecs::TaskStateChange>:
            "ecs-task-full", "ecs-task-on-ec2", "ecs-task-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::guardduty::Finding>:
            "guardduty-finding-full", "guardduty-finding-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::health::Event>: "health-full", "health-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::s3::ObjectEvent>:
            "s3-object-created", "s3-object-deleted", "s3-object-restored", "s3-object-moved", "s3-object-tiered",
            "s3-object-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::scheduler::ScheduledEvent>:
            "scheduled-by-a-rule", "scheduled-by-scheduler";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::inspector2::Finding>:
            "inspector2-finding-package-full", "inspector2-finding-network", "inspector2-finding-code",
            "inspector2-finding-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::inspector2::Scan>:
            "inspector2-scan-full", "inspector2-scan-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::securityhub::FindingsImported>:
            "securityhub-imported-full", "securityhub-imported-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::securityhub::FindingsCustomAction>:
            "securityhub-custom-action-full", "securityhub-custom-action-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::codedeploy::StateChangeNotification>:
            "codedeploy-deployment-start", "codedeploy-deployment-stop";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::codedeploy::DeploymentStateChangeNotification>:
            "codedeploy-instance-success", "codedeploy-instance-failure";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::codedeploy::InstanceStateChangeNotification>:
            "codedeploy-pipeline-started", "codedeploy-pipeline-old";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::emr::AutoScalingPolicyStateChange>:
            "emr-policy-pending", "emr-policy-failed";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::emr::ClusterStateChange>:
            "emr-cluster-starting", "emr-cluster-failed";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::emr::InstanceGroupStateChange>:
            "emr-group-core-running", "emr-group-task-arrested";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::emr::StepStatusChange>: "emr-step-completed", "emr-step-failed";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingSearching>:
            "gamelift-searching-full", "gamelift-searching-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::PotentialMatchCreated>:
            "gamelift-potential-full", "gamelift-potential-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::AcceptMatch>:
            "gamelift-accept-full", "gamelift-accept-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::AcceptMatchCompleted>:
            "gamelift-accepted-full", "gamelift-accepted-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingSucceeded>:
            "gamelift-succeeded-full", "gamelift-succeeded-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingTimedOut>:
            "gamelift-timed-out-full", "gamelift-timed-out-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingCancelled>:
            "gamelift-cancelled-full", "gamelift-cancelled-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingFailed>:
            "gamelift-failed-full", "gamelift-failed-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::JobRunStateChange>: "glue-job-succeeded", "glue-job-failed";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::CrawlerStarted>:
            "glue-crawler-started-by-schedule", "glue-crawler-started-by-hand";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::CrawlerSucceeded>:
            "glue-crawler-succeeded-with-changes", "glue-crawler-succeeded-with-a-warning";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::CrawlerFailed>:
            "glue-crawler-failed-denied", "glue-crawler-failed-internal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::JobRunStatus>:
            "glue-job-status-full", "glue-job-status-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::DataCatalogTableStateChange>:
            "glue-table-full", "glue-table-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::DataCatalogDatabaseStateChange>:
            "glue-database-create-table", "glue-database-delete";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::kms::CMKEvent>: "kms-rotation", "kms-expiration", "kms-deletion";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::macie::BucketScanAlert>: "macie-scan-full", "macie-scan-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::macie::BucketWritableAlert>:
            "macie-writable-full", "macie-writable-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::macie::BucketContainsHighRiskObjectAlert>:
            "macie-risk-full", "macie-risk-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::macie::AlertUpdated>: "macie-updated-full", "macie-updated-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::opsworks::InstanceStateChange>:
            "opsworks-instance-full", "opsworks-instance-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::opsworks::CommandStateChange>:
            "opsworks-command-successful", "opsworks-command-failed";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::opsworks::DeploymentStateChange>:
            "opsworks-deployment-full", "opsworks-deployment-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::opsworks::Alert>: "opsworks-alert-stop", "opsworks-alert-scaling";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::signin::SignIn>: "signin-full", "signin-failed", "signin-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::sms::JobStateChange>: "sms-full", "sms-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2AutomationStepStatusChange>:
            "ssm-automation-step-full", "ssm-automation-step-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2AutomationExecutionStatusChange>:
            "ssm-automation-full", "ssm-automation-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::StateChange>: "ssm-calendar-full", "ssm-calendar-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::ConfigurationComplianceStateChange>:
            "ssm-compliance-full", "ssm-compliance-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::MaintenanceWindowTargetRegistration>:
            "ssm-window-target-registered", "ssm-window-target-deregistered";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::MaintenanceWindowExecutionStateChange>:
            "ssm-window-execution-full", "ssm-window-execution-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::MaintenanceWindowTaskExecutionStateChange>:
            "ssm-window-task-full", "ssm-window-task-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::MaintenanceWindowTaskTargetInvocationStateChange>:
            "ssm-window-invocation-full", "ssm-window-invocation-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::MaintenanceWindowStateChange>:
            "ssm-window-enabled", "ssm-window-disabled";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::ParameterStoreStateChange>:
            "ssm-parameter-full", "ssm-parameter-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2CommandStatusChange>:
            "ssm-command-full", "ssm-command-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2CommandInvocationStatusChange>:
            "ssm-command-invocation-success", "ssm-command-invocation-timed-out";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2StateManagerAssociationStateChange>:
            "ssm-association-success", "ssm-association-failed";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2StateManagerInstanceAssociationStateChange>:
            "ssm-association-instance-success", "ssm-association-instance-failed";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::tag::TagChangeOnResource>: "tag-full", "tag-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::trustedadvisor::CheckItemRefreshNotification>:
            "trustedadvisor-full", "trustedadvisor-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::codepipeline::StageExecutionStateChange>:
            "codepipeline-stage-full", "codepipeline-stage-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::codepipeline::ActionExecutionStateChange>:
            "codepipeline-action-full", "codepipeline-action-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ec2::SpotInstanceInterruptionWarning>:
            "ec2-spot-stop", "ec2-spot-terminate";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ec2::InstanceRebalanceRecommendation>:
            "ec2-rebalance-with-resource", "ec2-rebalance-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ecs::ServiceAction>: "ecs-service-full", "ecs-service-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ecs::DeploymentStateChange>:
            "ecs-deployment-full", "ecs-deployment-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::rds::Event>: "rds-full", "rds-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::scheduler::ContextInput>:
            "scheduler-context-full", "scheduler-context-minimal";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::securityhub::InsightResults>:
            "securityhub-insight-by-resource", "securityhub-insight-by-account";
    }
    cloudwatch_alarms {
        cloudwatch_alarms::CloudWatchMetricAlarm: "metric-full", "metric-minimal", "metric-math", "metric-anomaly";
        cloudwatch_alarms::CloudWatchCompositeAlarm: "composite-full", "composite-minimal", "composite-unknown";
        cloudwatch_alarms::CloudWatchAlarm: "metric-full", "metric-minimal", "composite-full", "composite-minimal";
    }
    alb {
        alb::AlbTargetGroupRequest: "single-value", "multi-value", "binary", "health-check", "minimal";
        alb::AlbTargetGroupResponse: "response-full", "response-minimal";
    }
    apigw {
        apigw::ApiGatewayProxyRequest: "rest-full", "rest-minimal", "rest-nulls", "rest-console", "rest-cognito", "rest-iam";
        apigw::ApiGatewayProxyResponse: "rest-response", "response-minimal";
        apigw::ApiGatewayV2httpRequest: "v2-full", "v2-minimal", "v2-iam", "v2-lambda-context", "v2-jwt-nulls";
        apigw::ApiGatewayV2httpResponse: "v2-response", "response-minimal";
        apigw::StreamingPrelude: "streaming-prelude", "streaming-prelude-minimal";
        apigw::ApiGatewayWebsocketProxyRequest:
            "websocket-connect", "websocket-message", "websocket-disconnect", "websocket-minimal";
        apigw::ApiGatewayCustomAuthorizerRequest: "token-authorizer", "token-authorizer-bearer";
        apigw::ApiGatewayCustomAuthorizerRequestTypeRequest:
            "request-authorizer", "request-authorizer-minimal", "websocket-authorizer", "v2-authorizer-v1";
        apigw::ApiGatewayCustomAuthorizerResponse: "authorizer-response", "authorizer-response-minimal", "v2-policy-response";
        apigw::ApiGatewayV2CustomAuthorizerV1Request: "v2-authorizer-v1", "v2-authorizer-v1-minimal";
        apigw::ApiGatewayV2CustomAuthorizerV2Request: "v2-authorizer", "v2-authorizer-minimal";
        apigw::ApiGatewayV2CustomAuthorizerSimpleResponse: "v2-simple-response", "v2-simple-response-minimal";
        apigw::ApiGatewayV2CustomAuthorizerIamPolicyResponse: "v2-policy-response", "v2-policy-response-minimal";
    }
    lambda_destinations {
        lambda_destinations::InvocationRecord: "failure", "failure-minimal", "success", "too-old";
        lambda_destinations::BatchRecord: "kinesis", "dynamodb", "kafka", "kafka-unreadable", "kafka-new-condition";
    }
    lex {
        lex::LexEvent: "v1-full", "v1-minimal", "v1-numbers";
        lex::LexResponse: "v1-response", "v1-response-close", "v1-response-minimal";
        lex::LexV2Event: "v2-full", "v2-minimal", "v2-fulfillment";
        lex::LexV2Response:
            "v2-response", "v2-response-close", "v2-response-confirm", "v2-response-elicit-intent", "v2-response-minimal";
    }
    sns {
        sns::SnsEvent: "full", "minimal", "empty", "alarm-full", "alarm-math", "alarm-composite", "alarm-minimal";
        sns::SnsEventObj<sns::CloudWatchAlarmPayload>: "alarm-full", "alarm-math", "alarm-composite", "alarm-minimal";
        sns::SnsSubscriptionMessage: "subscription-confirmation", "unsubscribe-confirmation";
    }
    s3 {
        s3::S3Event: "full", "minimal", "put", "many-kinds", "test-event", "empty";
        s3::S3TestEvent: "test-event", "test-event-again";
        s3::batch_job::S3BatchJobEvent:
            "batch-job-v1", "batch-job-v1-minimal", "batch-job-v2-full", "batch-job-v2-minimal";
        s3::batch_job::S3BatchJobResponse: "batch-job-response-full", "batch-job-response-minimal";
        s3::object_lambda::S3ObjectLambdaEvent:
            "object-lambda-get-full", "object-lambda-get-minimal", "object-lambda-head", "object-lambda-list",
            "object-lambda-list-v2";
        s3::object_lambda::HeadObjectResponse:
            "object-lambda-head-response", "object-lambda-head-response-error", "object-lambda-head-response-minimal";
        s3::object_lambda::ListObjectsResponse:
            "object-lambda-list-response", "object-lambda-list-response-error", "object-lambda-list-response-minimal";
    }
    rabbitmq {
        rabbitmq::RabbitMqEvent: "full", "minimal";
    }
    kafka {
        kafka::KafkaEvent: "full", "msk-full", "minimal";
        kafka::KafkaEventResponse: "response", "response-minimal";
    }
    firehose {
        firehose::KinesisFirehoseEvent: "full", "msk", "direct-put", "minimal";
        firehose::KinesisFirehoseResponse: "response-full", "response-msk", "response-minimal";
    }
    documentdb {
        documentdb::DocumentDbEvent: "full", "minimal";
    }
    activemq {
        activemq::ActiveMqEvent: "full", "minimal", "old";
    }
    dynamodb {
        dynamodb::Event: "full", "minimal", "expired";
        dynamodb::EventRecord: "by-way-of-kinesis-full", "by-way-of-kinesis-expired", "by-way-of-kinesis-minimal";
        dynamodb::TimeWindowEvent: "time-window-full", "time-window-minimal";
        dynamodb::TimeWindowEventResponse: "time-window-response", "time-window-response-minimal";
    }
    kinesis {
        kinesis::KinesisEvent: "full", "minimal";
        kinesis::KinesisTimeWindowEvent: "time-window-full", "time-window-minimal";
        kinesis::analytics::KinesisAnalyticsOutputDeliveryEvent: "analytics-delivery-full", "analytics-delivery-minimal";
        kinesis::analytics::KinesisAnalyticsOutputDeliveryResponse:
            "analytics-delivery-response", "analytics-delivery-response-minimal";
        kinesis::analytics::KinesisAnalyticsInputPreprocessingEvent:
            "analytics-stream-full", "analytics-firehose", "analytics-minimal";
        kinesis::analytics::KinesisAnalyticsInputPreprocessingResponse:
            "analytics-preprocessing-response", "analytics-preprocessing-response-minimal";
    }
    step_functions {
        step_functions::TaskEvent: "task", "task-text";
        step_functions::ContextObject: "context", "context-minimal";
        step_functions::MapBatch: "batch", "batch-minimal";
        step_functions::ErrorOutput: "error", "error-plain-cause", "error-minimal";
    }
    streams {
        streams::KinesisEventResponse: "response", "response-minimal";
        streams::DynamoDbEventResponse: "response", "response-minimal";
    }
    iam {
        iam::IamPolicyDocument: "minimal", "full";
    }
    lambda_function_urls {
        lambda_function_urls::LambdaFunctionUrlRequest: "full", "minimal";
        lambda_function_urls::LambdaFunctionUrlResponse: "response-full", "response-minimal";
        lambda_function_urls::StreamingPrelude: "streaming-prelude", "streaming-prelude-minimal";
    }
    sqs {
        sqs::SqsEvent: "full", "minimal", "fifo", "dead-letter", "empty";
        sqs::SqsEventObj<Value>: "json-bodies", "json-bodies-minimal";
        sqs::SqsApiEvent: "api-full", "api-minimal";
        sqs::SqsApiEventObj<Value>: "api-full", "api-minimal";
        sqs::SqsBatchResponse: "response", "response-minimal";
    }
    vpc_lattice {
        vpc_lattice::VpcLatticeRequestV1: "v1", "v1-minimal";
        vpc_lattice::VpcLatticeRequestV2: "v2", "v2-minimal";
        vpc_lattice::VpcLatticeResponse: "response", "response-minimal";
    }
    cognito {
        cognito::CognitoEvent: "sync-full", "sync-minimal";
        cognito::CognitoEventUserPoolsPreSignup:
            "pre-sign-up-full", "pre-sign-up-minimal", "pre-sign-up-federated", "pre-sign-up-trigger-of-the-future";
        cognito::CognitoEventUserPoolsPostConfirmation: "post-confirmation-full", "post-confirmation-minimal";
        cognito::CognitoEventUserPoolsPreAuthentication: "pre-authentication-full", "pre-authentication-minimal";
        cognito::CognitoEventUserPoolsPostAuthentication: "post-authentication-full", "post-authentication-minimal";
        cognito::CognitoEventUserPoolsMigrateUser: "migrate-user-full", "migrate-user-minimal";
        cognito::CognitoEventUserPoolsPreTokenGen: "token-v1-full", "token-v1-minimal";
        cognito::CognitoEventUserPoolsPreTokenGenV2: "token-v2-full", "token-v2-minimal";
        cognito::CognitoEventUserPoolsPreTokenGenV3: "token-v3-full", "token-v3-machine";
        cognito::CognitoEventUserPoolsDefineAuthChallenge:
            "define-auth-challenge-full", "define-auth-challenge-minimal", "define-auth-challenge-no-user";
        cognito::CognitoEventUserPoolsCreateAuthChallenge: "create-auth-challenge-full", "create-auth-challenge-minimal";
        cognito::CognitoEventUserPoolsVerifyAuthChallenge: "verify-auth-challenge-full", "verify-auth-challenge-minimal";
        cognito::CognitoEventUserPoolsCustomMessage: "custom-message-full", "custom-message-minimal";
        cognito::CognitoEventUserPoolsCustomEmailSender: "custom-email-sender-full", "custom-email-sender-minimal";
        cognito::CognitoEventUserPoolsCustomSmsSender: "custom-sms-sender-full", "custom-sms-sender-minimal";
        cognito::CognitoEventUserPoolsInboundFederation:
            "inbound-federation-full", "inbound-federation-saml", "inbound-federation-typed-claims",
            "inbound-federation-minimal";
    }
    cloudformation {
        cloudformation::CloudFormationCustomResourceRequest: "create", "create-minimal", "update", "delete";
        cloudformation::CloudFormationCustomResourceResponse: "response-success", "response-failed", "response-minimal";
        cloudformation::provider::CloudFormationCustomResourceRequest:
            "provider-create", "provider-update", "provider-update-minimal", "provider-delete";
        cloudformation::provider::CloudFormationCustomResourceResponse: "provider-response", "provider-response-minimal";
        cloudformation::provider::IsCompleteResponse:
            "provider-is-complete-response", "provider-is-complete-response-minimal";
        cloudformation::CloudFormationMacroRequest: "macro", "macro-minimal";
        cloudformation::CloudFormationMacroResponse: "macro-response", "macro-response-failure";
        cloudformation::CloudFormationHookRequest:
            "hook-resource", "hook-stack-again", "hook-change-set-full", "hook-cloud-control-minimal";
        cloudformation::CloudFormationHookResponse:
            "hook-response", "hook-response-internal-failure", "hook-response-in-progress", "hook-response-minimal";
    }
    config {
        config::ConfigEvent: "change-full", "minimal", "oversized", "periodic", "snapshot";
        config::ConfigInvokingEvent:
            "invoking-change-full", "invoking-discovered", "invoking-deleted", "invoking-not-recorded",
            "invoking-deleted-not-recorded", "invoking-oversized-full", "invoking-oversized-minimal",
            "invoking-snapshot", "invoking-minimal", "invoking-of-the-future";
    }
    code_commit {
        code_commit::CodeCommitEvent: "full", "minimal", "trigger-test", "empty";
    }
    codepipeline_job {
        codepipeline_job::CodePipelineJobEvent: "full", "minimal", "user-text";
    }
    secretsmanager {
        secretsmanager::SecretsManagerSecretRotationEvent: "full", "minimal", "set-secret", "test-secret";
    }
    ses {
        ses::SimpleEmailEvent: "full", "minimal", "empty";
        ses::SimpleEmailService:
            "notification-sns-full", "notification-s3", "notification-bounce", "notification-workmail",
            "notification-minimal";
        ses::SimpleEmailDisposition: "response-continue", "response-stop-rule", "response-stop-rule-set";
    }
    workmail {
        workmail::WorkMailEvent: "full", "minimal", "outbound-truncated";
        workmail::WorkMailResponse: "response-full", "response-minimal", "response-some";
    }
    transfer {
        transfer::TransferFamilyAuthorizerRequest:
            "full", "minimal", "key", "ftps", "ftp", "protocol-of-the-future";
        transfer::TransferFamilyAuthorizerResponse:
            "response-logical-full", "response-efs-full", "response-minimal", "response-deny";
        transfer::TransferFamilyWorkflowStepEvent: "workflow-s3-full", "workflow-efs-full", "workflow-minimal";
    }
    clientvpn {
        clientvpn::ClientVpnConnectionHandlerRequest:
            "request-v3-full", "request-v2-other-client", "request-v1-minimal";
        clientvpn::ClientVpnConnectionHandlerResponse:
            "response-v1-full", "response-v3-full", "response-v3-minimal";
    }
    iot {
        iot::IoTCoreCustomAuthorizerRequest:
            "custom-auth-full", "custom-auth-minimal", "custom-auth-certificate", "custom-auth-nulls";
        iot::IoTCoreCustomAuthorizerResponse: "custom-auth-response-full", "custom-auth-response-minimal";
        iot::IoTPreProvisionHookRequest: "preprovision-full", "preprovision-minimal";
        iot::IoTPreProvisionHookResponse: "preprovision-response-full", "preprovision-response-minimal";
        iot::IoTPresenceEvent:
            "presence-connected", "presence-disconnected", "presence-subscribed", "presence-unsubscribed";
        iot::IoTRuleErrorEvent: "rule-error-full", "rule-error-minimal";
    }
    iot_1_click {
        iot_1_click::IoTOneClickEvent: "full", "minimal", "double";
    }
    iot_button {
        iot_button::IoTButtonEvent: "single", "double", "long";
    }
    iot_deprecated {
        iot_deprecated::IoTCustomAuthorizerRequest: "full", "minimal", "nulls";
        iot_deprecated::IoTCustomAuthorizerResponse: "response-full", "response-minimal";
    }
    chime_bot {
        chime_bot::ChimeBotEvent: "mention-full", "invite", "remove-minimal";
    }
    codebuild {
        codebuild::CodeBuildEvent:
            "state-change-full", "state-change-minimal", "state-change-fault", "state-change-stopped",
            "phase-change-full", "phase-change-minimal", "phase-change-timed-out", "in-progress-floats";
    }
    codedeploy {
        codedeploy::CodeDeployEvent:
            "instance-full", "deployment", "deployment-ready", "function-minimal", "function-stopped",
            "function-baking";
        codedeploy::CodeDeployLifecycleEvent: "lifecycle", "lifecycle-of-containers";
    }
    codepipeline_cloudwatch {
        codepipeline_cloudwatch::CodePipelineCloudWatchEvent:
            "action-full", "action-minimal", "action-abandoned", "stage-full", "stage-minimal", "pipeline-full",
            "pipeline-minimal", "pipeline-superseded", "pipeline-stopping", "pipeline-stopped";
    }
    autoscaling {
        autoscaling::AutoScalingEvent:
            "launch-full", "launch-failed-minimal", "terminate", "terminate-failed", "lifecycle-full", "lifecycle-minimal";
        autoscaling::AutoScalingActivityEvent: "launch-full", "launch-failed-minimal", "terminate", "terminate-failed";
        autoscaling::AutoScalingLifecycleEvent: "lifecycle-full", "lifecycle-minimal";
    }
    ecr_scan {
        ecr_scan::EcrScanEvent: "scan-full", "scan-minimal";
        ecr_scan::EcrImageActionEvent: "push-full", "delete-minimal";
    }
    controltower {
        controltower::ControlTowerEvent:
            "enable-baseline-full", "enable-baseline-minimal", "reset-enabled-baseline", "update-enabled-baseline",
            "disable-baseline", "create-managed-account", "update-managed-account", "enable-guardrail", "disable-guardrail",
            "setup-landing-zone", "update-landing-zone", "register-organizational-unit", "deregister-organizational-unit",
            "precheck-organizational-unit", "precheck-organizational-unit-minimal", "something-new";
    }
    ecs {
        ecs::EcsContainerInstanceEvent: "container-instance-full", "container-instance-minimal";
        ecs::EcsTaskEvent: "task-full", "task-minimal";
        ecs::EcsServiceEvent: "service-full", "service-minimal";
        ecs::EcsDeploymentEvent: "deployment-full", "deployment-minimal";
    }
    sagemaker {
        sagemaker::GroundTruthPreAnnotationEvent: "pre-full", "pre-minimal";
        sagemaker::GroundTruthPreAnnotationResponse:
            "pre-response-full", "pre-response-unneeded", "pre-response-minimal";
        sagemaker::GroundTruthConsolidationEvent: "consolidation-full", "consolidation-minimal";
        sagemaker::GroundTruthAnnotatedObject: "annotated-object-full", "annotated-object-minimal";
        sagemaker::GroundTruthConsolidatedAnnotation: "consolidated-full", "consolidated-minimal";
    }
    redshift {
        redshift::RedshiftUdfRequest: "full", "minimal";
        redshift::RedshiftUdfResponse: "response-success", "response-failure";
    }
}
