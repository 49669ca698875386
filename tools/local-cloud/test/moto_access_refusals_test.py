"""What IAM, STS, KMS, Secrets Manager and Systems Manager refuse, and what they just take."""

import json
import unittest

from moto_client import ACCOUNT, Refusals, client

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "ecs-tasks.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
)


def policy(size, principal=None):
    """A policy of so many characters, white space not counted."""
    statement = {"Effect": "Allow", "Action": "s3:GetObject"}
    if principal:
        statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}

    def document(text):
        part = {"Condition": {"StringEquals": {"aws:PrincipalTag/x": text}}}
        resource = {} if principal else {"Resource": "*"}
        return json.dumps({"Version": "2012-10-17", "Statement": [{**statement, **resource, **part}]})

    fixed = len(document("").replace(" ", ""))
    return document("x" * (size - fixed))


class Roles(Refusals):
    def setUp(self):
        self.iam = client("iam")

    def role(self, name, **settings):
        role = {"RoleName": name, "AssumeRolePolicyDocument": TRUST, **settings}
        return self.iam.create_role(**role)["Role"]["Arn"]

    def test_a_name_has_64_characters(self):
        self.role("n" * 64)
        self.assert_refused(
            "ValidationError",
            f"Value '{'n' * 65}' at 'roleName' failed to satisfy constraint: "
            "Member must have length less than or equal to 64",
            self.role,
            name="n" * 65,
        )

    def test_a_trust_policy_has_2048_characters(self):
        trusted = {"Service": "ecs-tasks.amazonaws.com"}
        self.role("trusting", AssumeRolePolicyDocument=policy(2_048, trusted))
        too_long = policy(2_049, trusted)
        message = "Cannot exceed quota for ACLSizePerRole: 2048"
        self.assert_refused(
            "LimitExceeded", message, self.role, name="more", AssumeRolePolicyDocument=too_long
        )
        update = self.iam.update_assume_role_policy
        self.assert_refused(
            "LimitExceeded", message, update, RoleName="trusting", PolicyDocument=too_long
        )

    def test_a_managed_policy_has_6144_characters(self):
        create = self.iam.create_policy
        made = create(PolicyName="just", PolicyDocument=policy(6_144))["Policy"]["Arn"]
        message = "Cannot exceed quota for PolicySize: 6144"
        too_long = policy(6_145)
        self.assert_refused(
            "LimitExceeded", message, create, PolicyName="more", PolicyDocument=too_long
        )
        version = self.iam.create_policy_version
        self.assert_refused(
            "LimitExceeded", message, version, PolicyArn=made, PolicyDocument=too_long
        )

    def test_inline_policies_share_10240_characters(self):
        self.role("inline")
        put = self.iam.put_role_policy
        put(RoleName="inline", PolicyName="one", PolicyDocument=policy(10_000))
        put(RoleName="inline", PolicyName="two", PolicyDocument=policy(240))
        put(RoleName="inline", PolicyName="two", PolicyDocument=policy(239))
        self.assert_refused(
            "LimitExceeded",
            "Maximum policy size of 10240 bytes exceeded for role inline",
            put,
            RoleName="inline",
            PolicyName="two",
            PolicyDocument=policy(241),
        )

    def test_a_role_has_10_managed_policies(self):
        self.role("managed")
        arns = [
            self.iam.create_policy(PolicyName=f"p{n}", PolicyDocument=policy(200))["Policy"]["Arn"]
            for n in range(11)
        ]
        for arn in [*arns[:10], arns[0]]:
            self.iam.attach_role_policy(RoleName="managed", PolicyArn=arn)
        self.assert_refused(
            "LimitExceeded",
            "Cannot exceed quota for PoliciesPerRole: 10",
            self.iam.attach_role_policy,
            RoleName="managed",
            PolicyArn=arns[10],
        )

    def test_a_permissions_boundary_exists(self):
        made = self.iam.create_policy(PolicyName="boundary", PolicyDocument=policy(200))
        self.role("bounded", PermissionsBoundary=made["Policy"]["Arn"])
        missing = f"arn:aws:iam::{ACCOUNT}:policy/missing"
        message = f"Scope ARN: {missing} does not exist or is not attachable."
        self.assert_refused(
            "NoSuchEntity", message, self.role, name="unbounded", PermissionsBoundary=missing
        )
        put = self.iam.put_role_permissions_boundary
        self.assert_refused(
            "NoSuchEntity", message, put, RoleName="bounded", PermissionsBoundary=missing
        )


