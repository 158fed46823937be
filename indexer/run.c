/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run: articles go through a ring of slots, in order.  All threads read and analyse; the calling thread
 * alone touches the store, so it checks what is there already, and writes.  Because it does both in the order
 * of reading, any number of threads gives the same index. */
#include "base/memory.h"
#include "indexer/admit.h"
#include "indexer/document.h"
#include "indexer/indexer.h"
#include "indexer/learn.h"
#include "indexer/ledger.h"
#include "indexer/prune.h"
#include "indexer/refrain.h"
#include "indexer/story.h"

#include <pthread.h>
#include <stdlib.h>

#define SLOTS_PER_JOB 8

/* Memory as it was measured: of libraries, lists and words; of each thread; of recognising names in it. */
enum { OWN_BYTES = 20 << 20, JOB_BYTES = 10 << 20, RECOGNISER_BYTES = 10 << 20 };

typedef enum slot_state {
    FREE,
    READING,
    READ,   /* an article, or an error */
    WANTED, /* to be analysed */
    ANALYSING,
    DONE, /* to be written, or passed over */
} slot_state;

typedef struct slot {
    slot_state state;
    fh_arena *arena;
    fh_read_article read;
    fh_status status; /* of reading */
    fh_error error;
    fh_progress progress;
    fh_str content;
    fh_document document;
    fh_presence presence;
    bool passed;      /* nothing to write */
    bool check_again; /* an article of the same id was on its way when this one was checked */
} slot;

typedef struct run {
    const fh_index_options *options;
    fh_index_totals *totals;
    fh_seen seen;
    fh_editions *editions;
    fh_refrains *refrains; /* of whoever reads */
    fh_stories *stories;   /* NULL until there is something to write */
    slot *slots;
    size_t slot_count;
    uint64_t read, checked, written; /* numbers of articles; written <= checked <= read */
    uint64_t noted;                  /* changes, for learning */

    pthread_mutex_t mutex; /* holds what is below, the numbers above, and the slots' states */
    pthread_cond_t changed;
    bool at_end, quit;
} run;

static slot *slot_of(const run *r, uint64_t number) {
    return &r->slots[number % r->slot_count];
}

static bool stop_asked(const run *r) {
    return r->options->stop && *r->options->stop;
}

/* What is held beside the store: what must be known of the articles so far, and the program itself.  What
 * grows with the archive costs an eighth more than it asks for, which lies between the pieces: from the first
 * segment of a million articles to the last, 14 MB. */
static size_t held(const run *r) {
    enum { BETWEEN = 8 };
    size_t job = JOB_BYTES + (r->options->names.recogniser ? RECOGNISER_BYTES : 0);
    size_t known = r->seen.capacity * sizeof *r->seen.hashes + fh_editions_bytes(r->editions) +
                   fh_refrains_bytes() + fh_stories_bytes(r->stories);
    return OWN_BYTES + (size_t)r->options->jobs * job + known + known / BETWEEN;
}

/* ---- The steps of an article ---- */

/* False at the end. */
static bool read_article(run *r, slot *s) {
    fh_arena_reset(s->arena);
    s->passed = s->check_again = false;
    s->status = fh_reader_next(r->options->reader, s->arena, &s->read, &s->error);
    s->progress = fh_reader_progress(r->options->reader);
    if (r->options->ledger)
        fh_ledger_note(r->options->ledger, s->status == FH_OK ? s->read.place : fh_str_from(s->error.where),
                       s->status);
    if (s->status == FH_OK) {
        s->content = fh_article_content(&s->read.article, &r->options->names, s->arena);
        s->read.article.searched = fh_refrains_take(r->refrains, &s->read.article);
    }
    return s->status != FH_END;
}

static void observe(run *r, const slot *s, const fh_error *err) {
    if (r->options->observer) r->options->observer(r->options->context, r->totals, s->progress, err);
}

static void pass_error(run *r, slot *s) {
    bool source = s->status == FH_ERR_NOT_FOUND || s->status == FH_ERR_IO;
    *(source ? &r->totals->unreadable : &r->totals->rejected) += 1;
    s->passed = true;
    observe(r, s, &s->error);
}

static void pass_unchanged(run *r, slot *s) {
    r->totals->articles++;
    r->totals->unchanged++;
    s->passed = true;
    observe(r, s, NULL);
}

static bool is_on_its_way(const run *r, fh_str id) {
    for (uint64_t number = r->written; number < r->checked; number++) {
        const slot *s = slot_of(r, number);
        if (!s->passed && fh_str_equal(s->read.article.id, id)) return true;
    }
    return false;
}

static bool is_too_old(const run *r, const fh_article *article) {
    char key[FH_DATE_TEXT];
    if (!r->options->since) return false;
    fh_date_key(&article->published, key);
    return strcmp(key, r->options->since) < 0;
}

static void pass_older(run *r, slot *s) {
    r->totals->older++;
    s->passed = true;
    observe(r, s, NULL);
}

