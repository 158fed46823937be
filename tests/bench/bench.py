#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench.py --build BUILD [--json] [--queries N] [--index OPTION]… [ARCHIVE…]: measures one archive.

Queries are drawn from the index itself, N of each class (one word, two words of one article, a phrase, a
frequent word), and answered as a person asks: ten hits with their snippets.  The baselines get the same articles
as plain lines, already read and tidied, and the same queries.  Analysis is timed on the first 32 MB of these lines,
stemming on the words cut out of them."""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.path.join(HERE, "..", "..", "corpus")
ONE_SHOT = 60  # processes started to time a query from the outside


def run(command, out=None):
    """Seconds and peak memory in MB of a program that must succeed (1: some articles rejected, or no hits)."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=out or subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"bench: {' '.join(command[:4])} … ended with status {process.returncode}")
    return time.monotonic() - begun, usage.ru_maxrss / 1024


def size_of(path):
    """Bytes of a file, or of all files of a folder."""
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names)


def percentiles(values):
    ordered = sorted(values)
    return {f"p{p}": ordered[min(len(ordered) - 1, len(ordered) * p // 100)] for p in (50, 95, 99)}


def read_times(path):
    """Milliseconds of each query by class, and of all."""
    times = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, microseconds, _ = line.rstrip("\n").split("\t")
            times.setdefault(name, []).append(float(microseconds) / 1000)
    everything = [value for values in times.values() for value in values]
    return {name: percentiles(values) for name, values in {**times, "all": everything}.items()}


def read_speeds(path):
    """What a thread goes through in a second, by the name of the work."""
    speeds = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, size, words, seconds = line.rstrip("\n").split("\t")
            seconds = float(seconds)
            speeds[name] = {"mb_per_second": int(size) / 1e6 / seconds, "words_per_second": int(words) / seconds}
    return speeds


class Bench:
    def __init__(self, args, place):
        self.args, self.place = args, place
        self.index_program = f"{args.build}/indexer/fihris-index"
        self.query_program = f"{args.build}/query/fihris-query"
        self.draw_program = f"{args.build}/tests/bench/bench_query"
        self.database = os.path.join(place, "fihris.db")
        self.queries = os.path.join(place, "queries")
        self.articles = os.path.join(place, "articles")

    def say(self, text):
        print(text, file=sys.stderr, flush=True)

    def indexing(self, seconds, memory, size):
        text = self.report["text_bytes_indexed"]
        return {
            "seconds": seconds,
            "articles_per_second": self.report["articles"] / seconds,
            "text_mb_per_second": text / 1e6 / seconds,
            "peak_memory_mb": memory,
            "index_mb": size / 1e6,
            "index_over_text": size / text,
        }

    def index(self):
        self.say("indexing")
        report = os.path.join(self.place, "report.json")
        command = [self.index_program, "--quiet", "--db", self.database, "--report", report]
        seconds, memory = run(command + self.args.index + self.args.archives)
        with open(report, encoding="utf-8") as file:
            self.report = json.load(file)
        found = self.indexing(seconds, memory, size_of(self.database))
        found["again_seconds"], _ = run(command + self.args.index + self.args.archives)
        run([self.index_program, "--quiet", "--db", self.database, "--compact"])
        found["compact_over_text"] = size_of(self.database) / self.report["text_bytes_indexed"]
        return found

    def draw(self):
        self.say("drawing queries")
        with open(self.queries, "wb") as out:
            run([self.draw_program, "draw", self.database, str(self.args.queries)], out)

    def time_queries(self, program, database):
        times = os.path.join(self.place, "times")
        with open(times, "wb") as out:
            run([program, "time", database, self.queries], out)
        return read_times(times)

    def one_shot(self):
        self.say("starting processes")
        with open(self.queries, encoding="utf-8") as lines:
            queries = [line.rstrip("\n").split("\t")[1] for line in lines]
        step = max(1, len(queries) // ONE_SHOT)
        return percentiles(run([self.query_program, "--db", self.database, "--", q])[0] * 1000 for q in queries[::step])

    def write_articles(self):
        """What the baselines read."""
        dry = subprocess.Popen([self.index_program, "--dry-run", "--quiet", *self.args.archives], stdout=subprocess.PIPE)
        with open(self.articles, "w", encoding="utf-8") as out:
            for line in dry.stdout:
                article = json.loads(line)
                texts = (article[name] or "" for name in ("id", "title", "body"))
                out.write("\t".join(text.replace("\t", " ").replace("\n", " ") for text in texts) + "\n")
        dry.wait()

    def baseline(self, name):
        program = f"{self.args.build}/tests/bench/{name}"
        if not os.path.exists(program):
            return None
        self.say(name)
        database = os.path.join(self.place, name + ".db")
        seconds, memory = run([program, "index", database, self.articles])
        return {
            "indexing": self.indexing(seconds, memory, size_of(database)),
            "query_ms": self.time_queries(program, database),
        }

    def speeds(self, program, *arguments):
        path = os.path.join(self.place, "speeds")
        with open(path, "wb") as out:
            run([f"{self.args.build}/tests/bench/{program}", *arguments], out)
        return read_speeds(path)

    def analysis(self):
        """Of text by each stemmer, and of words already cut by ours and by Snowball's where libstemmer is there."""
        self.say("analysing")
        words, snowball = os.path.join(self.place, "words"), f"{self.args.build}/tests/bench/baseline_snowball"
        with open(words, "wb") as out:
            run([f"{self.args.build}/tests/bench/bench_stem", "cut", self.articles], out)
        found = {
            "text": self.speeds("bench_stem", "text", self.articles),
            "words": self.speeds("bench_stem", "words", words),
        }
        if os.path.exists(snowball):
            found["words"].update(self.speeds("baseline_snowball", words))
        return found

    def measure(self):
        found = {"indexing": self.index()}
        self.draw()
        self.say("timing queries")
        found["query_ms"] = self.time_queries(self.draw_program, self.database)
        found["process_ms"] = self.one_shot()
        with open(self.queries, encoding="utf-8") as lines:
            found["queries"] = sum(1 for _ in lines)
        self.write_articles()
        found["analysis"] = self.analysis()
        found["baselines"] = {
            label: measured
            for label, name in (("libxapian alone", "baseline"), ("SQLite FTS5", "baseline_fts5"))
            if (measured := self.baseline(name))
        }
        names = ("articles", "rejected", "text_bytes_indexed")
        return {"archive": {name: self.report[name] for name in names}, **found}


def print_table(found):
    archive, own = found["archive"], found["indexing"]
    columns = {"fihris": found, **found["baselines"]}
    print(f"{archive['articles']:,} articles, {archive['text_bytes_indexed'] / 1e6:,.1f} MB of text, "
          f"{archive['rejected']} rejected; {found['queries']} queries; (x): a baseline's figure over ours\n")

    def row(name, values, form="{:,.2f}"):
        first = values[0]
        cells = [form.format(first)] + [
            form.format(value) + (f" ({value / first:.2f}x)" if first else "") for value in values[1:]
        ]
        print(f"{name:<28}" + "".join(f"{cell:>22}" for cell in cells))

    print(f"{'':<28}" + "".join(f"{name:>22}" for name in columns))
    for name, key, form in (
        ("articles/s", "articles_per_second", "{:,.0f}"),
        ("MB/s of text", "text_mb_per_second", "{:,.2f}"),
        ("peak memory, MB", "peak_memory_mb", "{:,.0f}"),
        ("index, MB", "index_mb", "{:,.1f}"),
        ("index over text", "index_over_text", "{:,.2f}"),
    ):
        row(name, [column["indexing"][key] for column in columns.values()], form)
    row("  compacted", [own["compact_over_text"]])
    row("again, nothing changed, s", [own["again_seconds"]])
    for name, times in found["query_ms"].items():
        for p in times:
            row(f"{name}, {p}, ms", [column["query_ms"][name][p] for column in columns.values()], "{:,.3f}")
    for p, value in found["process_ms"].items():
        row(f"one process, {p}, ms", [value], "{:,.1f}")
    print_speeds(found["analysis"])


def print_speeds(analysis):
    for what, first, title in (
        ("text", "none", "analysis of text, one thread"),
        ("words", "light", "folding and stemming of cut words"),
    ):
        print(f"\n{title:<36}{'MB/s':>10}{'words/s':>16}   (x): over {first}'s")
        for name, speed in analysis[what].items():
            times = f"{speed['mb_per_second'] / analysis[what][first]['mb_per_second']:.2f}x"
            print(f"  {name:<34}{speed['mb_per_second']:>10,.1f}{speed['words_per_second']:>16,.0f}   ({times})")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("archives", nargs="*")
    parser.add_argument("--build", default="build-bench")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--queries", type=int, default=150, metavar="N")
    parser.add_argument("--index", action="append", default=[], metavar="OPTION")
    parser.add_argument("--place", help="where to work; as large as three indexes")
    args = parser.parse_args()
    args.archives = args.archives or [CORPUS]
    place = tempfile.mkdtemp(dir=args.place)
    try:
        found = Bench(args, place).measure()
    finally:
        shutil.rmtree(place)
    print(json.dumps(found, indent=1)) if args.json else print_table(found)


if __name__ == "__main__":
    main()
