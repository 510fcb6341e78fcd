/* The family of pools of stored numbers: what its constants can be. */

#include "pezo_lfsr.h"
#include "pezo_pool.h"

#define NARROWEST 2
#define WIDEST 24
#define NARROWEST_REGISTER 3u
#define LARGEST_POOL (1 << 20)
#define LARGEST_LOG_NORM 10 /* of so many numbers: the largest is below 2^10 */
#define LARGEST_MODULUS 64u

/* Whether the rows have an address each. Two pools of more counters than the register has fields
 * for exist, without loads: there the rest of the product is missing. */
static bool have_addresses(const struct pezo_config *c)
{
    uint32_t moduli = c->moduli;
    uint32_t rest = c->depth;
    for (; moduli != 0; moduli >>= 8) {
        const uint32_t modulus = moduli & 0xFFu;
        if (modulus < 2u || modulus > LARGEST_MODULUS || rest % modulus != 0 ||
            pezo_common_divisor(modulus, rest / modulus) != 1)
            return false;
        rest /= modulus;
    }
    if (c->moduli == 0)
        return true;
    return c->moduli > 0xFFu && (rest == 1 || (c->moduli > 0xFFFFFFu && !c->load_phase));
}

/* What only RNGs have is 0. */
static bool are_options(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    return pezo_is_within(wrong, "CAPABILITIES.health", c->health, 0, 0) &&
           pezo_is_within(wrong, "CAPABILITIES.midrise", c->midrise, 0, 0) &&
           pezo_is_within(wrong, "CAPABILITIES.fixed_point", c->fixed_point, 0, 0) &&
           pezo_is_within(wrong, "CAPABILITIES.constant", c->constant, 0, 0);
}

/* Copies of 2^m - 1 numbers lie at the states of an LFSR. */
static bool are_taps(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    const struct pezo_config lfsr = pezo_address_register(c);
    const uint32_t period = pezo_period(&lfsr);
    if (!pezo_is_in_copies(c) || c->depth != period || lfsr.number_bits < NARROWEST_REGISTER)
        return pezo_is_within(wrong, "TAPS.taps", c->tap_mask, 0, 0);
    return pezo_is_so(wrong, "TAPS.taps", c->tap_mask, (int64_t)1 << (lfsr.number_bits - 1u),
                      period, "taps of period GENERATOR.depth",
                      c->tap_mask <= period && pezo_is_maximal(&lfsr));
}

static bool is_storage(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    const bool copies = pezo_is_in_copies(c) || c->unused;
    /* One row is wired in, and cannot be written; one number has no copies. */
    const int64_t fewest = copies ? 2 : 1 + c->load_contents;
    if (!pezo_is_within(wrong, "GENERATOR.number_bits", c->number_bits, NARROWEST, WIDEST) ||
        !pezo_is_within(wrong, "GENERATOR.depth", c->depth, fewest, LARGEST_POOL))
        return false;
    return pezo_is_so(wrong, "STEPS.steps", c->steps, copies, copies ? c->depth - 1u : 0,
                      copies ? "coprime to GENERATOR.depth" : "",
                      !copies || pezo_common_divisor(c->steps, c->depth) == 1) &&
           are_taps(wrong, c);
}

static bool are_addresses(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    if (!pezo_is_within(wrong, "WINDOW.tracker_bits", c->tracker_bits, 0, 0) ||
        !pezo_is_within(wrong, "WINDOW.words", c->window_words, 1, 1))
        return false;
    if (pezo_is_in_copies(c))
        return pezo_is_within(wrong, "MODULI", c->moduli, 0, 0);
    return pezo_is_so(wrong, "MODULI", c->moduli, 0, LARGEST_MODULUS * 0x01010101u,
                      "0 or in its bytes 2 to 4 coprime moduli whose product is GENERATOR.depth",
                      have_addresses(c));
}

/* Numbers of which the root mean square is about 1: how many bits are above the point. */
static bool is_format(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    const int32_t bits = (int32_t)c->number_bits;
    return pezo_is_within(wrong, "NUMBER.code_bits", c->code_bits, 0, 0) &&
           pezo_is_within(wrong, "NUMBER.mantissa_bits", c->mantissa_bits, bits, bits) &&
           pezo_is_within(wrong, "NUMBER.frac", c->frac, bits - 2 - LARGEST_LOG_NORM, bits - 1) &&
           pezo_is_within(wrong, "NUMBER.base", c->base, 0, 0);
}

static bool are_constants(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    return are_options(wrong, c) && is_storage(wrong, c) && are_addresses(wrong, c) &&
           is_format(wrong, c);
}

static bool are_copies(const struct pezo_config *c, uint32_t copies)
{
    return (uint64_t)copies * c->steps % c->depth == 1;
}

/* Copies are read once or twice a beat. */
static bool are_lanes(struct pezo_wrong *wrong, const struct pezo_config *c, int64_t most)
{
    const int64_t of_rows = LARGEST_POOL / (int64_t)c->depth;
    if (!pezo_is_in_copies(c))
        return pezo_is_within(wrong, "BEAT.lanes", c->lanes, 1 + c->unused,
                              most < of_rows ? most : of_rows);
    return pezo_is_so(wrong, "BEAT.lanes", c->lanes, 1 + c->unused, most,
                      "once or twice a number of copies that STEPS.steps is the inverse of",
                      are_copies(c, c->lanes) ||
                          (c->lanes % 2u == 0 && are_copies(c, c->lanes / 2u)));
}

static int32_t table_base(const struct pezo_config *config)
{
    (void)config;
    return 0;
}

static int32_t exponent(const struct pezo_config *config, int32_t base)
{
    (void)base;
    return -config->frac;
}

static uint64_t positions(const struct pezo_config *config)
{
    return config->depth;
}

/* A position is a row, or where the pool is in copies a number. */
static uint32_t positions_a_beat(const struct pezo_config *config)
{
    return pezo_is_in_copies(config) ? config->lanes : 1;
}

const struct pezo_family pezo_pre_generated = {
    PEZO__CAPABILITIES__FAMILY__PRE_GENERATED,
    are_constants, are_lanes, table_base, exponent, positions, positions_a_beat,
    pezo_pool_load_phase, pezo_pool_load_position, NULL, NULL, /* it has no seeds */
    pezo_pool_load_start_row, pezo_pool_load_row,
    pezo_pool_load_start_number, pezo_pool_load_all,
};
