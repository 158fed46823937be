# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents to an index, queries to a run: the two programs as a measurement starts them."""
import os
import subprocess
import sys


def judged(folder):
    """The documents, queries and judgements of a folder that holds all three."""
    return [folder], os.path.join(folder, "_judged", "queries.tsv"), os.path.join(folder, "_judged", "qrels")


def index(build, database, documents, options=()):
    """Rejected documents are for fihris-index to tell about; they do not end a measurement."""
    command = [f"{build}/indexer/fihris-index", "--quiet", "--db", database, *options, *documents]
    if subprocess.run(command).returncode > 1:
        sys.exit("fihris-index could not index " + " ".join(documents))


def answer(build, database, queries, run, options=()):
    """Writes a TREC run; returns the complaints about queries that cannot be read, which find nothing."""
    with open(run, "wb") as out:
        command = query_command(build, database, "--batch", queries, *options)
        ended = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True)
    # 2 is also the status where all queries but some were answered.
    if ended.returncode not in (0, 1, 2) or (ended.returncode == 2 and not os.path.getsize(run)):
        sys.exit(f"{ended.stderr}fihris-query could not answer {queries}")
    return ended.stderr


def refusal(build, database, options):
    """What fihris-query says where it does not take these options; nothing where it does."""
    tried = subprocess.run(query_command(build, database, *options, "--", "فهرس"), capture_output=True, text=True)
    return tried.stderr.strip() if tried.returncode > 1 else ""


def query_command(build, database, *rest):
    return [f"{build}/query/fihris-query", "--db", database, "--format", "trec", *rest]
