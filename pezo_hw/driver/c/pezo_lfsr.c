/* Jumps of an LFSR: its steps as a matrix over GF(2), and the powers of that. */

#include "pezo_lfsr.h"

uint32_t pezo_period(const struct pezo_config *config)
{
    return UINT32_MAX >> (PEZO_WORD_BITS - config->number_bits);
}

static uint32_t parity(uint32_t bits)
{
    bits ^= bits >> 16;
    bits ^= bits >> 8;
    bits ^= bits >> 4;
    bits ^= bits >> 2;
    bits ^= bits >> 1;
    return bits & 1u;
}

uint32_t pezo_step(const struct pezo_config *config, uint32_t state)
{
    return ((state << 1) | parity(state & config->tap_mask)) & pezo_period(config);
}

uint32_t pezo_apply(const struct pezo_map *map, uint32_t state)
{
    uint32_t image = 0;
    uint32_t bit;
    for (bit = 0; state != 0; bit++, state >>= 1)
        image ^= map->columns[bit] & (0u - (state & 1u));
    return image;
}

struct pezo_map pezo_identity(void)
{
    struct pezo_map map;
    uint32_t bit;
    for (bit = 0; bit < PEZO_WORD_BITS; bit++)
        map.columns[bit] = (uint32_t)1 << bit;
    return map;
}

struct pezo_map pezo_product(const struct pezo_config *config, const struct pezo_map *second,
                             const struct pezo_map *first)
{
    struct pezo_map map = *first;
    uint32_t bit;
    for (bit = 0; bit < config->number_bits; bit++)
        map.columns[bit] = pezo_apply(second, first->columns[bit]);
    return map;
}

/* So many single steps. */
static struct pezo_map power(const struct pezo_config *config, uint64_t steps)
{
    struct pezo_map map = pezo_identity();
    struct pezo_map square = pezo_identity();
    uint32_t bit;
    for (bit = 0; bit < config->number_bits; bit++)
        square.columns[bit] = pezo_step(config, square.columns[bit]);
    for (; steps != 0; steps >>= 1) {
        if (steps & 1u)
            map = pezo_product(config, &square, &map);
        square = pezo_product(config, &square, &square);
    }
    return map;
}

/* The period is short enough for the product of two. */
struct pezo_map pezo_leap(const struct pezo_config *config, uint64_t cycles, uint64_t before)
{
    const uint64_t period = pezo_period(config);
    const uint64_t ahead = (cycles % period + period - before % period) % period;
    return power(config, ahead * (config->steps % period) % period);
}

static bool returns_after(const struct pezo_config *config, uint32_t steps)
{
    const struct pezo_map map = power(config, steps);
    return pezo_apply(&map, 1) == 1;
}

/* Whether every state but 0 is on one orbit: state 1 returns after the period, and not after a
 * prime's part of it. */
bool pezo_is_maximal(const struct pezo_config *config)
{
    uint32_t rest = pezo_period(config);
    uint32_t divisor;
    if (!returns_after(config, rest))
        return false;
    for (divisor = 2; rest > 1; divisor++) {
        if (divisor * divisor > rest)
            divisor = rest;
        if (rest % divisor != 0)
            continue;
        if (returns_after(config, pezo_period(config) / divisor))
            return false;
        while (rest % divisor == 0)
            rest /= divisor;
    }
    return true;
}
