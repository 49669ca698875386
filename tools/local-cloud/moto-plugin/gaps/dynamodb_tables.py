"""DynamoDB: a query reads one partition.

moto sorts all items of a table, then looks for those of the partition that a query names: the
more a table holds, the longer every query of it takes.
"""

import functools
import inspect
from types import ModuleType


def fill(module: ModuleType) -> None:
    query = module.Table.query
    signature = inspect.signature(query)

    @functools.wraps(query)
    def query_partition(self, hash_key, *args, **named):
        arguments = signature.bind(self, hash_key, *args, **named).arguments
        table = self if arguments.get("index_name") else partition_of(self, hash_key)
        return query(table, hash_key, *args, **named)

    module.Table.query = query_partition


def partition_of(table, hash_key):
    """The same table with the items of one partition, made so that moto does not keep it."""
    partition = object.__new__(type(table))
    items = {key: table.items[key] for key in [hash_key] if key in table.items}
    vars(partition).update(vars(table), items=items)
    return partition
