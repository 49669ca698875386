"""SQS: characters that a message cannot have.

AWS: a body consists of the characters of XML 1.0. SendMessage refuses another one; SendMessageBatch sends
the others of the batch. moto takes any.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
"""

import re
from types import ModuleType

from .refusals import check_first, refuse

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CODE = "InvalidMessageContents"


def fill(module: ModuleType) -> None:
    from moto.core.responses import ActionResult

    responses = module.SQSResponse
    send_batch = responses.send_message_batch

    def send_message_batch(self):
        entries = self._get_param("Entries", [])
        failed = [_failure(entry) for entry in entries if _reason(entry["MessageBody"])]
        entries[:] = [entry for entry in entries if not _reason(entry["MessageBody"])]
        # moto refuses an empty batch, which this was not.
        answer = send_batch(self) if entries or not failed else ActionResult({"Failed": []})
        answer.result["Failed"] += failed
        return answer

    check_first(responses, "send_message", _body)
    responses.send_message_batch = send_message_batch


def _body(request) -> None:
    reason = _reason(request._get_param("MessageBody"))
    if reason:
        refuse(CODE, reason)


def _failure(entry: dict) -> dict:
    reason = _reason(entry["MessageBody"])
    return {"Id": entry["Id"], "SenderFault": True, "Code": CODE, "Message": reason}


def _reason(body: str) -> str | None:
    found = FORBIDDEN.search(body)
    return found and (
        f"Invalid binary character '#x{ord(found[0]):X}' was found in the message body, the set of "
        "allowed characters is #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | "
        "[#x10000-#x10FFFF]."
    )
