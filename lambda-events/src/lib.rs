//! Every event that can trigger an AWS Lambda function, typed as the service documents it, and every answer.
//!
//! ```
//! # #[cfg(feature = "sqs")] {
//! use lambda_events::{Error, sqs::{SqsBatchResponse, SqsEvent}};
//!
//! #[derive(serde::Deserialize)]
//! struct Order {
//!     id: u32,
//! }
//!
//! async fn handle(event: SqsEvent) -> Result<SqsBatchResponse, Error> {
//!     event
//!         .try_each(async |message| {
//!             let order: Order = message.json()?;
//!             println!("order {}", order.id);
//!             Ok::<_, Error>(())
//!         })
//!         .await
//! }
//! # }
//! ```
//!
//! # What holds for every event
//!
//! - **What can be read is read.** Members that the service adds later are ignored, or kept with the feature
//!   `catch-all-fields`. A string, list or map that is missing or `null` is empty. A number, a boolean or a time may be text or
//!   a float, and is zero, `false` or absent if it is `null` or `""`. Enums are open. A payload that does not decode, in base64
//!   or in JSON, fails when it is asked for, so that one bad record leaves the rest of its batch alone.
//! - **A field is an `Option` where the service leaves it out**, and only there. A number, a boolean, a time or a nested object
//!   that the service always sends and that is missing is an error which names it.
//! - **Secrets stay out of logs.** Passwords, tokens and keys are `[redacted]` in `Debug`; bodies and headers are shown.
//! - **An event is written as it was read.** What was absent stays absent; an optional `null` becomes absent, and a
//!   flag that was absent `false`.
//! - **Everything can be built.** Structs have public fields and a `Default`: end a literal with `..Default::default()`, because
//!   a new field is not a breaking change here, and because `catch-all-fields` adds one.
//!
//! `lambda-rt` decodes from text that it has checked once. Where you decode yourself, `serde_json::from_str` on
//! `str::from_utf8` takes a fifth less time than `serde_json::from_slice`, which checks every string by itself.
//!
//! # Services
//!
//! | Service | Feature and module | Event | Answer | Invocation |
//! |---|---|---|---|---|
//! | Alexa | `alexa` | `AlexaSkillEvent`, `AlexaDirectiveEvent`, `AlexaHomeDirective` | `AlexaSkillResponse`, `AlexaEventResponse` | synchronous |
//! | Amazon API Gateway | `apigw` | `ApiGatewayProxyRequest`, `ApiGatewayV2httpRequest`, `ApiGatewayWebsocketProxyRequest`, authorizers | `ApiGatewayProxyResponse`, `ApiGatewayV2httpResponse`, `ApiGatewayCustomAuthorizerResponse`, … | synchronous |
//! | Amazon Athena | `athena` | `AthenaUdfEvent` | `AthenaUdfResponse` | synchronous |
//! | Amazon Bedrock Agents | `bedrock_agent_runtime` | `AgentEvent` | `AgentResponse` | synchronous |
//! | Amazon Chime | `chime_bot` | `ChimeBotEvent` | | asynchronous |
//! | Amazon CloudFront, Lambda@Edge | `cloudfront` | `CloudFrontEvent` | `CloudFrontAnswer`, `CloudFrontResponse` | synchronous |
//! | Amazon CloudWatch alarms | `cloudwatch_alarms` | `CloudWatchMetricAlarm`, `CloudWatchCompositeAlarm` | none | asynchronous |
//! | Amazon CloudWatch Logs | `cloudwatch_logs` | `LogsEvent` | none | asynchronous |
//! | Amazon Connect | `connect` | `ConnectEvent` | `ConnectResponse` | synchronous |
//! | Amazon EC2 Auto Scaling | `autoscaling` | `AutoScalingEvent<T>`, `AutoScalingActivityEvent`, `AutoScalingLifecycleEvent` | | asynchronous |
//! | Amazon ECR | `ecr_scan` | `EcrScanEvent`, `EcrImageActionEvent` | | asynchronous |
//! | Amazon ECS | `ecs` | `EcsTaskEvent`, `EcsContainerInstanceEvent`, `EcsServiceEvent`, `EcsDeploymentEvent` | | asynchronous |
//! | Amazon EventBridge | `eventbridge` | `EventBridgeEvent<T>` | none | asynchronous |
//! | Amazon EventBridge, events of AWS | `cloudwatch_events` | `CloudWatchEvent<T>`, a module of details per service | none | asynchronous |
//! | Amazon Lex | `lex` | `LexV2Event`, `LexEvent` | `LexV2Response`, `LexResponse` | synchronous |
//! | Amazon Redshift | `redshift` | `RedshiftUdfRequest` | `RedshiftUdfResponse` | synchronous |
//! | Amazon SageMaker Ground Truth | `sagemaker` | `GroundTruthPreAnnotationEvent`, `GroundTruthConsolidationEvent` | `GroundTruthPreAnnotationResponse<T>`, `Vec<GroundTruthConsolidatedAnnotation>` | synchronous |
//! | Amazon SES | `ses` | `SimpleEmailEvent` | `SimpleEmailDisposition` | asynchronous, synchronous |
//! | Amazon WorkMail | `workmail` | `WorkMailEvent` | `WorkMailResponse` | synchronous, asynchronous |
//! | Application Load Balancer | `alb` | `AlbTargetGroupRequest` | `AlbTargetGroupResponse` | synchronous |
//! | Amazon Cognito | `cognito` | `CognitoEvent`, `CognitoEventUserPools…` | the event itself | synchronous |
//! | Amazon Data Firehose | `firehose` | `KinesisFirehoseEvent` | `KinesisFirehoseResponse` | synchronous |
//! | Amazon DocumentDB | `documentdb` | `DocumentDbEvent` | none | polled |
//! | Amazon DynamoDB Streams | `dynamodb` | `Event`, `TimeWindowEvent<S>` | `DynamoDbEventResponse`, `TimeWindowEventResponse<S>` | polled |
//! | Amazon MQ for ActiveMQ | `activemq` | `ActiveMqEvent` | none | polled |
//! | Amazon MQ for RabbitMQ | `rabbitmq` | `RabbitMqEvent` | none | polled |
//! | Amazon S3 | `s3` | `S3Event` | none | asynchronous |
//! | Amazon S3 Batch Operations | `s3` | `batch_job::S3BatchJobEvent` | `batch_job::S3BatchJobResponse` | synchronous |
//! | Amazon S3 Object Lambda | `s3` | `object_lambda::S3ObjectLambdaEvent<P>` | `object_lambda::HeadObjectResponse`, `object_lambda::ListObjectsResponse` | synchronous |
//! | Amazon SNS | `sns` | `SnsEvent`, `SnsEventObj<T>`, `SnsSubscriptionMessage` | none | asynchronous |
//! | Apache Kafka, Amazon MSK | `kafka` | `KafkaEvent` | `KafkaEventResponse` | polled |
//! | AWS AppSync | `appsync` | `AppSyncDirectResolverEvent`, `AppSyncBatchResolverEvent`, `AppSyncEventsEvent`, `AppSyncLambdaAuthorizerRequest`, `AppSyncEventsAuthorizerRequest` | JSON, `AppSyncBatchResult`, `AppSyncEventsPublishResponse`, `AppSyncLambdaAuthorizerResponse`, … | synchronous |
//! | AWS Client VPN | `clientvpn` | `ClientVpnConnectionHandlerRequest` | `ClientVpnConnectionHandlerResponse` | synchronous |
//! | AWS CloudFormation | `cloudformation` | `CloudFormationCustomResourceRequest<P1, P2>`, `CloudFormationMacroRequest<F>`, `CloudFormationHookRequest` | `CloudFormationCustomResourceResponse`, `CloudFormationMacroResponse<F>`, `CloudFormationHookResponse` | asynchronous, synchronous |
//! | AWS CodeBuild | `codebuild` | `CodeBuildEvent` | | asynchronous |
//! | AWS CodeCommit | `code_commit` | `CodeCommitEvent` | | asynchronous |
//! | AWS CodeDeploy | `codedeploy` | `CodeDeployEvent`, `CodeDeployLifecycleEvent` | | asynchronous |
//! | AWS CodePipeline, jobs | `codepipeline_job` | `CodePipelineJobEvent` | | asynchronous |
//! | AWS CodePipeline, state changes | `codepipeline_cloudwatch` | `CodePipelineCloudWatchEvent` | | asynchronous |
//! | AWS Config | `config` | `ConfigEvent` | | asynchronous |
//! | AWS Control Tower | `controltower` | `ControlTowerEvent` | | asynchronous |
//! | AWS IAM | `iam` | | `IamPolicyDocument` | in answers of authorizers |
//! | Amazon Kinesis Data Streams | `kinesis` | `KinesisEvent`, `KinesisTimeWindowEvent<S>` | `BatchResponse`, `KinesisTimeWindowEventResponse<S>` | polled |
//! | Amazon Kinesis Data Analytics | `kinesis` | `analytics::KinesisAnalyticsOutputDeliveryEvent`, `analytics::KinesisAnalyticsInputPreprocessingEvent` | `analytics::KinesisAnalyticsOutputDeliveryResponse`, `analytics::KinesisAnalyticsInputPreprocessingResponse` | synchronous |
//! | AWS IoT 1-Click | `iot_1_click` | `IoTOneClickEvent` | | asynchronous |
//! | AWS IoT Button | `iot_button` | `IoTButtonEvent` | | asynchronous |
//! | AWS IoT Core | `iot` | `IoTCoreCustomAuthorizerRequest`, `IoTPreProvisionHookRequest`, `IoTPresenceEvent`, `IoTRuleErrorEvent` | `IoTCoreCustomAuthorizerResponse`, `IoTPreProvisionHookResponse` | synchronous, asynchronous |
//! | AWS IoT Core, before | `iot_deprecated` | `IoTCustomAuthorizerRequest` | `IoTCustomAuthorizerResponse` | synchronous |
//! | AWS Lambda destinations | `lambda_destinations` | `InvocationRecord<Q, A>`, `BatchRecord` | none | asynchronous |
//! | AWS Lambda function URLs | `lambda_function_urls` | `LambdaFunctionUrlRequest` | `LambdaFunctionUrlResponse`, `StreamingPrelude` | synchronous |
//! | Amazon VPC Lattice | `vpc_lattice` | `VpcLatticeRequest`, `VpcLatticeRequestV1`, `VpcLatticeRequestV2` | `VpcLatticeResponse` | synchronous |
//! | Amazon SQS | `sqs` | `SqsEvent`, `SqsEventObj<T>` | `SqsBatchResponse` | polled |
//! | all streams and queues | `streams` | | `KinesisEventResponse`, `DynamoDbEventResponse`, `SqsEventResponse` | |
//! | AWS Secrets Manager | `secretsmanager` | `SecretsManagerSecretRotationEvent` | | asynchronous |
//! | AWS Step Functions | `step_functions` | `TaskEvent<T>`, `ContextObject<T>`, `MapBatch<T, B>`, `ErrorOutput` | any JSON | synchronous |
//! | AWS Transfer Family | `transfer` | `TransferFamilyAuthorizerRequest`, `TransferFamilyWorkflowStepEvent` | `TransferFamilyAuthorizerResponse` | synchronous, asynchronous |
//!
//! # Features
//!
//! One per service, named as its module, and none by default. `full` is all of them.
//!
//! | Feature | |
//! |---|---|
//! | `catch-all-fields` | members that this crate does not know are kept in the field `other` |
//! | `chrono`, `jiff` | conversions of timestamps |
//! | `gzip` | log lines of CloudWatch are decompressed |
//! | `http` | conversions of headers from and to `http::HeaderMap` |
//! | `kinesis_aggregation` | takes apart what the Kinesis Producer Library puts together |
//! | `tracing` | `try_each` reports each failed record as an error event |
//!
//! # Coming from `aws_lambda_events`
//!
//! Types and modules have the same names, at the root and under `event`. What differs: services are features that are off
//! unless asked for; fields that a service always sends are no `Option`; maps are [`encodings::Map`], which reads as a
//! `HashMap` does; times are [`encodings`] of their own, with conversions.
//!
//! The minimum Rust version is 1.88. Raising it is not a breaking change.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![allow(clippy::needless_update, reason = "`catch-all-fields` adds a field to every struct")]

