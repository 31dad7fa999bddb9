// Fibonacci numbers by recursion: calls and little else.
#include "clock.h"
#include <stdio.h>

static int64_t fib(int64_t n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

int main(void) {
    volatile int64_t n = 35;
    uint64_t start = time_ns();
    int64_t result = fib(n);
    uint64_t elapsed = time_ns() - start;
    printf("%lld\n%llu\n", (long long)result, (unsigned long long)elapsed);
    return 0;
}
