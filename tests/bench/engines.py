# SPDX-License-Identifier: GPL-3.0-or-later
"""The engines that bench.py measures: ours, and those that get its articles and its queries in the same run."""
import glob
import os
import shutil
import subprocess

from measuring import read_times, run, size_of

HERE = os.path.dirname(os.path.abspath(__file__))
JARS = "/usr/share/java"
PASSES = 5  # as the programs have it
JAVA_MEMORY = "-Xmx1g"


class Engine:
    """Each has a command that indexes, one that times queries, and one that asks a single one, which is added."""

    kept_text = ()  # how the names of files end that hold articles, not the index
    jobs = (1,)

    def __init__(self, build, place):
        self.build, self.place = build, place
        self.tools = os.path.join(build, "tests", "bench")
        self.database = os.path.join(place, type(self).__name__ + ".db")

    def missing(self):
        """Why it cannot be measured here, or None."""
        return None

    def remove(self):
        for path in glob.glob(self.database + "*"):
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)

    def build_once(self, jobs):
        self.remove()
        return run(self.index_command(jobs), cores=jobs)

    def sizes(self):
        return {"index_mb": size_of(self.database, self.kept_text) / 1e6, "total_mb": size_of(self.database) / 1e6}

    def time(self, queries, what, warm_seconds, passes=PASSES):
        times = os.path.join(self.place, "times")
        with open(times, "wb") as out:
            run([*self.time_command(), queries, what, str(warm_seconds)], out)
        return read_times(times, passes)

    def latency(self, queries, shown, warm_seconds):
        return self.time(queries, "shown" if shown else "ids", warm_seconds)

    def process(self, lines):
        """Microseconds of whole processes, one a line."""
        times = os.path.join(self.place, "times")
        with open(lines, "rb") as source, open(times, "wb") as out:
            run([f"{self.tools}/bench_process", *self.ask_command()], out, source)
        return read_times(times)["process"]


class Fihris(Engine):
    label = "fihris"
    kept_text = ("docdata.glass",)
    jobs = (1, 2)

    def __init__(self, build, place, archives, options):
        super().__init__(build, place)
        self.archives, self.options = archives, options
        self.index_program = f"{build}/indexer/fihris-index"
        self.query_program = f"{build}/query/fihris-query"
        self.report = os.path.join(place, "report.json")

    def add_command(self, *sources):
        return [self.index_program, "--quiet", "--db", self.database, *self.options, *sources]

    def index_command(self, jobs):
        return self.add_command("--jobs", str(jobs), "--report", self.report, *self.archives)

    def time_command(self):
        return [f"{self.tools}/bench_query", self.database]

    def latency(self, queries, shown, warm_seconds):
        found = super().latency(queries, shown, warm_seconds)
        if not shown and "phrase" in found:
            found["phrase, the first time"] = self.time(queries, "first", warm_seconds, 1)["phrase"]
        return found

    def ask_command(self):
        return [self.query_program, "--db", self.database, "--"]

    def draw(self, count, path):
        with open(path, "wb") as out:
            run([f"{self.tools}/bench_draw", self.database, str(count)], out)

    def again(self):
        return run(self.add_command("--jobs", "1", *self.archives), cores=1)["seconds"]

    def see(self, archive, title, article):
        """Seconds from the first byte of new articles to an answer that shows one of them."""
        seconds = run(self.add_command(archive))["seconds"]
        answer = os.path.join(self.place, "answer")
        with open(answer, "wb") as out:
            asked = [self.query_program, "--db", self.database, "--format", "json", "--all", f'"{title}"']
            seconds += run(asked, out)["seconds"]
        with open(answer, encoding="utf-8") as found:
            if f'"{article}"' not in found.read():
                raise SystemExit(f"bench: {article} was added and is not found: {title}")
        return seconds


class Peer(Engine):
    """Gets lines of id, date, title and body, already read and tidied."""

    program = None

    def __init__(self, build, place, articles):
        super().__init__(build, place)
        self.articles = articles

    def missing(self):
        built = os.path.exists(f"{self.tools}/{self.program}")
        return None if built else "was not built: its library was not installed"

    def command(self, task):
        return [f"{self.tools}/{self.program}", task, self.database]

    def index_command(self, jobs):
        return [*self.command("index"), self.articles]

    def time_command(self):
        return self.command("time")

    def ask_command(self):
        return self.command("ask")


class Fts5(Peer):
    label, program = "SQLite FTS5", "baseline_fts5"

    def sizes(self):
        """The index alone is what is built without the text, which shows how long that takes too."""
        bare = self.database + ".bare"
        built = run([f"{self.tools}/{self.program}", "bare", bare, self.articles], cores=1)
        sizes = {"index_mb": size_of(bare) / 1e6, "total_mb": size_of(self.database) / 1e6}
        os.remove(bare)
        return {**sizes, "bare_seconds": built["seconds"], "bare_cpu_seconds": built["cpu_seconds"]}


class Xapian(Peer):
    label, program = "libxapian alone", "baseline"
    kept_text = ("docdata.glass",)


class Lucene(Peer):
    label, mode = "Lucene", "fast"
    kept_text = (".fdt", ".fdx", ".fdm")
    parts = ("core", "analyzers-common", "highlighter", "queries", "memory")

    def jars(self):
        found = [glob.glob(f"{JARS}/lucene-{part}-8*.jar") for part in self.parts]
        return [sorted(paths)[0] for paths in found if paths]

    def missing(self):
        if not shutil.which("java") or not shutil.which("javac"):
            return "wants Java: apt-get install openjdk-17-jdk-headless"
        if len(self.jars()) < len(self.parts):
            return "is not installed: apt-get install liblucene8-java"
        return None

    def command(self, task):
        classes = os.path.join(self.place, "classes")
        path = ":".join([classes, *self.jars()])
        if not os.path.isdir(classes):
            subprocess.run(["javac", "-cp", path, "-d", classes, f"{HERE}/BaselineLucene.java"], check=True)
        return ["java", JAVA_MEMORY, "-cp", path, "BaselineLucene", task, self.database]

    def index_command(self, jobs):
        return [*super().index_command(jobs), self.mode]


class LuceneBest(Lucene):
    label, mode = "Lucene, best compression", "best"


PEERS = {"fts5": Fts5, "xapian": Xapian, "lucene": Lucene, "lucene-best": LuceneBest}
