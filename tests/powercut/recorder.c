/* Records what a process does to the files under one directory, in order, so that a disk which forgets can be played
 * afterwards: every write, truncation, new name, removal and sync. Loaded with LD_PRELOAD.
 *
 * RECORD_UNDER is the directory, RECORD_TO the file that the record goes to. A record is a line of text, followed by
 * the bytes of a write:  open NAME NEW | write NAME OFFSET LENGTH | size NAME LENGTH | sync NAME | dirsync NAME |
 * unlink NAME | rename NAME NAME
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 4096
#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char *names[MOST_FILES];
static int is_directory[MOST_FILES];
static int record = -1;

static const char *inside(const char *path) {
    const char *under = getenv("RECORD_UNDER");
    size_t length = under ? strlen(under) : 0;
    if (!under || strncmp(path, under, length) != 0) return NULL;
    if (path[length] == '\0') return ".";
    return path[length] == '/' ? path + length + 1 : NULL;
}

static void put(const void *data, size_t length, const char *format, ...) {
    char line[2 * PATH_MAX + 64];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (record < 0) record = REAL(open)(getenv("RECORD_TO"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct iovec parts[2] = {{line, (size_t)size}, {(void *)data, length}};
    if (writev(record, parts, data ? 2 : 1) < 0) abort();
}

static const char *known(int file) { return file >= 0 && file < MOST_FILES ? names[file] : NULL; }

static int opened(int file, const char *path, int is_new) {
    const char *name = file >= 0 && file < MOST_FILES ? inside(path) : NULL;
    if (!name) return file;
    struct stat state;
    names[file] = strdup(name);
    is_directory[file] = fstat(file, &state) == 0 && S_ISDIR(state.st_mode);
    if (!is_directory[file]) put(NULL, 0, "open %s %d\n", name, is_new);
    return file;
}

static int open_any(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
    pthread_mutex_lock(&lock);
    int is_new = inside(path) && access(path, F_OK) != 0;
    int file = opened(real(path, flags, mode), path, is_new);
    if (known(file) && (flags & O_TRUNC) && !is_new) put(NULL, 0, "size %s 0\n", known(file));
    int problem = errno;
    pthread_mutex_unlock(&lock);
    errno = problem;
    return file;
}

#define MODE(flags) ({ va_list more; va_start(more, flags); mode_t given = va_arg(more, mode_t); va_end(more); given; })

int open(const char *path, int flags, ...) { return open_any(REAL(open), path, flags, MODE(flags)); }
int open64(const char *path, int flags, ...) { return open_any(REAL(open64), path, flags, MODE(flags)); }

static int openat_any(int (*real)(int, const char *, int, ...), int at, const char *path, int flags, mode_t mode) {
    if (path[0] != '/') return real(at, path, flags, mode);
    return open_any(REAL(open), path, flags, mode);
}

int openat(int at, const char *path, int flags, ...) { return openat_any(REAL(openat), at, path, flags, MODE(flags)); }
int openat64(int at, const char *path, int flags, ...) {
    return openat_any(REAL(openat64), at, path, flags, MODE(flags));
}

int close(int file) {
    pthread_mutex_lock(&lock);
    if (known(file)) {
        free(names[file]);
        names[file] = NULL;
    }
    int result = REAL(close)(file);
    pthread_mutex_unlock(&lock);
    return result;
}

/* Recorded together with the act, so that the record's order is the order of the acts. */
#define ACT(type, call, wanted, ...)                  \
    pthread_mutex_lock(&lock);                        \
    type result = call;                               \
    int problem = errno;                              \
    if (wanted) put(__VA_ARGS__);                     \
    pthread_mutex_unlock(&lock);                      \
    errno = problem;                                  \
    return result;

ssize_t pwrite(int file, const void *data, size_t length, off_t at) {
    ACT(ssize_t, REAL(pwrite)(file, data, length, at), known(file) && result > 0, data, (size_t)result,
        "write %s %lld %zd\n", known(file), (long long)at, result)
}

ssize_t pwrite64(int file, const void *data, size_t length, off64_t at) {
    ACT(ssize_t, REAL(pwrite64)(file, data, length, at), known(file) && result > 0, data, (size_t)result,
        "write %s %lld %zd\n", known(file), (long long)at, result)
}

ssize_t write(int file, const void *data, size_t length) {
    ACT(ssize_t, REAL(write)(file, data, length), known(file) && result > 0, data, (size_t)result,
        "write %s %lld %zd\n", known(file), (long long)(lseek(file, 0, SEEK_CUR) - result), result)
}

int ftruncate(int file, off_t length) {
    ACT(int, REAL(ftruncate)(file, length), known(file) && result == 0, NULL, 0, "size %s %lld\n", known(file),
        (long long)length)
}

int ftruncate64(int file, off64_t length) {
    ACT(int, REAL(ftruncate64)(file, length), known(file) && result == 0, NULL, 0, "size %s %lld\n", known(file),
        (long long)length)
}

/* The real sync is left out: only its place in the order counts, and the disk is spared. */
int fsync(int file) {
    ACT(int, 0, known(file), NULL, 0, "%s %s\n", is_directory[file] ? "dirsync" : "sync", known(file))
}

int fdatasync(int file) {
    ACT(int, 0, known(file), NULL, 0, "%s %s\n", is_directory[file] ? "dirsync" : "sync", known(file))
}

int unlink(const char *path) {
    ACT(int, REAL(unlink)(path), result == 0 && inside(path), NULL, 0, "unlink %s\n", inside(path))
}

int rename(const char *from, const char *to) {
    ACT(int, REAL(rename)(from, to), result == 0 && inside(from) && inside(to), NULL, 0, "rename %s %s\n",
        inside(from), inside(to))
}
