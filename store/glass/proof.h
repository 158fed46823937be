/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of mapped tables against their sums, each when it is entered for the first time: who asks a question
 * does not look at a whole index, but at what the answer comes from.
 *
 * What is wrong is damage only while the commit that is read is the newest: later ones may write over its
 * blocks (store/glass/mapped.h).  Of the file of sums, too, nothing is read but what is asked for. */
#ifndef FH_STORE_GLASS_PROOF_H
#define FH_STORE_GLASS_PROOF_H

#include "store/glass/sums_file.h"

/* Of one commit; for one thread. */
typedef struct fh_proof {
    const char *dir; /* borrowed */
    fh_sums_map sums;
    uint64_t commit;                /* revision */
    size_t before[FH_GLASS_TABLES]; /* blocks with sums of the tables before */
    uint64_t *good;                 /* a bit for each block that was found to be */
    bool wrong;
    fh_glass_table table; /* of the block that was wrong first; FH_GLASS_TABLES: the sums are */
    uint32_t block;
} fh_proof;

/* Where there are no sums, or only those of another index, nothing is wrong.  False: they cannot be read. */
bool fh_proof_open(const char *dir, const fh_glass_version *version, fh_proof *out);
void fh_proof_close(fh_proof *proof);

/* What is done when a block is entered for the first time. */
bool fh_proof_meet(fh_proof *proof, fh_glass_table table, uint32_t block, const unsigned char *bytes);

/* Is a block what was written? */
static inline bool fh_proof_holds(fh_proof *proof, fh_glass_table table, uint32_t block,
                                  const unsigned char *bytes) {
    if (block >= proof->sums.head.blocks[table]) return true;
    size_t at = proof->before[table] + block;
    return (proof->good[at / 64] >> at % 64 & 1) || fh_proof_meet(proof, table, block, bytes);
}

/* FH_ERR_CORRUPT, with the name of the file and the place, where something was wrong. */
fh_status fh_proof_result(const fh_proof *proof, fh_error *err);

#endif
