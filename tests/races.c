/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two threads that count without a lock: scripts/test asks with it whether the thread sanitizer works here.
 * It needs its own places in memory, and some kernels put programs there (vm.mmap_rnd_bits). */
#include <pthread.h>

static int count;

static void *add(void *unused) {
    count++;
    return unused;
}

int main(void) {
    pthread_t other;
    if (pthread_create(&other, NULL, add, NULL)) return 2;
    add(NULL);
    return pthread_join(other, NULL);
}
