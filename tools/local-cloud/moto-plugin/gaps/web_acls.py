"""WAF: rate limits that AWS refuses.

AWS: the limit of a rate-based statement is between 10 and 2,000,000,000 requests. moto takes any.

https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
"""

from types import ModuleType

from .refusals import check_first, refuse_value

LEAST, GREATEST = 10, 2_000_000_000


def fill(module: ModuleType) -> None:
    for action in ("create_web_acl", "update_web_acl"):
        check_first(module.WAFV2Response, action, _limits)


def _limits(request) -> None:
    for number, rule in enumerate(request._get_param("Rules") or [], start=1):
        limit = rule.get("Statement", {}).get("RateBasedStatement", {}).get("Limit")
        name = f"rules.{number}.member.statement.rateBasedStatement.limit"
        if limit is not None and limit < LEAST:
            constraint = f"have value greater than or equal to {LEAST}"
            refuse_value("ValidationException", limit, name, constraint)
        if limit is not None and limit > GREATEST:
            constraint = f"have value less than or equal to {GREATEST}"
            refuse_value("ValidationException", limit, name, constraint)
