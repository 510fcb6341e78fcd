/* The device under Linux, by a UIO device's file: registers mapped, its interrupt awaited.
 *
 * POSIX, so of a hosted program alone; nothing is allocated. Compile with
 * -D_POSIX_C_SOURCE=200809L where the compiler is told -std=c99.
 *
 *     int file = open("/dev/uio0", O_RDWR | O_SYNC);
 *     struct pezo_bus bus = {pezo_linux_map(file), NULL, NULL, NULL};
 *     if (bus.base != NULL && pezo_probe(&device, &bus) == PEZO_OK)
 *         ...
 */

#ifndef PEZO_LINUX_H
#define PEZO_LINUX_H

#include <errno.h>
#include <poll.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "pezo.h"

#define PEZO_LINUX_SPACE 4096u

/* The registers of an open UIO device, or NULL; pezo_linux_unmap ends it. */
static inline volatile uint32_t *pezo_linux_map(int file)
{
    void *found = mmap(NULL, PEZO_LINUX_SPACE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    return found == MAP_FAILED ? NULL : (volatile uint32_t *)found;
}

static inline void pezo_linux_unmap(volatile uint32_t *registers)
{
    (void)munmap((void *)(uintptr_t)registers, PEZO_LINUX_SPACE);
}

static inline int64_t pezo_linux_milliseconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Whether a file can be read in so many milliseconds; signals that are handled do not end that. */
static inline bool pezo_linux_readable(int file, int milliseconds)
{
    const int64_t end = pezo_linux_milliseconds() + milliseconds;
    struct pollfd line;
    int left = milliseconds, found;
    line.fd = file;
    line.events = POLLIN;
    line.revents = 0;
    while ((found = poll(&line, 1, left)) < 0 && errno == EINTR)
        if (milliseconds >= 0) {
            const int64_t now = pezo_linux_milliseconds();
            left = now < end ? (int)(end - now) : 0;
        }
    return found == 1;
}

/* Arms the interrupt, which the kernel masks each time that it comes, and waits for it. False where
 * none came in so many milliseconds (-1: for ever), or the file is none of a UIO device. The line is
 * high until what raised it is cleared: pezo_clear_interrupts. */
static inline bool pezo_linux_wait(int file, int milliseconds)
{
    const uint32_t arm = 1;
    uint32_t count;
    return write(file, &arm, sizeof arm) == (ssize_t)sizeof arm &&
           pezo_linux_readable(file, milliseconds) &&
           read(file, &count, sizeof count) == (ssize_t)sizeof count;
}

#endif /* PEZO_LINUX_H */
