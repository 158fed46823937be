# SPDX-License-Identifier: GPL-3.0-or-later
"""How many requests fihris-serve answers, and how fast it completes what is typed; on loopback, by wrk."""
import math
import os
import re
import shutil
import subprocess
import sys
from urllib.parse import quote

from measuring import median_of

HERE = os.path.dirname(os.path.abspath(__file__))
BUSY, TYPING = 32, 2  # connections: to find its throughput, and as people type


def missing():
    return None if shutil.which("wrk") else "wants wrk: apt-get install wrk"


def read_queries(path, wanted):
    with open(path, encoding="utf-8") as lines:
        return [text for name, text in (line.rstrip("\n").split("\t") for line in lines) if name in wanted]


def write_paths(path, paths):
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(each + "\n" for each in paths)


def ask(url, paths, connections, seconds):
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", str(math.ceil(seconds))]
    command += ["--timeout", "10", "--latency", "--script", f"{HERE}/ask.lua", url, "--", paths]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    requests, duration, errors, *late = map(int, re.search(r"^result (.*)$", said, re.MULTILINE)[1].split())
    if errors:
        sys.exit(f"bench: the server did not answer {errors} of {requests} requests")
    return {"per_second": requests * 1e6 / duration, **dict(zip(("p50_us", "p95_us", "p99_us"), late))}


def memory_mb(process):
    """Its own: pages of the index that it has mapped belong to whoever reads them, and go when memory is needed."""
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as lines:
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon"))


def measure(args, database, queries, place):
    searches, typing = os.path.join(place, "searches"), os.path.join(place, "typing")
    words = read_queries(queries, ("one word", "two words", "phrase", "newest"))
    write_paths(searches, ["/search?q=" + quote(text) for text in words])
    begun = [text[:letters] for text in read_queries(queries, ("two words",)) for letters in range(2, len(text) + 1)]
    write_paths(typing, ["/suggest?format=json&q=" + quote(text) for text in begun])

    command = [f"{args.build}/site/fihris-serve", "--db", database, "--listen", "127.0.0.1:0", "--rate", "0"]
    with open(os.path.join(place, "served"), "wb") as log:
        server = subprocess.Popen([*command, "--log", log.name], stderr=subprocess.PIPE, text=True)
    try:
        url = re.search(r"http://\S+", server.stderr.readline())[0].rstrip("/")
        ask(url, typing, TYPING, args.seconds)  # to warm it up
        # What 32 clients asked for last is worked at when they are gone, so they come behind.
        typed = [ask(url, typing, TYPING, args.seconds) for _ in range(args.rounds)]
        busy = [ask(url, searches, BUSY, args.seconds) for _ in range(args.rounds)]
        samples = [{"search": each, "as_you_type": other} for each, other in zip(busy, typed)]
        return {**median_of(samples), "memory_mb": memory_mb(server)}
    finally:
        server.terminate()
        server.wait()
