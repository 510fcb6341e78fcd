/* Driver of the perturbation generators; see pezo.h. */

#include "pezo.h"

#include <math.h>

#define MAGIC 0x50455A4Fu
#define KNOWN_MAJOR 1u
#define WIDEST 32u
#define TABLE_LATENCY 2u
#define MOST_EXPONENTS 64u

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

/* -------------------------------------------------------------------------------- configuration */

static int32_t signed_byte(uint32_t byte)
{
    return byte < 0x80u ? (int32_t)byte : (int32_t)byte - 0x100;
}

/* A state is worth mantissa * 2^-state_frac before its scale. */
static int32_t state_frac(const struct pezo_config *config)
{
    return (int32_t)config->width - (config->midrise ? 0 : 1);
}

static void read_capabilities(struct pezo_device *device)
{
    struct pezo_config *config = &device->config;
    const uint32_t has = READ(device, CAPABILITIES);
    const uint32_t count_bits = FIELD(has, PEZO__CAPABILITIES__COUNT_BITS);
    config->pre_generated = IS_SET(has, PEZO__CAPABILITIES__PRE_GENERATED);
    config->midrise = IS_SET(has, PEZO__CAPABILITIES__MIDRISE);
    config->fixed_point = IS_SET(has, PEZO__CAPABILITIES__FIXED_POINT);
    config->load_phase = IS_SET(has, PEZO__CAPABILITIES__LOAD_PHASE);
    config->load_contents = IS_SET(has, PEZO__CAPABILITIES__LOAD_CONTENTS);
    config->health = IS_SET(has, PEZO__CAPABILITIES__HEALTH);
    config->reload = IS_SET(has, PEZO__CAPABILITIES__RELOAD);
    config->most_beats = count_bits < 32u ? (uint32_t)1 << count_bits : UINT32_MAX;
}

static void read_numbers(struct pezo_device *device)
{
    struct pezo_config *config = &device->config;
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

static void read_loading(struct pezo_device *device)
{
    struct pezo_config *config = &device->config;
    uint32_t window;
    config->tap_mask = READ(device, TAPS);
    config->steps = READ(device, STEPS);
    window = READ(device, WINDOW);
    config->window_words = FIELD(window, PEZO__WINDOW__WORDS);
    config->tracker_bits = FIELD(window, PEZO__WINDOW__TRACKER_BITS);
    config->moduli = READ(device, MODULI);
}

enum pezo_error pezo_probe(struct pezo_device *device, const struct pezo_bus *bus)
{
    if (bus->base == NULL && (bus->read == NULL || bus->write == NULL))
        return PEZO_BAD_ARGUMENT;
    device->bus = *bus;
    device->polls = PEZO_DEFAULT_POLLS;
    if (READ(device, ID) != MAGIC)
        return PEZO_NOT_FOUND;
    if (FIELD(READ(device, VERSION), PEZO__VERSION__MAJOR) != KNOWN_MAJOR)
        return PEZO_UNKNOWN_VERSION;
    read_capabilities(device);
    read_numbers(device);
    read_loading(device);
    if (device->config.fixed_point)
        device->config.base = state_frac(&device->config) - device->config.frac;
    return PEZO_OK;
}

const char *pezo_error_name(enum pezo_error error)
{
    switch (error) {
    case PEZO_OK: return "PEZO_OK";
    case PEZO_NOT_FOUND: return "PEZO_NOT_FOUND";
    case PEZO_UNKNOWN_VERSION: return "PEZO_UNKNOWN_VERSION";
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

/* ----------------------------------------------------------------- LFSRs: matrices over GF(2) */

/* A linear map of states: the image of each bit. */
struct map {
    uint32_t columns[WIDEST];
};

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

/* `cycles` clock cycles less `before`; the period is short enough for the product of two. */
static struct map leap(const struct pezo_config *config, uint64_t cycles, uint64_t before)
{
    const uint64_t period = period_of(config);
    const uint64_t moved = (cycles % period + period - before % period) % period;
    uint64_t steps = moved * (config->steps % period) % period;
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

static enum pezo_error load_address(const struct pezo_device *device, uint32_t row)
{
    uint32_t moduli = device->config.moduli;
    uint32_t address = moduli == 0 ? row : 0;
    uint32_t offset = 0;
    uint32_t check = CHECK_START;
    const enum pezo_error error = await_words(device);
    if (error != PEZO_OK)
        return error;
    for (; moduli != 0; moduli >>= 8) {
        const uint32_t modulus = moduli & 0xFFu;
        address |= row % modulus << offset;
        while (((uint32_t)1 << offset) < modulus)
            offset++;
    }
    write_word(device, &check, address);
    write_check_word(device, check);
    return PEZO_OK;
}

enum pezo_error pezo_load_phase(const struct pezo_device *device, uint64_t cycle,
                                const uint32_t *seeds)
{
    enum pezo_error error;
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

enum pezo_error pezo_load_start_row(const struct pezo_device *device, uint32_t row)
{
    enum pezo_error error;
    if (!device->config.pre_generated || !device->config.load_phase)
        return PEZO_UNSUPPORTED;
    if (row >= device->config.count)
        return PEZO_BAD_ARGUMENT;
    begin_load(device, 0);
    error = load_address(device, row);
    return error != PEZO_OK ? error : await_effect(device);
}

static bool are_numbers(const struct pezo_config *config, const int32_t *numbers)
{
    const int32_t high = (int32_t)(period_of(config) >> 1);
    uint32_t lane;
    for (lane = 0; lane < config->lanes; lane++)
        if (numbers[lane] > high || numbers[lane] < -high - 1)
            return false;
    return true;
}

enum pezo_error pezo_load_row(const struct pezo_device *device, uint32_t row,
                              const int32_t *numbers)
{
    enum pezo_error error;
    uint32_t lane, check = CHECK_START;
    if (!device->config.pre_generated || !device->config.load_contents)
        return PEZO_UNSUPPORTED;
    if (row >= device->config.count || !are_numbers(&device->config, numbers))
        return PEZO_BAD_ARGUMENT;
    begin_load(device, PEZO__LOAD_CONTROL__CONTENTS_bm);
    error = load_address(device, row);
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
