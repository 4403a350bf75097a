//! Batches as the services send them, written by hand so that neither crate's idea of an event is in them.

use serde_json::{Value, json};

fn batch(records: impl Iterator<Item = Value>) -> Vec<u8> {
    json!({ "Records": records.collect::<Vec<_>>() }).to_string().into_bytes()
}

pub fn sqs(count: usize) -> Vec<u8> {
    batch((0..count).map(|at| {
        json!({
            "messageId": format!("059f36b4-87a3-44ab-83d2-{at:012}"),
            "receiptHandle": format!("AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a{at:012}{}", "x".repeat(130)),
            "body": format!("{{\"id\":{at},\"customer\":\"somebody\",\"lines\":[{{\"article\":\"a-1\",\"count\":2}}]}}"),
            "attributes": {
                "ApproximateReceiveCount": "1",
                "SentTimestamp": "1545082649183",
                "SenderId": "AIDAIENQZJOLO23YVJ4VO",
                "ApproximateFirstReceiveTimestamp": "1545082649185",
            },
            "messageAttributes": {},
            "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
            "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:us-east-2:123456789012:my-queue",
            "awsRegion": "us-east-2",
        })
    }))
}

pub fn dynamodb(count: usize) -> Vec<u8> {
    batch((0..count).map(|at| {
        json!({
            "eventID": format!("c4ca4238a0b923820dcc{at:012}"),
            "eventName": "MODIFY",
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "awsRegion": "us-east-1",
            "dynamodb": {
                "ApproximateCreationDateTime": 1_428_537_600,
                "Keys": { "pk": { "S": format!("customer#{at}") }, "sk": { "N": "17" } },
                "NewImage": {
                    "pk": { "S": format!("customer#{at}") }, "sk": { "N": "17" }, "total": { "N": "12.50" },
                    "note": { "S": "A note that somebody wrote when the order was placed" }, "paid": { "BOOL": true },
                    "lines": { "L": [{ "M": { "article": { "S": "a-1" }, "count": { "N": "2" } } }] },
                },
                "OldImage": {
                    "pk": { "S": format!("customer#{at}") }, "sk": { "N": "17" }, "total": { "N": "12.50" },
                    "paid": { "BOOL": false },
                },
                "SequenceNumber": format!("{:028}", 4_421_584_500_000_000_u64 + at as u64),
                "SizeBytes": 226,
                "StreamViewType": "NEW_AND_OLD_IMAGES",
            },
            "eventSourceARN": "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2015-06-27T00:48:05.899",
        })
    }))
}

pub fn kinesis(count: usize) -> Vec<u8> {
    batch((0..count).map(|at| {
        json!({
            "kinesis": {
                "kinesisSchemaVersion": "1.0",
                "partitionKey": format!("customer-{at}"),
                "sequenceNumber": format!("{:056}", 49_590_338_271_490_256_u64 + at as u64),
                "data": "eyJpZCI6NywiY3VzdG9tZXIiOiJzb21lYm9keSIsImxpbmVzIjpbeyJhcnRpY2xlIjoiYS0xIiwiY291bnQiOjJ9XX0=",
                "approximateArrivalTimestamp": 1_545_084_650.987,
            },
            "eventSource": "aws:kinesis",
            "eventVersion": "1.0",
            "eventID": format!("shardId-000000000006:{:056}", 49_590_338_271_490_256_u64 + at as u64),
            "eventName": "aws:kinesis:record",
            "invokeIdentityArn": "arn:aws:iam::123456789012:role/lambda-role",
            "awsRegion": "us-east-2",
            "eventSourceARN": "arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream",
        })
    }))
}

