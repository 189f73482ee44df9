/* Before the C library in a process: while the file that SYNC_FAILS names is there, nothing is forced to the disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int forced(const char *name, int file) {
  const char *failing = getenv("SYNC_FAILS");
  if (failing != NULL && access(failing, F_OK) == 0) {
    errno = EIO;
    return -1;
  }
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  return real(file);
}

int fsync(int file) { return forced("fsync", file); }

int fdatasync(int file) { return forced("fdatasync", file); }
