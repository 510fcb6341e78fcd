/* Perturbations of a model of any size, each in as many commands as a transfer's length asks for.
 *
 * The commands of one perturbation give consecutive beats, so that it is the same as one command of
 * all of them; and it can be replayed as a whole. Nothing is stored for a command: which beats it
 * has is computed from its index, so that a sequence takes the same memory whatever the model.
 *
 *     struct pezo_sequence sequence;
 *     struct pezo_command command;
 *     uint64_t index;
 *     error = pezo_begin_sequence(&sequence, &device, seeds, beats, 0, most_beats);
 *     for (index = 0; pezo_new_command(&sequence, index, &command); index++) {
 *         ... receives command.size bytes at command.first_byte
 *         error = pezo_give(&sequence, &command);
 *         ... until they are there
 *     }
 *
 * and the same with pezo_replay_command. While a sequence is in use nobody else gives the device
 * commands or loads a start. No function waits longer than a load and a command do.
 */

#ifndef PEZO_SEQUENCE_H
#define PEZO_SEQUENCE_H

#include "pezo.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Filled by pezo_begin_sequence; only `seeds` may be changed, after a load of others. */
struct pezo_sequence {
    const struct pezo_device *device;
    const uint32_t *seeds; /* those in use; NULL where nothing is loaded or with a pool */
    uint64_t beats;        /* of a perturbation */
    uint32_t most_beats;   /* of a command */
    uint32_t unused;       /* numbers of the last beat with which the next perturbation starts */
    bool loads;            /* the start of each command is loaded */
    uint64_t position;     /* where the next new one starts, modulo those that there are */
    uint64_t start;        /* where the last one did */
    uint64_t next;         /* which the next one is, and which the last, so that no command of an */
    uint64_t last;         /* earlier one is given */
};

/* One of the commands of a perturbation. */
struct pezo_command {
    uint64_t first_byte; /* where its frame begins in a buffer for all of them */
    uint64_t size;       /* bytes of its frame */
    uint32_t beats;
    /* For pezo_give: which perturbation it is of, where that starts, its first beat, and whether it
     * is one of a replay. */
    uint64_t perturbation;
    uint64_t start;
    uint64_t first;
    bool replay;
};

/* A sequence of perturbations of `beats` beats, the sum of pezo_beats_for over a model's tensors, up
 * to 2^63 bytes of them. `unused` is what pezo_unused_for says, and 0 where every perturbation
 * starts on a fresh beat. A command has `most_beats` at most, pezo_most_beats_of_dma for a DMA that
 * receives them; where the device's can ask for fewer, that is the limit.
 *
 * Where one command is enough nothing is loaded: a new or replayed perturbation is the device's own,
 * and after a restart a sequence is to be begun again. With several the first perturbation starts at
 * position 0, and each command where its start has been loaded, so that neither what happened to the
 * one before nor a restart matters to it.
 *
 * PEZO_BAD_ARGUMENT; PEZO_UNSUPPORTED where several commands are needed and the device loads no
 * start. After either the sequence has no commands. */
enum pezo_error pezo_begin_sequence(struct pezo_sequence *sequence,
                                    const struct pezo_device *device, const uint32_t *seeds,
                                    uint64_t beats, uint32_t unused, uint64_t most_beats);

/* Has the next new perturbation start at a position (pezo_load_position), which is loaded; with drawn
 * starts that is to be done before each. PEZO_UNSUPPORTED. */
enum pezo_error pezo_start_at(struct pezo_sequence *sequence, uint64_t position);

/* Commands of a perturbation. */
uint64_t pezo_commands(const struct pezo_sequence *sequence);

/* Bytes of the largest frame: a buffer for one command after the other has as many. */
uint64_t pezo_largest_frame(const struct pezo_sequence *sequence);

/* The command with an index, 0 first, of the next new perturbation; false behind the last. That
 * perturbation remains the next one until the last of its commands has been given. */
bool pezo_new_command(const struct pezo_sequence *sequence, uint64_t index,
                      struct pezo_command *command);

/* The same of the last perturbation once more, bit for bit: that of which a command has been taken
 * last, also where it was broken off; before any, that at the start. */
bool pezo_replay_command(const struct pezo_sequence *sequence, uint64_t index,
                         struct pezo_command *command);

/* Gives the command, once whoever receives its frame is ready for it; once more where that went
 * wrong, and it is the same frame. Returns when it is taken. Errors as pezo_new and, where its start
 * is loaded, pezo_load_position; PEZO_BAD_ARGUMENT also where other perturbations have begun
 * since. */
enum pezo_error pezo_give(struct pezo_sequence *sequence, const struct pezo_command *command);

#ifdef __cplusplus
}
#endif

#endif /* PEZO_SEQUENCE_H */
