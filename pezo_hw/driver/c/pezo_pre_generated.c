/* The family of pools of stored numbers: what its constants can be, and how rows are loaded. */

#include "pezo_internal.h"

#define NARROWEST 2
#define WIDEST 24
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
static bool are_rows(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    return pezo_is_within(wrong, "CAPABILITIES.health", c->health, 0, 0) &&
           pezo_is_within(wrong, "CAPABILITIES.midrise", c->midrise, 0, 0) &&
           pezo_is_within(wrong, "CAPABILITIES.fixed_point", c->fixed_point, 0, 0) &&
           pezo_is_within(wrong, "CAPABILITIES.constant", c->constant, 0, 0) &&
           pezo_is_within(wrong, "GENERATOR.number_bits", c->number_bits, NARROWEST, WIDEST) &&
           /* One row is wired in, and cannot be written. */
           pezo_is_within(wrong, "GENERATOR.depth", c->depth, 1 + c->load_contents, LARGEST_POOL) &&
           pezo_is_within(wrong, "TAPS.taps", c->tap_mask, 0, 0) &&
           pezo_is_within(wrong, "STEPS.steps", c->steps, 0, 0) &&
           pezo_is_within(wrong, "WINDOW.tracker_bits", c->tracker_bits, 0, 0) &&
           pezo_is_within(wrong, "WINDOW.words", c->window_words, 1, 1) &&
           pezo_is_so(wrong, "MODULI", c->moduli, 0, LARGEST_MODULUS * 0x01010101u,
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
    return are_rows(wrong, c) && is_format(wrong, c);
}

static uint32_t most_lanes(const struct pezo_config *c)
{
    return LARGEST_POOL / c->depth;
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

static enum pezo_error write_address(const struct pezo_device *device, uint32_t row)
{
    uint32_t moduli = device->config.moduli;
    uint32_t address = moduli == 0 ? row : 0;
    uint32_t offset = 0;
    uint32_t check = PEZO_CHECK_START;
    const enum pezo_error error = pezo_await_words(device);
    if (error != PEZO_OK)
        return error;
    for (; moduli != 0; moduli >>= 8) {
        const uint32_t modulus = moduli & 0xFFu;
        address |= row % modulus << offset;
        offset += pezo_bits_of(modulus - 1u);
    }
    pezo_write_word(device, &check, address);
    pezo_write_check_word(device, check);
    return PEZO_OK;
}

static enum pezo_error load_start_row(const struct pezo_device *device, uint32_t row)
{
    enum pezo_error error;
    if (row >= device->config.depth)
        return PEZO_BAD_ARGUMENT;
    pezo_begin_load(device, 0);
    error = write_address(device, row);
    return error != PEZO_OK ? error : pezo_await_effect(device);
}

static enum pezo_error load_phase(const struct pezo_device *device, uint64_t cycle,
                                  const uint32_t *seeds)
{
    (void)seeds;
    return load_start_row(device, (uint32_t)(cycle % device->config.depth));
}

static bool are_numbers(const struct pezo_config *config, const int32_t *numbers)
{
    const int32_t beyond = (int32_t)1 << (config->number_bits - 1u);
    uint32_t lane;
    for (lane = 0; lane < config->lanes; lane++)
        if (numbers[lane] >= beyond || numbers[lane] < -beyond)
            return false;
    return true;
}

static enum pezo_error load_row(const struct pezo_device *device, uint32_t row,
                                const int32_t *numbers)
{
    const uint32_t mask = ((uint32_t)1 << device->config.number_bits) - 1u;
    enum pezo_error error;
    uint32_t lane, check = PEZO_CHECK_START;
    if (row >= device->config.depth || !are_numbers(&device->config, numbers))
        return PEZO_BAD_ARGUMENT;
    pezo_begin_load(device, PEZO__LOAD_CONTROL__CONTENTS_bm);
    error = write_address(device, row);
    if (error == PEZO_OK)
        error = pezo_await_words(device);
    if (error != PEZO_OK)
        return error;
    for (lane = 0; lane < device->config.lanes; lane++)
        pezo_write_word(device, &check, (uint32_t)numbers[lane] & mask);
    pezo_write_check_word(device, check);
    return pezo_await_effect(device);
}

const struct pezo_family pezo_pre_generated = {
    PEZO__CAPABILITIES__FAMILY__PRE_GENERATED,
    are_constants, most_lanes, table_base, exponent,
    load_phase, NULL, NULL, /* it has no seeds */
    load_start_row, load_row,
};
