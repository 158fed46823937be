#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# train-recogniser: annotated news in, weights and measures out.  The news here is made of few words, so that a
# learner that learns finds nearly all of their names, and one that does not finds none.  Of real news, which
# FIHRIS_NER names, it must find as much as docs/entities.md says.
. "$(dirname "$0")/lib.sh"
export PATH="$build/entities:$PATH"

# newswire SEED SENTENCES: names after words that announce them, and the same frames without.
newswire() {
    awk -v seed="$1" -v sentences="$2" '
        function pick(list, n) { n = split(list, words, " "); return words[int(rand() * n) + 1] }
        function put(words, type, n, i, all) {
            n = split(words, all, " ")
            for (i = 1; i <= n; i++) print all[i], type == "O" ? "O" : (i == 1 ? "B-" : "I-") type
        }
        BEGIN {
            srand(seed)
            first = "سالم ماجد نبيل رامي زياد هيثم"; last = "المرزوقي الجنابي الدوسري الشهابي القاضي"
            town = "كفرزيتون تلعامود بيتشمس عينحور رأسديب"; firm = "الواحة النورس الميناء الشراع"
            thing = "الخبز الحليب النقل الماء الورق"
            for (i = 0; i < sentences; i++) {
                kind = int(rand() * 4)
                if (kind == 0) { put("قال الوزير", "O"); put(pick(first) " " pick(last), "PERS"); put("أمس", "O") }
                if (kind == 1) { put("وصل الوفد إلى بلدة", "O"); put(pick(town), "LOC"); put("مساء", "O") }
                if (kind == 2) { put("أعلنت", "O"); put("شركة " pick(firm), "ORG"); put("أرباحها", "O") }
                if (kind == 3) put("ارتفعت أسعار " pick(thing) " مساء أمس", "O")
                print ". O\n"
            }
        }'
}
newswire 1 2000 >taught.txt
newswire 2 400 >unseen.txt

# above NAME LEAST: of lines of measures, the F1 of all types.
above() { awk -F '\t' -v name="$1" -v least="$2" '$1 == name { split($2, all, " "); print (all[4] >= least) }'; }

is 'names that are announced alike are found' \
    'train-recogniser --test unseen.txt taught.txt | above recognised 99' 1
is 'the gazetteer alone stands beside it' "train-recogniser --test unseen.txt taught.txt | cut -f 1" \
    $'recognised\ngazetteer'
is 'cross-validation has a line a fold' "train-recogniser --folds 3 taught.txt | cut -f 1" \
    $'fold 1\nfold 2\nfold 3\nrecognised\ngazetteer'
is 'where nothing is annotated nothing is learned' \
    "sed 's/ [BI]-.*/ O/' taught.txt >blank.txt; train-recogniser --test unseen.txt blank.txt | grep -c '^recognised.all 0.0 0.0 0.00'" 1
is 'the same news gives the same model' \
    'train-recogniser -o one.tsv taught.txt && train-recogniser -o two.tsv taught.txt && cmp one.tsv two.tsv' ''
is 'a model is what the build reads' \
    "make-recogniser model.c $house/entities/data/word-classes.tsv $house/entities/data/sport-words.txt one.tsv &&
    grep -c 'fh_recogniser_builtin' model.c" 1
is 'a token without a tag is named by its line' \
    'printf "قال O\nالوزير\n" >bad.txt; train-recogniser --folds 2 bad.txt 2>&1' \
    'train-recogniser: bad.txt:2: this is no tagged token
hint: each line is a token, a space and its tag: O, B-LOC, I-LOC
[2]'
is 'a damaged model stops the build at its line' \
    "sed '20s/\$/z9/' one.tsv >bad.tsv; make-recogniser model.c /dev/null /dev/null bad.tsv 2>&1" \
    'make-recogniser: bad.tsv:20: a feature is not what it should be
hint: train it anew
[1]'
has 'news that is not there is an error' 'train-recogniser --folds 2 nothing.txt 2>&1' 'nothing.txt' '^\[2\]$'
has 'help lists the options' 'train-recogniser --help' '--folds N' '--test FILE' 'Exit status'

if [ -f "${FIHRIS_NER:-}" ]; then
    is 'of the names of real news it finds what docs/entities.md says' "
        train-recogniser --classes $house/entities/data/word-classes.tsv --sport $house/entities/data/sport-words.txt \
            --folds 10 '$FIHRIS_NER' | above recognised 80" 1
else
    skip 'names of real news' 'FIHRIS_NER names no annotated news'
fi
finish
