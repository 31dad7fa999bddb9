// The product of two matrices of 500 by 500, kept by rows in vectors: memory, and loops around it.
#include "clock.h"
#include <stdio.h>
#include <stdlib.h>

static double *matrix(int64_t n, double step) {
    double *m = malloc((size_t)(n * n) * sizeof(double));
    for (int64_t i = 1; i <= n * n; i++)
        m[i - 1] = step * (double)(i % 97);
    return m;
}

// The Julia program promises nothing about overlap, so neither does this: no `restrict`.
static void multiply(double *c, const double *a, const double *b, int64_t n) {
    for (int64_t i = 0; i < n; i++) {
        for (int64_t k = 0; k < n; k++) {
            double x = a[i * n + k];
            for (int64_t j = 0; j < n; j++)
                c[i * n + j] += x * b[k * n + j];
        }
    }
}

int main(void) {
    volatile int64_t size = 500;
    int64_t n = size;
    double *a = matrix(n, 0.5);
    double *b = matrix(n, 0.25);
    double *c = matrix(n, 0.0);
    uint64_t start = time_ns();
    multiply(c, a, b, n);
    uint64_t elapsed = time_ns() - start;
    printf("%.17g\n%llu\n", c[0] + c[n * n - 1], (unsigned long long)elapsed);
    return 0;
}
