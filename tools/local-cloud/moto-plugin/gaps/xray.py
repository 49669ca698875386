"""X-Ray: groups, sampling rules and their tags.

AWS: POST /CreateGroup, /GetGroup, /UpdateGroup, /DeleteGroup, the same for sampling rules, and the
three tag actions. moto routes only the trace paths, so all of these are a 404.
"""

import json
import time
import uuid
from types import ModuleType

from .kept import kept
from .refusals import check_first, refuse

ACTIONS = (
    "CreateGroup",
    "GetGroup",
    "UpdateGroup",
    "DeleteGroup",
    "CreateSamplingRule",
    "GetSamplingRules",
    "UpdateSamplingRule",
    "DeleteSamplingRule",
    "ListTagsForResource",
    "TagResource",
    "UntagResource",
)


def fill(module: ModuleType) -> None:
    responses = module.XRayResponse
    for action in ACTIONS:
        module.url_paths["{0}/" + action + "$"] = responses.dispatch
    check_first(responses, "trace_summaries", _no_filter)
    _fill_groups(responses)
    _fill_sampling_rules(responses)
    _fill_tags(responses)


def _no_filter(request) -> None:
    if request._get_param("FilterExpression"):
        refuse("InvalidRequestException", "The embedded AWS has no filter expressions")


def _arn(self, resource: str) -> str:
    return f"arn:{self.partition}:xray:{self.region}:{self.current_account}:{resource}"


def _tags(self, arn: str) -> dict[str, str]:
    return kept(self.xray_backend, "tags").setdefault(arn, {})


def _as_map(tags) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in tags or []}


def _not_found(what: str):
    error = {"__type": "InvalidRequestException", "message": f"{what} not found"}
    return json.dumps(error), {"status": 400, "x-amzn-errortype": error["__type"]}


def _fill_groups(responses: type) -> None:
    insights_off = {"InsightsEnabled": False, "NotificationsEnabled": False}

    def find(self):
        name, arn = self._get_param("GroupName"), self._get_param("GroupARN")
        groups = kept(self.xray_backend, "groups").values()
        return next((g for g in groups if g["GroupName"] == name or g["GroupARN"] == arn), None)

    def create_group(self):
        name = self._get_param("GroupName")
        arn = _arn(self, f"group/{name}/{uuid.uuid4().hex[:26].upper()}")
        group = {
            "GroupName": name,
            "GroupARN": arn,
            "FilterExpression": self._get_param("FilterExpression"),
            "InsightsConfiguration": self._get_param("InsightsConfiguration", insights_off),
        }
        kept(self.xray_backend, "groups")[arn] = group
        _tags(self, arn).update(_as_map(self._get_param("Tags")))
        return json.dumps({"Group": group})

    def get_group(self):
        group = find(self)
        return json.dumps({"Group": group}) if group else _not_found("Group")

    def update_group(self):
        group = find(self)
        if not group:
            return _not_found("Group")
        for key in ("FilterExpression", "InsightsConfiguration"):
            if self._get_param(key) is not None:
                group[key] = self._get_param(key)
        return json.dumps({"Group": group})

    def delete_group(self):
        group = find(self)
        if not group:
            return _not_found("Group")
        del kept(self.xray_backend, "groups")[group["GroupARN"]]
        return "{}"

    responses.create_group = create_group
    responses.get_group = get_group
    responses.update_group = update_group
    responses.delete_group = delete_group


def _fill_sampling_rules(responses: type) -> None:
    def rules(self):
        return kept(self.xray_backend, "sampling_rules")

    def name_of(document):
        return document.get("RuleName") or (document.get("RuleARN") or "").split("/")[-1]

    def create_sampling_rule(self):
        rule = {"Attributes": {}, **self._get_param("SamplingRule")}
        rule["RuleARN"] = _arn(self, f"sampling-rule/{rule['RuleName']}")
        record = {"SamplingRule": rule, "CreatedAt": time.time(), "ModifiedAt": time.time()}
        rules(self)[rule["RuleName"]] = record
        _tags(self, rule["RuleARN"]).update(_as_map(self._get_param("Tags")))
        return json.dumps({"SamplingRuleRecord": record})

    def get_sampling_rules(self):
        return json.dumps({"SamplingRuleRecords": list(rules(self).values())})

    def update_sampling_rule(self):
        changes = self._get_param("SamplingRuleUpdate")
        record = rules(self).get(name_of(changes))
        if not record:
            return _not_found("Sampling rule")
        record["SamplingRule"].update(changes)
        record["ModifiedAt"] = time.time()
        return json.dumps({"SamplingRuleRecord": record})

    def delete_sampling_rule(self):
        record = rules(self).pop(name_of(self.request_params), None)
        return json.dumps({"SamplingRuleRecord": record}) if record else _not_found("Sampling rule")

    responses.create_sampling_rule = create_sampling_rule
    responses.get_sampling_rules = get_sampling_rules
    responses.update_sampling_rule = update_sampling_rule
    responses.delete_sampling_rule = delete_sampling_rule


def _fill_tags(responses: type) -> None:
    def list_tags_for_resource(self):
        tags = _tags(self, self._get_param("ResourceARN"))
        return json.dumps({"Tags": [{"Key": k, "Value": v} for k, v in tags.items()]})

    def tag_resource(self):
        _tags(self, self._get_param("ResourceARN")).update(_as_map(self._get_param("Tags")))
        return "{}"

    def untag_resource(self):
        tags = _tags(self, self._get_param("ResourceARN"))
        for key in self._get_param("TagKeys") or []:
            tags.pop(key, None)
        return "{}"

    responses.list_tags_for_resource = list_tags_for_resource
    responses.tag_resource = tag_resource
    responses.untag_resource = untag_resource
