#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""score.py QRELS RUN…: how good TREC runs are by judged queries.

Prints nDCG@10 (gains 2^grade - 1), MRR@10, success@1, success@10 and recall@100 of each run, and for every run
after the first the difference of nDCG@10 with its probability under a paired randomisation test."""
import math
import random
import sys

MEASURES = ("ndcg@10", "mrr@10", "success@1", "success@10", "recall@100")
ROUNDS = 2000


def read_qrels(path):
    """{query: {document: grade}}, of what is relevant; lines of `query 0 document grade`."""
    grades = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            query, _, document, grade = line.split()
            if int(grade) > 0:
                grades.setdefault(query, {})[document] = int(grade)
    return grades


def read_run(path):
    """{query: [document…]}, the best first, none twice; lines of `query Q0 document rank score tag`."""
    scored = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            query, _, document, rank, score, _ = line.split()
            scored.setdefault(query, []).append((-float(score), int(rank), document))
    return {query: list(dict.fromkeys(d for _, _, d in sorted(hits))) for query, hits in scored.items()}


def gain(grades):
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:10]))


def measure(found, relevant):
    """The measures of one query, in the order of MEASURES."""
    grades = [relevant.get(document, 0) for document in found]
    first = next((place for place, grade in enumerate(grades[:10]) if grade), None)
    return (
        gain(grades) / gain(sorted(relevant.values(), reverse=True)),
        0 if first is None else 1 / (first + 1),
        first == 0,
        first is not None,
        sum(grade > 0 for grade in grades[:100]) / len(relevant),
    )


def measure_run(qrels, run):
    """[measures] of every judged query; one without an answer counts as nothing found."""
    return [measure(run.get(query, []), relevant) for query, relevant in sorted(qrels.items())]


def means(rows):
    return dict(zip(MEASURES, (sum(column) / len(rows) for column in zip(*rows))))


def probability(first, second):
    """Of a difference this large if the two runs were one; always the same for the same runs."""
    differences = [b[0] - a[0] for a, b in zip(first, second)]
    seen, chance = abs(sum(differences)), random.Random(1)
    as_large = sum(
        abs(sum(d if chance.random() < 0.5 else -d for d in differences)) >= seen for _ in range(ROUNDS)
    )
    return (as_large + 1) / (ROUNDS + 1)


def main(qrels_path, *paths):
    qrels, first = read_qrels(qrels_path), None
    for path in paths:
        rows = measure_run(qrels, read_run(path))
        text = "  ".join(f"{name} {value:.4f}" for name, value in means(rows).items())
        if first is None:
            first = rows
        else:
            text += f"  {means(rows)['ndcg@10'] - means(first)['ndcg@10']:+.4f} p {probability(first, rows):.4f}"
        print(f"{path}: {len(qrels)} queries  {text}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
