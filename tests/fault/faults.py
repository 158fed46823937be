#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""faults.py [--long] [--seed N]: calls to the system fail, one at a time: memory, files, the disk.  No program
dies of it; exit status 0 means that all is there, and any other comes with a message; nothing that was committed
is lost, and the next run completes it.  TAP."""
import ctypes
import hashlib
import os
import resource
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path

from common import *
from readers import ask_server, serve

# What fails: of which class of calls, with which error.  A + behind it: from then on.
FAULTS = (("open", "EMFILE"), ("open", "EACCES"), ("read", "EIO"), ("write", "EIO"), ("write", "ENOSPC+"),
          ("write", "short"), ("sync", "EIO"), ("mmap", "ENOMEM"), ("change", "EIO"), ("change", "EACCES+"),
          ("read", "EIO+"), ("open", "EMFILE+"), ("malloc", "ENOMEM"), ("malloc", "ENOMEM+"))

CARELESS = ("/libarchive.so", "(fts_open")  # of the libraries, which use what malloc did not give

BLOCK = 8192
LARGE = 1 << 28  # bytes that no file of these indexes has, unless libxapian wrote to where no block can be

LAST_CHANGES = 8  # of a run, which need the index no more: the new one is there, and the old one is removed


@dataclass
class Task:
    name: str
    program: Path
    words: list  # "DB" stands for the index
    base: Path = None
    before: dict = None
    after: dict = None  # None: it only reads
    out: str = ""
    looked_at: dict = field(default_factory=dict)  # what a failure left, by its bytes: as what_is_left says it

    def reads(self):
        """Files, beside the index?"""
        return any(isinstance(word, Path) for word in self.words)

    def line(self, db):
        return [db if word == "DB" else word for word in self.words]

    def run(self, db, env=None, **more):
        return run(self.program, *self.line(db), env=env, **more)


# ---- What is to be done ----

def sources(work):
    articles = corpus(work)
    first = articles[:6]
    second = first[:2] + [changed(a, "نسخة ثانية من الخبر") for a in first[2:5]] + articles[6:9]
    return write_lines(work / "one.jsonl", first), write_lines(work / "two.jsonl", second), first


def writing(work, name, base, *words):
    task = Task(name, INDEX, ["--quiet", "--jobs", 1, "--db", "DB", *words], base)
    db = copy(base, work / "whole")
    task.before = export(db)[0] if base else {}
    done = task.run(db)
    assert done.status == 0, f"{name}: {done}"
    task.after = export(db)[0]
    return task


def reading(work, name, base, program, *words):
    task = Task(name, program, list(words), base)
    done = task.run(copy(base, work / "db"))  # where it will run, which it may name
    assert done.status in (0, 1), f"{name}: {done}"
    task.out = done.out
    return task


def tasks(work):
    one, two, first = sources(work)
    base, thin = work / "base", work / "thin"
    for db in (base, thin):
        assert index(db, one).status == 0
    assert index(thin, "--delete", first[0]["id"]).status == 0
    made = [writing(work, f"{writer}: {name}", start_from, "--writer", writer, source)
            for writer in WRITERS for name, start_from, source in (("build", None, one), ("change", base, two))]
    made += [writing(work, "delete", base, "--delete", first[1]["id"]),
             writing(work, "compact", thin, "--compact"),
             reading(work, "a query", base, QUERY, "--db", "DB", "--format", "trec", "--limit", 50, EVERYTHING),
             reading(work, "a query with text", base, QUERY, "--db", "DB", "--format", "trec", "مصر OR \"كرة القدم\""),
             reading(work, "queries of a file", base, QUERY, "--db", "DB", "--format", "trec", "--batch", queries(work)),
             reading(work, "an export", base, INDEX, "--db", "DB", "--export"),
             reading(work, "a check", base, INDEX, "--db", "DB", "--check"),
             reading(work, "statistics", base, INDEX, "--db", "DB", "--stats"),
             reading(work, "reading a file", base, INDEX, "--quiet", "--jobs", 1, "--dry-run", one),
             reading(work, "reading an archive", base, INDEX, "--quiet", "--jobs", 1, "--dry-run", archive(work))]
    return made


def queries(work):
    path = work / "queries.tsv"
    path.write_text(f"1\tمصر\n2\tكرة القدم\n3\t{EVERYTHING}\n")
    return path


def archive(work):
    """Pages, XML and JSON in a compressed archive: what each library has to say when memory is out."""
    folder, packed = work / "papers", work / "papers.tar.gz"
    folder.mkdir()
    body = "نص الخبر كما نشر في الصحيفة اليوم. " * 20
    (folder / "page.html").write_text(f"<!DOCTYPE html><html><head><title>خبر</title></head><body><article><p>{body}</p></article>")
    (folder / "feed.xml").write_text("<?xml version='1.0'?><rss><channel>" + f"<item><title>خبر</title><description>{body}"
                                     "</description></item>" * 2 + "</channel></rss>")
    (folder / "old.html").write_bytes(f"<html><head><meta charset='windows-1256'><title>خبر</title></head><body><p>{body}".encode("cp1256"))
    (folder / "row.json").write_text(json.dumps({"id": "r", "title": "خبر", "body": body, "date": "2024-05-04"}))
    subprocess.run(["tar", "-C", folder, "-czf", packed, "."], check=True)
    return packed


# ---- What must hold ----

def has_said(ended):
    """What to do; or which file or article cannot be had, and why."""
    return "hint: " in ended.err + ended.out or ended.err.startswith(f"{INDEX.name}: ")


def ended_by_library(ended, report):
    """Where malloc gives nothing, libarchive ends the program itself, in words of its own; or it does not look, like
    fts_open of the C library, and the guard has the word."""
    callers = report.read_text()
    fatal = ended.status == 1 and "Fatal Internal Error in libarchive: " in ended.err
    unseen = ended.status == 2 and f"{GUARD} SIGSEGV" in ended.err
    return fatal or unseen and any(caller in callers for caller in CARELESS)


def said_enough(task, ended, whole, plan="", report=None):
    """`whole`: all is there."""
    if task.reads() and plan.startswith("malloc") and ended_by_library(ended, report):
        return []
    if ended.crashed():
        return [f"it died: {ended}"]
    if ended.status not in (0, 1, 2):
        return [f"an exit status that means nothing: {ended}"]
    if ended.status == 0 and task.after is None and ended.out != task.out:
        return [f"it says that all is well, and is silent about what it lost: {ended.out[:300]} {ended}"]
    if ended.status == 0 and not whole:
        return [f"it says that all is well, and not all is there: {ended}"]
    same = ended.status == 1 and ended.out == task.out and task.after is None
    return [] if ended.status == 0 or has_said(ended) or same else [f"no word of what to do: {ended}"]


def is_sound(task, db):
    if not is_index(db) or run(QUERY, "--db", db, EVERYTHING).status == 2 and not task.base:
        return ["the index is gone"] if task.base else []
    found, twice = export(db)
    lost = [f"lost: {name}" for name in set(task.before) & set(task.after) - set(found)]
    strange = [f"neither old nor new: {name}" for name, article in found.items()
               if article not in (task.before.get(name), task.after.get(name))]
    return unsound(db) + twice + lost + strange


def goes_on(task, db):
    again = task.run(db)
    allowed = (0, 1) if "--delete" in task.words else (0,)
    wrong = [] if again.status in allowed else [f"the next run: {again}"]
    wrong += [f"{path} is still huge" for path in db.iterdir() if path.stat().st_size > LARGE]
    return wrong if export(db)[0] == task.after else wrong + ["the next run does not complete it"]


def bytes_of(db):
    """The index and what stands beside it, as one sum."""
    folders = sorted(db.parent.glob(f"{db.name}*"))
    files = [path for folder in folders for path in (folder, *sorted(folder.rglob("*")))]
    all_of_it = hashlib.blake2b()
    for path in files:
        length = path.stat().st_size if path.is_file() else 0
        content = path.read_bytes() if 0 < length <= LARGE else b""
        all_of_it.update(f"{path} {path.is_file()} {length}\n".encode() + content)
    return all_of_it.digest()


def what_is_left(task, db):
    """(all is there, what is wrong with it and with the next run).  Most failures leave what others did, to the byte."""
    left = bytes_of(db)
    if left not in task.looked_at:
        whole = is_index(db) and export(db)[0] == task.after
        task.looked_at[left] = whole, is_sound(task, db) + goes_on(task, db)
    return task.looked_at[left]


def after_fault(task, ended, db, plan="", report=None):
    whole, wrong = what_is_left(task, db) if task.after is not None else (True, [])
    return said_enough(task, ended, whole, plan, report) + wrong


def try_fault(task, db, plan, report):
    """(was there such a call, what went wrong)."""
    report.unlink(missing_ok=True)
    ended = task.run(copy(task.base, db), environment(plan, FAULT_REPORT=report))
    if not was_hit(report):
        return False, []
    return True, [f"{task.name}, {plan}: {line}" for line in after_fault(task, ended, db, plan, report)]


def fail_calls(tap, work, all_tasks, every):
    for kind, error in FAULTS:
        wrong, tried = [], 0
        for task in all_tasks:
            counts = counted(work, task.program, *task.line(copy(task.base, work / "db")))[1]
            most = 400 if (every, kind, error) == (None, "malloc", "ENOMEM+") else every
            for number in some_of(range(1, counts[kind] + 1), most):
                hit, complaints = try_fault(task, work / "db", f"{kind}:{number}:{error}", work / "report")
                tried += hit
                wrong += complaints
        if tried == 0:
            tap.skip(f"{kind}: {error}", f"no program calls {kind}")
        else:
            tap.case(f"{kind} fails with {error}: no crash, no silent loss, a message", tried, wrong)


def unreadable_file(tap, work, task):
    """An index remembers of a file that it is empty, and does not read it again."""
    wrong, tried = [], 0
    for number in range(1, counted(work, task.program, *task.words)[1]["read"] + 1):
        ended = task.run(None, environment(f"read:{number}:EIO"))
        tried += ended.status != 0
        if ended.status != 0 and "cannot be read: Input/output error" not in ended.err:
            wrong.append(f"read:{number}: {ended}")
    tap.case("a file that cannot be read is not taken for an empty one", tried, wrong)


# ---- The server ----

def shown(found):
    return found["total"], [hit["id"] for hit in found["hits"]]


def answer_of_server(base, log):
    """What an answer shows where nothing fails."""
    answers = []
    process, url = serve(base, log)
    ask_server(url, lambda found: answers.append(shown(found)) or [])
    process.terminate()
    process.wait(PATIENCE)
    return answers[0]


def fail_server(tap, work, base, every):
    """Without memory it ends, and says so; all else it lives through, or tells who asked."""
    wrong, tried, log, report = [], 0, work / "serve.log", work / "report"
    whole = answer_of_server(base, log)
    for kind, error, calls in (("malloc", "ENOMEM", 20000), ("read", "EIO", 60), ("open", "EMFILE", 60), ("mmap", "ENOMEM", 20)):
        for number in some_of(range(1, calls), every):
            report.unlink(missing_ok=True)
            process, url = serve(base, log, environment(f"{kind}:{number}:{error}", FAULT_REPORT=report))
            answers = []
            for _ in range(3 if url else 0):
                try:
                    answers += ask_server(url, lambda found: [] if shown(found) == whole else [f"a wrong answer: {found}"])
                except OSError as error:  # it ended; but whoever asks is not left waiting
                    if "timed out" in str(error):
                        answers.append("no answer")
            process.terminate()
            status = process.wait(PATIENCE)
            said = log.read_text()
            tried += was_hit(report)
            if status not in (0, 2) or GUARD in said or (status == 2 and "hint: " not in said):
                wrong.append(f"{kind}:{number}: it ended with {status}: {said[-300:]}")
            wrong += [f"{kind}:{number}: {line}" for line in answers if "HTTP 5" not in line]
    tap.case("fihris-serve: it answers, or says why not", tried, wrong)


def last_words(tap, work, base):
    """A signal that a damaged index may bring about: as if it came from within."""
    wrong, ends = [], (signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT)
    for end in ends:
        log = work / "serve.log"
        process, _ = serve(base, log)
        process.send_signal(end)
        status, said = process.wait(PATIENCE), log.read_text()
        if status != 2 or f"{GUARD} {end.name}" not in said or f"hint: " not in said or str(base) not in said:
            wrong.append(f"{end.name}: status {status}: {said}")
    tap.case("a signal that would end a program has words", len(ends), wrong)


# ---- The disk ----

def mount(folder, megabytes):
    libc = ctypes.CDLL(None, use_errno=True)
    return libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, f"size={megabytes}m".encode()) == 0


def full_disk(tap, work, task):
    """A file system that is too small for the index."""
    folder = work / "small"
    folder.mkdir(exist_ok=True)
    name = f"{task.name}: a full disk is told, and nothing is lost"
    if not mount(folder, 1):
        tap.skip(name, "a file system cannot be mounted here")
        return
    try:
        filler, db, wrong, tried = folder / "filler", folder / "db", [], 0
        for kilobytes in range(1000, 0, -60):
            filler.unlink(missing_ok=True)
            try:
                copy(task.base, db)
                filler.write_bytes(bytes(kilobytes << 10))
            except OSError:
                continue
            ended = task.run(db)
            filler.unlink()
            if ended.status != 0:
                tried += 1
                wrong += after_fault(task, ended, db)
        tap.case(name, tried, wrong)
    finally:
        ctypes.CDLL(None).umount(os.fsencode(folder))


def small_files(tap, work, task):
    wrong, tried = [], 0
    for kilobytes in (8, 16, 40, 100):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes << 10, kilobytes << 10))
        db = copy(task.base, work / "db")
        ended = task.run(db, preexec_fn=limit)
        if ended.status != 0:
            tried += 1
            wrong += [f"{kilobytes} KB: {line}" for line in after_fault(task, ended, db)]
    tap.case(f"{task.name}: a limit on the size of files is told, and nothing is lost", tried, wrong)


def stray_block(tap, work, task):
    """libxapian wrote to the block of the highest number, which is none."""
    db, name = copy(task.base, work / "db"), f"{task.name}: a file that seems to have 32 TB is made as long as it is"
    try:
        os.truncate(db / "postlist.glass", (1 << 32) * BLOCK)
    except OSError as error:
        tap.skip(name, f"no file is so long here: {error}")
        return
    wrong = is_sound(task, db) + goes_on(task, db) + unsound(db)
    tap.case(name, 1, wrong)


def become_nobody():
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


def read_only(tap, work, task):
    db = copy(task.base, work / "db")
    os.chmod(work, 0o755)
    for path in [db, *db.iterdir()]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        ended = task.run(db, preexec_fn=become_nobody)
    except PermissionError:
        tap.skip(f"{task.name}: a folder that is read-only", "nobody cannot run the programs here")
        return
    wrong = [] if ended.status == 2 and "hint: " in ended.err else [str(ended)]
    for path in [db, *db.iterdir()]:
        path.chmod(0o755)
    wrong += is_sound(task, db)
    tap.case(f"{task.name}: a folder that is read-only is told", 1, wrong)


def vanished(tap, work, all_tasks, every):
    """The folder of the index goes away between two changes."""
    wrong, tried = [], 0
    for task in (t for t in all_tasks if t.after is not None):
        changes = counted(work, task.program, *task.line(copy(task.base, work / "db")))[1]["change"]
        for number in some_of(range(1, changes + 1), every):
            db = copy(task.base, work / "db")
            process = start(task.program, *task.line(db), env=environment(f"change:{number}:stop"))
            while process.poll() is None and Path(f"/proc/{process.pid}/stat").read_text().rsplit(") ", 1)[1][0] != "T":
                time.sleep(0.001)
            copy(None, db)
            process.send_signal(signal.SIGCONT)
            ended = wait(process)
            tried += 1
            silent = ended.status == 0 and export(db)[0] != task.after and number < changes - LAST_CHANGES
            if ended.crashed() or silent or (ended.status == 2 and "hint: " not in ended.err):
                wrong.append(f"{task.name}, gone before change {number}: {ended}")
    tap.case("an index that vanishes is told", tried, wrong)


def main():
    options = arguments(__doc__)
    tap = Tap()
    with work_folder() as place:
        work = Path(place)
        all_tasks = tasks(work)
        every = None if options.long else 3
        fail_calls(tap, work, all_tasks, every)
        unreadable_file(tap, work, next(task for task in all_tasks if task.name == "reading a file"))
        fail_server(tap, work, work / "base", 300 if options.long else 3)
        last_words(tap, work, work / "base")
        for task in (t for t in all_tasks if "change" in t.name):
            full_disk(tap, work, task)
            small_files(tap, work, task)
            read_only(tap, work, task)
            stray_block(tap, work, task)
        vanished(tap, work, all_tasks, every)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
