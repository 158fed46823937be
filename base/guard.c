/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a signal says before it ends the program is composed before one comes: in its handler there is no
 * memory to be had, and no stdio. */
#include "base/guard.h"
#include "base/buf.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { TEXT = 4096, STACK = 64 << 10, EXIT_ENDED = 2 };

static const struct {
    int number;
    const char *name;
} ENDS[] = {
    {SIGSEGV, "SIGSEGV"}, {SIGBUS, "SIGBUS"}, {SIGFPE, "SIGFPE"}, {SIGILL, "SIGILL"}, {SIGABRT, "SIGABRT"}};

/* A handler is told nothing but the number of its signal. */
static char before[TEXT], after[TEXT], stack[STACK];

static void say(const char *text) {
    size_t length = strlen(text);
    while (length > 0) {
        ssize_t written = write(STDERR_FILENO, text, length);
        if (written <= 0) return;
        text += written;
        length -= (size_t)written;
    }
}

static void end(int number) {
    say(before);
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        if (ENDS[i].number == number) say(ENDS[i].name);
    }
    say(after);
    _exit(EXIT_ENDED);
}

static void keep(char to[TEXT], const fh_buf *text) {
    size_t length = text->len < TEXT - 1 ? text->len : TEXT - 1;
    memcpy(to, text->ptr, length);
    to[length] = '\0';
}

static void compose(const char *program, const char *const *dirs, size_t count) {
    fh_buf text = {0};
    fh_buf_printf(&text, "%s: ended by ", program);
    keep(before, &text);
    fh_buf_clear(&text);
    fh_buf_printf(
        &text, ", as a damaged index can have it\nhint: these tell whether it is damaged; if it is not, this "
               "is a mistake of fihris, please report it:");
    for (size_t i = 0; i < count; i++)
        fh_buf_printf(&text, "%s fihris-index --db %s --check", i ? ";" : "", dirs[i]);
    fh_buf_printf(&text, "\n");
    keep(after, &text);
    fh_buf_free(&text);
}

void fh_guard(const char *program, const char *const *dirs, size_t count) {
    signal(SIGXFSZ, SIG_IGN);
#ifndef __SANITIZE_ADDRESS__ /* which has more to say */
    stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_handler = end, .sa_flags = (int)SA_RESETHAND | SA_ONSTACK};
    compose(program, dirs, count);
    sigaltstack(&own, NULL);
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) sigaction(ENDS[i].number, &action, NULL);
#else
    (void)program, (void)dirs, (void)count, (void)compose, (void)end, (void)stack;
#endif
}
