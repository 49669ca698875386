"""The metrics of the golden weeks, computed a second time and in another way than in src/.

Each function follows the formula of the publication that the TypeScript function of the same name
cites, for weeks without missing minutes. Needs Python 3 and numpy.

    python3 libs/actigraphy/reference/metrics.py            compares with the committed golden values
    python3 libs/actigraphy/reference/metrics.py --print    prints the values as JSON
"""

import json
import math
import sys
from pathlib import Path

import numpy as np

FIXTURES = Path(__file__).parent.parent / "test" / "fixtures"
DAY = 1_440
WEEK = 7 * DAY
TOLERANCE = 1e-9


def rest_activity(counts):
    """L5, M10 and relative amplitude, from every window of the average day."""
    day = counts.reshape(7, DAY).mean(axis=0)
    found = {}
    for name, hours, best in (("L5", 5, np.argmin), ("M10", 10, np.argmax)):
        minutes = (np.arange(DAY)[:, None] + np.arange(hours * 60)) % DAY
        means = day[minutes].mean(axis=1)
        onset = int(best(means.round(9)))
        found |= {name: means[onset], f"{name}onsetMinute": onset}
    return found | {"RA": (found["M10"] - found["L5"]) / (found["M10"] + found["L5"])}


def rhythm_stability(counts):
    hours = counts.reshape(-1, 60).mean(axis=1)
    variance = hours.var()
    return {
        "IS": hours.reshape(7, 24).mean(axis=0).var() / variance,
        "IV": np.mean(np.diff(hours) ** 2) / variance,
    }


def cosinor(counts):
    angle = 2 * np.pi * np.arange(counts.size) / DAY
    design = np.column_stack([np.ones(counts.size), np.cos(angle), np.sin(angle)])
    (mesor, beta, gamma), *_ = np.linalg.lstsq(design, counts, rcond=None)
    residuals = counts - design @ (mesor, beta, gamma)
    acrophase = math.atan2(gamma, beta) % (2 * math.pi)
    return {
        "mesor": mesor,
        "amplitude": math.hypot(beta, gamma),
        "acrophaseRad": acrophase,
        "acrophaseMinute": acrophase / (2 * math.pi) * DAY,
        "r2": 1 - residuals.var() / counts.var(),
    }


def cole_kripke_index(counts, divisor):
    """Minutes beyond the ends take the mean of the weighted sum that is there."""
    weights = np.array([106, 54, 58, 76, 230, 74, 67], dtype=float)
    padded = np.pad(counts / divisor, (4, 2), constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 7)
    measured = ~np.isnan(windows)
    return 0.001 * weights.sum() * np.nansum(windows * weights, axis=1) / (measured @ weights)


def runs(asleep):
    """(asleep, start, end) of each stretch of equal scores."""
    edges = [0, *(np.flatnonzero(np.diff(asleep.astype(int))) + 1), asleep.size]
    return [(bool(asleep[start]), int(start), int(end)) for start, end in zip(edges, edges[1:])]


def webster(asleep):
    rescored = asleep.copy()
    stretches = runs(asleep)
    for at, (sleeping, start, end) in enumerate(stretches):
        if not sleeping:
            continue
        before = start - stretches[at - 1][1] if at > 0 else 0
        after = stretches[at + 1][2] - end if at + 1 < len(stretches) else 0
        for wake, minutes in ((4, 1), (10, 3), (15, 4)):
            if before >= wake:
                rescored[start : min(start + minutes, end)] = False
        for minutes, wake in ((6, 10), (10, 20)):
            if end - start <= minutes and min(before, after) >= wake:
                rescored[start:end] = False
    return rescored


def sadeh(counts, cap):
    capped = np.minimum(counts, cap)
    asleep = np.zeros(counts.size, dtype=bool)
    for minute in range(counts.size):
        around = capped[max(0, minute - 5) : minute + 6]
        trailing = capped[max(0, minute - 5) : minute + 1]
        moderate = np.mean((around >= 50) & (around < 100)) * 11
        deviation = trailing.std(ddof=1) if trailing.size > 1 else 0.0
        logarithm = math.log(capped[minute] + 1)
        index = 7.601 - 0.065 * around.mean() - 1.08 * moderate - 0.056 * deviation - 0.703 * logarithm
        asleep[minute] = index >= 0
    return asleep


def night(asleep, start, end):
    scores = asleep[start:end]
    minutes = np.flatnonzero(scores)
    between = scores[minutes[0] : minutes[-1] + 1]
    return {
        "timeInBed": end - start,
        "tst": int(scores.sum()),
        "sol": int(minutes[0]),
        "waso": int((~between).sum()),
        "finalWake": int(scores.size - 1 - minutes[-1]),
        "efficiency": scores.mean(),
        "awakenings": sum(not sleeping for sleeping, *_ in runs(between)),
    }


def metrics(counts):
    index = cole_kripke_index(counts, 30)
    asleep = index < 1
    rescored = webster(asleep)
    return {
        "sum": counts.sum(),
        "first10from720": counts[720:730].tolist(),
        **rhythm_stability(counts),
        **rest_activity(counts),
        "cosinor": cosinor(counts),
        "coleKripke": {
            "unit": "counts/30",
            "sleepMinutes": int(asleep.sum()),
            "afterWebster": int(rescored.sum()),
            "d_at": index[[0, 700, 900, 5000]].tolist(),
        },
        "sri": -100 + 200 * np.mean(rescored[DAY:] == rescored[:-DAY]),
        "sadehSleepMinutesCapped300": int(sadeh(counts, 300).sum()),
        "night1_1380_1860": night(rescored, 1380, 1860),
    }


def differences(path, golden, found):
    """The places at which two documents differ by more than the relative tolerance of the tests."""
    if isinstance(golden, dict):
        for name in sorted(golden.keys() | found.keys()):
            yield from differences(f"{path}/{name}", golden.get(name), found.get(name))
    elif isinstance(golden, list):
        for at, (expected, actual) in enumerate(zip(golden, found, strict=True)):
            yield from differences(f"{path}/{at}", expected, actual)
    elif golden != found and not (
        isinstance(golden, (int, float))
        and isinstance(found, (int, float))
        and abs(found - golden) <= TOLERANCE * abs(golden)
    ):
        yield f"{path}: golden {golden}, reference {found}"


def main():
    counts = np.fromfile(FIXTURES / "counts.u16.bin", dtype="<u2").reshape(2, WEEK).astype(float)
    found = {name: metrics(week) for name, week in zip(("week-a", "week-b"), counts)}
    if "--print" in sys.argv[1:]:
        print(json.dumps(found, indent=1, default=float))
        return 0
    golden = json.loads((FIXTURES / "metrics.golden.json").read_text())
    wrong = [line for name in found for line in differences(name, golden[name], found[name])]
    print("\n".join(wrong) or "the reference reproduces the golden metrics of both weeks")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
