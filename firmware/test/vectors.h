// SPDX-License-Identifier: Apache-2.0
// Lines of fields that vectors.ts made of other projects' vectors. The folder is the test's first argument.
#ifndef TM_VECTORS_H
#define TM_VECTORS_H

#include "tap.h"

#define VECTOR_FIELDS 8

typedef struct {
    FILE *file;
    char *line;
    size_t capacity;
    char *fields[VECTOR_FIELDS];  // separated by one space; "-" is empty
    int count;
} vectors;

static inline bool vectors_open(vectors *v, int argc, char **argv, const char *name) {
    char path[512];
    memset(v, 0, sizeof *v);
    if (argc < 2) return false;
    snprintf(path, sizeof path, "%s/%s.txt", argv[1], name);
    v->file = fopen(path, "r");
    return v->file != NULL;
}

static inline bool vectors_next(vectors *v) {
    if (getline(&v->line, &v->capacity, v->file) < 0) {
        free(v->line);
        fclose(v->file);
        return false;
    }
    v->count = 0;
    for (char *field = strtok(v->line, " \n"); field != NULL && v->count < VECTOR_FIELDS; field = strtok(NULL, " \n"))
        v->fields[v->count++] = field;
    return true;
}

#endif
