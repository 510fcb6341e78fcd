/* Driver of the perturbation generators that `pezo generate --system axi` writes.
 *
 * C99 (and C++), no allocation, no globals, nothing of an operating system. Needed beside this file:
 * all files pezo*.c and pezo*.h of its folder; pezo_registers.h has the masks of the registers'
 * fields. Only pezo_scale_table and pezo_load_seeds, which calls it, need the mathematics library.
 *
 *     struct pezo_device device;
 *     struct pezo_bus bus = {(volatile uint32_t *)PEZO_BASE_ADDRESS, NULL, NULL, NULL};
 *     if (pezo_probe(&device, &bus) == PEZO_OK)
 *         pezo_new(&device, pezo_beats_for(&device.config, 784 * 128));
 *
 * pezo_sequence.h is for models that are larger than one command.
 *
 * A device must have one master of its registers, and its functions one caller at a time.
 */

#ifndef PEZO_H
#define PEZO_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* pezo_registers.h checks its own layout with static_assert, which C99 does not have. */
#if !defined(__cplusplus) && !defined(static_assert)
#define static_assert(holds, text) extern char pezo_static_assertion[(holds) ? 1 : -1]
#endif

#include "pezo_registers.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a function has to say; pezo_error_name spells it. */
enum pezo_error {
    PEZO_OK = 0,
    PEZO_NOT_FOUND,        /* there is no generator at this address */
    PEZO_UNKNOWN_VERSION,  /* its register map is of another major version than this driver's */
    PEZO_UNKNOWN_FAMILY,   /* it is of a family that this driver does not know: device->wrong */
    PEZO_BAD_CONSTANT,     /* it has a constant that no generated device has: device->wrong */
    PEZO_BAD_ARGUMENT,     /* a value that this device cannot take */
    PEZO_UNSUPPORTED,      /* the device was generated without that */
    PEZO_TIMED_OUT,        /* it did not get there within so many polls */
    PEZO_LOAD_REFUSED,     /* zero or duplicate seeds, no row's address, or words that went wrong */
    PEZO_LOAD_DROPPED,     /* a write of a load could not be taken: another one was under way */
    PEZO_LOAD_NEEDED       /* commands wait for a load of contents */
};

/* How the registers are reached.
 *
 * Bare metal: `base` points to the first register, in memory that is mapped as a device (not
 * cached, not reordered); the hooks are NULL. Where that does not do (a simulator, a bus behind a
 * driver of its own) both hooks are set and are called instead, with byte offsets. A load or a
 * store through a pointer is what nearly every system has, so it is not worth an indirect call;
 * and a hook is enough for all the others. */
struct pezo_bus {
    volatile uint32_t *base;
    uint32_t (*read)(void *context, uint32_t offset);
    void (*write)(void *context, uint32_t offset, uint32_t value);
    void *context; /* handed to the hooks */
};

/* The constants of a device, as its registers give them. */
struct pezo_config {
    uint32_t family;       /* of generators: PEZO__CAPABILITIES__FAMILY__..., 0 of none */
    bool midrise;          /* mantissas are odd: 2 * signed(state) + 1 */
    bool fixed_point;      /* mantissas come shifted by their code, and there is no code */
    bool constant;         /* one exponent for all cycles: no code, and no table to load */
    bool load_phase;       /* another start can be loaded */
    bool load_contents;    /* seeds with their table, or numbers of the pool, can be loaded */
    bool health;           /* bit flips in the lanes are noticed */
    bool reload;           /* and can be mended */
    bool unused;           /* a perturbation can start with numbers that the last one left over */
    bool padded;           /* zeros fill a beat up to a power of two of bytes */
    uint32_t most_beats;   /* that a command can ask for */
    uint32_t lanes;        /* numbers of a beat (W) */
    uint32_t slot_bytes;   /* of a number on m_axis_tdata, sign-extended */
    uint32_t mantissa_bits;
    int32_t frac;          /* value = mantissa * 2^(base + code - frac) * gain; fixed-point output */
    uint32_t code_bits;    /* and a pool: mantissa * 2^-frac (* gain) */
    int32_t base;          /* of code 0 of the built-in table, or the exponent of all cycles */
    uint32_t number_bits;  /* of an RNG's state, or of a stored number */
    uint32_t depth;        /* RNGs of the bank (n), rows of the pool, or numbers where in copies */
    uint32_t tap_mask;     /* bit t - 1 for each tap t */
    uint32_t steps;        /* of an RNG in a cycle, or of a pool's copies from a number to the next */
    uint32_t window_words; /* of a phase */
    uint32_t tracker_bits; /* of each of them, above the state; 0 where there is no tracker */
    uint32_t moduli;       /* of a row's address, a byte each, the lowest field first */
};

