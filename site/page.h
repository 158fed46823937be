/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results as a page shows them that has no script. */
#ifndef FH_SITE_PAGE_H
#define FH_SITE_PAGE_H

#include "site/route.h"

/* Appends the results of an answer, with links to other pages and orders of the same search. */
void fh_page_results(const fh_call *call, const fh_search *search, const fh_answer *answer,
                     const char *const *texts, fh_buf *out);

#endif
