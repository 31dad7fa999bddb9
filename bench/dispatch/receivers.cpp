// Virtual calls of receivers of 1, 4 and 40 classes, twin of `receivers.jl`.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <vector>

struct Receiver {
    int64_t x;
    explicit Receiver(int64_t x) : x(x) {}
    virtual int64_t value() const = 0;
    virtual ~Receiver() = default;
};

template <int N>
struct R final : Receiver {
    using Receiver::Receiver;
    int64_t value() const override { return x + N; }
};

template <int N>
Receiver *make(int number, int64_t x) {
    if constexpr (N == 40) {
        return nullptr;
    } else {
        return number == N ? new R<N>(x) : make<N + 1>(number, x);
    }
}

static std::vector<Receiver *> receivers(int types) {
    std::vector<Receiver *> all;
    for (int i = 1; i <= 1000; i++) all.push_back(make<0>((i - 1) % types, i & 15));
    return all;
}

__attribute__((noinline)) static int64_t sum_any(const std::vector<Receiver *> &all, int64_t rounds) {
    int64_t total = 0;
    for (int64_t k = 0; k < rounds; k++)
        for (const Receiver *r : all) total += r->value();
    return total;
}

__attribute__((noinline)) static int64_t known(const Receiver *r, int64_t k) { return r->x + k; }

__attribute__((noinline)) static int64_t sum_known(int64_t rounds) {
    R<0> r(1);
    int64_t total = 0;
    for (int64_t k = 1; k <= 1000 * rounds; k++) {
        total += known(&r, k & 1);
        __asm__ volatile("" : "+r"(total));
    }
    return total;
}

// The median of short batches: one that the machine interrupted does not count.
template <typename F>
static void report(const char *name, F f) {
    f(50);
    std::vector<double> times;
    int64_t total = 0;
    for (int i = 0; i < 101; i++) {
        auto start = std::chrono::steady_clock::now();
        total += f(200);
        std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
        times.push_back(took.count() / 200000);
    }
    std::sort(times.begin(), times.end());
    std::printf("%s %lld %.3f\n", name, static_cast<long long>(total), times[50]);
}

int main() {
    auto one = receivers(1), four = receivers(4), forty = receivers(40);
    report("known", sum_known);
    report("1", [&](int64_t rounds) { return sum_any(one, rounds); });
    report("4", [&](int64_t rounds) { return sum_any(four, rounds); });
    report("40", [&](int64_t rounds) { return sum_any(forty, rounds); });
}