/* A constant that cannot be: what its field holds, and what it can hold beside the fields that the
 * driver looked at before it. For a log:
 *     "%s = %lld is not allowed; allowed: %lld to %lld%s%s" */
struct pezo_wrong {
    const char *field; /* such as "GENERATOR.depth"; NULL where every constant is right */
    int64_t value;
    int64_t low;
    int64_t high;
    const char *rule; /* what holds beside low <= value <= high, or "" */
};

/* A device; filled by pezo_probe. `polls` may be changed: how often anything awaited is asked for
 * before it counts as timed out. */
struct pezo_device {
    struct pezo_bus bus;
    struct pezo_config config;
    uint32_t polls;
    struct pezo_wrong wrong;
};

#define PEZO_DEFAULT_POLLS 1000000u

/* How a scale factor becomes a code: the keys of the config's [scaling] section. `pezo generate`
 * writes that of the built-in table into <top>_config.h. */
struct pezo_scaling {
    bool log_nearest; /* otherwise "nearest" */
    double gain;
    uint32_t code_bits; /* 1 to 8 */
};

/* Identifies the device, reads its constants, each once, and checks them: what follows relies on
 * them and on nothing else that the device says. Nothing of `device` needs to be set before.
 * PEZO_NOT_FOUND, PEZO_UNKNOWN_VERSION, PEZO_UNKNOWN_FAMILY and PEZO_BAD_CONSTANT (`device->wrong`
 * says which); PEZO_BAD_ARGUMENT for a bus without base and hooks. After any of the first four the
 * functions take the device for one that can do nothing. */
enum pezo_error pezo_probe(struct pezo_device *device, const struct pezo_bus *bus);

/* A name such as "PEZO_TIMED_OUT", for a log; never NULL. */
const char *pezo_error_name(enum pezo_error error);

/* Beats of a tensor of so many elements: what its last beat has beyond them is dropped, or left for
 * the next one. They may be more than a command can ask for (pezo_sequence.h). */
uint64_t pezo_beats_for(const struct pezo_config *config, uint64_t elements);

/* Numbers of the last of these beats that are left over, for the next perturbation; 0 where every
 * perturbation starts on a fresh beat. All tensors of a model can be one perturbation then. */
uint32_t pezo_unused_for(const struct pezo_config *config, uint64_t elements);

/* Bytes of a beat on m_axis_tdata: of a DMA's transfer, for each beat. */
uint32_t pezo_beat_bytes(const struct pezo_config *config);

/* Whether so many beats are one transfer of an AXI DMA whose length register has `length_bits` bits
 * (c_sg_length_width: 14 if nobody asks for more, 26 at most). */
bool pezo_fits_dma(const struct pezo_config *config, uint64_t beats, uint32_t length_bits);

/* The most beats of one such transfer; 0 where none has room. */
uint64_t pezo_most_beats_of_dma(const struct pezo_config *config, uint32_t length_bits);

/* The power of two that a mantissa of code 0 is multiplied by, where code 0 of the table in use
 * stands for `base`: value = mantissa * 2^(pezo_exponent + code) * gain. */
int32_t pezo_exponent(const struct pezo_config *config, int32_t base);

/* Commands the next perturbation, of so many beats, once the device is ready for a command.
 * Returns when it is taken; the beats follow on m_axis as fast as they are taken there. Clears
 * `done` and `dropped` of the interrupt status first, so that `done` is about this command.
 * PEZO_BAD_ARGUMENT, PEZO_TIMED_OUT (nobody takes the beats of the one before), PEZO_LOAD_NEEDED. */
enum pezo_error pezo_new(const struct pezo_device *device, uint64_t beats);

/* Commands the last perturbation once more; before the first one, cycle 0, and after a load where
 * that says. Otherwise as pezo_new. */
enum pezo_error pezo_replay(const struct pezo_device *device, uint64_t beats);

/* How many numbers of every command's last beat, from now on, start the next perturbation; fewer
 * than config.lanes. It stays over a restart. PEZO_UNSUPPORTED, PEZO_BAD_ARGUMENT. */
enum pezo_error pezo_set_unused(const struct pezo_device *device, uint32_t unused);

/* Returns once no command is under way: every beat has been taken. PEZO_TIMED_OUT. */
enum pezo_error pezo_wait(const struct pezo_device *device);

/* Starts again from cycle 0 of the built-in seeds, as a reset does. Drops the command or load under
 * way, and returns once it has: a frame on m_axis ends early, but the beat on offer there and one
 * more have to be taken; PEZO_TIMED_OUT where nobody does. Numbers of a pool that have been loaded
 * stay. Where seeds have been loaded, their table stays too, so that the device asks for a load of
 * contents (PEZO__STATUS__LOAD_NEEDED_bm). */
enum pezo_error pezo_restart(const struct pezo_device *device);

/* The word of STATUS: PEZO__STATUS__..._bm. */
uint32_t pezo_status(const struct pezo_device *device);

