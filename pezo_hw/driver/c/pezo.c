/* Driver of the perturbation generators: opens a device; see pezo.h. */

#include "pezo_internal.h"

static int32_t signed_byte(uint32_t byte)
{
    return byte < 0x80u ? (int32_t)byte : (int32_t)byte - 0x100;
}

static void read_capabilities(struct pezo_config *config, uint32_t has)
{
    const uint32_t count_bits = PEZO_FIELD(has, PEZO__CAPABILITIES__COUNT_BITS);
    config->family = PEZO_FIELD(has, PEZO__CAPABILITIES__FAMILY);
    config->midrise = PEZO_IS_SET(has, PEZO__CAPABILITIES__MIDRISE);
    config->fixed_point = PEZO_IS_SET(has, PEZO__CAPABILITIES__FIXED_POINT);
    config->constant = PEZO_IS_SET(has, PEZO__CAPABILITIES__CONSTANT);
    config->load_phase = PEZO_IS_SET(has, PEZO__CAPABILITIES__LOAD_PHASE);
    config->load_contents = PEZO_IS_SET(has, PEZO__CAPABILITIES__LOAD_CONTENTS);
    config->health = PEZO_IS_SET(has, PEZO__CAPABILITIES__HEALTH);
    config->reload = PEZO_IS_SET(has, PEZO__CAPABILITIES__RELOAD);
    config->unused = PEZO_IS_SET(has, PEZO__CAPABILITIES__UNUSED);
    config->most_beats = count_bits < 32u ? (uint32_t)1 << count_bits : UINT32_MAX;
}

static void read_numbers(const struct pezo_device *device, struct pezo_config *config)
{
    const uint32_t beat = PEZO_READ(device, BEAT);
    const uint32_t number = PEZO_READ(device, NUMBER);
    const uint32_t generator = PEZO_READ(device, GENERATOR);
    config->lanes = PEZO_FIELD(beat, PEZO__BEAT__LANES);
    config->slot_bytes = PEZO_FIELD(beat, PEZO__BEAT__SLOT_BYTES);
    config->padded = PEZO_IS_SET(beat, PEZO__BEAT__PADDED);
    config->mantissa_bits = PEZO_FIELD(number, PEZO__NUMBER__MANTISSA_BITS);
    config->frac = signed_byte(PEZO_FIELD(number, PEZO__NUMBER__FRAC));
    config->code_bits = PEZO_FIELD(number, PEZO__NUMBER__CODE_BITS);
    config->base = signed_byte(PEZO_FIELD(number, PEZO__NUMBER__BASE));
    config->number_bits = PEZO_FIELD(generator, PEZO__GENERATOR__NUMBER_BITS);
    config->depth = PEZO_FIELD(generator, PEZO__GENERATOR__DEPTH);
}

static void read_loading(const struct pezo_device *device, struct pezo_config *config)
{
    uint32_t window;
    config->tap_mask = PEZO_READ(device, TAPS);
    config->steps = PEZO_READ(device, STEPS);
    window = PEZO_READ(device, WINDOW);
    config->window_words = PEZO_FIELD(window, PEZO__WINDOW__WORDS);
    config->tracker_bits = PEZO_FIELD(window, PEZO__WINDOW__TRACKER_BITS);
    config->moduli = PEZO_READ(device, MODULI);
}

/* Of no device: every function refuses it, or finds nothing in it to do harm with. */
static struct pezo_config no_config(void)
{
    struct pezo_config config;
    config.family = 0;
    config.midrise = config.fixed_point = config.constant = false;
    config.load_phase = config.load_contents = false;
    config.health = config.reload = config.unused = config.padded = false;
    config.lanes = config.depth = config.number_bits = 1;
    config.most_beats = config.slot_bytes = config.mantissa_bits = config.code_bits = 0;
    config.frac = config.base = 0;
    config.tap_mask = config.steps = config.window_words = config.tracker_bits = 0;
    config.moduli = 0;
    return config;
}

enum pezo_error pezo_probe(struct pezo_device *device, const struct pezo_bus *bus)
{
    const struct pezo_wrong nothing = {NULL, 0, 0, 0, ""};
    const struct pezo_family *family;
    struct pezo_config config;
    uint32_t has, count_bits;
    if (bus->base == NULL && (bus->read == NULL || bus->write == NULL))
        return PEZO_BAD_ARGUMENT;
    device->bus = *bus;
    device->polls = PEZO_DEFAULT_POLLS;
    device->config = no_config();
    device->wrong = nothing;
    if (PEZO_READ(device, ID) != PEZO__ID__MAGIC_reset)
        return PEZO_NOT_FOUND;
    if (PEZO_FIELD(PEZO_READ(device, VERSION), PEZO__VERSION__MAJOR) != PEZO__VERSION__MAJOR_reset)
        return PEZO_UNKNOWN_VERSION;
    has = PEZO_READ(device, CAPABILITIES);
    read_capabilities(&config, has);
    family = pezo_family_of(config.family);
    if (family->are_constants == NULL) {
        pezo_unknown_family(&device->wrong, config.family);
        return PEZO_UNKNOWN_FAMILY;
    }
    read_numbers(device, &config);
    read_loading(device, &config);
    count_bits = PEZO_FIELD(has, PEZO__CAPABILITIES__COUNT_BITS);
    if (!pezo_are_constants(&device->wrong, &config, count_bits))
        return PEZO_BAD_CONSTANT;
    config.base = family->table_base(&config);
    device->config = config;
    return PEZO_OK;
}

const char *pezo_error_name(enum pezo_error error)
{
    switch (error) {
    case PEZO_OK: return "PEZO_OK";
    case PEZO_NOT_FOUND: return "PEZO_NOT_FOUND";
    case PEZO_UNKNOWN_VERSION: return "PEZO_UNKNOWN_VERSION";
    case PEZO_UNKNOWN_FAMILY: return "PEZO_UNKNOWN_FAMILY";
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

uint64_t pezo_beats_for(const struct pezo_config *config, uint64_t elements)
{
    return elements / config->lanes + (elements % config->lanes != 0);
}

uint32_t pezo_unused_for(const struct pezo_config *config, uint64_t elements)
{
    const uint32_t begun = (uint32_t)(elements % config->lanes);
    return config->unused && begun != 0 ? config->lanes - begun : 0;
}

uint32_t pezo_beat_bytes(const struct pezo_config *config)
{
    const uint32_t filled = (config->lanes + (config->code_bits > 0)) * config->slot_bytes;
    return config->padded ? (uint32_t)1 << pezo_bits_of(filled - 1u) : filled;
}

bool pezo_fits_dma(const struct pezo_config *config, uint64_t beats, uint32_t length_bits)
{
    return beats <= pezo_most_beats_of_dma(config, length_bits);
}

uint64_t pezo_most_beats_of_dma(const struct pezo_config *config, uint32_t length_bits)
{
    const uint64_t most_bytes = length_bits < 64u ? ((uint64_t)1 << length_bits) - 1u : UINT64_MAX;
    const uint32_t bytes = pezo_beat_bytes(config);
    return bytes != 0 ? most_bytes / bytes : 0; /* 0 of a device that was refused */
}
