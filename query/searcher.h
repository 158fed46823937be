/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a searcher is made of. */
#ifndef FH_QUERY_SEARCHER_H
#define FH_QUERY_SEARCHER_H

#include "query/query.h"
#include "query/written.h"

struct fh_searcher {
    fh_store *store;
    const fh_gazetteer *gazetteer;
    fh_lexicon *lexicon; /* that the index was made with; NULL: none */
    fh_analyser *analyser;
    fh_written_names *written;
};

#endif
