# SPDX-License-Identifier: GPL-3.0-or-later
"""What bench.py measures with: programs' time and memory, files' sizes, medians."""
import os
import statistics
import subprocess
import sys
import time

PERCENTILES = (50, 95, 99)
NO_HITS = 1  # also: some articles were rejected


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(command, out=None, source=None, cores=None):
    """Seconds on the clock and of the processor, and peak memory in MB, of a program that must succeed; on as many
    cores, where `cores` says so."""
    all_cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(all_cores)[:cores])  # which the program inherits
    begun = time.monotonic()
    process = subprocess.Popen(command, stdin=source, stdout=out or subprocess.DEVNULL)
    os.sched_setaffinity(0, all_cores)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, NO_HITS):
        sys.exit(f"bench: {' '.join(command[:4])} … ended with status {process.returncode}")
    return {
        "seconds": time.monotonic() - begun,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "peak_memory_mb": usage.ru_maxrss / 1024,
    }


def size_of(path, without=()):
    """Bytes of a file, or of all files of a folder but those whose names end so."""
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(
        os.path.getsize(os.path.join(folder, name))
        for folder, _, names in os.walk(path)
        for name in names
        if not name.endswith(tuple(without))
    )


def percentiles(values):
    ordered = sorted(values)
    return {f"p{p}": ordered[min(len(ordered) - 1, len(ordered) * p // 100)] for p in PERCENTILES}


def read_times(path, passes=1):
    """Microseconds of each query, the median of all passes, by its class; from `class TAB microseconds TAB hits`."""
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    count, times = len(rows) // passes, {}
    for at in range(count):
        took = statistics.median(float(row[1]) for row in rows[at::count])
        times.setdefault(rows[at][0], []).append(took)
    return {name: percentiles(values) for name, values in times.items()}


def median_of(samples):
    """One like all of the samples, every number in it the median of theirs."""
    first = samples[0]
    if isinstance(first, dict):
        return {key: median_of([sample[key] for sample in samples]) for key in first}
    return statistics.median(samples) if isinstance(first, (int, float)) else first
