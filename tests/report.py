#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""report.py BUILD… FILE.tap…: what the tests of these build folders said, one case (TAP point) at a time.

Reads meson's own log, or one program's TAP.  Prints each failure with what it said, each skip with its reason, and at last the
line `N passed, N failed`.  A program that ends early, or badly without a failed case, is a failed case."""
import json
import os
import re
import sys
from collections import Counter

POINT = re.compile(r"(not ok|ok)\b\s*\d*\s*(?:- )?(.*)")
SKIP = re.compile(r"#\s*SKIP\S*\s*(.*)", re.IGNORECASE)
PLAN = re.compile(r"1\.\.(\d+)\s*(?:#\s*SKIP\S*\s*(.*))?", re.IGNORECASE)
MESON_SAYS = re.compile(r"\(test program exited with status code \d+\)")
TOLD = 60  # lines of one failure that are worth reading


class Case:
    def __init__(self, name, state):
        self.name, self.state, self.told = name, state, []


def cases_of(run):
    """The cases of one test program, and the number it had planned (None: it did not say)."""
    cases, planned = [], None
    for line in run.get("stdout", "").splitlines():
        if match := PLAN.match(line):
            planned = int(match[1])
            if planned == 0:
                cases.append(Case(match[2] or "the whole program", "skipped"))
        elif match := POINT.match(line):
            skip = SKIP.search(match[2])
            state = "skipped" if skip else "passed" if match[1] == "ok" else "failed"
            cases.append(Case((skip[1] if skip else match[2]) or "unnamed", state))
        elif cases and not re.match(r"# (not )?ok - ", line):  # cmocka sums up its group so
            cases[-1].told.append(line[2:] if line.startswith("# ") else line)
    return cases, planned


def ended_badly(run, cases, planned):
    """Why the program as a whole failed though none of its cases says so, or None."""
    if run["result"] == "TIMEOUT":
        return f"it was stopped after {run['duration']:.0f} seconds"
    if planned is None:
        return "it ended before it said how many cases it has"
    if planned and planned != len(cases):
        return f"it ended after {len(cases)} of {planned} cases"
    if run["returncode"] and not any(case.state == "failed" for case in cases):
        return f"all its cases passed, but it ended with status {run['returncode']}"
    return None


def told(lines):
    for line in lines[:TOLD]:
        print("    " + line)
    if len(lines) > TOLD:
        print(f"    … and {len(lines) - TOLD} more lines")


def runs_of(path):
    if not path.endswith(".tap"):
        with open(f"{path}/meson-logs/testlog.json", encoding="utf-8") as log:
            return [json.loads(line) for line in log]
    with open(path, encoding="utf-8") as tap:
        name = os.path.basename(path).removesuffix(".tap")
        return [{"name": name, "stdout": tap.read(), "result": "OK", "returncode": 0}]


def report(build, totals, skips):
    for run in runs_of(build):
        program = run["name"].split(" / ")[-1]
        cases, planned = cases_of(run)
        reason = ended_badly(run, cases, planned)
        for case in cases:
            totals[case.state] += 1
            if case.state == "failed":
                print(f"\nFAILED  {build}  {program}: {case.name}")
                told(case.told)
            elif case.state == "skipped":
                skips[f"{program}: {case.name}"] += 1
        if reason:
            totals["failed"] += 1
            print(f"\nFAILED  {build}  {program}: {reason}")
        errors = [line for line in run.get("stderr", "").splitlines() if line and not MESON_SAYS.match(line)]
        if errors and (reason or any(case.state == "failed" for case in cases)):
            print("  on standard error:")
            told(errors[-TOLD:])


def main(builds):
    totals, skips = Counter(), Counter()
    for build in builds:
        report(build, totals, skips)
    if skips:
        print(f"\n{totals['skipped']} skipped:")
        for what, times in skips.items():
            print(f"    {what}" + (f" ({times} times)" if times > 1 else ""))
    print(f"\n{totals['passed']} passed, {totals['failed']} failed")
    return 1 if totals["failed"] or not totals["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
