"""What only a race shows, inside one process: there Python can be made to change threads at every turn.

Without the gap some 280 of 300 races end with two winners; over HTTP one in thousands does.
"""

import os
import sys
import threading
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "moto-plugin"))
import gaps

gaps.install()

import boto3
from moto import mock_aws
from moto.dynamodb.exceptions import ConditionalCheckFailed
from moto.dynamodb.models import dynamodb_backends

RACERS = 4


class Races(unittest.TestCase):
    def setUp(self):
        interval = sys.getswitchinterval()
        self.addCleanup(sys.setswitchinterval, interval)
        sys.setswitchinterval(1e-6)

    @mock_aws
    def test_of_conditional_writes_at_once_one_wins(self):
        boto3.client("dynamodb", "us-east-1").create_table(
            TableName="race",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        backend = dynamodb_backends["123456789012"]["us-east-1"]

        def race(key):
            start, winners = threading.Barrier(RACERS), []

            def take():
                start.wait()
                try:
                    backend.update_item(
                        "race",
                        {"pk": {"S": key}},
                        "SET taken = :yes",
                        {},
                        {":yes": {"BOOL": True}},
                        condition_expression="attribute_not_exists(taken)",
                    )
                    winners.append(key)
                except ConditionalCheckFailed:
                    pass

            threads = [threading.Thread(target=take) for _ in range(RACERS)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return len(winners)

        self.assertEqual([race(str(turn)) for turn in range(50)], [1] * 50)


if __name__ == "__main__":
    unittest.main()
