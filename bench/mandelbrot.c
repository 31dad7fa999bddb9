// The Mandelbrot set on a grid of 1000 by 1000: floating point with an early exit.
#include "clock.h"
#include <stdio.h>

static int64_t escape_time(double cr, double ci, int64_t limit) {
    double zr = 0.0;
    double zi = 0.0;
    for (int64_t n = 1; n <= limit; n++) {
        double zr2 = zr * zr;
        double zi2 = zi * zi;
        if (zr2 + zi2 > 4.0)
            return n - 1;
        zi = 2.0 * zr * zi + ci;
        zr = zr2 - zi2 + cr;
    }
    return limit;
}

static int64_t total_time(int64_t width, int64_t limit) {
    int64_t total = 0;
    for (int64_t row = 0; row < width; row++) {
        double ci = -1.5 + 3.0 * (double)row / (double)width;
        for (int64_t column = 0; column < width; column++)
            total += escape_time(-2.0 + 3.0 * (double)column / (double)width, ci, limit);
    }
    return total;
}

int main(void) {
    volatile int64_t width = 1000;
    uint64_t start = time_ns();
    int64_t result = total_time(width, 200);
    uint64_t elapsed = time_ns() - start;
    printf("%lld\n%llu\n", (long long)result, (unsigned long long)elapsed);
    return 0;
}
