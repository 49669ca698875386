"""CloudWatch: ListMetrics lists a metric once, however many values it has.

moto compares every value that was ever put with every metric found so far, so that the looks of our
alarms take half a core after a quarter of an hour. A metric without dimensions it lists per value.
"""

from types import ModuleType


def fill(module: ModuleType) -> None:
    backend = module.CloudWatchBackend
    put = backend.put_metric_data

    def put_metric_data(self, namespace, metric_data):
        before = len(self.metric_data)
        put(self, namespace, metric_data)
        metrics = vars(self).setdefault("first_values", {})
        for value in self.metric_data[before:]:
            metrics.setdefault(_metric_of(value), value)

    def get_filtered_metrics(self, metric_name, namespace, dimensions):
        metrics = dict(vars(self).get("first_values", {}))
        for value in self.aws_metric_data:
            metrics.setdefault(_metric_of(value), value)
        return [
            value
            for value in metrics.values()
            if value.filter(namespace=namespace, name=metric_name, dimensions=dimensions)
        ]

    backend.put_metric_data = put_metric_data
    backend.get_filtered_metrics = get_filtered_metrics


def _metric_of(value):
    dimensions = frozenset((dimension.name, dimension.value) for dimension in value.dimensions)
    return value.namespace, value.name, dimensions
