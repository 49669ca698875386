"""EventBridge: rules whose target is a topic, and rules that are disabled.

AWS: a rule publishes to a topic of SNS if the policies of the topic and of its key allow
events.amazonaws.com to, and a disabled rule matches nothing. moto fails PutEvents for such a target, and matches
by disabled rules too. What a rule publishes is handed over: the program that started us judges policies.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
"""

import copy
import json
import re
from types import ModuleType

from .hand_over import hand_over

QUOTED_OR_VARIABLE = re.compile(r'"(?:[^"\\]|\\.)*"|<[^<>]+>')
VARIABLE = re.compile(r"<([^<>]+)>")


def fill(module: ModuleType) -> None:
    rule = module.Rule
    send = rule.send_to_targets
    iso_time = module.iso_8601_datetime_without_milliseconds
    from_epoch = module.utcfromtimestamp

    def send_to_targets(self, original_event, transform_input=True):
        if self.state == "DISABLED":
            return
        topics = [target for target in self.targets if _is_topic(target)]
        if topics and self.event_pattern.matches_event(original_event):
            event = {key: value for key, value in original_event.items() if key != "ingestion-time"}
            if not isinstance(event["time"], str):
                event["time"] = iso_time(from_epoch(float(event["time"])))
            for target in topics:
                message = input_of(target, event, self)
                hand_over(topicArn=target["Arn"], ruleArn=self.arn, message=message)
        others = copy.copy(self)
        others.targets = [target for target in self.targets if not _is_topic(target)]
        send(others, original_event, transform_input)

    rule.send_to_targets = send_to_targets


def _is_topic(target) -> bool:
    return target["Arn"].split(":")[2] == "sns"


def input_of(target, event, rule) -> str:
    """What a target gets: a constant, a part of the event, a template of its own, or the event."""
    if target.get("Input"):
        return target["Input"]
    if target.get("InputPath"):
        return json.dumps(_at(event, target["InputPath"]))
    transformer = target.get("InputTransformer")
    if not transformer:
        return json.dumps(event)
    paths = transformer.get("InputPathsMap") or {}
    variables = {
        "aws.events.rule-arn": rule.arn,
        "aws.events.rule-name": rule.name,
        "aws.events.event.json": event,
        **{name: _at(event, path) for name, path in paths.items()},
    }
    return _filled(transformer["InputTemplate"], variables)


def _filled(template: str, variables: dict) -> str:
    """Within quotes a variable is text, elsewhere JSON; one whose path is not in the event leaves nothing."""

    def text(match) -> str:
        value = variables.get(match[1])
        if value is None:
            return ""
        return json.dumps(value if isinstance(value, str) else json.dumps(value))[1:-1]

    def token(match) -> str:
        if match[0].startswith('"'):
            return VARIABLE.sub(text, match[0])
        value = variables.get(match[0][1:-1])
        return "" if value is None else json.dumps(value)

    return QUOTED_OR_VARIABLE.sub(token, template)


def _at(event, path: str):
    """The value at a JSON path; None if there is none."""
    from jsonpath_ng.ext import parse

    found = parse(path).find(event)
    return found[0].value if found else None
