//! Answers to batches of a stream or a queue, under the names that `aws_lambda_events` has for them.
//!
//! They are one type, [`BatchResponse`]: the services read the same JSON.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html>

pub use crate::batch::{BatchItemFailure, BatchResponse};

/// The answer to a batch of a Kinesis stream.
pub type KinesisEventResponse = BatchResponse;

/// A record of a Kinesis stream that has to be tried again, by its sequence number.
pub type KinesisBatchItemFailure = BatchItemFailure;

/// The answer to a batch of a DynamoDB stream.
pub type DynamoDbEventResponse = BatchResponse;

/// A record of a DynamoDB stream that has to be tried again, by its sequence number.
pub type DynamoDbBatchItemFailure = BatchItemFailure;

/// The answer to a batch of messages of SQS.
pub type SqsEventResponse = BatchResponse;

/// A message of SQS that has to be tried again, by its id.
pub type SqsBatchItemFailure = BatchItemFailure;
