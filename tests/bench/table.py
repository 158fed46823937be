# SPDX-License-Identifier: GPL-3.0-or-later
"""What bench.py found, for people.  (x): another engine's figure over ours."""

NAME, CELL = 30, 24
BUILD = (
    ("MB/s of text", "mb_per_second", "{:,.2f}"),
    ("  of processor time", "cpu_mb_per_second", "{:,.2f}"),
    ("  peak memory, MB", "peak_memory_mb", "{:,.0f}"),
)
SIZE = (
    ("index, MB", "index_mb", "{:,.1f}"),
    ("index over text", "index_over_text", "{:,.3f}"),
    ("with the text, MB", "total_mb", "{:,.1f}"),
    ("with the text, over text", "total_over_text", "{:,.3f}"),
)


def row(name, values, form="{:,.0f}"):
    """The first value, and the others with how many times that they are."""
    first = values[0]
    cells = [form.format(first)]
    for value in values[1:]:
        if value is None:
            cells.append("–")
        else:
            cells.append(form.format(value) + (f" ({value / first:.2f}x)" if first else ""))
    print(f"{name:<{NAME}}" + "".join(f"{cell:>{CELL}}" for cell in cells))


def print_latency(engines, key, title):
    print(f"\n{title}, µs")
    ours, *others = (engine[key] for engine in engines)
    for name, times in ours.items():
        for p, value in times.items():
            row(f"  {name}, {p}", [value, *(other[name][p] if name in other else None for other in others)])


def print_engines(by_label):
    engines = list(by_label.values())
    print(f"{'':<{NAME}}" + "".join(f"{label:>{CELL}}" for label in by_label))
    for jobs in engines[0]["build"]:
        print(f"building, {jobs} at a time")
        for name, key, form in BUILD:
            row(f"  {name}", [engine["build"].get(jobs, {}).get(key) for engine in engines], form)
    for name, key, form in SIZE:
        row(name, [engine["size"][key] for engine in engines], form)
    print_latency(engines, "ids_us", "in one process, the ten best, nothing shown")
    print_latency(engines, "shown_us", "in one process, the ten best with titles and snippets")
    print("\none process, from its start to its end, µs")
    for p in engines[0]["process_us"]:
        row(f"  {p}", [engine["process_us"][p] for engine in engines])


def print_server(server):
    for name, key in (("searches, 32 at a time", "search"), ("as you type, 2 at a time", "as_you_type")):
        found = server[key]
        late = ", ".join(f"{p} {found[p + '_us'] / 1000:,.2f} ms" for p in ("p50", "p95", "p99"))
        print(f"{name:<{NAME}}{found['per_second']:>12,.0f} a second; {late}")
    print(f"{'memory of the server':<{NAME}}{server['memory_mb']:>12,.0f} MB")


def print_life(life, first):
    print(f"{'again, nothing changed':<{NAME}}{life['again_seconds']:>12,.2f} s, "
          f"{life['again_seconds'] / first:.1%} of the first run")
    print(f"{str(life['added']) + ' articles more, and seen':<{NAME}}{life['added_and_seen_seconds']:>12,.2f} s")


def print_speeds(analysis):
    for what, first, title in (
        ("text", "none", "analysis of text, one thread"),
        ("words", "light", "folding and stemming of cut words"),
    ):
        print(f"\n{title:<36}{'MB/s':>10}{'words/s':>16}   (x): over {first}'s")
        for name, speed in analysis[what].items():
            times = f"{speed['mb_per_second'] / analysis[what][first]['mb_per_second']:.2f}x"
            print(f"  {name:<34}{speed['mb_per_second']:>10,.1f}{speed['words_per_second']:>16,.0f}   ({times})")


def print_all(found):
    archive = found["archive"]
    print(f"{archive['articles']:,} articles, {archive['text_bytes_indexed'] / 1e6:,.1f} MB of text, "
          f"{archive['rejected']} rejected; medians of {found['rounds']} rounds; (x): over ours\n")
    print_engines(found["engines"])
    print()
    if "server" in found:
        print_server(found["server"])
    print_life(found["life"], found["engines"]["fihris"]["build"]["1"]["seconds"])
    print_speeds(found["analysis"])


def markdown(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|---:|" + "---|" * (head[1] == "") + "---:|" * (len(head) - 1 - (head[1] == "")))
    for cells in rows:
        print("| " + " | ".join(cells) + " |")


def growth_row(found, label, engine):
    build, size = engine["build"], engine["size"]
    two = f"{build['2']['cpu_seconds']:,.1f}" if "2" in build else "–"
    return [
        f"{found['archive']['articles']:,}", label, f"{build['1']['cpu_seconds']:,.1f}", two,
        f"{build['1']['peak_memory_mb']:,.0f}", f"{size['index_over_text']:.2f}", f"{size['total_over_text']:.2f}",
        *(f"{engine['ids_us'][name][p]:,.0f}" for name in ("one word", "phrase", "frequent") for p in ("p50", "p99")),
    ]


def growth_life(found):
    life, first = found["life"], found["engines"]["fihris"]["build"]["1"]["seconds"]
    server = found.get("server")
    return [
        f"{found['archive']['articles']:,}", f"{found['archive']['text_bytes_indexed'] / 1e6:,.0f}",
        f"{life['again_seconds'] / first:.1%}", f"{life['added_and_seen_seconds']:,.1f}",
        *([f"{server['search']['per_second']:,.0f}", f"{server['as_you_type']['p99_us'] / 1000:,.1f}"] if server else "––"),
    ]


def print_growth(sizes):
    """As docs/performance.md shows it."""
    head = ["articles", "", "build, s of processor", "two jobs", "peak, MB", "index / text", "with the text"]
    head += [f"{name} {p}, µs" for name in ("one word", "phrase", "frequent") for p in ("p50", "p99")]
    markdown(head, [growth_row(found, *each) for found in sizes for each in found["engines"].items()])
    print()
    head = ["articles", "text, MB", "nothing changed, of the first run", "1,000 more and seen, s"]
    head += ["searches a second", "as you type p99, ms"]
    markdown(head, [growth_life(found) for found in sizes])
