/* LFSRs and their jumps, matrices over GF(2). Here a configuration is an LFSR: of number_bits bits,
 * with the taps of tap_mask, that goes on by steps in a cycle; nothing else of it is looked at. */

#ifndef PEZO_LFSR_H
#define PEZO_LFSR_H

#include "pezo_internal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A linear map of states: the image of each bit. */
struct pezo_map {
    uint32_t columns[PEZO_WORD_BITS];
};

/* Steps until a state returns; also the bits of a state. */
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

#ifdef __cplusplus
}
#endif

#endif /* PEZO_LFSR_H */
