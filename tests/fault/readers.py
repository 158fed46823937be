# SPDX-License-Identifier: GPL-3.0-or-later
"""Readers at work while the index is written: all articles of one generation carry its word, so whoever sees two
words sees half a commit."""
import json
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter

from common import *

ARTICLES = 40


def word_of(number):
    return f"الجيل{number}"


def generation(articles, number):
    return [dict(a, title=f"{word_of(number)} {a['title']}", body=f"{word_of(number)} {a['body']}", title_from_lead=False)
            for a in articles[:ARTICLES]]


def generations_in(answer):
    return Counter("".join(piece["text"] for piece in hit["title"]).split()[0] for hit in answer["hits"])


def seen(answer):
    """What is wrong with one answer; it should hold every article, and all of one generation."""
    words = generations_in(answer)
    if answer["total"] != ARTICLES or len(answer["hits"]) != ARTICLES:
        return [f"{answer['total']} articles of {ARTICLES}, {len(answer['hits'])} shown"]
    return [f"half a commit: {dict(words)}"] if len(words) != 1 else []


class Reader(threading.Thread):
    def __init__(self, ask, stop):
        super().__init__(daemon=True)
        self.ask, self.stop, self.asked, self.wrong = ask, stop, 0, []

    def run(self):
        while not self.stop.is_set():
            try:
                self.wrong += self.ask()
            except (OSError, ValueError, KeyError) as error:
                self.wrong.append(f"no answer: {error!r}")
            self.asked += 1


def ask_program(db):
    ended = run(QUERY, "--db", db, "--format", "json", "--limit", ARTICLES * 2, EVERYTHING)
    return seen(json.loads(ended.out)) if ended.status == 0 else [str(ended)]


def ask_server(url, judge=seen):
    target = url + "search?" + urllib.parse.urlencode({"q": EVERYTHING, "limit": ARTICLES * 2})
    try:
        with urllib.request.urlopen(target, timeout=PATIENCE) as answer:
            return judge(json.load(answer))
    except urllib.error.HTTPError as error:
        return [f"HTTP {error.code}: {error.read()[:300].decode('utf-8', 'replace')}"]


def serve(db, log, env=None):
    """(the process, where it listens)."""
    with open(log, "wb") as said:
        process = subprocess.Popen([str(SERVE), "--db", str(db), "--listen", "127.0.0.1:0", "--rate", "0", "--log",
                                    "/dev/null"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, env=env)
    for _ in range(1000):
        text = log.read_text()
        if "listening at " in text:
            return process, text.split("listening at ")[1].split()[0]
        if process.poll() is not None:
            break
        time.sleep(0.02)
    return process, None


def write_generations(db, work, articles, turns):
    """Each by the other writer, each third one compacted; the last words of each that failed."""
    wrong = []
    for turn in range(1, turns + 1):
        source = write_lines(work / "generation.jsonl", generation(articles, turn))
        words = ["--writer", WRITERS[turn % 2], *(["--compact"] if turn % 3 == 0 else [])]
        done = index(db, "--thorough", *words, source)
        if done.status != 0:
            wrong.append(f"generation {turn}: {done}")
    return wrong


def read_all_the_while(tap, work, articles, turns):
    db = work / "read.db"
    index(db, write_lines(work / "generation.jsonl", generation(articles, 0)))
    server, url = serve(db, work / "serve.log")
    stop = threading.Event()
    programs = [Reader(lambda: ask_program(db), stop)]
    clients = [Reader(lambda: ask_server(url), stop) for _ in range(4)]
    for reader in programs + clients:
        reader.start()
    failed = write_generations(db, work, articles, turns)
    stop.set()
    for reader in programs + clients:
        reader.join()
    last = ask_server(url, lambda answer: [] if list(generations_in(answer)) == [word_of(turns)] else ["an old commit"])
    server.terminate()
    ended = server.wait(PATIENCE)
    tap.case("who is read from goes on writing", turns, failed)
    tap.case("fihris-query always answers, from one commit", sum(r.asked for r in programs),
             [line for r in programs for line in r.wrong])
    tap.case("fihris-serve always answers, from one commit", sum(r.asked for r in clients),
             [line for r in clients for line in r.wrong] + last + ([f"it ended with {ended}"] if ended else []))
