"""CloudWatch Logs: query definitions.

AWS: PutQueryDefinition creates one (or replaces the one whose queryDefinitionId is given),
DescribeQueryDefinitions lists them by name prefix, DeleteQueryDefinition reports whether there was
one. moto answers 500 to all three.
"""

import json
import time
import uuid
from types import ModuleType

from .kept import kept
from .log_groups import check_requests


def fill(module: ModuleType) -> None:
    responses = module.LogsResponse
    check_requests(responses)

    def definitions(self):
        return kept(self.logs_backend, "query_definitions")

    def put_query_definition(self):
        identifier = self._get_param("queryDefinitionId") or str(uuid.uuid4())
        definitions(self)[identifier] = {
            "queryDefinitionId": identifier,
            "name": self._get_param("name"),
            "queryString": self._get_param("queryString"),
            "logGroupNames": self._get_param("logGroupNames") or [],
            "lastModified": int(time.time() * 1000),
        }
        return json.dumps({"queryDefinitionId": identifier})

    def describe_query_definitions(self):
        prefix = self._get_param("queryDefinitionNamePrefix") or ""
        found = [each for each in definitions(self).values() if each["name"].startswith(prefix)]
        return json.dumps({"queryDefinitions": found})

    def delete_query_definition(self):
        removed = definitions(self).pop(self._get_param("queryDefinitionId"), None)
        return json.dumps({"success": removed is not None})

    responses.put_query_definition = put_query_definition
    responses.describe_query_definitions = describe_query_definitions
    responses.delete_query_definition = delete_query_definition
