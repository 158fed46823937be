/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a call, by the environment:
 *
 *   FAULT_AT=CLASS:N:WHAT
 *     what happens at call N (from 1) of malloc, open, read, write, sync, mmap or change: kill (before it),
 *     half (kill when half is written), stop (SIGSTOP before it), short (write half), or the name of an
 *     error; with a + behind it, in all later calls too
 *
 *   FAULT_REPORT=FILE
 *     gets a line "hit CLASS N" when that happens, with a line for each caller behind it, and "count CLASS N"
 *     of each class at the end
 *
 *   FAULT_LOG=FILE
 *     gets a line for each change that order matters for
 *
 *   FAULT_NO_EXCHANGE=1
 *     two folders cannot change places */
#include "tests/fault/fault.h"

#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LINE = 512, CALLERS = 64 };

static const char *const CLASSES[FAULT_CLASSES] = {"malloc", "open", "read",  "write",
                                                   "sync",   "mmap", "change"};

static const struct {
    const char *name;
    int number;
} ERRORS[] = {{"ENOMEM", ENOMEM}, {"EIO", EIO},       {"ENOSPC", ENOSPC}, {"EMFILE", EMFILE},
              {"EACCES", EACCES}, {"EINVAL", EINVAL}, {"EINTR", EINTR}};

typedef enum action { NOTHING, KILL, HALF, STOP, SHORT, FAIL } action;

static struct {
    bool ready;
    fault_class class;
    unsigned long at;
    action what;
    bool lasting;
    int error;
    bool no_exchange;
    const char *report, *log;
} plan;

static unsigned long counts[FAULT_CLASSES];
static __thread bool inside; /* what this library does itself does not count */

/* ---- Lines ---- */

static int open_to_append(const char *path) {
    return (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

/* Not through stdio: this may be in the middle of malloc. */
static void append(const char *path, const char *line, size_t length) {
    int file = open_to_append(path);
    if (file < 0) return;
    syscall(SYS_write, file, line, length);
    syscall(SYS_close, file);
}

static void report(const char *word, fault_class class, unsigned long number) {
    char line[LINE];
    bool was_inside = inside;
    if (!plan.report) return;
    inside = true;
    int length = snprintf(line, sizeof line, "%s %s %lu\n", word, CLASSES[class], number);
    append(plan.report, line, (size_t)length);
    inside = was_inside;
}

static void report_callers(void) {
    void *callers[CALLERS] = {0};
    int file = plan.report ? open_to_append(plan.report) : -1;
    if (file < 0) return;
    backtrace_symbols_fd(callers, backtrace(callers, CALLERS), file);
    syscall(SYS_close, file);
}

void fault_log(const char *operation, const char *first, const char *second) {
    char line[LINE * 2];
    if (!plan.log || inside) return;
    inside = true;
    int length = snprintf(line, sizeof line, "%s\t%.400s\t%.400s\n", operation, first, second ? second : "");
    append(plan.log, line, (size_t)length);
    inside = false;
}

void fault_log_file(const char *operation, int file) {
    char link[64], path[LINE];
    if (!plan.log || inside) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = '\0';
    fault_log(operation, path, NULL);
}

/* ---- The plan ---- */

static int error_named(const char *name, size_t length) {
    for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++) {
        if (strlen(ERRORS[i].name) == length && strncmp(ERRORS[i].name, name, length) == 0)
            return ERRORS[i].number;
    }
    return 0;
}

static fault_class class_named(const char *name, size_t length) {
    for (fault_class class = 0; class < FAULT_CLASSES; class ++) {
        if (strlen(CLASSES[class]) == length && strncmp(CLASSES[class], name, length) == 0) return class;
    }
    return FAULT_CLASSES;
}

/* A plan that cannot be understood would be a test that tests nothing. */
static _Noreturn void refuse(const char *text) {
    fprintf(stderr, "FAULT_AT cannot be understood: %s\n", text);
    _exit(99);
}

static action action_named(const char *what, size_t length) {
    static const char *const names[] = {[KILL] = "kill", [HALF] = "half", [STOP] = "stop", [SHORT] = "short"};
    for (action i = KILL; i <= SHORT; i++) {
        if (strlen(names[i]) == length && strncmp(names[i], what, length) == 0) return i;
    }
    return error_named(what, length) ? FAIL : NOTHING;
}

static void read_plan(const char *text) {
    const char *colon = strchr(text, ':');
    char *end = NULL;
    plan.class = colon ? class_named(text, (size_t)(colon - text)) : FAULT_CLASSES;
    plan.at = colon ? strtoul(colon + 1, &end, 10) : 0;
    if (plan.class == FAULT_CLASSES || plan.at == 0 || *end != ':') refuse(text);
    const char *what = end + 1;
    size_t length = strlen(what);
    plan.lasting = length > 0 && what[length - 1] == '+';
    if (plan.lasting) length--;
    plan.what = action_named(what, length);
    plan.error = error_named(what, length);
    if (plan.what == NOTHING) refuse(text);
}

__attribute__((constructor)) static void begin(void) {
    const char *at = getenv("FAULT_AT");
    void *caller;
    inside = true;
    backtrace(&caller, 1); /* loads what it needs */
    plan.report = getenv("FAULT_REPORT");
    plan.log = getenv("FAULT_LOG");
    plan.no_exchange = getenv("FAULT_NO_EXCHANGE") != NULL;
    if (at) read_plan(at);
    plan.ready = true;
    inside = false;
}

__attribute__((destructor)) static void end(void) {
    plan.ready = false;
    for (fault_class class = 0; class < FAULT_CLASSES; class ++) report("count", class, counts[class]);
}

/* ---- Meeting a call ---- */

void fault_die(void) {
    for (;;) syscall(SYS_kill, getpid(), SIGKILL);
}

static fault_verdict strike(fault_class class, unsigned long number) {
    if (number == plan.at) {
        report("hit", class, number);
        report_callers();
    }
    switch (plan.what) {
    case KILL: fault_die();
    case STOP: syscall(SYS_kill, getpid(), SIGSTOP); return FAULT_NONE;
    case HALF: return FAULT_HALF;
    case SHORT: return FAULT_SHORT;
    case FAIL: errno = plan.error; return FAULT_FAIL;
    case NOTHING: break;
    }
    return FAULT_NONE;
}

fault_verdict fault_meet(fault_class class) {
    if (!plan.ready || inside) return FAULT_NONE;
    inside = true;
    fault_verdict verdict = FAULT_NONE;
    unsigned long number = __atomic_add_fetch(&counts[class], 1, __ATOMIC_RELAXED);
    bool struck = plan.class == class && (plan.lasting ? number >= plan.at : number == plan.at);
    if (plan.what != NOTHING && struck) verdict = strike(class, number);
    inside = false;
    return verdict;
}

bool fault_forbids_exchange(void) {
    return plan.no_exchange;
}

fault_verdict fault_meet_change(fault_class class) {
    fault_verdict verdict = fault_meet(FAULT_CHANGE);
    if (verdict == FAULT_NONE && class != FAULT_CLASSES) verdict = fault_meet(class);
    return verdict;
}
