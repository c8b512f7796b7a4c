/*
 * Power-cut shim, loaded with LD_PRELOAD.
 *
 * kill -9 proves nothing about durability: the kernel outlives the process and still holds every
 * write, while a power cut keeps only what was fsynced. So this shim appends to a journal, in one
 * total order, each call that changes what a disk may hold below POWERCUT_DIR, each fsync there,
 * and each write to stdout (an acknowledgement). From it the harness (test/support/powercut.ts)
 * builds disks a cut could leave. The journal needs no fsync: only the process dies here.
 *
 *   POWERCUT_DIR      canonical path of the watched directory
 *   POWERCUT_JOURNAL  file, outside of it, to which the records are appended
 *   POWERCUT_CUT      optional "<op>:<n>": SIGKILL the process right after its n-th record of op
 *
 * Not seen: shared mappings (SQLite's -shm, rebuilt after a crash), stdio, openat, pwritev,
 * sendfile. They cannot slip by: the harness compares the replayed journal with the real directory.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* The numbers are the wire format: test/support/powercut-journal.ts names the same ones. */
enum op { WRITE = 1, TRUNCATE, CREATE, MKDIR, REMOVE, RENAME, SYNC, ACK, CUT };

struct header {
  uint32_t magic, op;
  uint64_t inode;  /* a file is its inode: names change hands, and outlived files are written to */
  uint64_t offset; /* byte offset of a write, new size of a truncate, else 0 */
  uint64_t length; /* bytes of payload behind this header */
};

#define REAL(name) ({ \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); \
  real; })

static char root[PATH_MAX];
static int journal = -1; /* -1: no power cut asked for, every call passes straight through */
static uint64_t cut_op, cut_left;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

/* A missing record would make the test lie: better no run at all. */
static void die(const char *what) {
  dprintf(STDERR_FILENO, "powercut: %s: %s\n", what, strerror(errno));
  abort();
}

__attribute__((constructor)) static void start(void) {
  const char *dir = getenv("POWERCUT_DIR"), *file = getenv("POWERCUT_JOURNAL");
  const char *cut = getenv("POWERCUT_CUT");
  if (!dir || !file) return;
  if (strlen(dir) >= sizeof root) die("POWERCUT_DIR is too long");
  strcpy(root, dir);
  if (cut && sscanf(cut, "%lu:%lu", &cut_op, &cut_left) != 2) die("POWERCUT_CUT is malformed");
  journal = REAL(open)(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (journal < 0) die("cannot open POWERCUT_JOURNAL");
}

/* Call and record are one step, over threads (mutex) and processes (flock), or the order of the
 * journal would not be the order of the disk. */
static void lock(void) {
  pthread_mutex_lock(&mutex);
  while (flock(journal, LOCK_EX) != 0)
    if (errno != EINTR) die("flock");
}

static void unlock(void) {
  int kept = errno; /* the caller reads the errno of its own call */
  flock(journal, LOCK_UN);
  pthread_mutex_unlock(&mutex);
  errno = kept;
}

/* Cuts while the lock is held, so that no other thread changes the disk after the last record. */
static void record(enum op op, uint64_t inode, uint64_t offset, const void *bytes, size_t length) {
  struct header head = {0x31435750u /* "PWC1" */, op, inode, offset, length};
  struct iovec parts[2] = {{&head, sizeof head}, {(void *)bytes, length}};
  if (REAL(writev)(journal, parts, 2) != (ssize_t)(sizeof head + length)) die("journal");
  if (op != cut_op || --cut_left != 0) return;
  record(CUT, 0, 0, "", 0);
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

#define RECORD_PATH(op, inode, path) record(op, inode, 0, path, strlen(path))

/* A call that answers 0 for success, and its record. */
#define RECORDED(call, entry) ({ \
  lock(); \
  int failed = (call); \
  if (!failed) entry; \
  unlock(); \
  failed; })

static int below_root(const char *path) {
  size_t length = strlen(root);
  return strncmp(path, root, length) == 0 && strchr("/", path[length]); /* finds the NUL too */
}

/* Asks the kernel instead of keeping a table of descriptors: stays right after dup and reuse. */
static int watched(int fd, char path[PATH_MAX]) {
  if (journal < 0 || fd < 0) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length > 0 ? length : 0] = '\0';
  return below_root(path);
}

/* The canonical path of a name that may not exist (yet, or any more); is it below the root? */
static int named(const char *name, char path[PATH_MAX]) {
  path[0] = '\0';
  if (journal < 0) return 0;
  const char *slash = strrchr(name, '/');
  char parent[PATH_MAX] = ".";
  if (slash) snprintf(parent, sizeof parent, "%.*s", (int)(slash - name) + 1, name);
  if (!realpath(parent, path)) path[0] = '\0';
  size_t length = strlen(path);
  snprintf(path + length, PATH_MAX - length, "/%s", slash ? slash + 1 : name);
  return below_root(path);
}

