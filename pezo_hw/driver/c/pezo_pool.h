/* What the files of the pools of stored numbers share. The functions rely on what pezo_probe has
 * checked of a configuration, but for the first two. */

#ifndef PEZO_POOL_H
#define PEZO_POOL_H

#include "pezo_internal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whether the pool is stored in copies, which can start with any number; otherwise in rows. */
bool pezo_is_in_copies(const struct pezo_config *config);

/* The LFSR that counts through the addresses of copies, where there are taps: as that of a bank. */
struct pezo_config pezo_address_register(const struct pezo_config *config);

/* The loads of pezo.h, with what the device was generated for checked but for the storage. */
enum pezo_error pezo_pool_load_phase(const struct pezo_device *device, uint64_t cycle,
                                     const uint32_t *seeds);
enum pezo_error pezo_pool_load_position(const struct pezo_device *device, uint64_t position,
                                        const uint32_t *seeds);
enum pezo_error pezo_pool_load_start_row(const struct pezo_device *device, uint32_t row);
enum pezo_error pezo_pool_load_row(const struct pezo_device *device, uint32_t row,
                                   const int32_t *numbers);
enum pezo_error pezo_pool_load_start_number(const struct pezo_device *device, uint32_t number);
enum pezo_error pezo_pool_load_all(const struct pezo_device *device, const int32_t *numbers,
                                   uint32_t start);

#ifdef __cplusplus
}
#endif

#endif /* PEZO_POOL_H */
