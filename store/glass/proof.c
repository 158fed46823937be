/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block is covered by its sum if it was written before that was taken (store/glass/sums.h). */
#include "store/glass/proof.h"
#include "base/memory.h"
#include "store/glass/block.h"
#include "store/glass/crc.h"
#include <stdlib.h>

enum { WORD = 64 };

static bool is_of(const fh_sums_map *sums, const fh_glass_version *version) {
    return memcmp(sums->head.version.uuid, version->uuid, sizeof version->uuid) == 0;
}

bool fh_proof_open(const char *dir, const fh_glass_version *version, fh_proof *out) {
    fh_error ignored;
    size_t count = 0;
    *out = (fh_proof){.dir = dir, .commit = version->revision, .table = FH_GLASS_TABLES};
    fh_status status = fh_sums_map_open(dir, &out->sums, &ignored);
    out->wrong = status == FH_ERR_CORRUPT;
    if (status != FH_OK) return out->wrong;
    if (!is_of(&out->sums, version)) fh_sums_map_close(&out->sums);
    for (fh_glass_table i = 0; i < FH_GLASS_TABLES; i++) {
        out->before[i] = count;
        count += out->sums.head.blocks[i];
    }
    out->good = fh_alloc_zeroed(count / WORD + 1, sizeof *out->good);
    return true;
}

void fh_proof_close(fh_proof *proof) {
    fh_sums_map_close(&proof->sums);
    free(proof->good);
    *proof = (fh_proof){0};
}

bool fh_proof_meet(fh_proof *proof, fh_glass_table table, uint32_t block, const unsigned char *bytes) {
    size_t at = proof->before[table] + block;
    uint32_t revision = fh_block_revision(bytes), sum = fh_crc_take(proof->sums.sums + at * FH_CRC_BYTES);
    bool newer = revision > proof->sums.head.revision && revision <= proof->commit;
    if (newer || fh_crc((fh_str){(const char *)bytes, FH_GLASS_BLOCK}) == sum) {
        proof->good[at / WORD] |= (uint64_t)1 << at % WORD;
        return true;
    }
    if (!proof->wrong) {
        proof->wrong = true;
        proof->table = table;
        proof->block = block;
    }
    return false;
}

fh_status fh_proof_result(const fh_proof *proof, fh_error *err) {
    if (!proof->wrong) return FH_OK;
    fh_sums all = {0};
    bool there;
    fh_status status = fh_sums_read(proof->dir, &there, &all, err);
    fh_sums_free(&all);
    if (status != FH_OK || proof->table == FH_GLASS_TABLES) return status;
    fh_buf path = {0};
    fh_buf_printf(&path, "%s/%s", proof->dir, fh_glass_file(proof->table));
    status = fh_fail(err, FH_ERR_CORRUPT, path.ptr,
                     "build it anew from its source, or put back a copy of it; fihris-index --check tells "
                     "what else is damaged",
                     "the index is damaged: its block at byte %llu is not what was written",
                     (unsigned long long)proof->block * FH_GLASS_BLOCK);
    fh_buf_free(&path);
    return status;
}
