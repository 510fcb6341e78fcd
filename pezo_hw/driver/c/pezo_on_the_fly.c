/* The family of banks of RNGs: what its constants can be, and how phases and seeds are loaded. */

#include "pezo_bank.h"

#define NARROWEST 3
#define WIDEST 18
#define WIDEST_CODE 8
#define TABLE_LATENCY 2u
#define SPARE_WORDS 4u /* of a phase */

/* Whether a table of scale factors, and a tracker that addresses it, go with the bank. */
static bool has_table(const struct pezo_config *config)
{
    return !config->constant;
}

/* Whether mantissas are shifted by their code, which takes a clock cycle. */
static bool has_shifter(const struct pezo_config *config)
{
    return config->fixed_point && has_table(config);
}

/* The fewest after which ring, tracker, table and shifter hold nothing older; where a few more make
 * a power of two, it is that. */
static uint32_t window_words(const struct pezo_config *c, uint32_t entry_bits)
{
    const uint32_t oldest =
        has_table(c) ? (c->number_bits + entry_bits - 1u) / entry_bits + TABLE_LATENCY : 0;
    const uint32_t needed = (c->depth > oldest ? c->depth : oldest) + (has_shifter(c) ? 1u : 0u);
    const uint32_t room = (uint32_t)1 << pezo_bits_of(needed - 1u);
    return room - needed <= SPARE_WORDS ? room : needed;
}

static bool are_rngs(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    uint32_t period;
    if (!pezo_is_within(wrong, "GENERATOR.number_bits", c->number_bits, NARROWEST, WIDEST))
        return false;
    period = pezo_period(c);
    return pezo_is_within(wrong, "GENERATOR.depth", c->depth, 2, period) &&
           pezo_is_so(wrong, "TAPS.taps", c->tap_mask, (int64_t)1 << (c->number_bits - 1u), period,
                      "taps of period 2^GENERATOR.number_bits - 1", pezo_is_maximal(c)) &&
           pezo_is_so(wrong, "STEPS.steps", c->steps, 1, UINT32_MAX,
                      "coprime to 2^GENERATOR.number_bits - 1",
                      pezo_common_divisor(c->steps, period) == 1);
}

static bool is_window(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    const uint32_t entry_bits = !has_table(c)                 ? 0
                                : c->steps < c->number_bits ? c->steps
                                                            : c->number_bits;
    const uint32_t words = window_words(c, entry_bits);
    return pezo_is_within(wrong, "WINDOW.tracker_bits", c->tracker_bits, entry_bits, entry_bits) &&
           pezo_is_within(wrong, "WINDOW.words", c->window_words, words, words) &&
           pezo_is_within(wrong, "CAPABILITIES.load_phase", c->load_phase, 0,
                          c->number_bits + c->tracker_bits <= PEZO_WORD_BITS) &&
           pezo_is_within(wrong, "MODULI", c->moduli, 0, 0);
}

static bool is_format(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    const int has_base = !c->fixed_point;
    const int has_code = has_base && has_table(c);
    const int32_t bits = (int32_t)c->number_bits + c->midrise;
    const int32_t frac = pezo_state_frac(c);
    return pezo_is_within(wrong, "NUMBER.code_bits", c->code_bits, has_code,
                          WIDEST_CODE * has_code) &&
           pezo_is_within(wrong, "NUMBER.mantissa_bits", c->mantissa_bits, bits,
                          c->fixed_point ? (int32_t)PEZO_WORD_BITS : bits) &&
           pezo_is_within(wrong, "NUMBER.frac", c->frac, has_base ? frac : -0x80,
                          has_base ? frac : 0x7F) &&
           pezo_is_within(wrong, "NUMBER.base", c->base, -0x80 * has_base, 0x7F * has_base);
}

static bool are_constants(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    return pezo_is_within(wrong, "CAPABILITIES.unused", c->unused, 0, 0) && are_rngs(wrong, c) &&
           is_window(wrong, c) && is_format(wrong, c);
}

/* RNGs are shown in as many lanes as there are. */
static bool are_lanes(struct pezo_wrong *wrong, const struct pezo_config *c, int64_t most)
{
    return pezo_is_within(wrong, "BEAT.lanes", c->lanes, 1, most);
}

/* That of all cycles, if it is one. With fixed-point output it is in the point. */
static int32_t table_base(const struct pezo_config *config)
{
    return config->fixed_point ? pezo_state_frac(config) - config->frac : config->base;
}

