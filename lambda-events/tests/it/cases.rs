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
        alexa::AlexaSkillEvent: "skill-full", "skill-minimal", "sam-skill-end-session", "sam-skill-intent-answer", "sam-skill-intent-getnewfact", "sam-skill-intent-mycoloris", "sam-skill-intent-recipe", "sam-skill-start-session";
        alexa::AlexaSkillResponse: "skill-response";
        alexa::AlexaDirectiveEvent: "directive";
        alexa::AlexaEventResponse: "event-response";
        alexa::AlexaHomeDirective: "sam-home-control-turn-off-request", "sam-home-control-turn-on-request", "sam-home-discovery-request";
    }
    appsync {
        appsync::AppSyncDirectResolverEvent: "resolver-minimal", "resolver-pipeline", "resolver-oidc", "resolver-amplify", "sam-resolver";
        appsync::AppSyncBatchResolverEvent: "resolver-batch";
        appsync::AppSyncBatchResult: "batch-result", "batch-error";
        appsync::AppSyncResolverTemplate: "template-batch";
        appsync::AppSyncIdentity: "go-identity-cognito", "go-identity-iam";
        appsync::AppSyncCognitoIdentity: "go-identity-cognito";
        appsync::AppSyncIamIdentity: "go-identity-iam";
        appsync::AppSyncLambdaAuthorizerRequest: "go-lambda-auth-request", "auth-request";
        appsync::AppSyncLambdaAuthorizerResponse: "go-lambda-auth-response", "auth-response";
        appsync::AppSyncEventsEvent: "events-publish", "events-subscribe";
        appsync::AppSyncEventsPublishResponse: "events-publish-response";
        appsync::AppSyncEventsSubscribeResponse: "events-subscribe-response";
        appsync::AppSyncEventsAuthorizerRequest: "events-auth-request";
        appsync::AppSyncEventsAuthorizerResponse: "events-auth-response";
    }
    athena {
        athena::AthenaPingRequest: "ping";
        athena::AthenaPingResponse: "ping-response";
        athena::AthenaUdfRequest: "call";
        athena::AthenaUdfResult: "result";
    }
    bedrock_agent_runtime {
        bedrock_agent_runtime::AgentEvent: "api", "api-minimal", "function";
        bedrock_agent_runtime::AgentResponse: "api-response", "function-response";
    }
    cloudfront {
        cloudfront::CloudFrontEvent: "origin-request", "origin-response", "sam-ab-test", "sam-access-request-in-response", "sam-http-redirect", "sam-modify-querystring", "sam-modify-response-header", "sam-multiple-remote-calls-aggregate-response", "sam-normalize-querystring-to-improve-cache-hit", "sam-redirect-on-viewer-country", "sam-redirect-unauthenticated-users", "sam-response-generation", "sam-serve-object-on-viewer-device", "sam-simple-remote-call";
        cloudfront::CloudFrontResponse: "response";
    }
    connect {
        connect::ConnectEvent: "task", "sam-contact-flow-event", "go-event";
    }
    eventbridge {
        eventbridge::EventBridgeEvent: "sam-scheduled-event", "full", "replay", "partial", "custom-object", "custom-text", "custom-list";
    }
    cloudwatch_logs {
        cloudwatch_logs::LogsEvent: "sam", "go-event";
        cloudwatch_logs::LogData: "data";
    }
    cloudwatch_events {
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::autoscaling::InstanceActivity>: "go-autoscaling-launch-successful";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::autoscaling::InstanceLifecycleAction>: "go-autoscaling-lifecycle-action";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::cloudtrail::AWSAPICall>: "cloudtrail-api-call", "cloudtrail-no-response";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::codepipeline::PipelineExecutionStateChange>: "codepipeline-execution";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ec2::InstanceStateChange>: "ec2-state-change";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ecs::ContainerInstanceStateChange>: "go-ecs-container-instance-state-change";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ecs::TaskStateChange>: "ecs-task-state-change";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::guardduty::Finding>: "guardduty-finding";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::health::Event>: "health";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::s3::ObjectEvent>: "s3-object-created", "s3-object-deleted";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::scheduler::ScheduledEvent>: "sam-scheduled-event";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::inspector2::Finding>: "inspector2-finding";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::inspector2::Scan>: "inspector2-scan";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::securityhub::FindingsImported>: "securityhub-imported";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::securityhub::FindingsCustomAction>: "securityhub-custom-action";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::codedeploy::StateChangeNotification>: "codedeploy-state";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::codedeploy::DeploymentStateChangeNotification>: "codedeploy-deployment";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::emr::AutoScalingPolicyStateChange>: "emr-policy";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::emr::ClusterStateChange>: "emr-cluster";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::emr::InstanceGroupStateChange>: "emr-group";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::emr::StepStatusChange>: "emr-step";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingSearching>: "gamelift-searching";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::PotentialMatchCreated>: "gamelift-potential";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::AcceptMatch>: "gamelift-accept";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::AcceptMatchCompleted>: "gamelift-accepted";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingSucceeded>: "gamelift-succeeded";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingTimedOut>: "gamelift-timed-out";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingCancelled>: "gamelift-cancelled";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::gamelift::MatchmakingFailed>: "gamelift-failed";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::JobRunStateChange>: "glue-job";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::CrawlerStarted>: "glue-crawler-started";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::CrawlerSucceeded>: "glue-crawler-succeeded";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::CrawlerFailed>: "glue-crawler-failed";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::JobRunStatus>: "glue-job-status";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::DataCatalogTableStateChange>: "glue-table";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::glue::DataCatalogDatabaseStateChange>: "glue-database";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::kms::CMKEvent>: "kms-rotation";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::macie::BucketScanAlert>: "macie-scan";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::macie::BucketWritableAlert>: "macie-writable";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::macie::BucketContainsHighRiskObjectAlert>: "macie-risk";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::macie::AlertUpdated>: "macie-updated";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::opsworks::InstanceStateChange>: "opsworks-instance";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::opsworks::CommandStateChange>: "opsworks-command";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::opsworks::DeploymentStateChange>: "opsworks-deployment";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::opsworks::Alert>: "opsworks-alert";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::signin::SignIn>: "signin";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::sms::JobStateChange>: "sms";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2AutomationStepStatusChange>: "ssm-automation-step";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2AutomationExecutionStatusChange>: "ssm-automation";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::StateChange>: "ssm-calendar";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::ConfigurationComplianceStateChange>: "ssm-compliance";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::MaintenanceWindowTargetRegistration>: "ssm-window-target";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::MaintenanceWindowExecutionStateChange>: "ssm-window-execution";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::MaintenanceWindowTaskExecutionStateChange>: "ssm-window-task";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::MaintenanceWindowTaskTargetInvocationStateChange>: "ssm-window-invocation";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::MaintenanceWindowStateChange>: "ssm-window";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::ParameterStoreStateChange>: "ssm-parameter";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2CommandStatusChange>: "ssm-command";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2CommandInvocationStatusChange>: "ssm-command-invocation";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2StateManagerAssociationStateChange>: "ssm-association";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ssm::EC2StateManagerInstanceAssociationStateChange>: "ssm-association-instance";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::tag::TagChangeOnResource>: "tag";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::trustedadvisor::CheckItemRefreshNotification>: "trustedadvisor";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::codepipeline::StageExecutionStateChange>: "codepipeline-stage";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::codepipeline::ActionExecutionStateChange>: "codepipeline-action";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ec2::SpotInstanceInterruptionWarning>: "ec2-spot";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ec2::InstanceRebalanceRecommendation>: "ec2-rebalance";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ecs::ServiceAction>: "ecs-service";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::ecs::DeploymentStateChange>: "ecs-deployment";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::rds::Event>: "rds";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::scheduler::ContextInput>: "scheduler-context";
        cloudwatch_events::CloudWatchEvent<cloudwatch_events::securityhub::InsightResults>: "securityhub-insight";
    }
    cloudwatch_alarms {
        cloudwatch_alarms::CloudWatchMetricAlarm: "metric", "metric-math", "metric-anomaly";
        cloudwatch_alarms::CloudWatchCompositeAlarm: "composite", "composite-suppressed";
        cloudwatch_alarms::CloudWatchAlarm: "metric", "composite";
    }
    alb {
        alb::AlbTargetGroupRequest: "minimal", "health-check", "sam-request", "go-request-headers-only", "go-request-multivalue-headers";
        alb::AlbTargetGroupResponse: "response-minimal", "go-response";
    }
    apigw {
        apigw::ApiGatewayProxyRequest:
            "rest-minimal", "rest-nulls", "rest-console", "rest-cognito", "sam-aws-proxy", "go-request", "go-restapi-openapi-request";
        apigw::ApiGatewayProxyResponse: "response-minimal", "go-response";
        apigw::ApiGatewayV2httpRequest:
            "v2-minimal", "v2-lambda-context", "v2-jwt-nulls", "sam-http-api-proxy", "go-v2-request-iam", "go-v2-request-jwt-authorizer",
            "go-v2-request-lambda-authorizer", "go-v2-request-no-authorizer";
        apigw::ApiGatewayV2httpResponse: "response-minimal", "v2-response";
        apigw::StreamingPrelude: "streaming-prelude";
        apigw::ApiGatewayWebsocketProxyRequest:
            "websocket-minimal", "go-websocket-request", "go-websocket-request-disconnect",
            "go-websocket-request-send-message";
        apigw::ApiGatewayCustomAuthorizerRequest: "sam-authorizer", "go-custom-auth-request";
        apigw::ApiGatewayCustomAuthorizerRequestTypeRequest:
            "sam-request-authorizer", "go-custom-auth-request-type-request", "websocket-authorizer";
        apigw::ApiGatewayCustomAuthorizerResponse: "go-custom-auth-response", "v2-policy-response";
        apigw::ApiGatewayV2CustomAuthorizerV1Request: "go-v2-custom-authorizer-v1-request";
        apigw::ApiGatewayV2CustomAuthorizerV2Request: "v2-authorizer-minimal", "go-v2-custom-authorizer-v2-request";
        apigw::ApiGatewayV2CustomAuthorizerSimpleResponse: "v2-simple-response", "v2-simple-response-minimal";
        apigw::ApiGatewayV2CustomAuthorizerIamPolicyResponse: "v2-policy-response";
    }
    lambda_destinations {
        lambda_destinations::InvocationRecord: "failure", "success", "too-old";
        lambda_destinations::BatchRecord: "kinesis", "dynamodb", "kafka";
    }
    lex {
        lex::LexEvent: "v1-minimal", "v1-full", "go-event", "sam-v1-book-car", "sam-v1-book-hotel", "sam-v1-make-appointment", "sam-v1-order-flowers";
        lex::LexResponse: "go-response";
        lex::LexV2Event: "v2-minimal", "v2-full", "sam-v2-banking-bot", "sam-v2-book-car", "sam-v2-book-hotel";
        lex::LexV2Response: "v2-response";
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
        config::ConfigEvent:
            "sam-item-change-notification", "sam-oversized-item-change-notification", "sam-periodic-rule",
            "go-snapshot", "minimal";
        config::ConfigInvokingEvent:
            "invoking-change", "invoking-deleted", "invoking-oversized", "invoking-of-the-future";
    }
    code_commit {
        code_commit::CodeCommitEvent: "sam", "go-event", "branches-and-tags", "empty";
    }
    codepipeline_job {
        codepipeline_job::CodePipelineJobEvent: "sam", "go-job", "minimal", "encrypted";
    }
    secretsmanager {
        secretsmanager::SecretsManagerSecretRotationEvent: "go-rotation", "minimal";
    }
    ses {
        ses::SimpleEmailEvent: "sam", "go-lambda", "go-s3", "go-sns", "bounce", "empty";
        ses::SimpleEmailService: "notification-with-content";
        ses::SimpleEmailDisposition: "response";
    }
    workmail {
        workmail::WorkMailEvent: "sam", "outbound-truncated";
        workmail::WorkMailResponse: "response";
    }
    transfer {
        transfer::TransferFamilyAuthorizerRequest: "password", "key", "minimal";
        transfer::TransferFamilyAuthorizerResponse: "response-logical", "response-efs", "response-deny";
        transfer::TransferFamilyWorkflowStepEvent: "workflow-s3", "workflow-efs";
    }
    clientvpn {
        clientvpn::ClientVpnConnectionHandlerRequest: "go-request", "v3";
        clientvpn::ClientVpnConnectionHandlerResponse: "response-v1", "response-v3";
    }
    iot {
        iot::IoTCoreCustomAuthorizerRequest:
            "go-custom-auth-request", "custom-auth-certificate", "custom-auth-nulls";
        iot::IoTCoreCustomAuthorizerResponse: "go-custom-auth-response";
        iot::IoTPreProvisionHookRequest: "go-preprovision-hook-request", "preprovision-just-in-time";
        iot::IoTPreProvisionHookResponse: "go-preprovision-hook-response", "preprovision-deny";
        iot::IoTPresenceEvent: "presence-connected", "presence-disconnected", "presence-subscribed";
        iot::IoTRuleErrorEvent: "rule-error";
    }
    iot_1_click {
        iot_1_click::IoTOneClickEvent: "go-click", "long", "with-version";
    }
    iot_button {
        iot_button::IoTButtonEvent: "go-click", "long";
    }
    iot_deprecated {
        iot_deprecated::IoTCustomAuthorizerRequest: "full", "minimal";
        iot_deprecated::IoTCustomAuthorizerResponse: "response";
    }
    chime_bot {
        chime_bot::ChimeBotEvent: "mention", "remove";
    }
    codebuild {
        codebuild::CodeBuildEvent: "go-phase-change", "go-state-change", "in-progress-floats";
    }
    codedeploy {
        codedeploy::CodeDeployEvent: "go-deployment", "go-instance", "function";
        codedeploy::CodeDeployLifecycleEvent: "lifecycle";
    }
    codepipeline_cloudwatch {
        codepipeline_cloudwatch::CodePipelineCloudWatchEvent:
            "go-action", "go-stage", "go-pipeline", "action-failed", "pipeline-triggered";
    }
    autoscaling {
        autoscaling::AutoScalingEvent:
            "go-launch-successful", "go-launch-unsuccessful", "go-lifecycle-action", "go-terminate-action",
            "go-terminate-successful", "go-terminate-unsuccessful", "lifecycle-warm-pool";
        autoscaling::AutoScalingLifecycleEvent: "go-lifecycle-action", "go-terminate-action", "lifecycle-warm-pool";
    }
    ecr_scan {
        ecr_scan::EcrScanEvent: "go-scan", "failed";
        ecr_scan::EcrImageActionEvent: "go-push", "delete-untagged";
    }
    controltower {
        controltower::ControlTowerEvent:
            "create-managed-account", "update-managed-account", "enable-guardrail", "setup-landing-zone",
            "register-organizational-unit", "precheck-organizational-unit", "enable-baseline",
            "disable-baseline", "something-new";
    }
    ecs {
        ecs::EcsContainerInstanceEvent: "go-container-instance";
        ecs::EcsServiceEvent: "service-action";
    }
    sagemaker {
        sagemaker::GroundTruthPreAnnotationEvent: "sam-ground-truth-pre-human", "pre-text";
        sagemaker::GroundTruthPreAnnotationResponse: "pre-response";
        sagemaker::GroundTruthConsolidationEvent: "sam-ground-truth-annotation-consolidation", "consolidation-full";
        sagemaker::GroundTruthAnnotatedObject: "annotated-object";
        sagemaker::GroundTruthConsolidatedAnnotation: "consolidated";
    }
    redshift {
        redshift::RedshiftUdfRequest: "two-rows", "minimal";
        redshift::RedshiftUdfResponse: "response", "response-failure";
    }
}
