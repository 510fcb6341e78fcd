/* Sequences of the C driver, as text.
 *
 * Each line of standard input is a device, ten words of hexadecimal digits (registers 0x00 to 0x24),
 * and the numbers of a sequence: beats, unused, most_beats, whether there is a position, and that.
 * The bus answers as a device that is ready for everything. It prints what there is to see: commands
 * by their numbers, and every write of a register where one is given. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "pezo_sequence.h"

enum { WORDS = 10, FEW = 5 };

static uint32_t constants[WORDS];

static uint32_t read_word(void *context, uint32_t offset)
{
    (void)context;
    return offset / 4u < WORDS ? constants[offset / 4u] : 0x11u;
}

static void write_word(void *context, uint32_t offset, uint32_t value)
{
    (void)context;
    printf("write %" PRIu32 " %" PRIu32 "\n", offset, value);
}

static void must(enum pezo_error error)
{
    if (error == PEZO_OK)
        return;
    printf("failed %s\n", pezo_error_name(error));
    exit(1);
}

static void show(const struct pezo_sequence *sequence, uint64_t index)
{
    struct pezo_command command;
    if (pezo_new_command(sequence, index, &command))
        printf("command %" PRIu64 " %" PRIu32 " %" PRIu64 " %" PRIu64 "\n", index, command.beats,
               command.first_byte, command.size);
}

static void give_new(struct pezo_sequence *sequence, uint64_t first, uint64_t end)
{
    struct pezo_command command;
    for (; first < end && pezo_new_command(sequence, first, &command); first++)
        must(pezo_give(sequence, &command));
    printf("position %" PRIu64 "\n", sequence->position);
}

static void give_again(struct pezo_sequence *sequence, uint64_t first, uint64_t end)
{
    struct pezo_command command;
    for (; first < end && pezo_replay_command(sequence, first, &command); first++)
        must(pezo_give(sequence, &command));
    printf("position %" PRIu64 "\n", sequence->position);
}

static void tell(struct pezo_sequence *sequence)
{
    const uint64_t number = pezo_commands(sequence);
    uint64_t index;
    printf("sequence %" PRIu64 " %" PRIu64 " %d\n", number, pezo_largest_frame(sequence),
           sequence->loads);
    for (index = 0; index < FEW; index++)
        show(sequence, index);
    show(sequence, number - 1u);
    if (number > FEW) { /* its two ends */
        give_new(sequence, 0, 1);
        give_new(sequence, number - 1u, number);
        give_again(sequence, number - 1u, number);
        return;
    }
    give_again(sequence, 0, number); /* before any */
    give_new(sequence, 0, 1);        /* broken off, where that was not all */
    give_again(sequence, 0, number);
    give_new(sequence, 0, number);
    give_new(sequence, 0, number);
}

int main(void)
{
    const struct pezo_bus bus = {NULL, read_word, write_word, NULL};
    struct pezo_sequence sequence;
    struct pezo_device device;
    uint64_t beats, most_beats, position;
    uint32_t unused, has_position, word, rng;
    while (scanf("%" SCNx32, &constants[0]) == 1) {
        enum pezo_error error;
        uint32_t *seeds;
        for (word = 1; word < WORDS; word++)
            if (scanf("%" SCNx32, &constants[word]) != 1)
                return 2;
        if (scanf("%" SCNu64 "%" SCNu32 "%" SCNu64 "%" SCNu32 "%" SCNu64, &beats, &unused,
                  &most_beats, &has_position, &position) != 5)
            return 2;
        must(pezo_probe(&device, &bus));
        seeds = (uint32_t *)malloc(device.config.depth * sizeof *seeds);
        if (seeds == NULL)
            return 2;
        for (rng = 0; rng < device.config.depth; rng++)
            seeds[rng] = rng + 1u;
        error = pezo_begin_sequence(&sequence, &device, seeds, beats, unused, most_beats);
        if (error == PEZO_OK && has_position)
            error = pezo_start_at(&sequence, position);
        if (error == PEZO_OK)
            tell(&sequence);
        printf("end %s\n", pezo_error_name(error));
        free(seeds);
    }
    return 0;
}