/// A request to a REST API behind CloudFront: every header and parameter twice, once with all its values.
pub fn rest() -> Vec<u8> {
    let headers = [
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("Accept-Encoding", "gzip, deflate, br"),
        ("Accept-Language", "en-GB,en;q=0.9"),
        ("CloudFront-Forwarded-Proto", "https"),
        ("CloudFront-Is-Desktop-Viewer", "true"),
        ("CloudFront-Is-Mobile-Viewer", "false"),
        ("CloudFront-Is-SmartTV-Viewer", "false"),
        ("CloudFront-Is-Tablet-Viewer", "false"),
        ("CloudFront-Viewer-ASN", "64496"),
        ("CloudFront-Viewer-Country", "IE"),
        ("Content-Type", "application/json"),
        ("Host", "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com"),
        ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
        ("Via", "2.0 0123456789abcdef0123456789abcdef.cloudfront.net (CloudFront)"),
        ("X-Amz-Cf-Id", "kXbqyDlSpZkWgkzAlcbhNbL3Gfx5gk4zYbXbtkrWGJpcVt7OqTzQpw=="),
        ("X-Amzn-Trace-Id", "Root=1-67c2c1a2-0123456789abcdef01234567"),
        ("X-Forwarded-For", "192.0.2.1, 198.51.100.7"),
        ("X-Forwarded-Port", "443"),
        ("X-Forwarded-Proto", "https"),
    ];
    let single: serde_json::Map<_, _> =
        headers.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    let multi: serde_json::Map<_, _> =
        headers.iter().map(|(name, value)| ((*name).to_owned(), json!([value]))).collect();
    json!({
        "resource": "/orders/{id}", "path": "/orders/7", "httpMethod": "POST",
        "headers": single, "multiValueHeaders": multi,
        "queryStringParameters": {"page": "2", "tag": "b"},
        "multiValueQueryStringParameters": {"page": ["2"], "tag": ["a", "b"]},
        "pathParameters": {"id": "7"}, "stageVariables": {"table": "orders"},
        "requestContext": {
            "resourceId": "q7w8e9", "resourcePath": "/orders/{id}", "httpMethod": "POST", "extendedRequestId": "JKJaXmPLvHcESHA=",
            "requestTime": "01/Mar/2026:08:15:30 +0000", "path": "/prod/orders/7", "accountId": "123456789012", "protocol": "HTTP/1.1",
            "stage": "prod", "domainPrefix": "a1b2c3d4e5", "requestTimeEpoch": 1_772_352_930_000_u64,
            "requestId": "0f6d1c1e-7a44-4d0e-9f55-0c9f6c1b7a11",
            "identity": {
                "cognitoIdentityPoolId": null, "accountId": null, "cognitoIdentityId": null, "caller": null,
                "sourceIp": "192.0.2.1", "principalOrgId": null, "accessKey": null, "cognitoAuthenticationType": null,
                "cognitoAuthenticationProvider": null, "userArn": null,
                "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "user": null,
            },
            "domainName": "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com", "apiId": "a1b2c3d4e5",
        },
        "body": "{\"quantity\":2,\"item\":\"tea\"}", "isBase64Encoded": false,
    })
    .to_string()
    .into_bytes()
}