static int32_t exponent(const struct pezo_config *config, int32_t base)
{
    return base - pezo_state_frac(config);
}

/* All RNGs are where they were after a period, and each in its own lane after as many cycles as
 * there are RNGs. */
static uint64_t positions(const struct pezo_config *config)
{
    return (uint64_t)config->depth * pezo_period(config);
}

/* A position is a cycle. */
static uint32_t positions_a_beat(const struct pezo_config *config)
{
    (void)config;
    return 1;
}

/* What enters the ring, and above it what enters the tracker, during the clock cycles before
 * `cycle`: together they replace all that either holds. */
static enum pezo_error write_phase(const struct pezo_device *device, uint64_t cycle,
                                   const uint32_t *seeds)
{
    const struct pezo_config *config = &device->config;
    const uint32_t words = config->window_words;
    const uint32_t late = has_shifter(config) ? 1 : 0;
    const uint32_t tracker_mask = ((uint32_t)1 << config->tracker_bits) - 1u;
    const struct pezo_map one_cycle = pezo_leap(config, 1, 0);
    struct pezo_map jump = pezo_leap(config, cycle, (uint64_t)words - late - 1u);
    uint32_t tracked = pezo_apply(&one_cycle, pezo_apply(&one_cycle, pezo_apply(&jump, seeds[0])));
    uint64_t rng = cycle % config->depth + config->depth - (words - late) % config->depth;
    uint32_t word, check = PEZO_CHECK_START;
    const enum pezo_error error = pezo_await_words(device);
    if (error != PEZO_OK)
        return error;
    for (word = 0; word < words; word++, rng++) {
        const uint32_t state = pezo_apply(&jump, seeds[rng % config->depth]);
        pezo_write_word(device, &check, state | (tracked & tracker_mask) << config->number_bits);
        jump = pezo_product(config, &one_cycle, &jump);
        tracked = pezo_apply(&one_cycle, tracked);
    }
    pezo_write_check_word(device, check);
    return PEZO_OK;
}

static enum pezo_error load_phase(const struct pezo_device *device, uint64_t cycle,
                                  const uint32_t *seeds)
{
    enum pezo_error error;
    if (!pezo_are_seeds(&device->config, seeds))
        return PEZO_BAD_ARGUMENT;
    pezo_begin_load(device, 0);
    error = write_phase(device, cycle, seeds);
    return error != PEZO_OK ? error : pezo_await_effect(device);
}

/* Where one exponent serves all seeds. */
static enum pezo_error load_seeds_alone(const struct pezo_device *device, const uint32_t *seeds,
                                        int32_t *base)
{
    enum pezo_error error;
    if (!pezo_are_seeds(&device->config, seeds))
        return PEZO_BAD_ARGUMENT;
    *base = table_base(&device->config);
    pezo_begin_load(device, PEZO__LOAD_CONTROL__CONTENTS_bm);
    error = write_phase(device, 0, seeds);
    return error != PEZO_OK ? error : pezo_await_effect(device);
}

static enum pezo_error load_seeds(const struct pezo_device *device, const uint32_t *seeds,
                                  const struct pezo_scaling *scaling, uint8_t *table,
                                  int32_t *base)
{
    uint32_t state, check = PEZO_CHECK_START;
    enum pezo_error error;
    if (!has_table(&device->config))
        return load_seeds_alone(device, seeds, base);
    error = pezo_bank_scale_table(&device->config, seeds, scaling, table, base);
    if (error != PEZO_OK)
        return error;
    pezo_begin_load(device, PEZO__LOAD_CONTROL__CONTENTS_bm);
    error = write_phase(device, 0, seeds);
    if (error == PEZO_OK)
        error = pezo_await_words(device);
    if (error != PEZO_OK)
        return error;
    for (state = 0; state <= pezo_period(&device->config); state++)
        pezo_write_word(device, &check, table[state]);
    pezo_write_check_word(device, check);
    return pezo_await_effect(device);
}

const struct pezo_family pezo_on_the_fly = {
    PEZO__CAPABILITIES__FAMILY__ON_THE_FLY,
    are_constants, are_lanes, table_base, exponent, positions, positions_a_beat,
    load_phase, load_phase, load_seeds, pezo_bank_scale_table,
    NULL, NULL, NULL, NULL, /* it has no pool */
};
