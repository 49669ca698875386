"""Budgets: subscribers of a notification, and tags.

AWS: DescribeSubscribersForNotification lists who is notified; CreateBudget takes ResourceTags, which
ListTagsForResource, TagResource and UntagResource work on. moto stores the subscribers but never
shows them, drops the tags, and answers 500 to all four.
"""

import json
from types import ModuleType

from .kept import kept

#: What makes two notifications of a budget the same one.
IDENTITY = ("NotificationType", "ComparisonOperator", "Threshold")


def fill(module: ModuleType) -> None:
    responses = module.BudgetsResponse
    create = responses.create_budget

    def tags_of(self, arn):
        return kept(self.backend, "tags").setdefault(arn, {})

    def create_budget(self):
        response = create(self)
        account, name = self._get_param("AccountId"), self._get_param("Budget")["BudgetName"]
        arn = f"arn:{self.partition}:budgets::{account}:budget/{name}"
        tags_of(self, arn).update(_as_map(self._get_param("ResourceTags")))
        return response

    def describe_subscribers_for_notification(self):
        budgets = self.backend.budgets[self._get_param("AccountId")]
        wanted = self._get_param("Notification")
        budget = budgets.get(self._get_param("BudgetName"))
        subscribers = [
            subscriber
            for notification in (budget.notifications if budget else [])
            if all(notification.details.get(key) == wanted.get(key) for key in IDENTITY)
            for subscriber in notification.subscribers
        ]
        return json.dumps({"Subscribers": subscribers})

    def list_tags_for_resource(self):
        tags = tags_of(self, self._get_param("ResourceARN"))
        pairs = [{"Key": key, "Value": value} for key, value in tags.items()]
        return json.dumps({"ResourceTags": pairs})

    def tag_resource(self):
        tags = _as_map(self._get_param("ResourceTags"))
        tags_of(self, self._get_param("ResourceARN")).update(tags)
        return "{}"

    def untag_resource(self):
        tags = tags_of(self, self._get_param("ResourceARN"))
        for key in self._get_param("ResourceTagKeys") or []:
            tags.pop(key, None)
        return "{}"

    responses.create_budget = create_budget
    responses.describe_subscribers_for_notification = describe_subscribers_for_notification
    responses.list_tags_for_resource = list_tags_for_resource
    responses.tag_resource = tag_resource
    responses.untag_resource = untag_resource


def _as_map(tags):
    return {tag["Key"]: tag["Value"] for tag in tags or []}
