"""Cognito user pools: DeleteResourceServer, risk configurations.

AWS: removes the resource server and answers with an empty body. moto can create, describe and list
resource servers but answers 500 to their deletion, which ends every destroy.

AWS: SetRiskConfiguration and DescribeRiskConfiguration, of a pool or of one of its clients; nothing set
is an empty one. moto has neither.
"""

from types import ModuleType

from .kept import kept

RISKS = (
    "CompromisedCredentialsRiskConfiguration",
    "AccountTakeoverRiskConfiguration",
    "RiskExceptionConfiguration",
)


def fill(module: ModuleType) -> None:
    from moto.core.responses import ActionResult, EmptyResult

    def delete_resource_server(self):
        pool, identifier = self._get_param("UserPoolId"), self._get_param("Identifier")
        self.backend.describe_resource_server(pool, identifier)
        del self.backend.user_pools[pool].resource_servers[identifier]
        return EmptyResult()

    def configurations(self):
        pool = self.backend.describe_user_pool(self._get_param("UserPoolId"))
        return pool, self._get_param("ClientId"), kept(self.backend, "risk_configurations")

    def set_risk_configuration(self):
        pool, client, stored = configurations(self)
        given = {key: self._get_param(key) for key in RISKS if self._get_param(key)}
        stored[(pool.id, client)] = given
        return describe_risk_configuration(self)

    def describe_risk_configuration(self):
        pool, client, stored = configurations(self)
        named = {"UserPoolId": pool.id, **({"ClientId": client} if client else {})}
        return ActionResult({"RiskConfiguration": {**named, **stored.get((pool.id, client), {})}})

    module.CognitoIdpResponse.set_risk_configuration = set_risk_configuration
    module.CognitoIdpResponse.describe_risk_configuration = describe_risk_configuration
    module.CognitoIdpResponse.delete_resource_server = delete_resource_server
