"""Clients of the embedded AWS for the tests next to this file, and what a refusal looks like."""

import unittest

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ACCOUNT = "123456789012"
REGION = "us-east-1"


def client(service, region=REGION, **settings):
    """boto3 comes with moto; without retries, since a refusal is final."""
    return boto3.client(service, region, config=Config(retries={"max_attempts": 0}, **settings))


class Refusals(unittest.TestCase):
    def assert_refused(self, code, message, call, **parameters):
        """@param message: a part of what AWS answers"""
        with self.assertRaises(ClientError) as refused:
            call(**parameters)
        error = refused.exception.response["Error"]
        self.assertEqual(error["Code"], code)
        self.assertIn(message, error["Message"])
