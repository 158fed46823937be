/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Named limits: what is larger is refused with a message, never tried. */
#ifndef FH_BASE_LIMITS_H
#define FH_BASE_LIMITS_H

#define FH_MAX_ARTICLE (16u << 20)         /* bytes of one article's source: a JSON value, a page */
#define FH_MAX_RECORD (4 * FH_MAX_ARTICLE) /* bytes of all its texts: they grow when they become UTF-8 */
#define FH_MAX_ID 200  /* bytes; a longer id is cut and ends in a hash, as Omega does with long URLs */
#define FH_MAX_WORD 64 /* code points of a word that is worth a term; of a longer one, the beginning */
#define FH_MAX_LEXICON (8u << 20)   /* bytes of a lexicon file */
#define FH_MAX_GAZETTEER (8u << 20) /* bytes of a list of names */
#define FH_MAX_QUERY (16u << 10)    /* bytes of a query */
#define FH_MAX_QUERY_TERMS 256      /* leaves of a query's tree */
#define FH_MAX_QUERY_DEPTH 64       /* parentheses within each other */
#define FH_MAX_EXPANSION 200        /* words that `word*` may stand for: the most frequent ones */
#define FH_MAX_LIMIT 10000          /* results of one query */
#define FH_MAX_STORY 500            /* newest articles that an entity's spellings are counted in */
#define FH_MAX_DEPTH 64             /* folders within folders */

#endif
