/* The families of generators that the driver knows, and whose a call is. Nobody else tells one
 * family from another. */

#include "pezo_internal.h"

/* By their codes, the lowest first. */
static const struct pezo_family *const families[] = {&pezo_on_the_fly, &pezo_pre_generated};
#define FAMILIES (sizeof families / sizeof *families)
#define KNOWN "1 (on-the-fly) or 2 (pre-generated)"

/* What a device of no family has. */
static const struct pezo_family none = {0,    NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                                         NULL, NULL, NULL, NULL, NULL, NULL, NULL};

const struct pezo_family *pezo_family_of(uint32_t code)
{
    size_t index;
    for (index = 0; index < FAMILIES; index++)
        if (families[index]->code == code)
            return families[index];
    return &none;
}

void pezo_unknown_family(struct pezo_wrong *wrong, uint32_t code)
{
    wrong->field = "CAPABILITIES.family";
    wrong->value = code;
    wrong->low = families[0]->code;
    wrong->high = families[FAMILIES - 1u]->code;
    wrong->rule = KNOWN;
}

int32_t pezo_exponent(const struct pezo_config *config, int32_t base)
{
    const struct pezo_family *family = pezo_family_of(config->family);
    return family->exponent != NULL ? family->exponent(config, base) : 0;
}

enum pezo_error pezo_load_phase(const struct pezo_device *device, uint64_t cycle,
                                const uint32_t *seeds)
{
    const struct pezo_family *family = pezo_family_of(device->config.family);
    if (family->load_phase == NULL || !device->config.load_phase)
        return PEZO_UNSUPPORTED;
    return family->load_phase(device, cycle, seeds);
}

enum pezo_error pezo_load_position(const struct pezo_device *device, uint64_t position,
                                   const uint32_t *seeds)
{
    const struct pezo_family *family = pezo_family_of(device->config.family);
    if (family->load_position == NULL || !device->config.load_phase)
        return PEZO_UNSUPPORTED;
    return family->load_position(device, position, seeds);
}

uint32_t pezo_positions_a_beat(const struct pezo_config *config)
{
    const struct pezo_family *family = pezo_family_of(config->family);
    return family->positions_a_beat != NULL ? family->positions_a_beat(config) : 1;
}

uint64_t pezo_positions(const struct pezo_config *config)
{
    const struct pezo_family *family = pezo_family_of(config->family);
    return family->positions != NULL ? family->positions(config) : 1;
}

enum pezo_error pezo_load_seeds(const struct pezo_device *device, const uint32_t *seeds,
                                const struct pezo_scaling *scaling, uint8_t *table,
                                int32_t *base)
{
    const struct pezo_family *family = pezo_family_of(device->config.family);
    if (family->load_seeds == NULL || !device->config.load_contents)
        return PEZO_UNSUPPORTED;
    return family->load_seeds(device, seeds, scaling, table, base);
}

enum pezo_error pezo_scale_table(const struct pezo_config *config, const uint32_t *seeds,
                                 const struct pezo_scaling *scaling, uint8_t *table,
                                 int32_t *base)
{
    const struct pezo_family *family = pezo_family_of(config->family);
    if (family->scale_table == NULL)
        return PEZO_BAD_ARGUMENT;
    return family->scale_table(config, seeds, scaling, table, base);
}

enum pezo_error pezo_load_start_row(const struct pezo_device *device, uint32_t row)
{
    const struct pezo_family *family = pezo_family_of(device->config.family);
    if (family->load_start_row == NULL || !device->config.load_phase)
        return PEZO_UNSUPPORTED;
    return family->load_start_row(device, row);
}

enum pezo_error pezo_load_row(const struct pezo_device *device, uint32_t row,
                              const int32_t *numbers)
{
    const struct pezo_family *family = pezo_family_of(device->config.family);
    if (family->load_row == NULL || !device->config.load_contents)
        return PEZO_UNSUPPORTED;
    return family->load_row(device, row, numbers);
}

enum pezo_error pezo_load_start_number(const struct pezo_device *device, uint32_t number)
{
    const struct pezo_family *family = pezo_family_of(device->config.family);
    if (family->load_start_number == NULL || !device->config.load_phase)
        return PEZO_UNSUPPORTED;
    return family->load_start_number(device, number);
}

enum pezo_error pezo_load_pool(const struct pezo_device *device, const int32_t *numbers,
                               uint32_t start)
{
    const struct pezo_family *family = pezo_family_of(device->config.family);
    if (family->load_pool == NULL || !device->config.load_contents)
        return PEZO_UNSUPPORTED;
    return family->load_pool(device, numbers, start);
}