/* What the index has of it decides whether it is worth analysing. */
static fh_status check(run *r, slot *s, fh_error *err) {
    if (s->status != FH_OK) {
        pass_error(r, s);
        return FH_OK;
    }
    r->totals->repaired += s->read.article.repaired;
    fh_str id = s->read.article.id;
    if (r->options->prune) fh_seen_add(&r->seen, id);
    if (is_too_old(r, &s->read.article)) {
        pass_older(r, s);
        return FH_OK;
    }
    s->check_again = is_on_its_way(r, id);
    if (s->check_again) return FH_OK;
    fh_status status = fh_store_presence(r->options->store, id, s->content, &s->presence, err);
    if (status != FH_OK) return status;
    if (s->presence == FH_SAME)
        pass_unchanged(r, s);
    else if (r->options->jobs > 1)
        fh_store_foresee(r->options->store);
    return FH_OK;
}

static void analyse(slot *s, const fh_index_tools *tools) {
    s->document = fh_document_make(tools, &s->read.article, s->content, s->arena);
}

static fh_status commit(run *r, fh_error *err) {
    uint64_t changed = r->totals->added + r->totals->replaced + r->totals->removed;
    fh_status status = fh_learning_note(r->options->store, changed - r->noted, err);
    r->noted = changed;
    return status == FH_OK ? fh_store_commit(r->options->store, err) : status;
}

static fh_status commit_and_go_on(run *r, fh_error *err) {
    fh_status status = commit(r, err);
    return status == FH_OK ? fh_store_begin(r->options->store, err) : status;
}

/* In the order of reading, like all that depends on what is there already. */
static fh_status settle_story(run *r, slot *s, fh_error *err) {
    fh_status status = r->stories ? FH_OK : fh_stories_new(r->options->store, &r->stories, err);
    if (status == FH_OK) fh_stories_settle(r->stories, &s->document);
    fh_store_hold(r->options->store, held(r));
    return status;
}

/* If it goes on like this. */
static uint64_t still_to_come(const run *r, const slot *s) {
    double read = (double)s->progress.bytes_read, all = (double)s->progress.bytes_in_all;
    double put = (double)(r->totals->added + r->totals->replaced);
    return all > read && read > 0 ? (uint64_t)(put * (all - read) / read) : 0;
}

static fh_status write(run *r, slot *s, fh_error *err) {
    const fh_article *article = &s->read.article;
    fh_status status = FH_OK;
    if (s->check_again && !s->passed) {
        status = fh_store_presence(r->options->store, article->id, s->content, &s->presence, err);
        if (status == FH_OK && s->presence == FH_SAME) pass_unchanged(r, s);
    }
    if (status != FH_OK || s->passed) return status;
    fh_admission admission;
    status = fh_admit(r->options->store, r->editions, article, s->presence, s->arena, &admission, err);
    if (status != FH_OK) return status;
    if (admission == FH_OUTDATED || admission == FH_GONE) {
        if (s->presence != FH_ABSENT && admission == FH_GONE) r->totals->removed++;
        pass_unchanged(r, s);
        return FH_OK;
    }
    status = settle_story(r, s, err);
    fh_store_expect(r->options->store, still_to_come(r, s));
    if (status == FH_OK) status = fh_store_put(r->options->store, &s->document, err);
    if (status != FH_OK) return status;
    r->totals->articles++;
    *(s->presence == FH_ABSENT ? &r->totals->added : &r->totals->replaced) += 1;
    r->totals->text_bytes += article->body.len + (article->title_from_lead ? 0 : article->title.len);
    observe(r, s, NULL);
    return fh_store_is_due(r->options->store) ? commit_and_go_on(r, err) : FH_OK;
}

static fh_index_tools open_tools(const run *r) {
    return fh_index_tools_new(r->options->stemmer, r->options->lexicon, r->options->names);
}

/* ---- One thread ---- */

static fh_status run_alone(run *r, fh_error *err) {
    fh_index_tools tools = open_tools(r);
    slot *s = slot_of(r, 0);
    fh_status status = FH_OK;
    while (status == FH_OK && !stop_asked(r) && read_article(r, s)) {
        status = check(r, s, err);
        if (status != FH_OK || s->passed) continue;
        analyse(s, &tools);
        status = write(r, s, err);
    }
    fh_index_tools_free(&tools);
    return status;
}

/* ---- Several threads ---- */

/* Takes work that any thread may do: an article to analyse, or the turn to read.  Holds the mutex. */
static slot *take_work(run *r) {
    for (uint64_t number = r->written; number < r->read; number++) {
        slot *s = slot_of(r, number);
        if (s->state != WANTED) continue;
        s->state = ANALYSING;
        return s;
    }
    slot *next = slot_of(r, r->read);
    if (r->at_end || next->state != FREE) return NULL;
    next->state = READING;
    return next;
}

static void do_work(run *r, slot *s, const fh_index_tools *tools) {
    bool reads = s->state == READING, more = reads && read_article(r, s);
    if (!reads) analyse(s, tools);
    pthread_mutex_lock(&r->mutex);
    s->state = !reads ? DONE : more ? READ : FREE;
    if (reads && !more) r->at_end = true;
    if (more) r->read++;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->mutex);
}

