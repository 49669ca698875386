"""DynamoDB: contributor insights, and batches that are too long.

AWS: UpdateContributorInsights switches them on or off for a table or one of its indexes,
DescribeContributorInsights shows their status, ListContributorInsights lists those ever switched on.
moto has none of the three.

AWS: BatchWriteItem takes at most 25 items. moto takes any number.
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
"""

import time
from types import ModuleType

from .kept import kept
from .refusals import check_first, refuse

BATCH = 25
#: The rules that CloudWatch gets for each kind of hot key.
RULES = ("PKC", "PKT", "SKC", "SKT")


def fill(module: ModuleType) -> None:
    from moto.core.responses import ActionResult

    responses = module.DynamoHandler

    def target(self):
        name, index = self._get_param("TableName"), self._get_param("IndexName")
        table = self.dynamodb_backend.get_table(name)
        return table.name, index

    def insights(self):
        return kept(self.dynamodb_backend, "contributor_insights")

    def shown(key, entry):
        table, index = key
        named = {"TableName": table, **({"IndexName": index} if index else {})}
        return {**named, "ContributorInsightsStatus": entry["status"]}

    def update_contributor_insights(self):
        key = target(self)
        enabled = self._get_param("ContributorInsightsAction") == "ENABLE"
        entry = {"status": "ENABLED" if enabled else "DISABLED", "at": time.time()}
        insights(self)[key] = entry
        return ActionResult(shown(key, entry))

    def describe_contributor_insights(self):
        key = target(self)
        entry = insights(self).get(key, {"status": "DISABLED", "at": None})
        on = entry["status"] == "ENABLED"
        suffix = "-".join(part for part in key if part)
        rules = [f"DynamoDBContributorInsights-{rule}-{suffix}" for rule in RULES if on]
        times = {"LastUpdateDateTime": entry["at"]} if entry["at"] else {}
        return ActionResult({**shown(key, entry), "ContributorInsightsRuleList": rules, **times})

    def list_contributor_insights(self):
        wanted = self._get_param("TableName")
        found = [
            shown(key, entry)
            for key, entry in insights(self).items()
            if wanted in (None, key[0])
        ]
        return ActionResult({"ContributorInsightsSummaries": found})

    responses.update_contributor_insights = update_contributor_insights
    responses.describe_contributor_insights = describe_contributor_insights
    responses.list_contributor_insights = list_contributor_insights
    check_first(responses, "batch_write_item", _batch)


def _batch(request) -> None:
    if sum(map(len, request.body["RequestItems"].values())) > BATCH:
        refuse("ValidationException", "Too many items requested for the BatchWriteItem call")
