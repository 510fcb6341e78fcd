/* What the files of the banks of RNGs share: LFSRs, seeds, tables. The functions rely on what
 * pezo_probe has checked of a configuration. */

#ifndef PEZO_BANK_H
#define PEZO_BANK_H

#include "pezo_internal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------- LFSRs: matrices over GF(2) */

/* A linear map of states: the image of each bit. */
struct pezo_map {
    uint32_t columns[PEZO_WORD_BITS];
};

/* Clock cycles until an RNG's state returns; also the bits of a state. */
uint32_t pezo_period(const struct pezo_config *config);

/* One step: shift left, feed the taps' parity back. */
uint32_t pezo_step(const struct pezo_config *config, uint32_t state);

/* The image of a state. */
uint32_t pezo_apply(const struct pezo_map *map, uint32_t state);

struct pezo_map pezo_identity(void);

/* What `first` does, and `second` after it. */
struct pezo_map pezo_product(const struct pezo_config *config, const struct pezo_map *second,
                             const struct pezo_map *first);

/* `cycles` clock cycles less `before`, of `steps` steps each. */
struct pezo_map pezo_leap(const struct pezo_config *config, uint64_t cycles, uint64_t before);

/* Whether every state but 0 is on one orbit. */
bool pezo_is_maximal(const struct pezo_config *config);

/* ------------------------------------------------------------------------- seeds and their table */

/* A state is worth mantissa * 2^-state_frac before its scale. */
int32_t pezo_state_frac(const struct pezo_config *config);

/* Whether a bank can start from them: config->depth states, none of them 0 or too large. */
bool pezo_are_seeds(const struct pezo_config *config, const uint32_t *seeds);

/* As pezo_scale_table. */
enum pezo_error pezo_bank_scale_table(const struct pezo_config *config, const uint32_t *seeds,
                                      const struct pezo_scaling *scaling, uint8_t *table,
                                      int32_t *base);

#ifdef __cplusplus
}
#endif

#endif /* PEZO_BANK_H */