static uint64_t inode_of(int fd) {
  struct stat found;
  if (fstat(fd, &found) != 0) die("fstat");
  return found.st_ino;
}

/* Writes at `at`, or at the descriptor's own position if that is -1, and records the bytes that
 * reached the file: a short write leaves only the first of what was asked. */
static ssize_t put(int fd, const void *bytes, size_t length, off_t at) {
  lock();
  ssize_t done = at < 0 ? REAL(write)(fd, bytes, length) : REAL(pwrite)(fd, bytes, length, at);
  if (done > 0)
    record(WRITE, inode_of(fd), at < 0 ? lseek(fd, 0, SEEK_CUR) - done : at, bytes, done);
  unlock();
  return done;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  char path[PATH_MAX];
  if (watched(fd, path)) return put(fd, bytes, length, -1);
  /* Recorded before it leaves: what anybody has read is in the journal. */
  if (journal >= 0 && fd == STDOUT_FILENO) (void)RECORDED(0, record(ACK, 0, 0, bytes, length));
  return REAL(write)(fd, bytes, length);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  char path[PATH_MAX];
  if (journal < 0 || !(watched(fd, path) || fd == STDOUT_FILENO))
    return REAL(writev)(fd, parts, count);
  size_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  char *bytes = malloc(length + 1), *end = bytes;
  if (!bytes) die("malloc");
  for (int i = 0; i < count; i++) end = mempcpy(end, parts[i].iov_base, parts[i].iov_len);
  ssize_t done = write(fd, bytes, length);
  free(bytes);
  return done;
}

/* The names with 64 are what programs built for large files link to; off_t has 64 bits anyway. */
#define POSITIONED(pwrite, ftruncate) \
  ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { \
    char path[PATH_MAX]; \
    return watched(fd, path) ? put(fd, bytes, length, at) : REAL(pwrite)(fd, bytes, length, at); \
  } \
  int ftruncate(int fd, off_t size) { \
    char path[PATH_MAX]; \
    if (!watched(fd, path)) return REAL(ftruncate)(fd, size); \
    return RECORDED(REAL(ftruncate)(fd, size), record(TRUNCATE, inode_of(fd), size, "", 0)); \
  }
POSITIONED(pwrite, ftruncate)
POSITIONED(pwrite64, ftruncate64)

/* The real call is left out: the kernel outlives every test, so it could only slow one down. */
#define SYNCING(fsync) \
  int fsync(int fd) { \
    char path[PATH_MAX]; \
    if (!watched(fd, path)) return REAL(fsync)(fd); \
    return RECORDED(0, RECORD_PATH(SYNC, inode_of(fd), path)); \
  }
SYNCING(fsync)
SYNCING(fdatasync)

/* Only a file that was not there, or loses its content, changes the disk by being opened. */
static int open_and_record(const char *name, int flags, mode_t mode) {
  if (journal < 0 || !(flags & (O_CREAT | O_TRUNC))) return REAL(open64)(name, flags, mode);
  char path[PATH_MAX];
  struct stat before;
  lock();
  int existed = stat(name, &before) == 0;
  int fd = REAL(open64)(name, flags, mode);
  if (watched(fd, path) && !existed) RECORD_PATH(CREATE, inode_of(fd), path);
  else if (watched(fd, path) && flags & O_TRUNC) record(TRUNCATE, inode_of(fd), 0, "", 0);
  unlock();
  return fd;
}

#define OPENING(open) \
  int open(const char *name, int flags, ...) { \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest); \
    return open_and_record(name, flags, mode); \
  }
OPENING(open)
OPENING(open64)

#define REMOVING(unlink) \
  int unlink(const char *name) { \
    char path[PATH_MAX]; \
    if (!named(name, path)) return REAL(unlink)(name); \
    return RECORDED(REAL(unlink)(name), RECORD_PATH(REMOVE, 0, path)); \
  }
REMOVING(unlink)
REMOVING(rmdir)

int mkdir(const char *name, mode_t mode) {
  char path[PATH_MAX];
  struct stat made;
  if (!named(name, path)) return REAL(mkdir)(name, mode);
  return RECORDED(REAL(mkdir)(name, mode) || stat(path, &made) ? -1 : 0,
                  RECORD_PATH(MKDIR, made.st_ino, path));
}

/* Payload: both paths, a NUL between. */
int rename(const char *from, const char *to) {
  char paths[2 * PATH_MAX], target[PATH_MAX];
  int concerned = named(from, paths) + named(to, target); /* both calls: both paths are needed */
  if (!concerned) return REAL(rename)(from, to);
  size_t length = strlen(paths) + 1;
  strcpy(paths + length, target);
  return RECORDED(REAL(rename)(from, to),
                  record(RENAME, 0, 0, paths, length + strlen(target)));
}
