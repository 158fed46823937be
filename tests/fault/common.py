# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of crashes, faults and damage share: the programs, a small archive, and what to hold an index
against.  Every program runs with one thread unless it is told otherwise, so that call N is the same each time."""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(os.environ.get("FIHRIS_SOURCE", Path(__file__).resolve().parents[2]))
BUILD = Path(os.environ.get("FIHRIS_BUILD", HOUSE / "build-test")).resolve()
INDEX, QUERY, SERVE = BUILD / "indexer/fihris-index", BUILD / "query/fihris-query", BUILD / "site/fihris-serve"
LIBRARY = BUILD / "tests/fault/libfault.so"
PATIENCE = 60  # seconds until a program hangs
WRITERS = ("bulk", "few", "library")
EVERYTHING = "NOT كلمةلاتوجدأبدا"
GUARD = "ended by"  # what a program says when a signal would have ended it

os.environ["LC_ALL"] = "C.UTF-8"
for name in ("FIHRIS_DB", "COLUMNS", "NO_COLOR"):
    os.environ.pop(name, None)


def arguments(about):
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--long", action="store_true", help="every call, not every so manieth; hundreds of random moments")
    parser.add_argument("--seed", type=int, default=1, help="what random moments and places come from; default 1")
    return parser.parse_args()


# ---- TAP ----

class Tap:
    """Cases by name: each counts what was tried and keeps the first things that were wrong."""

    def __init__(self):
        self.points, self.failed = 0, False

    def case(self, name, tried, wrong):
        """`tried`: how many times; `wrong`: a line for each that went wrong."""
        self.points += 1
        good = not wrong and tried > 0
        print(f"{'ok' if good else 'not ok'} {self.points} - {name} ({tried} times)")
        self.failed |= not good
        for line in wrong[:8]:
            print("\n".join("# " + part for part in str(line).splitlines()))
        if len(wrong) > 8:
            print(f"# … and {len(wrong) - 8} more")
        sys.stdout.flush()

    def skip(self, name, reason):
        self.points += 1
        print(f"ok {self.points} - {name} # SKIP {name}: {reason}")

    def finish(self):
        print(f"1..{self.points}")
        return 1 if self.failed else 0


# ---- Programs ----

@dataclass
class Ended:
    status: int  # below 0: the signal
    out: str
    err: str

    def crashed(self):
        return self.status < 0 or GUARD in self.err

    def __str__(self):
        return f"status {self.status}: {self.err.strip()[:600]}"


def environment(plan=None, **more):
    env = dict(os.environ, **{key: str(value) for key, value in more.items()})
    if plan or more:
        env["LD_PRELOAD"] = str(LIBRARY)
    if plan:
        env["FAULT_AT"] = plan
    return env


def start(program, *words, env=None, **more):
    return subprocess.Popen([str(program), *map(str, words)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, env=env, **more)


def wait(process, patience=PATIENCE):
    try:
        out, err = process.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        return Ended(-signal.SIGKILL, "", f"it hung for {patience} seconds")
    return Ended(process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))


def run(program, *words, env=None, patience=PATIENCE, **more):
    return wait(start(program, *words, env=env, **more), patience)


def index(db, *words, **more):
    return run(INDEX, "--quiet", "--jobs", 1, "--db", db, *words, **more)


def counted(work, program, *words, **more):
    """(how it ended, how many calls of each class it made)."""
    report = work / "report"
    report.unlink(missing_ok=True)
    ended = run(program, *words, env=environment(FAULT_REPORT=report, **more))
    counts = {}
    for line in report.read_text().splitlines():
        word, name, number = line.split()
        if word == "count":
            counts[name] = int(number)
    return ended, counts


def was_hit(report):
    return report.exists() and "hit " in report.read_text()


# ---- An archive ----

def some_of(numbers, every):
    """All of them in the long form, else about `every` of them, the first and the last among them."""
    numbers = list(numbers)
    if every is None or len(numbers) <= every:
        return numbers
    step = (len(numbers) - 1) / (every - 1)
    return sorted({numbers[round(i * step)] for i in range(every)})


def corpus(work):
    """The articles of corpus/ as the program exports them."""
    db = work / "corpus.db"
    made = index(db, HOUSE / "corpus")
    assert made.status in (0, 1), made
    found = [json.loads(line) for line in run(INDEX, "--db", db, "--export").out.splitlines()]
    shutil.rmtree(db)
    return found


def write_lines(path, articles):
    path.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles))
    return path


def changed(article, words):
    return dict(article, body=article["body"] + "\n" + words)


def export(db):
    """(the articles by id, what is wrong)."""
    ended = run(INDEX, "--db", db, "--export")
    if ended.status != 0:
        return {}, [f"the export fails: {ended}"]
    articles = [json.loads(line) for line in ended.out.splitlines()]
    twice = [name for name, times in Counter(a["id"] for a in articles).items() if times > 1]
    return {a["id"]: a for a in articles}, [f"twice in the index: {name}" for name in twice]


def is_index(db):
    return (db / "iamglass").exists()


def unsound(db):
    """What is wrong with the index as a database."""
    wrong = []
    tables = run("xapian-check", db)
    if tables.status != 0:
        wrong.append(f"xapian-check: {tables.out[-400:]}{tables.err}")
    whole = run(INDEX, "--db", db, "--check")
    if whole.status != 0:
        wrong.append(f"--check: {whole.out[:400]}{whole}")
    asked = run(QUERY, "--db", db, "--limit", 1, EVERYTHING)
    if asked.status not in (0, 1):
        wrong.append(f"a query: {asked}")
    return wrong


def copy(base, db):
    for end in ("", ".building", ".compacting", ".aside"):
        shutil.rmtree(f"{db}{end}", ignore_errors=True)
    if base:
        shutil.copytree(base, db)
    return db


def left_beside(db):
    return [str(path.name) for path in db.parent.glob(db.name + ".*")]


def work_folder():
    """On memory where there is some: what is written through is not what is measured here."""
    shared = Path("/dev/shm")
    base = shared if os.access(shared, os.W_OK) else None
    return tempfile.TemporaryDirectory(prefix="fihris-fault-", dir=base)
