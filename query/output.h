/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What output formats share.  A format is one file and one row in output.c. */
#ifndef FH_QUERY_OUTPUT_H
#define FH_QUERY_OUTPUT_H

#include "query/query.h"

void fh_output_text(const fh_answer *answer, fh_str id, bool colour, fh_buf *out);
void fh_output_json(const fh_answer *answer, fh_str id, bool colour, fh_buf *out);
void fh_output_trec(const fh_answer *answer, fh_str id, bool colour, fh_buf *out);
void fh_story_text(const fh_story *story, bool colour, fh_buf *out);
void fh_story_json(const fh_story *story, bool colour, fh_buf *out);

#endif
