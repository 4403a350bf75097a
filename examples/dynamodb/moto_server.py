"""A local DynamoDB with one table, for as long as its input is open. Prints its URL."""

import sys

import boto3
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
url = f"http://{host}:{port}"

boto3.client("dynamodb", endpoint_url=url, region_name="us-east-1").create_table(
    TableName=sys.argv[1],
    KeySchema=[{"AttributeName": "name", "KeyType": "HASH"}],
    AttributeDefinitions=[{"AttributeName": "name", "AttributeType": "S"}],
    BillingMode="PAY_PER_REQUEST",
)
print(url, flush=True)
sys.stdin.read()