class Keys(Refusals):
    def setUp(self):
        self.kms = client("kms")

    def key(self, **settings):
        return self.kms.create_key(**settings)["KeyMetadata"]["KeyId"]

    def test_a_disabled_key_encrypts_and_decrypts_nothing(self):
        key = self.key()
        made = self.kms.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
        self.kms.disable_key(KeyId=key)
        refused = self.assert_refused
        refused("DisabledException", "is disabled.", self.kms.encrypt, KeyId=key, Plaintext=b"x")
        refused("DisabledException", "is disabled.", self.kms.decrypt, CiphertextBlob=made)
        data_key = self.kms.generate_data_key
        refused("DisabledException", "is disabled.", data_key, KeyId=key, KeySpec="AES_256")
        self.kms.enable_key(KeyId=key)
        self.assertEqual(self.kms.decrypt(CiphertextBlob=made)["Plaintext"], b"x")

    def test_a_key_that_waits_for_deletion_is_not_used(self):
        key = self.key()
        self.kms.create_alias(AliasName="alias/leaving", TargetKeyId=key)
        self.kms.schedule_key_deletion(KeyId=key)
        self.assert_refused(
            "KMSInvalidStateException",
            "is pending deletion.",
            self.kms.encrypt,
            KeyId="alias/leaving",
            Plaintext=b"x",
        )

    def test_a_policy_lets_its_author_change_it(self):
        def admin(principal, action="kms:*"):
            allow = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*"}
            return json.dumps({"Version": "2012-10-17", "Statement": [allow]})

        root = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
        key = self.key(Policy=admin(root))
        self.key(Policy=admin(root, ["kms:Describe*", "kms:Put*"]))
        code = "MalformedPolicyDocumentException"
        message = "will not allow you to update the key policy in the future."
        stranger = admin({"AWS": f"arn:aws:iam::{ACCOUNT}:role/stranger"})
        for shut in (stranger, admin(root, "kms:Encrypt"), admin({"Service": "logs.amazonaws.com"})):
            self.assert_refused(code, message, self.key, Policy=shut)
            put = {"KeyId": key, "PolicyName": "default", "Policy": shut}
            self.assert_refused(code, message, self.kms.put_key_policy, **put)
        self.key(Policy=stranger, BypassPolicyLockoutSafetyCheck=True)

    def test_a_policy_does_not_deny_its_author_to_change_it(self):
        def denied_to(arn):
            root = {"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Resource": "*"}
            condition = {"ArnEquals": {"aws:PrincipalArn": arn}}
            statements = [
                {**root, "Effect": "Allow", "Action": "kms:*"},
                {**root, "Effect": "Deny", "Action": "kms:PutKeyPolicy", "Condition": condition},
            ]
            return json.dumps({"Version": "2012-10-17", "Statement": statements})

        author = client("sts").get_caller_identity()["Arn"]
        self.key(Policy=denied_to(f"arn:aws:iam::{ACCOUNT}:role/deploy"))
        self.assert_refused(
            "MalformedPolicyDocumentException",
            "will not allow you to update the key policy in the future.",
            self.key,
            Policy=denied_to(author),
        )
        self.key(Policy=denied_to(author), BypassPolicyLockoutSafetyCheck=True)


class Secrets(Refusals):
    def setUp(self):
        self.secrets = client("secretsmanager")

    def test_a_value_has_65536_bytes(self):
        self.secrets.create_secret(Name="long", SecretString="x" * 65_536)
        for action in (self.secrets.put_secret_value, self.secrets.update_secret):
            self.assert_refused(
                "ValidationException",
                "Value at 'secretString' failed to satisfy constraint: "
                "Member must have length less than or equal to 65536",
                action,
                SecretId="long",
                SecretString="x" * 65_537,
            )

    def test_its_key_exists(self):
        key = client("kms").create_key()["KeyMetadata"]
        for name, known in (("id", key["KeyId"]), ("arn", key["Arn"])):
            self.secrets.create_secret(Name=name, SecretString="x", KmsKeyId=known)
        own = "alias/aws/secretsmanager"
        self.secrets.create_secret(Name="own", SecretString="x", KmsKeyId=own)
        missing = key["Arn"][:-12] + "000000000000"
        for unknown in (missing, "alias/missing"):
            self.assert_refused(
                "InvalidParameterException",
                f"Key '{unknown}' does not exist",
                self.secrets.create_secret,
                Name="lost",
                SecretString="x",
                KmsKeyId=unknown,
            )

    def test_a_standard_parameter_has_4096_bytes(self):
        put = client("ssm").put_parameter
        put(Name="/just", Type="String", Value="x" * 4_096)
        more = {"Name": "/more", "Type": "String", "Value": "x" * 4_097}
        message = "Standard tier parameters support a maximum parameter value of 4096 characters."
        self.assert_refused("ValidationException", message, put, **more)
        put(**more, Tier="Advanced")


if __name__ == "__main__":
    unittest.main()
