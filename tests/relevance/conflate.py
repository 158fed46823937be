#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far each stemmer gives the forms of one lemma one stem, and no others.

conflate.py --build BUILD LEMMAS
    LEMMAS: `lemma TAB form form…` lines; a lemma's part of speech after `/` and a form's count after `:` are
    passed over

Every pair of different forms counts once: right where some lemma has both, found where they have one stem.
Prints a Markdown table of precision, recall and F1, and of recall on the right pairs that light10 does not find."""
import argparse
import itertools
import subprocess

STEMMERS = ("light10", "light", "none")


def read_lemmas(path):
    """{lemma: {form…}}"""
    forms = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            lemma, _, words = line.rstrip("\n").partition("\t")
            forms.setdefault(lemma.partition("/")[0], set()).update(word.partition(":")[0] for word in words.split())
    return forms


def pairs(classes):
    return {pair for forms in classes for pair in itertools.combinations(sorted(forms), 2)}


def same_stem(build, stemmer, forms):
    """The pairs of forms that have one stem."""
    program = [f"{build}/stemmer/fihris-stem", "--stemmer", stemmer]
    lines = subprocess.run(program, input="\n".join(forms), capture_output=True, check=True, text=True).stdout
    classes = {}
    for line in lines.splitlines():
        form, _, stem = line.split("\t")
        classes.setdefault(stem, []).append(form)
    return pairs(classes.values())


def ratio(part, whole):
    return len(part) / len(whole) if whole else 1.0


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--build", default="build")
    parser.add_argument("lemmas")
    args = parser.parse_args()
    lemmas = read_lemmas(args.lemmas)
    forms, right = sorted(set().union(*lemmas.values())), pairs(lemmas.values())
    found = {stemmer: same_stem(args.build, stemmer, forms) for stemmer in STEMMERS}
    missed = right - found["light10"]
    print(f"{len(forms):,} forms, {len(right):,} right pairs, {len(missed):,} of them not found by light10\n")
    print("| stemmer | precision | recall | F1 | recall on what light10 misses |\n|---|---:|---:|---:|---:|")
    for stemmer, same in found.items():
        precision, recall = ratio(same & right, same), ratio(same & right, right)
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        print(f"| {stemmer} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {ratio(same & missed, missed):.3f} |")


if __name__ == "__main__":
    main()
