#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench.py --build BUILD [OPTION]… ARCHIVE… | --synthetic N | --growth N,N,…: measures archives, and others beside us.

Every engine gets the same articles and the same queries in the same run, in turns; each figure is the median of
several rounds.  Queries are drawn from the index itself and asked twice: for the ten best articles alone, and as a
person asks, with titles and snippets.  The others get the articles as plain lines, already read and tidied."""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

import server
import table
from engines import PEERS, Fihris
from measuring import median_of, percentiles, run, say

HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.path.join(HERE, "..", "..", "corpus")
PROCESSES = 30  # started to time a query from the outside
ADDED = 1000


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
    """One archive, measured in a folder of its own."""

    def __init__(self, args, place, archives, synthetic):
        self.args, self.place, self.synthetic = args, place, synthetic
        self.tools = f"{args.build}/tests/bench"
        names = ("queries", "lines", "articles")
        self.queries, self.lines, self.articles = (os.path.join(place, name) for name in names)
        self.archives = archives or [self.make_archive(0, synthetic)]
        self.fihris = Fihris(args.build, place, self.archives, args.index)
        self.peers = [PEERS[name](args.build, place, self.articles) for name in args.engines]

    def make_archive(self, first, count):
        """Articles that nobody wrote, with the words of the sample archive."""
        path = os.path.join(self.place, f"synthetic-{first}.jsonl")
        learned = os.path.join(self.place, "learned")
        dry_run = [f"{self.args.build}/indexer/fihris-index", "--dry-run", "--quiet", CORPUS]
        with open(learned, "wb") as out:
            run(dry_run, out)
        made = [f"{self.tools}/make_archive", "--articles", str(count), "--from", str(first)]
        with open(learned, "rb") as source, open(path, "wb") as out:
            run(made, out, source)
        return path

    def read_articles(self):
        """Read and tidied; a made archive is so from the start."""
        if self.synthetic:
            with open(self.archives[0], encoding="utf-8") as lines:
                yield from lines
            return
        dry_run = [self.fihris.index_program, "--dry-run", "--quiet", *self.archives]
        with subprocess.Popen(dry_run, stdout=subprocess.PIPE) as process:
            yield from process.stdout

    def write_articles(self):
        """What the others read."""
        names = ("id", "date", "title", "text") if self.synthetic else ("id", "published", "title", "body")
        with open(self.articles, "w", encoding="utf-8") as out:
            for line in self.read_articles():
                article = json.loads(line)
                texts = (article[name] or "" for name in names)
                out.write("\t".join(text.replace("\t", " ").replace("\n", " ") for text in texts) + "\n")

    def present(self):
        """Those of the others that can be measured here."""
        for peer in self.peers:
            if reason := peer.missing():
                say(f"left out: {peer.label} {reason}")
        return [peer for peer in self.peers if not peer.missing()]

    def build_all(self, engines):
        """By the label of the engine and how many jobs it has, each engine in its turn."""
        samples = {(engine, jobs): [] for engine in engines for jobs in engine.jobs}
        for turn in range(self.args.rounds):
            for engine, jobs in samples:
                say(f"round {turn + 1}: {engine.label} builds, {jobs} at a time")
                samples[engine, jobs].append(engine.build_once(jobs))
        text = self.text_bytes() / 1e6
        builds = {engine.label: {} for engine in engines}
        for (engine, jobs), built in samples.items():
            middle = median_of(built)
            speeds = {"mb_per_second": text / middle["seconds"], "cpu_mb_per_second": text / middle["cpu_seconds"]}
            builds[engine.label][str(jobs)] = {**middle, **speeds}
        return builds

    def text_bytes(self):
        with open(self.fihris.report, encoding="utf-8") as file:
            return json.load(file)["text_bytes_indexed"]

    def sizes(self, engine):
        sizes, text = engine.sizes(), self.text_bytes() / 1e6
        return {**sizes, "index_over_text": sizes["index_mb"] / text, "total_over_text": sizes["total_mb"] / text}

    def answer_all(self, engines):
        samples = {engine.label: [] for engine in engines}
        for turn in range(self.args.rounds):
            for engine in engines:
                say(f"round {turn + 1}: {engine.label} answers")
                ids, shown = (engine.latency(self.queries, shown, self.args.seconds) for shown in (False, True))
                process = engine.process(self.lines)
                samples[engine.label].append({"ids_us": ids, "shown_us": shown, "process_us": process})
        return {label: median_of(each) for label, each in samples.items()}

    def draw(self):
        say("drawing queries")
        self.fihris.draw(self.args.queries, self.queries)
        words = server.read_queries(self.queries, ("one word", "two words"))
        with open(self.lines, "w", encoding="utf-8") as out:
            out.writelines(text + "\n" for text in words[:: max(1, len(words) // PROCESSES)])

    def life(self):
        """After the first build: the same once more, and a day's articles more."""
        say("again, nothing changed")
        again = median_of([self.fihris.again() for _ in range(self.args.rounds)])
        seen = []
        for turn in range(self.args.rounds):
            say(f"round {turn + 1}: adding {ADDED} articles")
            archive = self.make_archive((self.synthetic or 0) + turn * ADDED, ADDED)
            with open(archive, encoding="utf-8") as lines:
                *_, last = lines
            article = json.loads(last)
            seen.append(self.fihris.see(archive, article["title"], article["id"]))
            os.remove(archive)
        return {"again_seconds": again, "added": ADDED, "added_and_seen_seconds": median_of(seen)}

    def speeds(self, program, *arguments):
        path = os.path.join(self.place, "speeds")
        with open(path, "wb") as out:
            run([f"{self.tools}/{program}", *arguments], out)
        return read_speeds(path)

    def analysis(self):
        """Of text by each stemmer, and of words already cut by ours and by Snowball's where libstemmer is there."""
        say("analysing")
        words, snowball = os.path.join(self.place, "words"), f"{self.tools}/baseline_snowball"
        with open(words, "wb") as out:
            run([f"{self.tools}/bench_stem", "cut", self.articles], out)
        found = {
            "text": self.speeds("bench_stem", "text", self.articles),
            "words": self.speeds("bench_stem", "words", words),
        }
        if os.path.exists(snowball):
            found["words"].update(self.speeds("baseline_snowball", words))
        return found

    def measure(self):
        say("reading the archive")
        self.write_articles()
        engines = [self.fihris, *self.present()]
        builds = self.build_all(engines)
        self.draw()
        found = {"engines": {}}
        answers = self.answer_all(engines)
        for engine in engines:
            label = engine.label
            found["engines"][label] = {"build": builds[label], "size": self.sizes(engine), **answers[label]}
        if reason := server.missing():
            say(f"left out: the server {reason}")
        else:
            say("the server answers")
            found["server"] = server.measure(self.args, self.fihris.database, self.queries, self.place)
        found["analysis"] = self.analysis()
        with open(self.fihris.report, encoding="utf-8") as file:
            report = json.load(file)
        names = ("articles", "rejected", "text_bytes_indexed")
        found["life"] = self.life()
        return {"archive": {name: report[name] for name in names}, "rounds": self.args.rounds, **found}


