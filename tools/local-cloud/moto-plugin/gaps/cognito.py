"""Cognito user pools: DeleteResourceServer.

AWS: removes the resource server and answers with an empty body. moto can create, describe and list
resource servers but answers 500 to their deletion, which ends every destroy.
"""

from types import ModuleType


def fill(module: ModuleType) -> None:
    from moto.core.responses import EmptyResult

    def delete_resource_server(self):
        pool, identifier = self._get_param("UserPoolId"), self._get_param("Identifier")
        self.backend.describe_resource_server(pool, identifier)
        del self.backend.user_pools[pool].resource_servers[identifier]
        return EmptyResult()

    module.CognitoIdpResponse.delete_resource_server = delete_resource_server
