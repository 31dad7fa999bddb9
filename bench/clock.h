// The clock of the C programs: nanoseconds, as `time_ns()` counts them.
#include <stdint.h>
#include <time.h>

static uint64_t time_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}
