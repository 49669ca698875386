"""DynamoDB: of two conditional writes to one item at once, one wins.

AWS checks a condition and writes as one act. moto checks, then writes, and answers each request in a
thread of its own: two that come together both find the condition true.

A transaction costs what it writes. moto first copies the whole table, to be able to go back to the copy.
"""

import copy
import functools
import threading
from types import ModuleType, SimpleNamespace

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

    transact = backend.transact_write_items

    @functools.wraps(transact)
    def transact_or_undo(self, transact_items):
        with turn:
            undo = undo_of(self, transact_items)
            try:
                return transact(self, transact_items)
            except Exception:
                undo()
                raise

    backend.transact_write_items = transact_or_undo
    # What moto keeps to go back to is the table itself.
    module.copy = SimpleNamespace(
        deepcopy=lambda value: value if isinstance(value, module.Table) else copy.deepcopy(value)
    )


def undo_of(backend, transact_items):
    """What gives the items that a transaction names, and the streams, back what they hold now."""
    before = []
    for operation in (next(iter(item.values())) for item in transact_items):
        table = backend.tables.get(operation.get("TableName"))
        named = operation.get("Key") or operation.get("Item") or {}
        # An operation without a table or a key is refused before it writes.
        if table and {table.hash_key_attr, table.range_key_attr} - {None} <= named.keys():
            keys = backend.get_keys_value(table, named)
            stream = table.stream_shard.items if table.stream_shard else []
            before.append((table, *keys, copy.deepcopy(table.get_item(*keys)), stream, len(stream)))

    def undo():
        for table, hash_key, range_key, item, stream, length in before:
            place, key = (table.items[hash_key], range_key) if range_key else (table.items, hash_key)
            if item is None:
                place.pop(key, None)
            else:
                place[key] = item
            del stream[length:]

    return undo
