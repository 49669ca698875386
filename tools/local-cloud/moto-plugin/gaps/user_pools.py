"""Cognito user pools: the defaults of DescribeUserPool, and what an update cannot change.

AWS: a setting that was not given is shown with its default. UpdateUserPool sets what it does not name
back to its default, except what only CreateUserPool takes: how users sign in. moto lacks the newer
settings, and an update drops how users sign in, so that Terraform would replace the pool.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html
https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
"""

from types import ModuleType

DEFAULTS = {"DeletionProtection": "INACTIVE", "UserPoolTier": "ESSENTIALS"}
SIGN_IN_POLICY = {"AllowedFirstAuthFactors": ["PASSWORD"]}

#: Settings of CreateUserPool that UpdateUserPool does not take.
FIXED = ("AliasAttributes", "UsernameAttributes", "UsernameConfiguration")


def fill(module: ModuleType) -> None:
    pool = module.CognitoIdpUserPool
    configure = pool.update_extended_config

    def update_extended_config(self, given):
        before = getattr(self, "extended_config", {})
        fixed = {key: before[key] for key in FIXED if key in before}
        configure(self, {**DEFAULTS, **fixed, **(given or {})})
        settings = self.extended_config
        settings["Policies"] = {"SignInPolicy": SIGN_IN_POLICY, **settings["Policies"]}
        settings["AdminCreateUserConfig"] = {
            # The password of an administrator is temporary: one validity for both.
            "UnusedAccountValidityDays": _password_days(settings),
            **settings["AdminCreateUserConfig"],
        }

    pool.update_extended_config = update_extended_config


def _password_days(settings: dict) -> int:
    policy = settings["Policies"].get("PasswordPolicy", {})
    return policy.get("TemporaryPasswordValidityDays", 7)
