/* Perturbations in several commands; see pezo_sequence.h. */

#include "pezo_sequence.h"

#include "pezo_internal.h"

#define MOST_BYTES ((uint64_t)1 << 63)

static enum pezo_error require_loads(struct pezo_sequence *sequence)
{
    if (!sequence->device->config.load_phase)
        return PEZO_UNSUPPORTED;
    sequence->loads = true;
    return PEZO_OK;
}

/* What one that is refused is, so that nothing is given where its caller overlooks that. */
static struct pezo_sequence no_commands(const struct pezo_device *device)
{
    struct pezo_sequence sequence;
    sequence.device = device;
    sequence.seeds = NULL;
    sequence.beats = 0;
    sequence.most_beats = 1;
    sequence.unused = 0;
    sequence.loads = false;
    sequence.position = sequence.start = 0;
    sequence.next = 1;
    sequence.last = 0;
    return sequence;
}

enum pezo_error pezo_begin_sequence(struct pezo_sequence *sequence,
                                    const struct pezo_device *device, const uint32_t *seeds,
                                    uint64_t beats, uint32_t unused, uint64_t most_beats)
{
    const struct pezo_config *config = &device->config;
    const uint64_t most = most_beats < config->most_beats ? most_beats : config->most_beats;
    *sequence = no_commands(device);
    if (most == 0 || beats == 0 || beats > MOST_BYTES / pezo_beat_bytes(config) ||
        unused > (config->unused ? config->lanes - 1u : 0))
        return PEZO_BAD_ARGUMENT;
    if (beats > most && require_loads(sequence) != PEZO_OK)
        return PEZO_UNSUPPORTED;
    sequence->seeds = seeds;
    sequence->beats = beats;
    sequence->most_beats = (uint32_t)most;
    sequence->unused = unused;
    return PEZO_OK;
}

enum pezo_error pezo_start_at(struct pezo_sequence *sequence, uint64_t position)
{
    const enum pezo_error error = require_loads(sequence);
    if (error != PEZO_OK)
        return error;
    sequence->position = position % pezo_positions(&sequence->device->config);
    sequence->next++;
    if (sequence->last == 0)
        sequence->start = sequence->position;
    return PEZO_OK;
}

uint64_t pezo_commands(const struct pezo_sequence *sequence)
{
    return sequence->beats / sequence->most_beats + (sequence->beats % sequence->most_beats != 0);
}

uint64_t pezo_largest_frame(const struct pezo_sequence *sequence)
{
    const uint64_t most = sequence->most_beats;
    return (sequence->beats < most ? sequence->beats : most) *
           pezo_beat_bytes(&sequence->device->config);
}

/* Which beats the command with an index has. */
static bool beats_of(const struct pezo_sequence *sequence, uint64_t index,
                     struct pezo_command *command)
{
    const uint64_t size = pezo_beat_bytes(&sequence->device->config);
    uint64_t left;
    if (index >= pezo_commands(sequence))
        return false;
    command->first = index * sequence->most_beats;
    left = sequence->beats - command->first;
    command->beats = left < sequence->most_beats ? (uint32_t)left : sequence->most_beats;
    command->first_byte = command->first * size;
    command->size = command->beats * size;
    return true;
}

bool pezo_new_command(const struct pezo_sequence *sequence, uint64_t index,
                      struct pezo_command *command)
{
    command->perturbation = sequence->next;
    command->start = sequence->position;
    command->replay = false;
    return beats_of(sequence, index, command);
}

bool pezo_replay_command(const struct pezo_sequence *sequence, uint64_t index,
                         struct pezo_command *command)
{
    command->perturbation = sequence->last;
    command->start = sequence->start;
    command->replay = true;
    return beats_of(sequence, index, command);
}

/* Where so many beats after a start are. At most 2^63 numbers come, so that nothing overflows. */
static uint64_t after(const struct pezo_sequence *sequence, uint64_t start, uint64_t beats,
                      uint32_t unused)
{
    const struct pezo_config *config = &sequence->device->config;
    const uint64_t moved = beats * pezo_positions_a_beat(config) - unused;
    const uint64_t around = pezo_positions(config);
    return (start + moved % around) % around;
}

/* Has the command begin with its first beat. */
static enum pezo_error prepare(const struct pezo_sequence *sequence,
                               const struct pezo_command *command)
{
    const struct pezo_device *device = sequence->device;
    if (sequence->loads)
        return pezo_load_position(device, after(sequence, command->start, command->first, 0),
                                  sequence->seeds);
    return device->config.unused ? pezo_set_unused(device, sequence->unused) : PEZO_OK;
}

static enum pezo_error give_again(const struct pezo_sequence *sequence,
                                  const struct pezo_command *command)
{
    enum pezo_error error;
    if (command->perturbation != sequence->last)
        return PEZO_BAD_ARGUMENT;
    error = prepare(sequence, command);
    return error != PEZO_OK ? error : pezo_replay(sequence->device, command->beats);
}

enum pezo_error pezo_give(struct pezo_sequence *sequence, const struct pezo_command *command)
{
    enum pezo_error error;
    if (command->replay || command->perturbation != sequence->next)
        return give_again(sequence, command);
    error = prepare(sequence, command);
    if (error == PEZO_OK)
        error = pezo_new(sequence->device, command->beats);
    if (error != PEZO_OK)
        return error;
    sequence->last = command->perturbation;
    sequence->start = command->start;
    if (command->first + command->beats == sequence->beats) {
        sequence->position = after(sequence, command->start, sequence->beats, sequence->unused);
        sequence->next++;
    }
    return PEZO_OK;
}
