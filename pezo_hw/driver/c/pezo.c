/* Driver of the perturbation generators; see pezo.h. */

#include "pezo.h"

#include <math.h>

#define MAGIC 0x50455A4Fu
#define KNOWN_MAJOR 1u
#define WIDEST 32u
#define TABLE_LATENCY 2u
#define MOST_EXPONENTS 64u

/* What a generated device can be; driver/limits.py has the same. */
#define NARROWEST 3
#define WIDEST_STATE 18
#define NARROWEST_NUMBER 2
#define WIDEST_NUMBER 24
#define LARGEST_POOL (1 << 20)
#define LARGEST_LOG_NORM 10 /* of so many numbers: the largest is below 2^10 */
#define WIDEST_COUNT 48
#define WIDEST_CODE 8
#define WIDEST_BEAT 65536 /* bits of m_axis_tdata */
#define LARGEST_MODULUS 64u
#define SPARE_WORDS 4u /* of a phase */

/* ------------------------------------------------------------------------------------ registers */

#define OFFSET(name) ((uint32_t)offsetof(pezo_t, name))
#define FIELD(word, name) (((word) & (uint32_t)name##_bm) >> name##_bp)
#define IS_SET(word, name) (((word) & (uint32_t)name##_bm) != 0)

static uint32_t read_at(const struct pezo_bus *bus, uint32_t offset)
{
    if (bus->read != NULL)
        return bus->read(bus->context, offset);
    return bus->base[offset / sizeof(uint32_t)];
}

static void write_at(const struct pezo_bus *bus, uint32_t offset, uint32_t value)
{
    if (bus->write != NULL)
        bus->write(bus->context, offset, value);
    else
        bus->base[offset / sizeof(uint32_t)] = value;
}

#define READ(device, name) read_at(&(device)->bus, OFFSET(name))
#define WRITE(device, name, value) write_at(&(device)->bus, OFFSET(name), (value))

/* ----------------------------------------------------------------- LFSRs: matrices over GF(2) */

/* A linear map of states: the image of each bit. */
struct map {
    uint32_t columns[WIDEST];
};

/* Whether it is a pool that is stored in copies, which can start with any number. */
static bool is_in_copies(const struct pezo_config *config)
{
    return config->pre_generated && config->steps > 0;
}