def measure(args, archives, synthetic):
    if args.place:
        os.makedirs(args.place, exist_ok=True)
    place = tempfile.mkdtemp(dir=args.place)
    try:
        return Bench(args, place, archives, synthetic).measure()
    finally:
        shutil.rmtree(place)


def measure_growth(args):
    """Of several sizes; of those that it got to, where it is interrupted."""
    found = []
    try:
        for size in args.growth.split(","):
            found.append(measure(args, [], int(size)))
    except KeyboardInterrupt:
        say(f"interrupted after {len(found)} sizes")
    return {"growth": found}


def options():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("archives", nargs="*")
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--synthetic", type=int, metavar="N", help="measure a made archive of so many articles")
    parser.add_argument("--growth", metavar="N,N,…", help="the same of several sizes, for scripts/plot")
    parser.add_argument("--engines", default=",".join(PEERS), metavar="NAME,…", help="beside us; default %(default)s")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--seconds", type=float, default=2, metavar="S", help="to warm up, and to load the server")
    parser.add_argument("--queries", type=int, default=150, metavar="N", help="of each class")
    parser.add_argument("--index", action="append", default=[], metavar="OPTION", help="for fihris-index")
    parser.add_argument("--place", help="where to work; as large as five archives")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    args.engines = [name for name in args.engines.split(",") if name]
    if unknown := [name for name in args.engines if name not in PEERS]:
        parser.error(f"no such engine: {unknown[0]}; there are {', '.join(PEERS)}")
    if bool(args.archives) + bool(args.synthetic) + bool(args.growth) > 1:
        parser.error("an ARCHIVE, --synthetic and --growth are one at a time")
    return args


def main():
    args = options()
    if args.growth:
        found = measure_growth(args)
    else:
        found = measure(args, args.archives or ([] if args.synthetic else [CORPUS]), args.synthetic)
    if args.json:
        print(json.dumps(found, indent=1))
    else:
        table.print_growth(found["growth"]) if args.growth else table.print_all(found)


if __name__ == "__main__":
    main()
