/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An archive to an index: readers give articles, each is tidied, analysed, and put into the store. */
#ifndef FH_INDEXER_INDEXER_H
#define FH_INDEXER_INDEXER_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "entities/entities.h"
#include "stemmer/stemmer.h"
#include "store/store.h"

/* ---- Reading: sources to articles ---- */

/* An article as it was read and tidied, before analysis; lives in the arena it was read into. */
typedef struct fh_read_article {
    fh_article article;
    fh_str place; /* file:entry:offset, for messages */
} fh_read_article;

/* Walks sources (files, directories, archives, compressed or not, "-" for standard input) and gives their
 * articles one by one. */
typedef struct fh_reader fh_reader;

typedef struct fh_reader_options {
    const char *const *sources;
    size_t source_count;
    const char *format;      /* a reader's name, NULL: by content */
    const char *const *maps; /* "FIELD=PATH", which outlive the reader */
    size_t map_count;
    const struct fh_listing *listing; /* what sitemaps list (indexer/listing.h), or NULL: of the sources */
    const volatile bool *stop; /* set by a signal: what is not read yet is not waited for; may be NULL */
} fh_reader_options;

/* Errors: FH_ERR_USAGE (no such format, or no such field to map). */
fh_status fh_reader_new(const fh_reader_options *options, fh_reader **out, fh_error *err);
void fh_reader_free(fh_reader *reader); /* takes NULL */

/* From now on, rows of keywords are cut by these names; the built-in ones are known from the start.  They
 * must outlive the reader. */
void fh_reader_use(fh_reader *reader, const fh_gazetteer *gazetteer);

/* The next article, its strings in the arena.  FH_END after the last, and once it is told to stop.
 * FH_ERR_NOT_FOUND or FH_ERR_IO: a source could not be read; any other error: one article was rejected. After
 * an error the next call goes on with what follows it. */
fh_status fh_reader_next(fh_reader *reader, fh_arena *arena, fh_read_article *out, fh_error *err);

/* How far it is: bytes of the sources' files taken so far, and in all (0: not known, as with "-"); bytes of
 * text after decompression. */
typedef struct fh_progress {
    uint64_t bytes_read, bytes_in_all, text_bytes;
} fh_progress;
fh_progress fh_reader_progress(const fh_reader *reader);

/* The names of all formats with a line on each, for --help; ends with a NULL name. */
typedef struct fh_format_name {
    const char *name, *about;
} fh_format_name;
const fh_format_name *fh_reader_formats(void);

/* ---- Indexing ---- */

/* How names are found in articles. */
typedef struct fh_index_names {
    const fh_gazetteer *all;         /* that the index knows, and … */
    const fh_gazetteer *listed;      /* … those among them that no article taught: where they change, every
                                        article is indexed anew */
    const fh_recogniser *recogniser; /* for names that are not listed, or NULL */
} fh_index_names;

typedef struct fh_index_totals {
    uint64_t articles; /* read in all: added, replaced, unchanged */
    uint64_t added, replaced, unchanged, rejected;
    uint64_t unreadable; /* sources, folders and files that could not be read, or not to their end */
    bool unpruned;       /* `prune` was asked for and not done: not all could be read */
    uint64_t older;      /* left out because of `since` */
    uint64_t removed;    /* with prune, and taken back by their publishers */
    uint64_t repaired;   /* articles whose text had been saved in a wrong encoding */
    uint64_t text_bytes; /* of titles and bodies indexed */
} fh_index_totals;

/* Called for each rejected article (err set) and now and then in between (err NULL). */
typedef void fh_index_observer(void *context, const fh_index_totals *totals, fh_progress progress,
                               const fh_error *err);

/* The files that were read; see indexer/ledger.h. */
typedef struct fh_ledger fh_ledger;

typedef struct fh_index_options {
    fh_reader *reader;
    fh_store *store;
    fh_stemmer stemmer;
    const fh_lexicon *lexicon; /* the words that the index has beside the stemmer's own, or NULL */
    fh_index_names names;
    const char *since; /* articles published before this key (fh_date_key), or nobody knows when, are left
                          out; NULL: none */
    fh_ledger *ledger; /* is told what was read, or NULL */
    int jobs;          /* threads, at least 1 */
    bool prune; /* at the end, remove the articles that were not read; not after a stop, nor when a source was
                   unreadable */
    fh_index_observer *observer;
    void *context;
    const volatile bool *stop; /* set by a signal: finish what was begun, commit, return FH_OK; may be NULL */
} fh_index_options;

/* Reads everything and puts it into the store, in transactions.  Errors: of the store only. */
fh_status fh_index_run(const fh_index_options *options, fh_index_totals *totals, fh_error *err);

/* What articles are analysed with: one a thread. */
typedef struct fh_index_tools {
    fh_analyser *analyser; /* of the index's stemmer and lexicon */
    fh_index_names names;
    fh_name_finder *finder; /* of names.recogniser, or NULL */
} fh_index_tools;

fh_index_tools fh_index_tools_new(fh_stemmer stemmer, const fh_lexicon *lexicon, fh_index_names names);
void fh_index_tools_free(const fh_index_tools *tools);

/* One article with everything the indexer finds in it, as a document for the store, in the arena.  Marks of
 * entities are added to the article. */
fh_document fh_index_document(const fh_index_tools *tools, fh_article *article, fh_arena *arena);

/* One JSON object, without a line end: the article as it would be indexed (fihris-index --dry-run). */
void fh_article_json(const fh_article *article, const fh_gazetteer *gazetteer, fh_buf *out);

#endif
