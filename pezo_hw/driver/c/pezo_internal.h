/* What the files of the driver share, and nobody else needs: accesses to the registers, checks of
 * constants, the parts of a load, and what a family of generators is to all other files. */

#ifndef PEZO_INTERNAL_H
#define PEZO_INTERNAL_H

#include "pezo.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PEZO_WORD_BITS 32u /* of a load's word, and the most of a mantissa */

/* ------------------------------------------------------------------------------------ registers */

#define PEZO_OFFSET(name) ((uint32_t)offsetof(pezo_t, name))
#define PEZO_FIELD(word, name) (((word) & (uint32_t)name##_bm) >> name##_bp)
#define PEZO_IS_SET(word, name) (((word) & (uint32_t)name##_bm) != 0)

static inline uint32_t pezo_read_at(const struct pezo_bus *bus, uint32_t offset)
{
    if (bus->read != NULL)
        return bus->read(bus->context, offset);
    return bus->base[offset / sizeof(uint32_t)];
}

static inline void pezo_write_at(const struct pezo_bus *bus, uint32_t offset, uint32_t value)
{
    if (bus->write != NULL)
        bus->write(bus->context, offset, value);
    else
        bus->base[offset / sizeof(uint32_t)] = value;
}

#define PEZO_READ(device, name) pezo_read_at(&(device)->bus, PEZO_OFFSET(name))
#define PEZO_WRITE(device, name, value) pezo_write_at(&(device)->bus, PEZO_OFFSET(name), (value))

/* --------------------------------------------------------------------------------------- limits */

/* Whether a field holds what it can hold: `low` to `high`, and what `rule` says, if that is
 * `obeyed`. If not, `wrong` says so. */
bool pezo_is_so(struct pezo_wrong *wrong, const char *field, int64_t value, int64_t low,
                int64_t high, const char *rule, bool obeyed);

/* The same without a rule. */
bool pezo_is_within(struct pezo_wrong *wrong, const char *field, int64_t value, int64_t low,
                    int64_t high);

uint32_t pezo_common_divisor(uint32_t first, uint32_t second);

/* How many bits a number has: 0 of 0. */
uint32_t pezo_bits_of(uint32_t number);

/* Whether a device like this can be generated; its family is one of those known. */
bool pezo_are_constants(struct pezo_wrong *wrong, const struct pezo_config *c,
                        uint32_t count_bits);

/* --------------------------------------------------------------------------- the parts of a load */

#define PEZO_CHECK_START 0xFFFFu

/* A load of a phase (0) or of contents (PEZO__LOAD_CONTROL__CONTENTS_bm). */
void pezo_begin_load(const struct pezo_device *device, uint32_t contents);

/* Until words are taken: at the beginning, and after each part has been checked. */
enum pezo_error pezo_await_words(const struct pezo_device *device);

/* A word of a part; `check` is PEZO_CHECK_START before the first. */
void pezo_write_word(const struct pezo_device *device, uint32_t *check, uint32_t word);

/* The end of a part. */
void pezo_write_check_word(const struct pezo_device *device, uint32_t check);

/* Until the load is in use. */
enum pezo_error pezo_await_effect(const struct pezo_device *device);

/* ------------------------------------------------------------------------------------- families */

/* One way to generate numbers: all that depends on it is asked of this. What a family does not have
 * is NULL, and what the functions of pezo.h do is said there. */
struct pezo_family {
    uint32_t code; /* what CAPABILITIES.family holds */

    /* Whether the fields whose meaning is the family's hold what they can hold. */
    bool (*are_constants)(struct pezo_wrong *wrong, const struct pezo_config *c);
    /* Whether there can be so many lanes, `most` with its bus; its constants are right. */
    bool (*are_lanes)(struct pezo_wrong *wrong, const struct pezo_config *c, int64_t most);
    /* The exponent that code 0 of the built-in table stands for, or that of all cycles. */
    int32_t (*table_base)(const struct pezo_config *config);
    int32_t (*exponent)(const struct pezo_config *config, int32_t base);
    /* After so many positions the stream comes back to where it was: below 2^40. */
    uint64_t (*positions)(const struct pezo_config *config);
    uint32_t (*positions_a_beat)(const struct pezo_config *config);

    enum pezo_error (*load_phase)(const struct pezo_device *device, uint64_t cycle,
                                  const uint32_t *seeds);
    enum pezo_error (*load_position)(const struct pezo_device *device, uint64_t position,
                                     const uint32_t *seeds);
    enum pezo_error (*load_seeds)(const struct pezo_device *device, const uint32_t *seeds,
                                  const struct pezo_scaling *scaling, uint8_t *table,
                                  int32_t *base);
    enum pezo_error (*scale_table)(const struct pezo_config *config, const uint32_t *seeds,
                                   const struct pezo_scaling *scaling, uint8_t *table,
                                   int32_t *base);
    enum pezo_error (*load_start_row)(const struct pezo_device *device, uint32_t row);
    enum pezo_error (*load_row)(const struct pezo_device *device, uint32_t row,
                                const int32_t *numbers);
    enum pezo_error (*load_start_number)(const struct pezo_device *device, uint32_t number);
    enum pezo_error (*load_pool)(const struct pezo_device *device, const int32_t *numbers,
                                 uint32_t start);
};

extern const struct pezo_family pezo_on_the_fly;
extern const struct pezo_family pezo_pre_generated;

/* After how many positions the stream of a device comes back to where it was; 1 of none. */
uint64_t pezo_positions(const struct pezo_config *config);

/* The family with a code; one that has nothing, not even that code, where none is known. */
const struct pezo_family *pezo_family_of(uint32_t code);

/* Writes the lowest and the highest code that is known, and which they are, as a wrong constant. */
void pezo_unknown_family(struct pezo_wrong *wrong, uint32_t code);

#ifdef __cplusplus
}
#endif

#endif /* PEZO_INTERNAL_H */
