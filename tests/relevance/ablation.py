#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each part of the analysis and of the ranking brings.

ablation.py --build BUILD [--collection NAME=DOCUMENTS,QUERIES,QRELS]… [FOLDER…]
    a folder holds documents, _judged/queries.tsv and _judged/qrels
    queries: `id TAB query` lines; qrels: `query 0 document grade` lines

Prints a Markdown table: a row a variant, a column a collection, nDCG@10.  A variant that fihris-query has no
option for is left out, and said so."""
import argparse
import os
import shutil
import sys
import tempfile

import programs
import score

STEMS_ALONE = ("--tune", "surface=0", "--tune", "entity=0")

# Each is the one before it and one part more.
VARIANTS = (
    # what the row says, the stemmer indexed with, the options of fihris-query
    ("folded words alone (`none`)", "none", STEMS_ALONE),
    ("stems alone, `light10`", "light10", STEMS_ALONE),
    ("stems alone, `light`", "light", STEMS_ALONE),
    ("`light`, with folded words", "light", ("--tune", "entity=0")),
    ("`light`, with folded words and entities: the default", "light", ()),
    ("the default, with `--expand`", "light", ("--expand",)),
    ("the default, but of `light10`", "light10", ()),
    ("the default, but of `none`", "none", ()),
)
LEFT_OUT = "–"


def say(text):
    print(text, file=sys.stderr, flush=True)


def collection(text):
    """(name, documents, queries, qrels) of NAME=DOCUMENTS,QUERIES,QRELS."""
    name, _, paths = text.partition("=")
    paths = paths.split(",")
    if not name or len(paths) != 3:
        raise argparse.ArgumentTypeError(f'"{text}" is not NAME=DOCUMENTS,QUERIES,QRELS')
    return name, [paths[0]], *paths[1:]


def arguments():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("folders", nargs="*")
    parser.add_argument("--build", default="build")
    parser.add_argument("--collection", action="append", default=[], type=collection, dest="collections")
    parser.add_argument("--place", help="where to work; as large as an index")
    args = parser.parse_args()
    args.collections += [
        (os.path.basename(os.path.realpath(folder)), *programs.judged(folder)) for folder in args.folders
    ]
    if not args.collections:
        parser.error("name a folder or a collection")
    for _, documents, queries, qrels in args.collections:
        for path in (*documents, queries, qrels):
            if not os.path.exists(path):
                parser.error(f"{path}: there is no such file")
    return args


class Ablation:
    def __init__(self, build, place):
        self.build, self.place = build, place
        self.refused = {}  # options: why
        self.said = set()

    def say_once(self, text):
        if text and text not in self.said:
            say(text)
        self.said.add(text)

    def takes(self, database, options):
        if options not in self.refused:
            self.refused[options] = programs.refusal(self.build, database, options)
        if self.refused[options]:
            self.say_once(f"left out: {' '.join(options)}: {self.refused[options]}")
        return not self.refused[options]

    def measure_stemmer(self, stemmer, documents, queries, qrels):
        """{row: nDCG@10} of the variants that are indexed so."""
        database, run, found = os.path.join(self.place, "db"), os.path.join(self.place, "run"), {}
        programs.index(self.build, database, documents, ["--stemmer", stemmer])
        for row, indexed, options in VARIANTS:
            if indexed == stemmer and self.takes(database, options):
                self.say_once(programs.answer(self.build, database, queries, run, options).strip())
                found[row] = score.means(score.measure_run(qrels, score.read_run(run)))["ndcg@10"]
        shutil.rmtree(database)
        return found

    def measure(self, name, documents, queries, qrels_path):
        found, qrels = {}, score.read_qrels(qrels_path)
        for stemmer in dict.fromkeys(stemmer for _, stemmer, _ in VARIANTS):
            say(f"{name}: {stemmer}")
            found.update(self.measure_stemmer(stemmer, documents, queries, qrels))
        return found, len(qrels)


def print_table(columns):
    """columns: {name: ({row: nDCG@10}, queries)}"""
    print("| nDCG@10 | " + " | ".join(f"{name} ({queries:,} queries)" for name, (_, queries) in columns.items()) + " |")
    print("|---|" + "---:|" * len(columns))
    for row, _, _ in VARIANTS:
        cells = (f"{found[row]:.4f}" if row in found else LEFT_OUT for found, _ in columns.values())
        print(f"| {row} | " + " | ".join(cells) + " |")


def main():
    args = arguments()
    place = tempfile.mkdtemp(dir=args.place)
    try:
        ablation = Ablation(args.build, place)
        columns = {name: ablation.measure(name, *paths) for name, *paths in args.collections}
    finally:
        shutil.rmtree(place)
    print_table(columns)


if __name__ == "__main__":
    main()
