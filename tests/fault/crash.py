#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""crash.py [--long] [--seed N]: fihris-index is killed at every change it makes to the disk, and at random
moments; it is stopped there, while others read and write; and others read while it works.  TAP."""
import random
import signal
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from common import *
from readers import read_all_the_while


@dataclass
class Job:
    """One run of fihris-index, and what the index holds before it and after it."""
    name: str
    base: Path  # None: there is no index yet
    words: list
    before: dict
    after: dict
    whole: bool  # all that it does to articles is one commit
    passing: dict  # what comes and goes within it
    names: str  # that the index has learned after it
    steps: bool = False  # on a file system that cannot exchange two folders
    threads: int = 1

    def run(self, db, plan=None):
        more = {"FAULT_NO_EXCHANGE": 1} if self.steps else {}
        return start(INDEX, *self.line(db), env=environment(plan, **more))

    def line(self, db):
        return ["--quiet", "--jobs", self.threads, "--db", db, *self.words]

    def changes(self, db):
        more = {"FAULT_NO_EXCHANGE": 1} if self.steps else {}
        return counted(db.parent, INDEX, *self.line(copy(self.base, db)), **more)[1]["change"]


# ---- What is to be done ----

def archive(work):
    articles = corpus(work)
    first, kept = articles[:24], articles[:8]
    second = kept + [changed(a, "نسخة ثانية من الخبر") for a in articles[8:16]] + articles[24:36]
    return first, second


def notices(work):
    """A source of articles, of which one is taken back by its own publisher further down."""
    def notice(name, status, hour):
        return {"uri": name, "version": "1", "versioncreated": f"2024-05-04T{hour}:00:00Z", "pubstatus": status,
                "headline": f"خبر {name}", "body_text": f"نص الخبر {name}"}
    lines = [notice(f"urn:{i}", "usable", 10) for i in range(6)]
    passing = write_lines(work / "passing.jsonl", lines[3:4])
    db = work / "passing.db"
    index(db, passing)
    return write_lines(work / "notices.jsonl", lines + [notice("urn:3", "canceled", 12)]), export(db)[0]


def base_of(work, name, *steps):
    db = work / name
    for words in steps:
        done = index(db, *words)
        assert done.status == 0, done
    return db


def names(db):
    return run(INDEX, "--db", db, "--entities", "list").out


def jobs(work, writer):
    """Adding, replacing, deleting, pruning and compacting, by one of the writers."""
    first, second = archive(work)
    one, two = write_lines(work / "one.jsonl", first), write_lines(work / "two.jsonl", second)
    by = ["--writer", writer]
    gone = [first[i]["id"] for i in (0, 9, 20)]
    deletes = [word for name in gone for word in ("--delete", name)]
    base = base_of(work, f"base.{writer}", [*by, one])
    thin = base_of(work, f"thin.{writer}", [*by, one], deletes)
    taken_back, passing = notices(work)
    plans = [("build", None, [*by, one], True), ("change", base, [*by, two], True),
             ("delete", base, deletes, False), ("compact", thin, ["--compact"], True),
             ("prune", base, [*by, "--prune", "--compact", two], False), ("take back", base, [*by, taken_back], False)]
    made = []
    for name, start_from, words, whole in plans:
        db = copy(start_from, work / "whole")
        before = export(db)[0] if start_from else {}
        done = index(db, *words)
        assert done.status == 0, f"{name}: {done}"
        made.append(Job(f"{writer}: {name}", start_from, words, before, export(db)[0], whole, passing, names(db)))
    steps = [replace(job, name=f"{job.name}, step by step", steps=True) for job in made if job.name == "bulk: prune"]
    return made + steps


# ---- What must hold ----

def half_state(job, found):
    """Every article that the run leaves alone is there, each as it was or as it is to be, and no other."""
    wrong = []
    for name in set(job.before) & set(job.after):
        if name not in found:
            wrong.append(f"lost: {name}")
    for name, article in found.items():
        if article not in (job.before.get(name), job.after.get(name), job.passing.get(name)):
            wrong.append(f"neither as it was nor as it is to be: {name}")
    if job.whole and found not in (job.before, job.after):
        wrong.append(f"half of a commit: {len(found)} articles, not {len(job.before)} or {len(job.after)}")
    return wrong


def without_index(job, db):
    """Nothing is there: it was killed before it could say whose index it is, or as it moved the index."""
    asked = run(QUERY, "--db", db, EVERYTHING)
    wrong = [] if asked.status == 2 and "hint: " in asked.err else [f"no index, but: {asked}"]
    aside = Path(f"{db}.aside")
    if aside.exists():
        refused = wait(job.run(db))
        if f"mv {aside} {db}" not in asked.err or f"mv {aside} {db}" not in refused.err:
            wrong.append(f"nobody says where the index is: {asked} {refused}")
        aside.rename(db)
        return wrong + look_at(job, db)
    return wrong + ([f"the index is gone: {asked}"] if job.base else [])


def look_at(job, db):
    found, twice = export(db)
    return unsound(db) + twice + half_state(job, found)


def after_kill(job, db):
    blank = not job.base and run(QUERY, "--db", db, EVERYTHING).status == 2
    return without_index(job, db) if blank or not is_index(db) else look_at(job, db)


def stays_so(job, db):
    """Whoever opens it next for writing, for something else, takes in what was left, and undoes nothing."""
    if not is_index(db):
        return []
    committed = export(db)[0] == job.after
    opened = index(db, "--delete", "nothing-has-this-id")
    if opened.status != 1 and job.base:
        return [f"it cannot be opened for writing: {opened}"]
    found, twice = export(db) if opened.status == 1 else ({}, [])
    undone = ["what was committed is so no more"] if committed and found != job.after else []
    return undone + twice + (half_state(job, found) if opened.status == 1 else [])


def completes(job, db):
    again = wait(job.run(db))
    allowed = (0, 1) if "--delete" in job.words else (0,)  # what was deleted before the kill is not found
    wrong = [] if again.status in allowed else [f"a second run: {again}"]
    found, twice = export(db)
    if found != job.after:
        missing, more = set(job.after) - set(found), set(found) - set(job.after)
        wrong.append(f"a second run does not complete it: missing {missing}, too many {more}")
    if names(db) != job.names:
        wrong.append(f"a second run learns other names: {names(db)}")
    return wrong + twice + unsound(db) + [f"left behind: {name}" for name in left_beside(db)]


def look_after(job, db, where, otherwise):
    """`otherwise`: the next one to write has something else to do."""
    wrong = after_kill(job, db) + (stays_so(job, db) if otherwise else []) + completes(job, db)
    return [f"{job.name}, {where}: {line}" for line in wrong]


# ---- Killed ----

def kill_at_changes(tap, work, all_jobs, every):
    for job in all_jobs:
        wrong, tried = [], 0
        for number in some_of(range(1, job.changes(work / "db") + 1), every):
            for how in ("kill", "half") if number % 2 else ("kill",):
                db = copy(job.base, work / "db")
                if wait(job.run(db, f"change:{number}:{how}")).status == -signal.SIGKILL:
                    tried += 1
                    wrong += look_after(job, db, f"{how} at change {number}", (tried + (how == "half")) % 2)
        tap.case(f"{job.name}: killed at its changes of the disk, nothing is lost or doubled", tried, wrong)


def kill_at_random(tap, work, all_jobs, times, dice):
    wrong, tried = [], 0
    while tried < times:
        job = replace(dice.choice(all_jobs), threads=dice.choice((1, 2)))
        began = time.monotonic()
        wait(job.run(copy(job.base, work / "db")))
        moment = dice.random() * (time.monotonic() - began)
        db = copy(job.base, work / "db")
        process = job.run(db)
        time.sleep(moment)
        process.kill()
        if wait(process).status == -signal.SIGKILL:
            tried += 1
            wrong += look_after(job, db, f"killed after {moment:.4f} s", tried % 2)
    tap.case("killed at random moments, nothing is lost or doubled", tried, wrong)


# ---- Written through ----

def steps_of(job, work):
    """(operation, path, second path) of each step to the disk that order matters for."""
    log = work / "steps"
    log.unlink(missing_ok=True)
    run(INDEX, *job.line(copy(job.base, work / "db")), env=environment(FAULT_LOG=log))
    return [line.split("\t") for line in log.read_text().splitlines()]


def out_of_order(job, work):
    """What a loss of power could show: an index that takes its place before its files are on the disk, a commit or
    a change of places that is not written through before what it replaces goes."""
    wrong, synced, waiting = [], set(), set()
    for operation, first, second in steps_of(job, work):
        if operation == "sync":
            synced.add(first)
            waiting.discard(first)
        elif operation == "rename" and second.endswith("iamglass") and first.startswith("/"):
            waiting.add(str(Path(second).parent))
        elif operation == "exchange":
            files = {"iamglass", "postlist.glass", "docdata.glass"}
            built = {str(Path(path).name) for path in synced if str(Path(path).parent) == first}
            missing = files - built - ({"iamglass"} if "v.tmp" in built else set())
            wrong += [f"{job.name}: not written through before it took its place: {name}" for name in missing]
            waiting.add(str(Path(second).parent))
        elif operation == "remove" and waiting:
            wrong.append(f"{job.name}: {first} is removed before these are written through: {waiting}")
    return wrong + [f"{job.name}: not written through at the end: {path}" for path in waiting]


def write_through(tap, work, all_jobs):
    wrong = [line for job in all_jobs if not job.steps for line in out_of_order(job, work)]
    tap.case("what takes a place is on the disk before, and so is that it did", len(all_jobs), wrong)


# ---- Stopped, with others about ----

def wait_for_stop(process):
    """False: it ended before."""
    while process.poll() is None:
        state = Path(f"/proc/{process.pid}/stat").read_text().rsplit(") ", 1)[1][0]
        if state == "T":
            return True
        time.sleep(0.001)
    return False


def read_now(job, db):
    if not job.base and run(QUERY, "--db", db, EVERYTHING).status == 2:
        return []
    found, twice = export(db)
    return twice + half_state(job, found)


def is_writing(process):
    """Has it the lock of an index?"""
    files = Path(f"/proc/{process.pid}/fd")
    return any(os.readlink(file).endswith("/flintlock") for file in files.iterdir())


def second_writer(job, db, locked):
    """`locked`: the first one has the index."""
    second = wait(job.run(db))
    refused = second.status == 2 and "another program is writing it" in second.err
    good = refused if locked else refused or second.status in (0, 1)
    return refused, [] if good else [f"a second indexer: {second}"]


def stop_at_changes(tap, work, all_jobs, every):
    wrong, tried, refusals = [], 0, 0
    for job in all_jobs:
        if job.steps:  # between two steps there is no index, for a moment
            continue
        for number in some_of(range(1, job.changes(work / "db") + 1), every):
            db = copy(job.base, work / "db")
            process = job.run(db, f"change:{number}:stop")
            stopped = wait_for_stop(process)
            said = read_now(job, db) if stopped else []
            refused, complaints = second_writer(job, db, stopped and is_writing(process))
            process.send_signal(signal.SIGCONT)
            first = wait(process)
            tried, refusals = tried + 1, refusals + refused
            said += complaints
            if first.status not in (0, 1):
                said.append(f"the first indexer: {first}")
            if export(db)[0] != job.after:
                said.append("two indexers leave something else than one")
            wrong += [f"{job.name}, stopped at change {number}: {line}" for line in said]
    tap.case("who reads between two changes sees one commit", tried, wrong)
    tap.case("a second indexer is told that another writes", refusals, [])


def main():
    options = arguments(__doc__)
    tap, dice = Tap(), random.Random(options.seed)
    with work_folder() as place:
        work = Path(place)
        all_jobs = [job for writer in WRITERS for job in jobs(work, writer)]
        kill_at_changes(tap, work, all_jobs, None if options.long else 4)
        kill_at_random(tap, work, all_jobs, 500 if options.long else 10, dice)
        write_through(tap, work, all_jobs)
        stop_at_changes(tap, work, all_jobs, None if options.long else 3)
        read_all_the_while(tap, work, corpus(work), 60 if options.long else 6)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
