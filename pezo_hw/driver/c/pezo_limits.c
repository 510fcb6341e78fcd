/* What the constants of a device can be, which follows from what `pezo generate` can make.
 *
 * What only one family can have is in its file. The Python driver has the same limits in the same
 * order, in which each may rely on those before it. */

#include "pezo_internal.h"

#define WIDEST_COUNT 48
#define WIDEST_BEAT 65536 /* bits of m_axis_tdata */

bool pezo_is_so(struct pezo_wrong *wrong, const char *field, int64_t value, int64_t low,
                int64_t high, const char *rule, bool obeyed)
{
    if (obeyed && value >= low && value <= high)
        return true;
    wrong->field = field;
    wrong->value = value;
    wrong->low = low;
    wrong->high = high;
    wrong->rule = rule;
    return false;
}

bool pezo_is_within(struct pezo_wrong *wrong, const char *field, int64_t value, int64_t low,
                    int64_t high)
{
    return pezo_is_so(wrong, field, value, low, high, "", true);
}

uint32_t pezo_common_divisor(uint32_t first, uint32_t second)
{
    while (second != 0) {
        const uint32_t rest = first % second;
        first = second;
        second = rest;
    }
    return first;
}

/* How many bits a number has: 0 of 0. */
uint32_t pezo_bits_of(uint32_t number)
{
    uint32_t bits = 0;
    for (; number != 0; number >>= 1)
        bits++;
    return bits;
}

static bool are_options(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    return pezo_is_within(wrong, "CAPABILITIES.load_contents", c->load_contents, 0,
                          c->load_phase) &&
           pezo_is_within(wrong, "CAPABILITIES.reload", c->reload, 0, c->health);
}

static bool is_count(struct pezo_wrong *wrong, const struct pezo_config *c, uint32_t count_bits)
{
    const uint32_t window_bits = c->window_words > 2u ? pezo_bits_of(c->window_words - 1u) : 1u;
    return pezo_is_within(wrong, "CAPABILITIES.count_bits", count_bits, (int64_t)window_bits + 1,
                          WIDEST_COUNT);
}

static bool is_beat(struct pezo_wrong *wrong, const struct pezo_config *c,
                    const struct pezo_family *family)
{
    const int32_t fewest = c->mantissa_bits <= 8u ? 1 : c->mantissa_bits <= 16u ? 2 : 4;
    const int32_t slots = WIDEST_BEAT / 8 / fewest - (c->code_bits > 0);
    const uint32_t filled = (c->lanes + (c->code_bits > 0)) * c->slot_bytes;
    return pezo_is_within(wrong, "BEAT.slot_bytes", c->slot_bytes, fewest, fewest) &&
           family->are_lanes(wrong, c, slots) &&
           pezo_is_within(wrong, "BEAT.padded", c->padded, 0, (filled & (filled - 1u)) != 0);
}

bool pezo_are_constants(struct pezo_wrong *wrong, const struct pezo_config *c,
                        uint32_t count_bits)
{
    const struct pezo_family *family = pezo_family_of(c->family);
    return are_options(wrong, c) && family->are_constants(wrong, c) &&
           is_count(wrong, c, count_bits) && is_beat(wrong, c, family);
}