/* Commands for a next perturbation since the last restart, modulo 2^32. */
uint32_t pezo_perturbations(const struct pezo_device *device);

/* Beats taken from m_axis since the last restart, modulo 2^32. */
uint32_t pezo_transfers(const struct pezo_device *device);

/* The events since they were last cleared: PEZO__INTERRUPT_STATUS__..._bm. */
uint32_t pezo_interrupts(const struct pezo_device *device);

/* Forgets events. */
void pezo_clear_interrupts(const struct pezo_device *device, uint32_t which);

/* Which events raise irq; all others no longer do. */
void pezo_enable_interrupts(const struct pezo_device *device, uint32_t which);

/* Returns once one of the events has come, and clears those of them that have; `seen` (NULL where
 * nobody asks) is set to these. It polls; after an irq it returns at once. PEZO_TIMED_OUT. */
enum pezo_error pezo_wait_for(const struct pezo_device *device, uint32_t which, uint32_t *seen);

/* Faults noticed since the last restart, up to 65535, into `faults`. PEZO_UNSUPPORTED. */
enum pezo_error pezo_faults(const struct pezo_device *device, uint32_t *faults);

/* Whether the device goes back to the perturbation's start after a fault. PEZO_UNSUPPORTED. */
enum pezo_error pezo_set_reload(const struct pezo_device *device, bool reload);

/* Makes the next command, new or replay, start at `cycle` of `seeds`, the config.depth seeds in
 * use. With a pool, at row `cycle` modulo the rows, or at the number with which that cycle begins;
 * `seeds` is not looked at.
 *
 * Every load clears `load_done`, `load_refused` and `dropped` of the interrupt status first, and
 * takes effect once no command is under way. One that is refused has changed nothing, unless words
 * of a table, a row or a pool went wrong on their way: then commands wait for contents.
 * PEZO_UNSUPPORTED, PEZO_BAD_ARGUMENT, PEZO_TIMED_OUT, PEZO_LOAD_REFUSED, PEZO_LOAD_DROPPED. */
enum pezo_error pezo_load_phase(const struct pezo_device *device, uint64_t cycle,
                                const uint32_t *seeds);

/* Makes the next command, new or replay, start where a position says: that counts beats from cycle 0
 * of `seeds` or from row 0, and with a pool in copies numbers. Otherwise as pezo_load_phase. */
enum pezo_error pezo_load_position(const struct pezo_device *device, uint64_t position,
                                   const uint32_t *seeds);

/* By how much each beat moves a position: 1, or config.lanes. */
uint32_t pezo_positions_a_beat(const struct pezo_config *config);

/* New seeds, config.depth of them, with their scale table; the next command starts at cycle 0 of
 * them. `table` is room for 2^config.number_bits bytes, and free again afterwards; `base` is set to
 * the exponent that code 0 of the new table stands for. With config.constant there is no table:
 * `scaling` and `table` may be NULL, and `base` is the one that was. Errors as pezo_load_phase. */
enum pezo_error pezo_load_seeds(const struct pezo_device *device, const uint32_t *seeds,
                                const struct pezo_scaling *scaling, uint8_t *table,
                                int32_t *base);

/* The codes of a scale table, addressed by RNG 0's state, into `table` (2^config->number_bits bytes),
 * and the exponent that code 0 stands for into `base`. With n RNGs of b bits it takes about
 * 2^b * (n + b) * b short steps. PEZO_BAD_ARGUMENT for a device without such a table, seeds that are
 * zero or too large, a scaling out of range, or with fixed-point output seeds whose numbers would
 * need more bits than the device has. */
enum pezo_error pezo_scale_table(const struct pezo_config *config, const uint32_t *seeds,
                                 const struct pezo_scaling *scaling, uint8_t *table,
                                 int32_t *base);

/* Makes the next command, new or replay, start with a number of a pool in copies. Errors as
 * pezo_load_phase. */
enum pezo_error pezo_load_start_number(const struct pezo_device *device, uint32_t number);

/* Writes all config.depth numbers of a pool in copies, mantissas in the format of the pool that is
 * there; the next command starts with number `start` of them. Errors as pezo_load_phase. */
enum pezo_error pezo_load_pool(const struct pezo_device *device, const int32_t *numbers,
                               uint32_t start);

/* Makes the next command, new or replay, start at a row of the pool. Errors as pezo_load_phase. */
enum pezo_error pezo_load_start_row(const struct pezo_device *device, uint32_t row);

/* Writes config.lanes numbers into a row of the pool, lane 0 first: mantissas in the format of the
 * pool that is there. Errors as pezo_load_phase. */
enum pezo_error pezo_load_row(const struct pezo_device *device, uint32_t row,
                              const int32_t *numbers);

#ifdef __cplusplus
}
#endif

#endif /* PEZO_H */
