// Leibniz's series for pi: one division and one addition a term, in a chain.
#include "clock.h"
#include <stdio.h>

static double leibniz(int64_t terms) {
    double sum = 0.0;
    double sign = 1.0;
    for (int64_t k = 0; k < terms; k++) {
        sum += sign / (2.0 * (double)k + 1.0);
        sign = -sign;
    }
    return 4.0 * sum;
}

int main(void) {
    volatile int64_t terms = 100000000;
    uint64_t start = time_ns();
    double result = leibniz(terms);
    uint64_t elapsed = time_ns() - start;
    printf("%.17g\n%llu\n", result, (unsigned long long)elapsed);
    return 0;
}