#[macro_use]
mod macros;

#[allow(dead_code, unused_imports, reason = "which helpers are used depends on the features")]
mod batch;
#[allow(dead_code, unused_imports, reason = "which helpers are used depends on the features")]
mod de;
pub mod encodings;
#[allow(dead_code, reason = "which errors there can be depends on the features")]
mod payload;
#[macro_use]
#[allow(dead_code, unused_macros, reason = "which helpers are used depends on the features")]
mod web;

#[cfg(any(feature = "dynamodb", feature = "kinesis"))]
pub mod time_window;

#[cfg(feature = "activemq")]
pub mod activemq;
#[cfg(feature = "alb")]
pub mod alb;
#[cfg(feature = "alexa")]
pub mod alexa;
#[cfg(feature = "apigw")]
pub mod apigw;
#[cfg(feature = "appsync")]
pub mod appsync;
#[cfg(feature = "athena")]
pub mod athena;
#[cfg(feature = "autoscaling")]
pub mod autoscaling;
#[cfg(feature = "bedrock_agent_runtime")]
pub mod bedrock_agent_runtime;
#[cfg(feature = "chime_bot")]
pub mod chime_bot;
#[cfg(feature = "clientvpn")]
pub mod clientvpn;
#[cfg(feature = "cloudformation")]
pub mod cloudformation;
#[cfg(feature = "cloudfront")]
pub mod cloudfront;
#[cfg(feature = "cloudwatch_alarms")]
pub mod cloudwatch_alarms;
#[cfg(feature = "cloudwatch_events")]
pub mod cloudwatch_events;
#[cfg(feature = "cloudwatch_logs")]
pub mod cloudwatch_logs;
#[cfg(feature = "code_commit")]
pub mod code_commit;
#[cfg(feature = "codebuild")]
pub mod codebuild;
#[cfg(feature = "codedeploy")]
pub mod codedeploy;
#[cfg(feature = "codepipeline_cloudwatch")]
pub mod codepipeline_cloudwatch;
#[cfg(feature = "codepipeline_job")]
pub mod codepipeline_job;
#[cfg(feature = "cognito")]
pub mod cognito;
#[cfg(feature = "config")]
pub mod config;
#[cfg(feature = "connect")]
pub mod connect;
#[cfg(feature = "controltower")]
pub mod controltower;
#[cfg(feature = "documentdb")]
pub mod documentdb;
#[cfg(feature = "dynamodb")]
pub mod dynamodb;
#[cfg(feature = "ecr_scan")]
pub mod ecr_scan;
#[cfg(feature = "ecs")]
pub mod ecs;
#[cfg(feature = "eventbridge")]
pub mod eventbridge;
#[cfg(feature = "firehose")]
pub mod firehose;
#[cfg(feature = "iam")]
pub mod iam;
#[cfg(feature = "iot")]
pub mod iot;
#[cfg(feature = "iot_1_click")]
pub mod iot_1_click;
#[cfg(feature = "iot_button")]
pub mod iot_button;
#[cfg(feature = "iot_deprecated")]
pub mod iot_deprecated;
#[cfg(feature = "kafka")]
pub mod kafka;
#[cfg(feature = "kinesis")]
pub mod kinesis;
#[cfg(feature = "lambda_destinations")]
pub mod lambda_destinations;
#[cfg(feature = "lambda_function_urls")]
pub mod lambda_function_urls;
#[cfg(feature = "lex")]
pub mod lex;
#[cfg(feature = "rabbitmq")]
pub mod rabbitmq;
#[cfg(feature = "redshift")]
pub mod redshift;
#[cfg(feature = "s3")]
pub mod s3;
#[cfg(feature = "sagemaker")]
pub mod sagemaker;
#[cfg(feature = "secretsmanager")]
pub mod secretsmanager;
#[cfg(feature = "ses")]
pub mod ses;
#[cfg(feature = "sns")]
pub mod sns;
#[cfg(feature = "sqs")]
pub mod sqs;
#[cfg(feature = "step_functions")]
pub mod step_functions;
#[cfg(feature = "streams")]
pub mod streams;
#[cfg(feature = "transfer")]
pub mod transfer;
#[cfg(feature = "vpc_lattice")]
pub mod vpc_lattice;
#[cfg(feature = "workmail")]
pub mod workmail;

pub use self::{
    batch::{BatchError, BatchItemFailure, BatchResponse, RecordFailure},
    payload::PayloadError,
};

/// Any error, boxed: what `?` makes of every error, and what handlers return.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// The same modules under the path that `aws_lambda_events` has for them.
pub mod event {
    #[doc(no_inline)]
    pub use super::*;
}