static uint32_t period_of(const struct pezo_config *config)
{
    return UINT32_MAX >> (WIDEST - config->width);
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

/* One step: shift left, feed the taps' parity back. */
static uint32_t step(const struct pezo_config *config, uint32_t state)
{
    return ((state << 1) | parity(state & config->tap_mask)) & period_of(config);
}

static uint32_t apply(const struct map *map, uint32_t state)
{
    uint32_t image = 0;
    uint32_t bit;
    for (bit = 0; state != 0; bit++, state >>= 1)
        image ^= map->columns[bit] & (0u - (state & 1u));
    return image;
}

static struct map identity(void)
{
    struct map map;
    uint32_t bit;
    for (bit = 0; bit < WIDEST; bit++)
        map.columns[bit] = (uint32_t)1 << bit;
    return map;
}

/* What `first` does, and `second` after it. */
static struct map product(const struct pezo_config *config, const struct map *second,
                          const struct map *first)
{
    struct map map = *first;
    uint32_t bit;
    for (bit = 0; bit < config->width; bit++)
        map.columns[bit] = apply(second, first->columns[bit]);
    return map;
}

/* So many single steps. */
static struct map power(const struct pezo_config *config, uint64_t steps)
{
    struct map map = identity();
    struct map square = identity();
    uint32_t bit;
    for (bit = 0; bit < config->width; bit++)
        square.columns[bit] = step(config, square.columns[bit]);
    for (; steps != 0; steps >>= 1) {
        if (steps & 1u)
            map = product(config, &square, &map);
        square = product(config, &square, &square);
    }
    return map;
}

/* `cycles` clock cycles less `before`; the period is short enough for the product of two. */
static struct map leap(const struct pezo_config *config, uint64_t cycles, uint64_t before)
{
    const uint64_t period = period_of(config);
    const uint64_t moved = (cycles % period + period - before % period) % period;
    return power(config, moved * (config->steps % period) % period);
}

static bool returns_after(const struct pezo_config *config, uint32_t steps)
{
    const struct map map = power(config, steps);
    return apply(&map, 1) == 1;
}

/* Whether every state but 0 is on one orbit: state 1 returns after the period, and not after a
 * prime's part of it. */
static bool is_maximal(const struct pezo_config *config)
{
    uint32_t rest = period_of(config);
    uint32_t divisor;
    if (!returns_after(config, rest))
        return false;
    for (divisor = 2; rest > 1; divisor++) {
        if (divisor * divisor > rest)
            divisor = rest;
        if (rest % divisor != 0)
            continue;
        if (returns_after(config, period_of(config) / divisor))
            return false;
        while (rest % divisor == 0)
            rest /= divisor;
    }
    return true;
}

/* --------------------------------------------------------------------------------------- limits */

/* A state is worth mantissa * 2^-state_frac before its scale. */
static int32_t state_frac(const struct pezo_config *config)
{
    return (int32_t)config->width - (config->midrise ? 0 : 1);
}

/* A device's constants are looked at in an order in which each may rely on those before it. */

static bool is_so(struct pezo_wrong *wrong, const char *field, int64_t value, int64_t low,
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

static bool is_within(struct pezo_wrong *wrong, const char *field, int64_t value, int64_t low,
                      int64_t high)
{
    return is_so(wrong, field, value, low, high, "", true);
}

static uint32_t common_divisor(uint32_t first, uint32_t second)
{
    while (second != 0) {
        const uint32_t rest = first % second;
        first = second;
        second = rest;
    }
    return first;
}

/* How many bits a number has: 0 of 0. */
static uint32_t bits_of(uint32_t number)
{
    uint32_t bits = 0;
    for (; number != 0; number >>= 1)
        bits++;
    return bits;
}

static bool are_options(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    const int fly = !c->pre_generated;
    return is_within(wrong, "CAPABILITIES.load_contents", c->load_contents, 0, c->load_phase) &&
           is_within(wrong, "CAPABILITIES.health", c->health, 0, fly) &&
           is_within(wrong, "CAPABILITIES.reload", c->reload, 0, c->health) &&
           is_within(wrong, "CAPABILITIES.midrise", c->midrise, 0, fly) &&
           is_within(wrong, "CAPABILITIES.fixed_point", c->fixed_point, 0, fly) &&
           is_within(wrong, "CAPABILITIES.unused", c->unused, 0, !fly);
}

/* The fewest after which ring, tracker, table and shifter hold nothing older; where a few more make
 * a power of two, it is that. */
static uint32_t window_words(const struct pezo_config *c, uint32_t tracker_words)
{
    const uint32_t behind = tracker_words + TABLE_LATENCY;
    const uint32_t needed = (c->count > behind ? c->count : behind) + (c->fixed_point ? 1u : 0u);
    const uint32_t room = (uint32_t)1 << bits_of(needed - 1u);
    return room - needed <= SPARE_WORDS ? room : needed;
}

static bool are_rngs(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    uint32_t period, entry_bits, words;
    if (!is_within(wrong, "GENERATOR.width", c->width, NARROWEST, WIDEST_STATE))
        return false;
    period = period_of(c);
    if (!is_within(wrong, "GENERATOR.count", c->count, 2, period) ||
        !is_so(wrong, "TAPS.mask", c->tap_mask, (int64_t)1 << (c->width - 1u), period,
               "taps of period 2^GENERATOR.width - 1", is_maximal(c)) ||
        !is_so(wrong, "STEPS.steps", c->steps, 1, UINT32_MAX,
               "coprime to 2^GENERATOR.width - 1", common_divisor(c->steps, period) == 1))
        return false;
    entry_bits = c->steps < c->width ? c->steps : c->width;
    words = window_words(c, (c->width + entry_bits - 1u) / entry_bits);
    return is_within(wrong, "WINDOW.tracker_bits", c->tracker_bits, entry_bits, entry_bits) &&
           is_within(wrong, "WINDOW.words", c->window_words, words, words);
}

/* The LFSR that counts through the addresses of copies. */
static struct pezo_config address_register(const struct pezo_config *config)
{
    struct pezo_config lfsr = *config;
    lfsr.width = bits_of(config->count);
    return lfsr;
}

/* Copies of 2^m - 1 numbers lie at the states of an LFSR. */
static bool are_taps_of_pool(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    const struct pezo_config lfsr = address_register(c);
    if (!is_in_copies(c) || c->count != period_of(&lfsr) || lfsr.width < NARROWEST)
        return is_within(wrong, "TAPS.mask", c->tap_mask, 0, 0);
    return is_so(wrong, "TAPS.mask", c->tap_mask, (int64_t)1 << (lfsr.width - 1u),
                 period_of(&lfsr), "taps of period GENERATOR.count",
                 c->tap_mask <= period_of(&lfsr) && is_maximal(&lfsr));
}

static bool is_pool(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    const bool copies = is_in_copies(c) || c->unused;
    uint32_t most;
    /* One row is wired in, and cannot be written; one number has no copies. */
    if (!is_within(wrong, "GENERATOR.width", c->width, NARROWEST_NUMBER, WIDEST_NUMBER) ||
        !is_within(wrong, "GENERATOR.count", c->count, copies ? 2 : 1 + c->load_contents,
                   LARGEST_POOL))
        return false;
    most = copies ? c->count - 1u : 0;
    return is_so(wrong, "STEPS.steps", c->steps, copies, most,
                 copies ? "coprime to GENERATOR.count" : "",
                 !copies || common_divisor(c->steps, c->count) == 1) &&
           are_taps_of_pool(wrong, c) &&
           is_within(wrong, "WINDOW.tracker_bits", c->tracker_bits, 0, 0) &&
           is_within(wrong, "WINDOW.words", c->window_words, 1, 1);
}

static bool are_loads(struct pezo_wrong *wrong, const struct pezo_config *c, uint32_t count_bits)
{
    const uint32_t window_bits = c->window_words > 2u ? bits_of(c->window_words - 1u) : 1u;
    return is_within(wrong, "CAPABILITIES.load_phase", c->load_phase, 0,
                     c->width + c->tracker_bits <= WIDEST) &&
           is_within(wrong, "CAPABILITIES.count_bits", count_bits, (int64_t)window_bits + 1,
                     WIDEST_COUNT);
}

static bool are_numbers_format(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    const int has_code = !c->pre_generated && !c->fixed_point;
    const int32_t bits = (int32_t)c->width + c->midrise;
    int32_t low = state_frac(c), high = low;
    if (c->fixed_point) {
        low = -0x80;
        high = 0x7F;
    } else if (c->pre_generated) {
        /* Numbers of which the root mean square is about 1: how many bits are above the point. */
        low = (int32_t)c->width - 2 - LARGEST_LOG_NORM;
        high = (int32_t)c->width - 1;
    }
    return is_within(wrong, "NUMBER.code_bits", c->code_bits, has_code, WIDEST_CODE * has_code) &&
           is_within(wrong, "NUMBER.mantissa_bits", c->mantissa_bits, bits,
                     c->fixed_point ? (int32_t)WIDEST : bits) &&
           is_within(wrong, "NUMBER.frac", c->frac, low, high) &&
           is_within(wrong, "NUMBER.base", c->base, -0x80 * has_code, 0x7F * has_code);
}

static bool are_copies(const struct pezo_config *c, uint32_t copies)
{
    return (uint64_t)copies * c->steps % c->count == 1;
}

/* Whether copies that are read once or twice a beat show so many lanes. */
static bool is_served(const struct pezo_config *c)
{
    return !is_in_copies(c) || are_copies(c, c->lanes) ||
           (c->lanes % 2u == 0 && are_copies(c, c->lanes / 2u));
}

static bool is_beat(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    const int32_t fewest = c->mantissa_bits <= 8u ? 1 : c->mantissa_bits <= 16u ? 2 : 4;
    int32_t most = WIDEST_BEAT / 8 / fewest - (c->code_bits > 0);
    if (c->pre_generated && !is_in_copies(c) && LARGEST_POOL / (int32_t)c->count < most)
        most = LARGEST_POOL / (int32_t)c->count;
    return is_within(wrong, "BEAT.slot_bytes", c->slot_bytes, fewest, fewest) &&
           is_so(wrong, "BEAT.lanes", c->lanes, 1 + c->unused, most,
                 is_in_copies(c)
                     ? "once or twice a number of copies that STEPS.steps is the inverse of"
                     : "",
                 is_served(c));
}

/* Whether the rows have an address each. Two pools of more counters than the register has fields
 * for exist, without loads: there the rest of the product is missing. */
static bool have_addresses(const struct pezo_config *c)
{
    uint32_t moduli = c->moduli;
    uint32_t rest = c->count;
    for (; moduli != 0; moduli >>= 8) {
        const uint32_t modulus = moduli & 0xFFu;
        if (modulus < 2u || modulus > LARGEST_MODULUS || rest % modulus != 0 ||
            common_divisor(modulus, rest / modulus) != 1)
            return false;
        rest /= modulus;
    }
    if (c->moduli == 0)
        return true;
    return c->moduli > 0xFFu && (rest == 1 || (c->moduli > 0xFFFFFFu && !c->load_phase));
}

static bool are_moduli(struct pezo_wrong *wrong, const struct pezo_config *c)
{
    if (!c->pre_generated || is_in_copies(c))
        return is_within(wrong, "MODULI", c->moduli, 0, 0);
    return is_so(wrong, "MODULI", c->moduli, 0, LARGEST_MODULUS * 0x01010101u,
                 "0 or in its bytes 2 to 4 coprime moduli whose product is GENERATOR.count",
                 have_addresses(c));
}

static bool are_constants(struct pezo_wrong *wrong, const struct pezo_config *c,
                          uint32_t count_bits)
{
    return are_options(wrong, c) && (c->pre_generated ? is_pool(wrong, c) : are_rngs(wrong, c)) &&
           are_loads(wrong, c, count_bits) && are_numbers_format(wrong, c) && is_beat(wrong, c) &&
           are_moduli(wrong, c);
}

/* -------------------------------------------------------------------------------- configuration */

static int32_t signed_byte(uint32_t byte)
{
    return byte < 0x80u ? (int32_t)byte : (int32_t)byte - 0x100;
}

static void read_capabilities(struct pezo_config *config, uint32_t has)
{
    const uint32_t count_bits = FIELD(has, PEZO__CAPABILITIES__COUNT_BITS);
    config->pre_generated = IS_SET(has, PEZO__CAPABILITIES__PRE_GENERATED);
    config->midrise = IS_SET(has, PEZO__CAPABILITIES__MIDRISE);
    config->fixed_point = IS_SET(has, PEZO__CAPABILITIES__FIXED_POINT);
    config->load_phase = IS_SET(has, PEZO__CAPABILITIES__LOAD_PHASE);
    config->load_contents = IS_SET(has, PEZO__CAPABILITIES__LOAD_CONTENTS);
    config->health = IS_SET(has, PEZO__CAPABILITIES__HEALTH);
    config->reload = IS_SET(has, PEZO__CAPABILITIES__RELOAD);
    config->unused = IS_SET(has, PEZO__CAPABILITIES__UNUSED);
    config->most_beats = count_bits < 32u ? (uint32_t)1 << count_bits : UINT32_MAX;
}

static void read_numbers(const struct pezo_device *device, struct pezo_config *config)
{
    const uint32_t beat = READ(device, BEAT);
    const uint32_t number = READ(device, NUMBER);
    const uint32_t generator = READ(device, GENERATOR);
    config->lanes = FIELD(beat, PEZO__BEAT__LANES);
    config->slot_bytes = FIELD(beat, PEZO__BEAT__SLOT_BYTES);
    config->mantissa_bits = FIELD(number, PEZO__NUMBER__MANTISSA_BITS);
    config->frac = signed_byte(FIELD(number, PEZO__NUMBER__FRAC));
    config->code_bits = FIELD(number, PEZO__NUMBER__CODE_BITS);
    config->base = signed_byte(FIELD(number, PEZO__NUMBER__BASE));
    config->width = FIELD(generator, PEZO__GENERATOR__WIDTH);
    config->count = FIELD(generator, PEZO__GENERATOR__COUNT);
}

static void read_loading(const struct pezo_device *device, struct pezo_config *config)
{
    uint32_t window;
    config->tap_mask = READ(device, TAPS);
    config->steps = READ(device, STEPS);
    window = READ(device, WINDOW);
    config->window_words = FIELD(window, PEZO__WINDOW__WORDS);
    config->tracker_bits = FIELD(window, PEZO__WINDOW__TRACKER_BITS);
    config->moduli = READ(device, MODULI);
}

/* Of no device: every function refuses it, or finds nothing in it to do harm with. */
static struct pezo_config no_config(void)
{
    struct pezo_config config;
    config.pre_generated = true;
    config.midrise = config.fixed_point = config.load_phase = config.load_contents = false;
    config.health = config.reload = config.unused = false;
    config.lanes = config.count = config.width = 1;
    config.most_beats = config.slot_bytes = config.mantissa_bits = config.code_bits = 0;
    config.frac = config.base = 0;
    config.tap_mask = config.steps = config.window_words = config.tracker_bits = 0;
    config.moduli = 0;
    return config;
}

enum pezo_error pezo_probe(struct pezo_device *device, const struct pezo_bus *bus)
{
    const struct pezo_wrong nothing = {NULL, 0, 0, 0, ""};
    struct pezo_config config;
    uint32_t has;
    if (bus->base == NULL && (bus->read == NULL || bus->write == NULL))
        return PEZO_BAD_ARGUMENT;
    device->bus = *bus;
    device->polls = PEZO_DEFAULT_POLLS;
    device->config = no_config();
    device->wrong = nothing;
    if (READ(device, ID) != MAGIC)
        return PEZO_NOT_FOUND;
    if (FIELD(READ(device, VERSION), PEZO__VERSION__MAJOR) != KNOWN_MAJOR)
        return PEZO_UNKNOWN_VERSION;
    has = READ(device, CAPABILITIES);
    read_capabilities(&config, has);
    read_numbers(device, &config);
    read_loading(device, &config);
    if (!are_constants(&device->wrong, &config, FIELD(has, PEZO__CAPABILITIES__COUNT_BITS)))
        return PEZO_BAD_CONSTANT;
    if (config.fixed_point)
        config.base = state_frac(&config) - config.frac;
    device->config = config;
    return PEZO_OK;
}

const char *pezo_error_name(enum pezo_error error)
{
    switch (error) {
    case PEZO_OK: return "PEZO_OK";
    case PEZO_NOT_FOUND: return "PEZO_NOT_FOUND";
    case PEZO_UNKNOWN_VERSION: return "PEZO_UNKNOWN_VERSION";
    case PEZO_BAD_CONSTANT: return "PEZO_BAD_CONSTANT";
    case PEZO_BAD_ARGUMENT: return "PEZO_BAD_ARGUMENT";
    case PEZO_UNSUPPORTED: return "PEZO_UNSUPPORTED";
    case PEZO_TIMED_OUT: return "PEZO_TIMED_OUT";
    case PEZO_LOAD_REFUSED: return "PEZO_LOAD_REFUSED";
    case PEZO_LOAD_DROPPED: return "PEZO_LOAD_DROPPED";
    case PEZO_LOAD_NEEDED: return "PEZO_LOAD_NEEDED";
    }
    return "not an error of pezo.h";
}

uint32_t pezo_beats_for(const struct pezo_config *config, uint64_t elements)
{
    const uint64_t beats = elements / config->lanes + (elements % config->lanes != 0);
    return beats > UINT32_MAX ? UINT32_MAX : (uint32_t)beats;
}

uint32_t pezo_unused_for(const struct pezo_config *config, uint64_t elements)
{
    const uint32_t begun = (uint32_t)(elements % config->lanes);
    return config->unused && begun != 0 ? config->lanes - begun : 0;
}

uint32_t pezo_beat_bytes(const struct pezo_config *config)
{
    return (config->lanes + (config->code_bits > 0)) * config->slot_bytes;
}

int32_t pezo_exponent(const struct pezo_config *config, int32_t base)
{
    return config->pre_generated ? -config->frac : base - state_frac(config);
}

/* ------------------------------------------------------------------------------------- commands */

static enum pezo_error command(const struct pezo_device *device, uint32_t beats, uint32_t replay)
{
    uint32_t poll = 0;
    if (beats == 0 || beats > device->config.most_beats)
        return PEZO_BAD_ARGUMENT;
    WRITE(device, BEATS, beats);
    do {
        const uint32_t status = pezo_status(device);
        if (IS_SET(status, PEZO__STATUS__LOAD_NEEDED) && !IS_SET(status, PEZO__STATUS__LOAD_BUSY))
            return PEZO_LOAD_NEEDED;
        if (!IS_SET(status, PEZO__STATUS__READY))
            continue;
        pezo_clear_interrupts(device, PEZO__INTERRUPT_STATUS__DONE_bm |
                                          PEZO__INTERRUPT_STATUS__DROPPED_bm);
        WRITE(device, COMMAND, replay);
        /* A reload after a fault may have begun between the two. */
        if (!IS_SET(pezo_interrupts(device), PEZO__INTERRUPT_STATUS__DROPPED))
            return PEZO_OK;
    } while (poll++ < device->polls);
    return PEZO_TIMED_OUT;
}

enum pezo_error pezo_new(const struct pezo_device *device, uint32_t beats)
{
    return command(device, beats, 0);
}

enum pezo_error pezo_replay(const struct pezo_device *device, uint32_t beats)
{
    return command(device, beats, PEZO__COMMAND__REPLAY_bm);
}

enum pezo_error pezo_set_unused(const struct pezo_device *device, uint32_t unused)
{
    if (!device->config.unused)
        return PEZO_UNSUPPORTED;
    if (unused >= device->config.lanes)
        return PEZO_BAD_ARGUMENT;
    WRITE(device, UNUSED, unused);
    return PEZO_OK;
}

enum pezo_error pezo_wait(const struct pezo_device *device)
{
    uint32_t poll = 0;
    do {
        if (!IS_SET(pezo_status(device), PEZO__STATUS__BUSY))
            return PEZO_OK;
    } while (poll++ < device->polls);
    return PEZO_TIMED_OUT;
}

enum pezo_error pezo_restart(const struct pezo_device *device)
{
    WRITE(device, CONTROL, PEZO__CONTROL__RESTART_bm);
    return pezo_wait(device);
}

/* -------------------------------------------------------------------------------------- reports */

uint32_t pezo_status(const struct pezo_device *device)
{
    return READ(device, STATUS);
}

uint32_t pezo_perturbations(const struct pezo_device *device)
{
    return READ(device, PERTURBATIONS);
}

uint32_t pezo_transfers(const struct pezo_device *device)
{
    return READ(device, TRANSFERS);
}

uint32_t pezo_interrupts(const struct pezo_device *device)
{
    return READ(device, INTERRUPT_STATUS);
}

void pezo_clear_interrupts(const struct pezo_device *device, uint32_t which)
{
    WRITE(device, INTERRUPT_STATUS, which);
}

void pezo_enable_interrupts(const struct pezo_device *device, uint32_t which)
{
    WRITE(device, INTERRUPT_ENABLE, which);
}

enum pezo_error pezo_wait_for(const struct pezo_device *device, uint32_t which, uint32_t *seen)
{
    uint32_t poll = 0;
    do {
        const uint32_t events = pezo_interrupts(device) & which;
        if (events == 0)
            continue;
        pezo_clear_interrupts(device, events);
        if (seen != NULL)
            *seen = events;
        return PEZO_OK;
    } while (poll++ < device->polls);
    return PEZO_TIMED_OUT;
}

enum pezo_error pezo_faults(const struct pezo_device *device, uint32_t *faults)
{
    if (!device->config.health)
        return PEZO_UNSUPPORTED;
    *faults = FIELD(READ(device, HEALTH), PEZO__HEALTH__FAULTS);
    return PEZO_OK;
}

enum pezo_error pezo_set_reload(const struct pezo_device *device, bool reload)
{
    if (!device->config.reload)
        return PEZO_UNSUPPORTED;
    WRITE(device, HEALTH, reload ? PEZO__HEALTH__RELOAD_bm : 0);
    return PEZO_OK;
}

static bool are_seeds(const struct pezo_config *config, const uint32_t *seeds)
{
    uint32_t rng;
    if (seeds == NULL)
        return false;
    for (rng = 0; rng < config->count; rng++)
        if (seeds[rng] == 0 || seeds[rng] > period_of(config))
            return false;
    return true;
}

/* -------------------------------------------------------------------------------------- loading */

#define CHECK_START 0xFFFFu

/* Rotates the lower 16 bits, the only ones that are set. */
static uint32_t rotated(uint32_t half, uint32_t places)
{
    return (half << places | half >> (16u - places)) & 0xFFFFu;
}

/* The check of a load's words, a word later. */
static uint32_t check_after(uint32_t check, uint32_t word)
{
    const uint32_t high = word >> 16;
    check = rotated(check, 8) ^ rotated(check, 5) ^ (check & 0x1Fu);
    return check ^ (word & 0xFFFFu) ^ high ^ rotated(high, 1);
}

/* A word of a part, and its check word. */
static void write_word(const struct pezo_device *device, uint32_t *check, uint32_t word)
{
    *check = check_after(*check, word);
    WRITE(device, LOAD_DATA, word);
}

static void write_check_word(const struct pezo_device *device, uint32_t check)
{
    WRITE(device, LOAD_DATA, check_after(check, 0) ^ CHECK_START);
}

static void begin_load(const struct pezo_device *device, uint32_t contents)
{
    pezo_clear_interrupts(device, PEZO__INTERRUPT_STATUS__LOAD_DONE_bm |
                                      PEZO__INTERRUPT_STATUS__LOAD_REFUSED_bm |
                                      PEZO__INTERRUPT_STATUS__DROPPED_bm);
    WRITE(device, LOAD_CONTROL, contents);
}

static enum pezo_error error_among(uint32_t events)
{
    if (IS_SET(events, PEZO__INTERRUPT_STATUS__LOAD_REFUSED))
        return PEZO_LOAD_REFUSED;
    return IS_SET(events, PEZO__INTERRUPT_STATUS__DROPPED) ? PEZO_LOAD_DROPPED : PEZO_OK;
}

/* Until words are taken: at the beginning, and after each part has been checked. */
static enum pezo_error await_words(const struct pezo_device *device)
{
    uint32_t poll = 0;
    do {
        const enum pezo_error error = error_among(pezo_interrupts(device));
        if (error != PEZO_OK)
            return error;
        if (IS_SET(pezo_status(device), PEZO__STATUS__LOAD_READY))
            return PEZO_OK;
    } while (poll++ < device->polls);
    return PEZO_TIMED_OUT;
}

static enum pezo_error await_effect(const struct pezo_device *device)
{
    uint32_t poll = 0;
    do {
        const uint32_t events = pezo_interrupts(device);
        const enum pezo_error error = error_among(events);
        if (error != PEZO_OK)
            return error;
        if (IS_SET(events, PEZO__INTERRUPT_STATUS__LOAD_DONE))
            return PEZO_OK;
    } while (poll++ < device->polls);
    return PEZO_TIMED_OUT;
}

/* What enters the ring, and above it what enters the tracker, during the clock cycles before
 * `cycle`: together they replace all that either holds. */
static enum pezo_error feed(const struct pezo_device *device, uint64_t cycle, const uint32_t *seeds)
{
    const struct pezo_config *config = &device->config;
    const uint32_t fed = config->window_words;
    const uint32_t behind = config->fixed_point ? 1 : 0;
    const uint32_t tracker_mask = ((uint32_t)1 << config->tracker_bits) - 1u;
    const struct map one_cycle = leap(config, 1, 0);
    struct map move = leap(config, cycle, (uint64_t)fed - behind - 1u);
    uint32_t tracked = apply(&one_cycle, apply(&one_cycle, apply(&move, seeds[0])));
    uint64_t rng = cycle % config->count + config->count - (fed - behind) % config->count;
    uint32_t word, check = CHECK_START;
    const enum pezo_error error = await_words(device);
    if (error != PEZO_OK)
        return error;
    for (word = 0; word < fed; word++, rng++) {
        const uint32_t state = apply(&move, seeds[rng % config->count]);
        write_word(device, &check, state | (tracked & tracker_mask) << config->width);
        move = product(config, &one_cycle, &move);
        tracked = apply(&one_cycle, tracked);
    }
    write_check_word(device, check);
    return PEZO_OK;
}

static uint32_t address_of_row(const struct pezo_config *config, uint32_t row)
{
    uint32_t moduli = config->moduli;
    uint32_t address = moduli == 0 ? row : 0;
    uint32_t offset = 0;
    for (; moduli != 0; moduli >>= 8) {
        const uint32_t modulus = moduli & 0xFFu;
        address |= row % modulus << offset;
        offset += bits_of(modulus - 1u);
    }
    return address;
}

/* Where copies are read for what begins with a number. */
static uint32_t address_of_number(const struct pezo_config *config, uint32_t number)
{
    const uint64_t place = (uint64_t)number * config->steps % config->count;
    const struct pezo_config lfsr = address_register(config);
    struct map moved;
    if (config->tap_mask == 0)
        return (uint32_t)place;
    moved = power(&lfsr, place);
    return apply(&moved, 1);
}

static enum pezo_error load_address(const struct pezo_device *device, uint32_t address)
{
    uint32_t check = CHECK_START;
    const enum pezo_error error = await_words(device);
    if (error != PEZO_OK)
        return error;
    write_word(device, &check, address);
    write_check_word(device, check);
    return PEZO_OK;
}

enum pezo_error pezo_load_phase(const struct pezo_device *device, uint64_t cycle,
                                const uint32_t *seeds)
{
    enum pezo_error error;
    const uint32_t count = device->config.count;
    if (is_in_copies(&device->config))
        return pezo_load_start_number(
            device, (uint32_t)(cycle % count * (device->config.lanes % count) % count));
    if (device->config.pre_generated)
        return pezo_load_start_row(device, (uint32_t)(cycle % device->config.count));
    if (!device->config.load_phase)
        return PEZO_UNSUPPORTED;
    if (!are_seeds(&device->config, seeds))
        return PEZO_BAD_ARGUMENT;
    begin_load(device, 0);
    error = feed(device, cycle, seeds);
    return error != PEZO_OK ? error : await_effect(device);
}

enum pezo_error pezo_load_seeds(const struct pezo_device *device, const uint32_t *seeds,
                                const struct pezo_scaling *scaling, uint8_t *table,
                                int32_t *base)
{
    enum pezo_error error;
    uint32_t address, check = CHECK_START;
    if (device->config.pre_generated || !device->config.load_contents)
        return PEZO_UNSUPPORTED;
    error = pezo_scale_table(&device->config, seeds, scaling, table, base);
    if (error != PEZO_OK)
        return error;
    begin_load(device, PEZO__LOAD_CONTROL__CONTENTS_bm);
    error = feed(device, 0, seeds);
    if (error == PEZO_OK)
        error = await_words(device);
    if (error != PEZO_OK)
        return error;
    for (address = 0; address <= period_of(&device->config); address++)
        write_word(device, &check, table[address]);
    write_check_word(device, check);
    return await_effect(device);
}

static bool is_in_rows(const struct pezo_config *config)
{
    return config->pre_generated && !is_in_copies(config);
}

static enum pezo_error load_start(const struct pezo_device *device, uint32_t address)
{
    enum pezo_error error;
    begin_load(device, 0);
    error = load_address(device, address);
    return error != PEZO_OK ? error : await_effect(device);
}

enum pezo_error pezo_load_start_row(const struct pezo_device *device, uint32_t row)
{
    if (!is_in_rows(&device->config) || !device->config.load_phase)
        return PEZO_UNSUPPORTED;
    if (row >= device->config.count)
        return PEZO_BAD_ARGUMENT;
    return load_start(device, address_of_row(&device->config, row));
}

enum pezo_error pezo_load_start_number(const struct pezo_device *device, uint32_t number)
{
    if (!is_in_copies(&device->config) || !device->config.load_phase)
        return PEZO_UNSUPPORTED;
    if (number >= device->config.count)
        return PEZO_BAD_ARGUMENT;
    return load_start(device, address_of_number(&device->config, number));
}

static bool are_numbers(const struct pezo_config *config, const int32_t *numbers, uint32_t count)
{
    const int32_t high = (int32_t)(period_of(config) >> 1);
    uint32_t index;
    for (index = 0; index < count; index++)
        if (numbers[index] > high || numbers[index] < -high - 1)
            return false;
    return true;
}

enum pezo_error pezo_load_pool(const struct pezo_device *device, const int32_t *numbers,
                               uint32_t start)
{
    const struct pezo_config *config = &device->config;
    enum pezo_error error;
    uint32_t index, check = CHECK_START;
    if (!is_in_copies(config) || !config->load_contents)
        return PEZO_UNSUPPORTED;
    if (start >= config->count || !are_numbers(config, numbers, config->count))
        return PEZO_BAD_ARGUMENT;
    begin_load(device, PEZO__LOAD_CONTROL__CONTENTS_bm);
    error = load_address(device, address_of_number(config, start));
    if (error == PEZO_OK)
        error = await_words(device);
    if (error != PEZO_OK)
        return error;
    /* From the start on backwards and round, as the hardware writes them. */
    for (index = 0; index < config->count; index++) {
        const uint32_t number = (start + config->count - index) % config->count;
        write_word(device, &check, (uint32_t)numbers[number] & period_of(config));
    }
    write_check_word(device, check);
    return await_effect(device);
}

enum pezo_error pezo_load_row(const struct pezo_device *device, uint32_t row,
                              const int32_t *numbers)
{
    enum pezo_error error;
    uint32_t lane, check = CHECK_START;
    if (!is_in_rows(&device->config) || !device->config.load_contents)
        return PEZO_UNSUPPORTED;
    if (row >= device->config.count ||
        !are_numbers(&device->config, numbers, device->config.lanes))
        return PEZO_BAD_ARGUMENT;
    begin_load(device, PEZO__LOAD_CONTROL__CONTENTS_bm);
    error = load_address(device, address_of_row(&device->config, row));
    if (error == PEZO_OK)
        error = await_words(device);
    if (error != PEZO_OK)
        return error;
    for (lane = 0; lane < device->config.lanes; lane++)
        write_word(device, &check, (uint32_t)numbers[lane] & period_of(&device->config));
    write_check_word(device, check);
    return await_effect(device);
}

/* ---------------------------------------------------------------------------------- scale table */

/* What a norm becomes: everything in float64 that the golden model does, in its order. */
struct rounding {
    double expected; /* the norm of as many Gaussian numbers, on average */
    double gain;
    double threshold;
    int twice_frac;
};

static int exponent_of(const struct rounding *rounding, uint64_t sum_of_squares)
{
    const double norm = sqrt(ldexp((double)sum_of_squares, -rounding->twice_frac));
    int exponent;
    const double fraction = frexp(rounding->expected / norm / rounding->gain, &exponent);
    return exponent - 1 + (fraction >= rounding->threshold);
}

static struct rounding rounding_of(const struct pezo_config *config,
                                   const struct pezo_scaling *scaling)
{
    const double n = (double)config->count;
    struct rounding rounding;
    rounding.expected = exp(0.5 * log(2.0) + (lgamma((n + 1.0) / 2.0) - lgamma(n / 2.0)));
    rounding.gain = scaling->gain;
    rounding.threshold = scaling->log_nearest ? sqrt(2.0) / 2.0 : 0.75;
    rounding.twice_frac = 2 * (int)state_frac(config);
    return rounding;
}

static uint64_t square_of(const struct pezo_config *config, uint32_t state)
{
    const uint32_t sign = (uint32_t)1 << (config->width - 1u);
    const int64_t number = (int64_t)(state ^ sign) - (int64_t)sign;
    const int64_t mantissa = config->midrise ? 2 * number + 1 : number;
    return (uint64_t)(mantissa * mantissa);
}

static uint64_t sum_of_squares(const struct pezo_config *config, const struct map *move,
                               const uint32_t *seeds)
{
    uint64_t sum = 0;
    uint32_t rng;
    for (rng = 0; rng < config->count; rng++)
        sum += square_of(config, apply(move, seeds[rng]));
    return sum;
}

/* The place of the codes among the exponents: the lowest where the most exponents have one. */
static uint32_t best_place(const uint32_t counts[MOST_EXPONENTS], uint32_t codes)
{
    uint32_t low = 0, high = MOST_EXPONENTS - 1u, place, best = 0, most = 0;
    while (counts[low] == 0)
        low++;
    while (counts[high] == 0)
        high--;
    if (high - low < codes)
        return low;
    for (place = low; place + codes <= high + 1u; place++) {
        uint32_t covered = 0, code;
        for (code = 0; code < codes; code++)
            covered += counts[place + code];
        if (covered > most) {
            most = covered;
            best = place;
        }
    }
    return best;
}

static bool is_scaling(const struct pezo_scaling *scaling)
{
    return scaling->code_bits >= 1 && scaling->code_bits <= 8 && scaling->gain >= 1e-300 &&
           scaling->gain <= 1e300;
}

/* With fixed-point output a code shifts, and a mantissa has room for so many places. */
static uint32_t highest_code(const struct pezo_config *config, uint32_t codes)
{
    const int32_t room = (int32_t)config->mantissa_bits - state_frac(config) - 1;
    return config->fixed_point ? (uint32_t)room : codes - 1u;
}

/* From exponents to codes; the highest of them. */
static uint32_t encode(const struct pezo_config *config, uint32_t lowest, uint32_t codes,
                       uint8_t *table)
{
    uint32_t state, found = 0;
    table[0] = 0;
    for (state = 1; state <= period_of(config); state++) {
        uint32_t code = table[state] > lowest ? table[state] - lowest : 0;
        if (code >= codes)
            code = codes - 1u;
        if (code > found)
            found = code;
        table[state] = (uint8_t)code;
    }
    return found;
}

enum pezo_error pezo_scale_table(const struct pezo_config *config, const uint32_t *seeds,
                                 const struct pezo_scaling *scaling, uint8_t *table,
                                 int32_t *base)
{
    uint32_t counts[MOST_EXPONENTS] = {0};
    struct map move = identity();
    struct rounding rounding;
    uint32_t lowest, codes, visited, bit;
    int least;
    if (config->pre_generated || !are_seeds(config, seeds) || !is_scaling(scaling))
        return PEZO_BAD_ARGUMENT;
    rounding = rounding_of(config, scaling);
    /* The norm is largest where every number is, and no exponent is lower than its. */
    least = exponent_of(&rounding, (uint64_t)config->count << (2 * state_frac(config)));
    /* All RNGs move in lockstep: the norm is a function of RNG 0's state, whatever the steps. */
    for (visited = 0; visited < period_of(config); visited++) {
        const uint64_t sum = sum_of_squares(config, &move, seeds);
        const uint32_t past = (uint32_t)(exponent_of(&rounding, sum) - least);
        table[apply(&move, seeds[0])] = (uint8_t)past;
        counts[past]++;
        for (bit = 0; bit < config->width; bit++)
            move.columns[bit] = step(config, move.columns[bit]);
    }
    codes = (uint32_t)1 << scaling->code_bits;
    lowest = best_place(counts, codes);
    *base = (int32_t)least + (int32_t)lowest;
    if (encode(config, lowest, codes, table) > highest_code(config, codes))
        return PEZO_BAD_ARGUMENT;
    return PEZO_OK;
}
