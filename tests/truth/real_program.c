/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running fihris-index and fihris-query. */
#include "tests/truth/real_program.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 64, LONGEST_LIFE = 120000 /* microseconds before a kill */ };

typedef struct command {
    char *words[MOST_ARGUMENTS + 1];
    size_t count;
    real *real;
} command;

static void say(command *c, const char *word) {
    if (c->count < MOST_ARGUMENTS)
        c->words[c->count++] = (char *)fh_arena_copy(c->real->arena, fh_str_from(word)).ptr;
}

static void say_pair(command *c, const char *option, fh_str value) {
    say(c, option);
    say(c, fh_arena_copy(c->real->arena, value).ptr);
}

static command start(real *r, const char *program) {
    command c = {.real = r};
    say(&c, fh_arena_format(r->arena, "%s/%s", r->programs, program).ptr);
    say_pair(&c, "--db", r->db);
    return c;
}

/* Standard output goes to `out`, standard error to a file of the same folder. */
static pid_t launch(command *c, int out) {
    pid_t pid = fork();
    if (pid != 0) return pid;
    fh_str log = fh_arena_format(c->real->arena, "%s/stderr", c->real->place);
    if (!freopen(log.ptr, "wb", stderr)) _exit(125);
    if (out >= 0)
        dup2(out, STDOUT_FILENO);
    else if (!freopen("/dev/null", "wb", stdout))
        _exit(125);
    execv(c->words[0], c->words);
    _exit(126);
}

static int wait_for(pid_t pid) {
    int status = 0;
    if (pid < 0 || waitpid(pid, &status, 0) != pid) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* What the program said when it failed. */
static bool succeeded(command *c, int status) {
    char said[400] = "";
    if (status == 0) return true;
    FILE *log = fopen(fh_arena_format(c->real->arena, "%s/stderr", c->real->place).ptr, "rb");
    if (log) {
        size_t length = fread(said, 1, sizeof said - 1, log);
        said[length] = '\0';
        fclose(log);
    }
    fh_fail(&c->real->err, FH_ERR_INTERNAL, c->words[0], NULL, "ended with status %d: %s", status, said);
    return false;
}

static void say_recogniser(command *c) {
    say(c, "--quiet");
    if (!c->real->recogniser) say(c, "--listed-only");
}

bool real_run_indexer(real *r, const char *file, const real_run *run, dice *killed) {
    static const char *const writers[] = {
        [FH_WRITE_IN_BULK] = "bulk", [FH_WRITE_A_FEW] = "few", [FH_WRITE_BY_LIBRARY] = "library"};
    command c = start(r, "indexer/fihris-index");
    say_recogniser(&c);
    say_pair(&c, "--writer", fh_str_from(writers[run->by]));
    if (run->prune) say(&c, "--prune");
    if (run->since.len) say_pair(&c, "--since", run->since);
    say_pair(&c, "--stemmer", fh_str_from(fh_stemmer_name(r->stemmer)));
    say(&c, file);
    pid_t pid = launch(&c, -1);
    if (killed && pid > 0) {
        usleep((useconds_t)dice_below(killed, LONGEST_LIFE));
        kill(pid, SIGKILL);
        int status = wait_for(pid);
        return status == 128 + SIGKILL || succeeded(&c, status);
    }
    return succeeded(&c, wait_for(pid));
}

bool real_run_delete(real *r, const fh_str *ids, size_t count) {
    command c = start(r, "indexer/fihris-index");
    say_recogniser(&c);
    for (size_t i = 0; i < count; i++) say_pair(&c, "--delete", ids[i]);
    return succeeded(&c, wait_for(launch(&c, -1)));
}

bool real_run_compact(real *r) {
    command c = start(r, "indexer/fihris-index");
    say_recogniser(&c);
    say(&c, "--compact");
    return succeeded(&c, wait_for(launch(&c, -1)));
}

/* ---- Asking ---- */

static void say_number(command *c, const char *option, unsigned number) {
    say(c, option);
    say(c, fh_arena_format(c->real->arena, "%u", number).ptr);
}

static void say_search(command *c, const fh_search *search) {
    static const char *const matches[] = {"auto", "all", "any"}, *const sorts[] = {"relevance", "newest",
                                                                                   "oldest"};
    say_pair(c, "--format", FH_STR("json"));
    say_pair(c, "--match", fh_str_from(matches[search->match]));
    say_pair(c, "--sort", fh_str_from(sorts[search->sort]));
    say_number(c, "--limit", search->limit);
    say_number(c, "--offset", search->offset);
    for (size_t i = 0; i < search->facet_count; i++)
        say_pair(c, "--facet", fh_str_from(search->facets[i].by->name));
    if (search->all) say(c, "--all");
    if (search->explain) say(c, "--explain");
    say(c, "--");
    say(c, fh_arena_copy(c->real->arena, search->query).ptr);
}

fh_str real_ask_program(real *r, const fh_search *search, fh_arena *arena, int *status) {
    command c = start(r, "query/fihris-query");
    int ends[2];
    fh_buf text = {0};
    char bytes[4096];
    say_search(&c, search);
    *status = -1;
    if (pipe(ends) != 0) return (fh_str){0};
    pid_t pid = launch(&c, ends[1]);
    close(ends[1]);
    for (ssize_t length; (length = read(ends[0], bytes, sizeof bytes)) > 0;)
        fh_buf_add(&text, (fh_str){bytes, (size_t)length});
    close(ends[0]);
    *status = wait_for(pid);
    fh_str copy = fh_arena_copy(arena, fh_buf_str(&text));
    fh_buf_free(&text);
    return copy;
}
