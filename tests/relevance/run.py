#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Indexes documents, answers judged queries, and says how good the answers are.

run.py --build BUILD --queries FILE --qrels FILE [--index OPTION]… [--query OPTION]… [--run FILE] DOCUMENTS…
run.py --build BUILD --folder FOLDER …    a folder that holds documents, _judged/queries.tsv and _judged/qrels
    queries: `id TAB query` lines; qrels: `query 0 document grade` lines
    --floor NAME=VALUE…  prints TAP: one case a floor, failed where the measure is below it"""
import argparse
import os
import shutil
import sys
import tempfile

import programs
import score


def arguments():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("documents", nargs="*")
    parser.add_argument("--folder")
    parser.add_argument("--build", default="build")
    parser.add_argument("--queries")
    parser.add_argument("--qrels")
    parser.add_argument("--index", action="append", default=[], metavar="OPTION")
    parser.add_argument("--query", action="append", default=[], metavar="OPTION")
    parser.add_argument("--run", help="keep the run here")
    parser.add_argument("--floor", action="append", default=[], metavar="NAME=VALUE")
    args = parser.parse_args()
    if args.folder:
        take_folder(args)
    elif not (args.queries and args.qrels and args.documents):
        parser.error("name a folder, or queries, qrels and documents")
    return args


def take_folder(args):
    documents, queries, qrels = programs.judged(args.folder)
    args.documents += documents
    args.queries, args.qrels = args.queries or queries, args.qrels or qrels


def answer(args, place):
    """The path of a TREC run."""
    database, run = os.path.join(place, "db"), args.run or os.path.join(place, "run")
    programs.index(args.build, database, args.documents, args.index)
    sys.stderr.write(programs.answer(args.build, database, args.queries, run, args.query))
    return run


def below_floor(rows, qrels, run):
    """Which queries did worst, for whoever reads the failure."""
    worst = sorted(zip(rows, sorted(qrels)))[:5]
    for measures, query in worst:
        found = " ".join(run.get(query, [])[:3]) or "nothing"
        print(f"#   {query}: ndcg@10 {measures[0]:.2f}, found first: {found}; wanted: {' '.join(qrels[query])}")


def check_floors(floors, qrels, run):
    rows = score.measure_run(qrels, run)
    found, failed = score.means(rows), 0
    for number, floor in enumerate(floors, 1):
        name, value = floor.split("=")
        good = found[name] >= float(value)
        print(f"{'' if good else 'not '}ok {number} - {name} is at least {value}: {found[name]:.4f}")
        if not good:
            failed = 1
            below_floor(rows, qrels, run)
    print(f"1..{len(floors)}")
    return failed


def main():
    args = arguments()
    missing = [path for path in (args.queries, args.qrels) if not os.path.exists(path)]
    if missing and args.floor:
        print(f"1..0 # SKIP there are no judged queries: {' '.join(missing)}")
        return 0
    place = tempfile.mkdtemp()
    try:
        run, qrels = score.read_run(answer(args, place)), score.read_qrels(args.qrels)
    finally:
        shutil.rmtree(place)
    if args.floor:
        return check_floors(args.floor, qrels, run)
    found = score.means(score.measure_run(qrels, run))
    print(f"{len(qrels)} queries  " + "  ".join(f"{name} {value:.4f}" for name, value in found.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
