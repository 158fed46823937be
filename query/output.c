/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of output formats. */
#include "query/output.h"

const fh_output *fh_outputs(void) {
    static const fh_output outputs[] = {
        {"text", "for people, at a terminal", fh_output_text, fh_story_text},
        {"json", "one object a query, text in pieces", fh_output_json, fh_story_json},
        {"trec", "qid Q0 docid rank score fihris", fh_output_trec, NULL},
        {NULL, NULL, NULL, NULL},
    };
    return outputs;
}
