/* How a pool is loaded: rows of one in rows, starts and all numbers of one in copies. */

#include "pezo_lfsr.h"
#include "pezo_pool.h"

bool pezo_is_in_copies(const struct pezo_config *config)
{
    return config->steps > 0;
}

struct pezo_config pezo_address_register(const struct pezo_config *config)
{
    struct pezo_config lfsr = *config;
    lfsr.number_bits = pezo_bits_of(config->depth);
    return lfsr;
}

static uint32_t address_of_row(const struct pezo_config *config, uint32_t row)
{
    uint32_t moduli = config->moduli;
    uint32_t address = moduli == 0 ? row : 0;
    uint32_t offset = 0;
    for (; moduli != 0; moduli >>= 8) {
        const uint32_t modulus = moduli & 0xFFu;
        address |= row % modulus << offset;
        offset += pezo_bits_of(modulus - 1u);
    }
    return address;
}

/* Where copies are read for what begins with a number. */
static uint32_t address_of_number(const struct pezo_config *config, uint32_t number)
{
    const struct pezo_config lfsr = pezo_address_register(config);
    struct pezo_map moved;
    if (config->tap_mask == 0)
        return (uint32_t)((uint64_t)number * config->steps % config->depth);
    moved = pezo_leap(&lfsr, number, 0);
    return pezo_apply(&moved, 1);
}

static enum pezo_error write_address(const struct pezo_device *device, uint32_t address)
{
    uint32_t check = PEZO_CHECK_START;
    const enum pezo_error error = pezo_await_words(device);
    if (error != PEZO_OK)
        return error;
    pezo_write_word(device, &check, address);
    pezo_write_check_word(device, check);
    return PEZO_OK;
}

/* The first part of a load of contents, until the device waits for the second. */
static enum pezo_error begin_contents(const struct pezo_device *device, uint32_t address)
{
    enum pezo_error error;
    pezo_begin_load(device, PEZO__LOAD_CONTROL__CONTENTS_bm);
    error = write_address(device, address);
    return error != PEZO_OK ? error : pezo_await_words(device);
}

static enum pezo_error load_start(const struct pezo_device *device, uint32_t address)
{
    enum pezo_error error;
    pezo_begin_load(device, 0);
    error = write_address(device, address);
    return error != PEZO_OK ? error : pezo_await_effect(device);
}

static bool are_numbers(const struct pezo_config *config, const int32_t *numbers, uint32_t count)
{
    const int32_t beyond = (int32_t)1 << (config->number_bits - 1u);
    uint32_t index;
    for (index = 0; index < count; index++)
        if (numbers[index] >= beyond || numbers[index] < -beyond)
            return false;
    return true;
}

static uint32_t word_of(const struct pezo_config *config, int32_t number)
{
    return (uint32_t)number & (((uint32_t)1 << config->number_bits) - 1u);
}

/* ------------------------------------------------------------------------------------- in rows */

enum pezo_error pezo_pool_load_start_row(const struct pezo_device *device, uint32_t row)
{
    if (pezo_is_in_copies(&device->config))
        return PEZO_UNSUPPORTED;
    if (row >= device->config.depth)
        return PEZO_BAD_ARGUMENT;
    return load_start(device, address_of_row(&device->config, row));
}

enum pezo_error pezo_pool_load_row(const struct pezo_device *device, uint32_t row,
                                   const int32_t *numbers)
{
    const struct pezo_config *config = &device->config;
    enum pezo_error error;
    uint32_t lane, check = PEZO_CHECK_START;
    if (pezo_is_in_copies(config))
        return PEZO_UNSUPPORTED;
    if (row >= config->depth || !are_numbers(config, numbers, config->lanes))
        return PEZO_BAD_ARGUMENT;
    error = begin_contents(device, address_of_row(config, row));
    if (error != PEZO_OK)
        return error;
    for (lane = 0; lane < config->lanes; lane++)
        pezo_write_word(device, &check, word_of(config, numbers[lane]));
    pezo_write_check_word(device, check);
    return pezo_await_effect(device);
}

/* ----------------------------------------------------------------------------------- in copies */

enum pezo_error pezo_pool_load_start_number(const struct pezo_device *device, uint32_t number)
{
    if (!pezo_is_in_copies(&device->config))
        return PEZO_UNSUPPORTED;
    if (number >= device->config.depth)
        return PEZO_BAD_ARGUMENT;
    return load_start(device, address_of_number(&device->config, number));
}

enum pezo_error pezo_pool_load_all(const struct pezo_device *device, const int32_t *numbers,
                                   uint32_t start)
{
    const struct pezo_config *config = &device->config;
    enum pezo_error error;
    uint32_t index, check = PEZO_CHECK_START;
    if (!pezo_is_in_copies(config))
        return PEZO_UNSUPPORTED;
    if (start >= config->depth || !are_numbers(config, numbers, config->depth))
        return PEZO_BAD_ARGUMENT;
    error = begin_contents(device, address_of_number(config, start));
    if (error != PEZO_OK)
        return error;
    /* From the start on backwards and round, as the hardware writes them. */
    for (index = 0; index < config->depth; index++) {
        const uint32_t number = (start + config->depth - index) % config->depth;
        pezo_write_word(device, &check, word_of(config, numbers[number]));
    }
    pezo_write_check_word(device, check);
    return pezo_await_effect(device);
}

/* ------------------------------------------------------------------------------------ in either */

enum pezo_error pezo_pool_load_position(const struct pezo_device *device, uint64_t position,
                                        const uint32_t *seeds)
{
    const uint32_t start = (uint32_t)(position % device->config.depth);
    (void)seeds;
    return pezo_is_in_copies(&device->config) ? pezo_pool_load_start_number(device, start)
                                              : pezo_pool_load_start_row(device, start);
}

enum pezo_error pezo_pool_load_phase(const struct pezo_device *device, uint64_t cycle,
                                     const uint32_t *seeds)
{
    const uint32_t depth = device->config.depth;
    (void)seeds;
    if (!pezo_is_in_copies(&device->config))
        return pezo_pool_load_start_row(device, (uint32_t)(cycle % depth));
    return pezo_pool_load_start_number(
        device, (uint32_t)(cycle % depth * (device->config.lanes % depth) % depth));
}