/// A request to an HTTP API, with the headers that a browser sends and the claims of a token.
pub fn browser() -> Vec<u8> {
    json!({
        "version": "2.0", "routeKey": "POST /orders/{id}", "rawPath": "/orders/7", "rawQueryString": "page=2&tag=a&tag=b",
        "cookies": ["session=4f9d2c1e8b7a6d5c", "theme=dark"],
        "headers": {
            "accept": "application/json, text/plain, */*", "accept-encoding": "gzip, deflate, br, zstd",
            "accept-language": "en-GB,en;q=0.9", "authorization": "Bearer eyJraWQiOiJhIn0.eyJzdWIiOiI3In0.c2lnbmF0dXJl",
            "cache-control": "no-cache", "content-length": "27", "content-type": "application/json", "dnt": "1",
            "host": "api.example.com", "origin": "https://www.example.com", "referer": "https://www.example.com/",
            "sec-fetch-dest": "empty", "sec-fetch-mode": "cors", "sec-fetch-site": "same-site",
            "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "x-amzn-trace-id": "Root=1-67c2c1a2-0123456789abcdef01234567", "x-forwarded-for": "192.0.2.1",
            "x-forwarded-port": "443", "x-forwarded-proto": "https",
        },
        "queryStringParameters": {"page": "2", "tag": "a,b"}, "pathParameters": {"id": "7"},
        "requestContext": {
            "accountId": "123456789012", "apiId": "a1b2c3d4e5",
            "authorizer": {"jwt": {
                "claims": {
                    "aud": "web", "exp": "1772370000", "iat": "1772366400", "iss": "https://login.example.com/",
                    "scope": "orders/read orders/write", "sub": "0f6d1c1e-7a44-4d0e-9f55-0c9f6c1b7a11",
                },
                "scopes": ["orders/write"],
            }},
            "domainName": "api.example.com", "domainPrefix": "api",
            "http": {
                "method": "POST", "path": "/orders/7", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1",
                "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            },
            "requestId": "JKJaXmPLvHcESHA=", "routeKey": "POST /orders/{id}", "stage": "$default",
            "time": "01/Mar/2026:08:15:30 +0000", "timeEpoch": 1_772_352_930_000_u64,
        },
        "stageVariables": {"table": "orders"}, "body": "{\"quantity\":2,\"item\":\"tea\"}", "isBase64Encoded": false,
    })
    .to_string()
    .into_bytes()
}

/// A request to an HTTP API that an AWS SDK signed, over mutual TLS.
pub fn signed() -> Vec<u8> {
    json!({
        "version": "2.0", "routeKey": "GET /orders/{id}", "rawPath": "/orders/7", "rawQueryString": "page=2",
        "headers": {
            "accept": "application/json", "accept-encoding": "gzip", "content-length": "0", "host": "api.example.com",
            "authorization": format!(
                "AWS4-HMAC-SHA256 Credential=ASIAIOSFODNN7EXAMPLE/20260301/us-east-1/execute-api/aws4_request, {}, Signature={}",
                "SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token", "0".repeat(64),
            ),
            "user-agent": "aws-sdk-rust/1.3.9 os/linux lang/rust/1.91.0", "x-amz-content-sha256": "e".repeat(64),
            "x-amz-date": "20260301T081530Z", "x-amz-security-token": "IQoJb3JpZ2luX2VjE".repeat(40),
            "x-amzn-trace-id": "Root=1-67c2c1a2-0123456789abcdef01234567", "x-forwarded-for": "192.0.2.1",
            "x-forwarded-port": "443", "x-forwarded-proto": "https",
        },
        "queryStringParameters": {"page": "2"}, "pathParameters": {"id": "7"},
        "requestContext": {
            "accountId": "123456789012", "apiId": "a1b2c3d4e5",
            "authentication": {"clientCert": {
                "clientCertPem": format!("-----BEGIN CERTIFICATE-----\n{}-----END CERTIFICATE-----", format!("{}\n", "M".repeat(64)).repeat(18)),
                "issuerDN": "C=US,ST=Washington,L=Seattle,O=Example,OU=Security,CN=My Private CA",
                "serialNumber": "a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1",
                "subjectDN": "C=US,ST=Washington,L=Seattle,O=Example,OU=Security,CN=My Client",
                "validity": {"notAfter": "Aug  5 09:36:04 2027 GMT", "notBefore": "May 28 12:30:02 2025 GMT"},
            }},
            "authorizer": {"iam": {
                "accessKey": "ASIAIOSFODNN7EXAMPLE", "accountId": "123456789012",
                "callerId": "AROAIOSFODNN7EXAMPLE:worker", "cognitoIdentity": null, "principalOrgId": "o-a1b2c3d4e5",
                "userArn": "arn:aws:sts::123456789012:assumed-role/worker/worker", "userId": "AROAIOSFODNN7EXAMPLE:worker",
            }},
            "domainName": "api.example.com", "domainPrefix": "api",
            "http": {
                "method": "GET", "path": "/orders/7", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1",
                "userAgent": "aws-sdk-rust/1.3.9 os/linux lang/rust/1.91.0",
            },
            "requestId": "JKJaXmPLvHcESHA=", "routeKey": "GET /orders/{id}", "stage": "$default",
            "time": "01/Mar/2026:08:15:30 +0000", "timeEpoch": 1_772_352_930_000_u64,
        },
        "isBase64Encoded": false,
    })
    .to_string()
    .into_bytes()
}
