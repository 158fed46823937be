#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""damage.py [--long] [--seed N]: bits of an index are flipped, blocks zeroed, files cut off.  No program dies of
it or hangs; a check finds it; and nothing is copied from it or served as if it were whole.  TAP."""
import random
import re
import sys

from common import *
from readers import serve

HUNG = 20  # seconds
QUERIES = (["مصر"], ['"محكمة العدل الدولية"'], ["كرة OR اقتصاد", "--sort", "newest"], ["الق*"], [EVERYTHING])
SHOWN = (["مصر"], ["كرة OR اقتصاد", "--sort", "newest", "--facet", "entity", "--facet", "source"])


# ---- Damage ----

def flip(data, dice):
    at = dice.randrange(len(data))
    data[at] ^= 1 << dice.randrange(8)
    return f"bit at {at}"


def flip_many(data, dice):
    return ", ".join(flip(data, dice) for _ in range(20))


def zero(data, dice):
    at = dice.randrange(len(data))
    end = min(len(data), at + dice.choice((1, 16, 512, 4096)))
    changed = any(data[at:end])
    data[at:end] = bytes(end - at)
    return f"zeros at {at} to {end}" if changed else flip(data, dice)


def cut(data, dice):
    length = dice.randrange(len(data))
    del data[length:]
    return f"cut at {length}"


DAMAGES = (flip, flip, flip_many, zero, cut)


def spoil(db, path, dice):
    data = bytearray((db / path).read_bytes())
    said = dice.choice(DAMAGES)(data, dice)
    (db / path).write_bytes(data)
    return f"{path}: {said}"


def files_of(base):
    return sorted(path.name for path in base.iterdir() if path.stat().st_size > 0)


# ---- What must hold ----

class Tally:
    def __init__(self, name):
        self.name, self.tried, self.wrong, self.silent, self.guarded = name, 0, [], 0, 0

    def add(self, where, ended, found=None):
        """`found`: None, or what is wrong with what it gave."""
        self.tried += 1
        self.guarded += GUARD in ended.err
        if ended.status < 0:
            self.wrong.append(f"{where}: a signal, or it hung: {ended}")
        elif ended.status not in (0, 1, 2) or (ended.status == 2 and "hint: " not in ended.err):
            self.wrong.append(f"{where}: no word of what to do: {ended}")
        elif found:
            self.wrong.append(f"{where}: {found}: {ended}")


def answers(db):
    """Those that name articles, and those that show all that is kept of them."""
    kinds = (("trec", 100, QUERIES), ("json", 10, SHOWN))
    return [run(QUERY, "--db", db, "--format", how, "--limit", most, *words, patience=HUNG)
            for how, most, queries in kinds for words in queries]


def told(ended):
    return re.sub(r'"took_ms":[0-9.]+', "", ended.out)


def ask(tally, db, where, right, guarded=True):
    """`guarded`: what an answer comes from has sums, so that a wrong one is refused, and nothing goes astray."""
    for ended, wanted in zip(answers(db), right):
        silent = ended.status in (0, 1) and told(ended) != told(wanted)
        found = "another answer, without a word" if silent else "it needed the guard" if GUARD in ended.err else None
        tally.add(where, ended, found if guarded else None)
        tally.silent += silent


def check(tally, db, where):
    ended = run(INDEX, "--db", db, "--check", patience=HUNG)
    tally.add(where, ended, "the damage is not found" if ended.status == 0 else None)


def statistics(tally, db, where):
    tally.add(where, run(INDEX, "--db", db, "--stats", patience=HUNG))


def export_from(tally, db, where, right):
    """True: it is given, since the damage is where nothing is."""
    ended = run(INDEX, "--db", db, "--export", patience=HUNG)
    tally.add(where, ended, "another export" if ended.status == 0 and ended.out != right else None)
    return ended.status == 0


def rewritten(tally, db, where, expected, *words):
    """What reads all and writes it anew refuses, or what it writes is right."""
    ended = index(db, *words, patience=HUNG)
    found = export(db)[0] if ended.status == 0 else expected
    tally.add(where, ended, None if found == expected else "damage became an index")


def serve_from(tally, db, where, log, harmless):
    process, url = serve(db, log)
    if url:
        process.terminate()
    status = process.wait(PATIENCE)
    tally.add(where, Ended(status, "", log.read_text()), "it serves a damaged index" if url and not harmless else None)


def make(work):
    base, db = work / "base", work / "whole"
    articles = corpus(work)
    again = [dict(article, id=f"{article['id']}-{n}", url="") for n in range(4) for article in articles[:40]]
    assert index(base, write_lines(work / "one.jsonl", articles[:40] + again)).status == 0
    assert index(base, "--writer", "library", write_lines(work / "two.jsonl", articles[30:45])).status == 0
    assert index(base, "--writer", "few", write_lines(work / "three.jsonl", articles[45:60])).status == 0
    more = write_lines(work / "more.jsonl", articles[60:70])
    grown = copy(base, db)
    assert index(grown, "--writer", "bulk", more).status == 0
    return base, more, export(base)[0], export(grown)[0]


def try_all(tallies, work, made, where, db, turn):
    base, more, before, after, right, exported = made
    ask(tallies["query"], db, where, right)
    check(tallies["check"], db, where)
    statistics(tallies["stats"], db, where)
    harmless = export_from(tallies["export"], db, where, exported)
    if turn % 4 == 0:
        serve_from(tallies["serve"], db, where, work / "log", harmless)
    spoiled = work / "spoiled"
    copy(db, spoiled)
    ways = (("compact", before, ["--compact"]), ("bulk", after, ["--writer", "bulk", more]))
    name, expected, words = ways[turn % len(ways)]
    rewritten(tallies[name], spoiled, where, expected, *words)
    copy(db, spoiled)
    rewritten(tallies["few"], spoiled, where, after, "--jobs", 1 + turn % 2, "--writer", "few", more)


def try_bare(tally, more, right, where, db):
    """Without sums nobody can know; but nobody may die of it, nor hang."""
    ask(tally, db, f"{where}: a query", right, guarded=False)
    for words in (["--check"], ["--stats"], ["--export"], ["--compact"], ["--writer", "bulk", more]):
        tally.add(f"{where}: {words[0]}", run(INDEX, "--jobs", 1, "--db", db, *words, patience=HUNG))


def progress(tallies, turn):
    """A long run may be ended by the clock."""
    said = ", ".join(f"{key} {t.tried} runs, {len(t.wrong)} wrong, {t.silent} silent, {t.guarded} by a signal"
                     for key, t in tallies.items())
    print(f"# after {turn} turns: {said}", flush=True)


def main():
    options = arguments(__doc__)
    tap, dice = Tap(), random.Random(options.seed)
    names = {"query": "fihris-query is right, or refuses", "check": "--check finds every damage",
             "stats": "--stats does not die or hang", "export": "--export is right, or refused",
             "serve": "fihris-serve does not begin, unless the export is right", "compact": "--compact copies no damage",
             "bulk": "merging copies no damage", "few": "adding one by one copies no damage",
             "bare": "without sums, nothing dies or hangs"}
    tallies = {key: Tally(name) for key, name in names.items()}
    with work_folder() as place:
        work = Path(place)
        base, more, before, after = make(work)
        right = answers(base)
        made = base, more, before, after, right, run(INDEX, "--db", base, "--export").out
        files = files_of(base)
        assert {"synonym.glass", "spelling.glass"} <= set(files), files  # words that few articles have, and that many
        for turn in range(300 if options.long else 4):
            if options.long and turn % 50 == 0:
                progress(tallies, turn)
            for name in files:
                db = copy(base, work / "db")
                where = spoil(db, name, dice)
                try_all(tallies, work, made, where, db, turn)
                (db / "fihris.sums").unlink(missing_ok=True)
                try_bare(tallies["bare"], more, right, where, db)
    for tally in tallies.values():
        tap.case(f"a damaged index: {tally.name}", tally.tried, tally.wrong)
    for key in ("query", "bare"):
        tally = tallies[key]
        print(f"# {tally.name}: {tally.tried} runs, {tally.guarded} ended by a signal with words, {tally.silent} "
              "queries gave other answers without a word")
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
