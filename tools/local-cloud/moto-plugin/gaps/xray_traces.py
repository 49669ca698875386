"""X-Ray: what a trace adds up to.

AWS: the duration of a trace runs from its first start to its last end, in fractions of a second; its summary has
the services, annotations and HTTP answer of its segments, and an error, fault or throttle if a segment has one.
moto takes whole seconds up to the end of the segment that starts last, and leaves the rest of the summary empty.
https://docs.aws.amazon.com/xray/latest/api/API_TraceSummary.html
"""

import time
from types import ModuleType


def fill(module: ModuleType) -> None:
    module.SegmentCollection.summary = _summaries
    module.XRayBackend.get_trace_ids = _traces


def _traces(self, trace_ids):
    stored = self._segment_collection._traces
    found = [trace_id for trace_id in trace_ids if trace_id in stored]
    return {
        "Traces": [
            {
                "Id": trace_id,
                "Duration": _duration(stored[trace_id]["segments"]),
                "LimitExceeded": False,
                "Segments": [
                    {"Id": segment.id, "Document": segment.raw}
                    for segment in stored[trace_id]["segments"]
                ],
            }
            for trace_id in found
        ],
        "UnprocessedTraceIds": [trace_id for trace_id in trace_ids if trace_id not in found],
    }


def _summaries(self, start_time, end_time, filter_expression=None):
    traces = [
        (trace_id, trace["segments"])
        for trace_id, trace in self._traces.items()
        if start_time.timestamp() <= _start(trace["segments"]) < end_time.timestamp()
    ]
    return {
        "ApproximateTime": time.time(),
        "TracesProcessedCount": len(traces),
        "TraceSummaries": [_summary(trace_id, segments) for trace_id, segments in traces],
    }


def _summary(trace_id, segments):
    # Subsegments that come by themselves are parts of services, not services.
    services = [each for each in segments if each.misc.get("type") != "subsegment"]
    first = min(services or segments, key=lambda each: each.start_time)
    request, response = ((first.http or {}).get(part, {}) for part in ("request", "response"))
    http = {"HttpMethod": request.get("method"), "HttpStatus": response.get("status")}
    return {
        "Id": trace_id,
        "StartTime": first.start_time,
        "Duration": _duration(segments),
        "ResponseTime": _end([first]) - first.start_time,
        "IsPartial": False,
        **{f"Has{kind.title()}": any(each.misc.get(kind) for each in segments) for kind in KINDS},
        "Http": {name: value for name, value in http.items() if value is not None},
        "ServiceIds": [_service(name) for name in dict.fromkeys(each.name for each in services)],
        "Annotations": _annotations(segments),
        "Users": [],
    }


KINDS = ("fault", "error", "throttle")


def _service(name):
    return {"Name": name, "Names": [name]}


def _annotations(segments):
    found = {}
    for segment in segments:
        for name, value in (segment.annotations or {}).items():
            entry = {"AnnotationValue": _typed(value), "ServiceIds": [_service(segment.name)]}
            found.setdefault(name, []).append(entry)
    return found


def _typed(value):
    if isinstance(value, bool):
        return {"BooleanValue": value}
    return {"StringValue": value} if isinstance(value, str) else {"NumberValue": value}


def _start(segments):
    return min(segment.start_time for segment in segments)


def _end(segments):
    return max(segment.end_time or segment.start_time for segment in segments)


def _duration(segments):
    return round(_end(segments) - _start(segments), 3)
