#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""soak.py --build BUILD --corpus DIR [--minutes N] [--clients N] [--articles N] [--seed N]

fihris-index --follow --prune on a folder in which articles keep appearing, changing and going, while clients
search fihris-serve and fihris-query.  What must be in the index is known here at every moment: an article is
found once its commit was seen, as it is; a deleted one is not; and neither memory nor descriptors grow.

Prints a summary and exits with status 0, or says what was wrong and exits with 1."""
import argparse
import http.client
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

SOON = 120  # seconds in which a change must be found, on a machine with other work
GROWTH_MB = 16  # between the first and the last quarter, after the warm-up
GROWTH_DESCRIPTORS = 8
TOLD = 20  # things that are wrong and worth reading
LONG = 10  # minutes in which the index must have been written anew
CHECKS_OF_A_CLIENT = 1  # a minute, at least
PROGRAMS_BETWEEN = 0.7  # seconds between two runs of fihris-query


class Article:
    """One article of the folder.  `epoch` changes before its file does, and after the change was seen."""

    def __init__(self, number):
        self.number, self.version, self.epoch = number, 0, 0
        self.settled, self.there = False, False
        self.title = self.body = ""

    def word(self):
        return str(7000000000 + self.number)  # a number is no other word's form, and like no name

    def url(self):
        return f"https://soak.example/{self.number}"


class Soak:
    def __init__(self, options):
        self.options = options
        self.dice = random.Random(options.seed)
        self.words = corpus_words(options.corpus)
        self.articles, self.lock = [], threading.Lock()
        self.wrong = []
        self.enough, self.stop = threading.Event(), threading.Event()  # of changes; of everything
        self.requests = self.checked = self.runs = self.partial = self.changes = self.rewritten = 0
        self.waits, self.samples = [], {}

    def say_wrong(self, text):
        with self.lock:
            self.wrong.append(f"{time.monotonic() - self.began:.1f} s: {text}")

    # ---- The folder ----

    def text(self, words):
        start = self.dice.randrange(len(self.words) - words)
        return " ".join(self.words[start : start + words])

    def write(self, article):
        """A new version, moved into the folder or written there."""
        article.version += 1
        article.title = f"{self.text(self.dice.randint(3, 8))} {article.word()}"
        article.body = f"{self.text(self.dice.randint(30, 200))} {8000000000 + article.version}"
        line = {"fihris": 1, "id": f"soak-{article.number}", "url": article.url(), "title": article.title,
                "body": article.body, "source": f"source {article.number % 7}", "language": "ar",
                "published": f"2024-0{article.number % 9 + 1}-1{article.version % 9}"}
        place = os.path.join(self.folder, f"{article.number}.json")
        aside = place if self.dice.random() < 0.3 else os.path.join(self.work, "aside.json")
        with open(aside, "w", encoding="utf-8") as file:
            json.dump(line, file, ensure_ascii=False)
        os.rename(aside, place)
        article.there = True

    def change(self, batch):
        """Changes some articles, and waits until the server tells of all of them."""
        begun = time.monotonic()
        for article in batch:
            article.settled = False
            article.epoch += 1
            if article.there and len(self.articles) > self.options.articles // 2 and self.dice.random() < 0.35:
                article.there = False
                os.remove(os.path.join(self.folder, f"{article.number}.json"))
            else:
                self.write(article)
        waiting = list(batch)
        while waiting and not self.stop.is_set():
            waiting = [article for article in waiting if not self.is_seen(article)]
            if time.monotonic() - begun > SOON:
                for article in waiting:
                    wrong = self.differs(article, self.ask(self.churner, {"q": article.word()}) or {"total": -1})
                    self.say_wrong(f"after {SOON} s the change of article {article.number} is not found: {wrong}")
                break
            time.sleep(0.05)
        for article in batch:
            article.epoch += 1
            article.settled = article not in waiting
        self.waits.append(time.monotonic() - begun)
        self.changes += len(batch)

    def is_seen(self, article):
        answer = self.ask(self.churner, {"q": article.word()})
        if answer is None or answer.get("partial"):
            return False
        return self.differs(article, answer) is None

    def churn(self):
        self.churner = self.connection()
        while len(self.articles) < self.options.articles and not self.enough.is_set():
            fresh = [Article(len(self.articles) + i) for i in range(min(200, self.options.articles))]
            self.change(fresh)
            self.articles += fresh
        while not self.enough.is_set():
            self.change(self.dice.sample(self.articles, min(len(self.articles), self.dice.randint(1, 40))))

    # ---- Asking ----

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, connection, parameters, path="/search"):
        """The answer, or None: it was an error, which is told."""
        target = f"{path}?{urllib.parse.urlencode(parameters)}"
        try:
            connection.request("GET", target)
            response = connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            if not self.stop.is_set():
                self.say_wrong(f"{target}: {error!r}")
            return None
        with self.lock:
            self.requests += 1
        if response.status != 200:
            self.say_wrong(f"{target}: status {response.status}: {text[:200]!r}")
            return None
        try:
            return json.loads(text)
        except ValueError:
            self.say_wrong(f"{target}: no JSON: {text[:200]!r}")
            return None

    def differs(self, article, answer):
        """How an answer to the article's own word differs from what it must be, or None."""
        if not article.there:
            return None if answer["total"] == 0 else f"it is gone, but {answer['total']} are found"
        if answer["total"] != 1 or len(answer["hits"]) != 1:
            return f"{answer['total']} are found"
        hit = answer["hits"][0]
        title = "".join(piece["text"] for piece in hit["title"])
        marked = [piece["text"] for piece in hit["title"] if piece.get("mark") == "term"]
        for what, told, wanted in (("id", hit["id"], f"soak-{article.number}"), ("url", hit["url"], article.url()),
                                   ("title", title, article.title), ("marks", marked, [article.word()])):
            if told != wanted:
                return f"{what}: {told!r}, not {wanted!r}"
        return None

    def check(self, asks, who):
        """Asks for an article whose state is known, and looks at the answer if it is still known then."""
        article = random.choice(self.articles) if self.articles else None
        if article is None or not article.settled:
            return
        epoch = article.epoch
        answer = asks(article)
        if answer is None or not article.settled or article.epoch != epoch:
            return
        if answer.get("partial"):
            with self.lock:
                self.partial += 1
            return
        wrong = self.differs(article, answer)
        with self.lock:
            self.checked += 1
        if wrong and article.settled and article.epoch == epoch:
            self.say_wrong(f"{who}: article {article.number}, version {article.version}: {wrong}")

    def search(self):
        """One client: what people ask, and what is known."""
        connection = self.connection()
        while not self.stop.is_set():
            kind = random.random()
            if kind < 0.5:
                self.check(lambda article: self.ask(connection, {"q": article.word()}), "fihris-serve")
            elif kind < 0.75:
                start = random.randrange(len(self.words) - 4)
                words = " ".join(self.words[start : start + random.randint(1, 4)])
                self.ask(connection, {"q": re.sub(r"[^\w\s]", " ", words), "facet": "entity", "match": "any"})
            elif kind < 0.9:
                word = re.sub(r"\W", "", random.choice(self.words))
                self.ask(connection, {"q": word[: random.randint(1, 4)] or "م", "format": "json"}, "/suggest")
            else:
                self.ask(connection, {"q": "", "source": f"source {random.randrange(7)}"}, "/facets")
            self.stop.wait(random.random() * self.options.pause)

    def run_query(self, article):
        done = subprocess.run([self.program("query/fihris-query"), "--db", self.db, "--format", "json", article.word()],
                              capture_output=True, check=False, timeout=120)
        if done.returncode not in (0, 1):
            self.say_wrong(f"fihris-query: status {done.returncode}: {done.stderr.decode()[:300]}")
            return None
        return json.loads(done.stdout)

    def run_queries(self):
        while not self.stop.is_set():
            self.check(self.run_query, "fihris-query")
            self.runs += 1
            self.stop.wait(PROGRAMS_BETWEEN)

    # ---- Measuring ----

    def measure(self):
        place = os.stat(self.db).st_ino
        while not self.stop.is_set():
            place = self.look_for_another(place)
            for name, process in (("fihris-serve", self.server), ("fihris-index", self.indexer)):
                if process.poll() is not None:
                    self.say_wrong(f"{name} ended with status {process.returncode}")
                    self.enough.set()
                    self.stop.set()
                    return
                sample = (time.monotonic() - self.began, resident(process.pid), len(os.listdir(f"/proc/{process.pid}/fd")))
                self.samples.setdefault(name, []).append(sample)
            self.stop.wait(1)

    def look_for_another(self, place):
        """What is written anew takes the place of the index at once."""
        now = os.stat(self.db).st_ino
        self.rewritten += now != place
        return now

    def growth(self, name, report):
        """The first and the last quarter of what was measured after the warm-up, and the slope of memory."""
        samples = self.samples.get(name, [])
        samples = samples[len(samples) // 4 :]
        quarter = max(1, len(samples) // 4)
        if len(samples) < 4:
            self.say_wrong(f"{name} was measured too few times")
            return
        (mb_first, fds_first), (mb_last, fds_last) = (
            tuple(statistics.median(sample[i] for sample in part) for i in (1, 2))
            for part in (samples[:quarter], samples[-quarter:]))
        slope = statistics.linear_regression([s[0] for s in samples], [s[1] for s in samples]).slope * 3600
        report.append(f"{name}: {mb_first:.0f} MB, then {mb_last:.0f} MB ({slope:+.1f} MB an hour), at most "
                      f"{max(s[1] for s in samples):.0f} MB; {fds_first:.0f} descriptors, then {fds_last:.0f}")
        if mb_last - mb_first > GROWTH_MB and not self.options.sanitized:
            self.say_wrong(f"{name} grew from {mb_first:.0f} to {mb_last:.0f} MB")
        if fds_last - fds_first > GROWTH_DESCRIPTORS:
            self.say_wrong(f"{name} holds {fds_last:.0f} descriptors, and held {fds_first:.0f}")

    # ---- The whole ----

    def program(self, name):
        return os.path.join(self.options.build, name)

    def start_serving(self):
        said = os.path.join(self.work, "server")
        with open(said, "wb") as log:
            self.server = subprocess.Popen([self.program("site/fihris-serve"), "--db", self.db, "--listen", "127.0.0.1:0",
                                            "--rate", "0", "--time-limit", "20000", "--log", os.devnull],
                                           stderr=log, stdout=subprocess.DEVNULL)
        for _ in range(600):
            with open(said, encoding="utf-8") as log:
                found = re.search(r"listening at http://127\.0\.0\.1:(\d+)", log.read())
            if found:
                self.port = int(found[1])
                return
            time.sleep(0.1)
        raise SystemExit("soak.py: fihris-serve did not start")

    def start_indexing(self):
        """The index is made with one article in it, which stays."""
        first = Article(0)
        self.write(first)
        self.articles.append(first)
        indexing = [self.program("indexer/fihris-index"), "--quiet", "--db", self.db]
        subprocess.run([*indexing, self.folder], check=True)
        first.settled = True
        self.index_said = os.path.join(self.work, "indexer")
        with open(self.index_said, "wb") as log:
            self.indexer = subprocess.Popen([*indexing, "--follow", "--prune", self.folder], stderr=log, stdout=subprocess.DEVNULL)

    def end(self, process, name):
        process.send_signal(signal.SIGTERM)
        try:
            status = process.wait(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            status = "that of a kill"
        if status not in (0, 130):
            self.say_wrong(f"{name} ended with status {status}")

    def check_all(self):
        """The index that is left: all that must be there, each once, to the letter."""
        with open(self.index_said, encoding="utf-8") as log:
            complaints = log.read()
        if complaints:
            self.say_wrong(f"fihris-index said: {complaints[:500]}")
        index = self.program("indexer/fihris-index")
        exported = subprocess.run([index, "--db", self.db, "--export"], capture_output=True, check=False)
        told = {}
        for line in exported.stdout.decode().splitlines():
            article = json.loads(line)
            if article["id"] in told:
                self.say_wrong(f"{article['id']} is there twice")
            told[article["id"]] = (article["title"], article["body"], article["url"])
        wanted = {f"soak-{a.number}": (a.title, a.body, a.url()) for a in self.articles if a.there}
        for name in sorted(set(told) | set(wanted)):
            if told.get(name) != wanted.get(name):
                self.say_wrong(f"at the end, {name}: {told.get(name)} instead of {wanted.get(name)}")
        checked = subprocess.run([index, "--db", self.db, "--check"], capture_output=True, check=False)
        if checked.returncode:
            self.say_wrong(f"--check: status {checked.returncode}: {checked.stdout.decode()[:500]}")
        return len(told)

    def run(self):
        with tempfile.TemporaryDirectory(prefix="fihris-soak-") as self.work:
            self.folder, self.db = os.path.join(self.work, "news"), os.path.join(self.work, "db")
            os.mkdir(self.folder)
            self.began = time.monotonic()
            self.start_indexing()
            self.start_serving()
            threads = [threading.Thread(target=self.search) for _ in range(self.options.clients)]
            threads += [threading.Thread(target=self.run_queries) for _ in range(2)]
            threads.append(threading.Thread(target=self.measure))
            for thread in threads:
                thread.start()
            churner = threading.Thread(target=self.churn)
            churner.start()
            self.enough.wait(self.options.minutes * 60)
            self.enough.set()
            churner.join()  # when the last changes were seen
            self.stop.set()
            for thread in threads:
                thread.join()
            self.end(self.indexer, "fihris-index")
            self.end(self.server, "fihris-serve")
            return self.report(self.check_all())

    def report(self, left):
        report = [f"{self.options.minutes:g} minutes, {self.options.clients} clients, seed {self.options.seed}",
                  f"{self.requests} requests, {self.runs} runs of fihris-query; {self.checked} answers compared with what "
                  f"is known, {self.partial} partial",
                  f"{self.changes} changes in {len(self.waits)} batches, seen after {statistics.median(self.waits or [0]):.1f} s "
                  f"(median), {max(self.waits or [0]):.1f} s at most; the index was written anew {self.rewritten} times; "
                  f"{left} articles at the end"]
        for name in ("fihris-serve", "fihris-index"):
            self.growth(name, report)
        if self.checked < CHECKS_OF_A_CLIENT * self.options.minutes * self.options.clients:
            self.say_wrong("so few answers were compared that they tell nothing")
        if self.rewritten == 0 and self.options.minutes >= LONG:
            self.say_wrong("the index was never written anew")
        for line in report:
            print("# " + line)
        for text in self.wrong[:TOLD]:
            print("# wrong: " + text)
        print(f"# {len(self.wrong)} wrong")
        if self.options.tap:
            print("not ok" if self.wrong else "ok", "1 - articles come and go while many search\n1..1")
        return 1 if self.wrong else 0


def corpus_words(folder):
    """Words of the sample archive's plain pages, in their order."""
    words = []
    for place, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith(".txt"):
                with open(os.path.join(place, name), encoding="utf-8") as file:
                    words += [word for word in file.read().split() if re.fullmatch("[ء-غف-ي]{3,}", word)]
    return words


def resident(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024


def main():
    parser = argparse.ArgumentParser(description="searches while articles come and go")
    parser.add_argument("--build", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--pause", type=float, default=0.5, help="seconds that a client waits at most between two requests")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--tap", action="store_true", help="say at the end whether it passed, for the test harness")
    parser.add_argument("--sanitized", action="store_true", help="a sanitizer keeps what was freed: memory is not compared")
    return Soak(parser.parse_args()).run()


if __name__ == "__main__":
    sys.exit(main())
