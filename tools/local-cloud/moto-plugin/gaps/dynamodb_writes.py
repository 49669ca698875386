"""DynamoDB: of two conditional writes to one item at once, one wins.

AWS checks a condition and writes as one act. moto checks, then writes, and answers each request in a
thread of its own: two that come together both find the condition true.
"""

import functools
import threading
from types import ModuleType

WRITES = (
    "batch_execute_statement",
    "batch_write_item",
    "delete_item",
    "execute_transaction",
    "put_item",
    "transact_write_items",
    "update_item",
)


def fill(module: ModuleType) -> None:
    backend = module.DynamoDBBackend
    # One for all tables, and re-entrant: a transaction writes its items by the same methods.
    turn = threading.RLock()

    def in_turn(write):
        @functools.wraps(write)
        def waiting(self, *args, **kwargs):
            with turn:
                return write(self, *args, **kwargs)

        return waiting

    for name in WRITES:
        setattr(backend, name, in_turn(getattr(backend, name)))
