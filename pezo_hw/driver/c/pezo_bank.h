/* What the files of the banks of RNGs share: seeds and their tables. The functions rely on what
 * pezo_probe has checked of a configuration. */

#ifndef PEZO_BANK_H
#define PEZO_BANK_H

#include "pezo_lfsr.h"

#ifdef __cplusplus
extern "C" {
#endif

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
