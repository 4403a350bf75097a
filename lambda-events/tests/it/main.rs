//! What holds for every event, tested on every fixture, and what holds for some.

#![allow(clippy::needless_update, reason = "`catch-all-fields` adds a field to every struct")]

mod alb;
mod apigw;
mod appsync;
mod autoscaling;
mod cases;
mod clientvpn;
mod cloudformation;
mod cloudwatch;
mod code_commit;
mod codebuild;
mod codedeploy;
mod codepipeline_cloudwatch;
mod codepipeline_job;
mod cognito;
mod config;
mod controltower;
mod documentdb;
mod dynamodb;
mod ecr_scan;
mod ecs;
mod eventbridge;
mod firehose;
mod fixtures_cover_modules;
mod headers;
mod iam;
mod iot;
mod kafka;
mod kinesis;
mod lambda_function_urls;
mod mq;
mod nulls;
mod redshift;
mod round_trip;
mod s3;
mod sagemaker;
mod secretsmanager;
mod security_findings;
mod ses;
mod sns;
mod sqs;
mod transfer;
mod unknown_fields;
mod vpc_lattice;
mod workmail;