static void *help(void *context) {
    run *r = context;
    fh_index_tools tools = open_tools(r);
    for (;;) {
        slot *s = NULL;
        pthread_mutex_lock(&r->mutex);
        while (!r->quit && !(s = take_work(r))) pthread_cond_wait(&r->changed, &r->mutex);
        pthread_mutex_unlock(&r->mutex);
        if (!s) break;
        do_work(r, s, &tools);
    }
    fh_index_tools_free(&tools);
    return NULL;
}

typedef enum work { CHECK, WRITE, HELP, NOTHING_LEFT, WAIT } work;

/* The calling thread's next work.  Checking goes first: it keeps the helpers busy.  What only this thread can
 * do is less than half of all, so it helps in between.  Holds the mutex. */
static work find_work(run *r, slot **out) {
    if (stop_asked(r)) r->at_end = true;
    *out = slot_of(r, r->checked);
    if (r->checked < r->read) return CHECK;
    *out = slot_of(r, r->written);
    if (r->written < r->checked && (*out)->state == DONE) return WRITE;
    if (r->written == r->read && r->at_end && (*out)->state != READING) return NOTHING_LEFT;
    *out = take_work(r);
    return *out ? HELP : WAIT;
}

static work wait_for_work(run *r, slot **out) {
    work found;
    pthread_mutex_lock(&r->mutex);
    while ((found = find_work(r, out)) == WAIT) pthread_cond_wait(&r->changed, &r->mutex);
    pthread_mutex_unlock(&r->mutex);
    return found;
}

static void finish_work(run *r, work done, slot *s) {
    pthread_mutex_lock(&r->mutex);
    if (done == CHECK) {
        r->checked++;
        s->state = s->passed ? DONE : WANTED;
    } else {
        r->written++;
        s->state = FREE;
    }
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->mutex);
}

static fh_status lead(run *r, fh_error *err) {
    fh_index_tools tools = open_tools(r);
    fh_status status = FH_OK;
    slot *s;
    for (work next; status == FH_OK && (next = wait_for_work(r, &s)) != NOTHING_LEFT;) {
        if (next == HELP) {
            do_work(r, s, &tools);
            continue;
        }
        status = next == CHECK ? check(r, s, err) : write(r, s, err);
        finish_work(r, next, s);
    }
    fh_index_tools_free(&tools);
    return status;
}

static fh_status run_together(run *r, fh_error *err) {
    size_t wanted = (size_t)r->options->jobs - 1, started = 0;
    pthread_t *helpers = fh_alloc_zeroed(wanted, sizeof *helpers);
    pthread_mutex_init(&r->mutex, NULL);
    pthread_cond_init(&r->changed, NULL);
    while (started < wanted && pthread_create(&helpers[started], NULL, help, r) == 0) started++;
    fh_status status = started ? lead(r, err) : run_alone(r, err);
    pthread_mutex_lock(&r->mutex);
    r->quit = true;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->mutex);
    for (size_t i = 0; i < started; i++) pthread_join(helpers[i], NULL);
    pthread_cond_destroy(&r->changed);
    pthread_mutex_destroy(&r->mutex);
    free(helpers);
    return status;
}

/* ---- The whole ---- */

/* What could not be read must not be taken for gone, nor an archive for empty of which nothing was good. */
static bool all_was_read(const run *r) {
    return r->totals->unreadable == 0 && (r->seen.count > 0 || r->totals->rejected == 0);
}

static fh_status prune(run *r, fh_error *err) {
    if (!r->options->prune || stop_asked(r)) return FH_OK;
    r->totals->unpruned = !all_was_read(r);
    if (r->totals->unpruned) return FH_OK;
    return fh_seen_prune(&r->seen, r->options->store, &r->totals->removed, err);
}

static fh_status run_all(run *r, fh_error *err) {
    fh_status status = fh_refrains_recall(r->refrains, r->options->store, err);
    if (status == FH_OK) status = fh_store_begin(r->options->store, err);
    if (status == FH_OK) status = r->options->jobs > 1 ? run_together(r, err) : run_alone(r, err);
    if (status == FH_OK) status = prune(r, err);
    if (status == FH_OK) status = fh_refrains_keep(r->refrains, r->options->store, err);
    return status == FH_OK ? commit(r, err) : status;
}

fh_status fh_index_run(const fh_index_options *options, fh_index_totals *totals, fh_error *err) {
    *totals = (fh_index_totals){0};
    size_t slot_count = options->jobs > 1 ? (size_t)options->jobs * SLOTS_PER_JOB : 1;
    run r = {.options = options,
             .totals = totals,
             .editions = fh_editions_new(),
             .refrains = fh_refrains_new(),
             .slots = fh_alloc_zeroed(slot_count, sizeof(slot)),
             .slot_count = slot_count};
    for (size_t i = 0; i < slot_count; i++) r.slots[i].arena = fh_arena_new();
    fh_status status = run_all(&r, err);
    for (size_t i = 0; i < slot_count; i++) fh_arena_free(r.slots[i].arena);
    free(r.slots);
    fh_editions_free(r.editions);
    fh_refrains_free(r.refrains);
    fh_stories_free(r.stories);
    fh_seen_free(&r.seen);
    return status;
}
