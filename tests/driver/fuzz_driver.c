/* Every function of the C driver on registers that hold anything.
 *
 *     fuzz_driver FILE SEED SECONDS [DEVICES]
 *
 * FILE has the constants of good devices, ten words of hexadecimal digits a line: registers 0x00 to
 * 0x24. Each round takes one of them, changes nothing, some fields' bits or everything, opens the
 * device, and calls all functions with a bus that answers as a device in a good mood, as a dead one
 * or at random. Buffers have exactly the size that pezo.h asks for. It prints what it has done; what
 * it should find is up to the sanitizers that it is compiled with. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "pezo.h"
#include "pezo_sequence.h"

enum { WORDS = 10, MOST_GOOD = 256, MOODS = 6, OUTCOMES = 16 };

static uint32_t good[MOST_GOOD][WORDS];
static unsigned goods;
static uint64_t state;
static uint64_t devices, opened, calls, accesses, outcomes[OUTCOMES];

static uint32_t draw(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 16);
}

static uint32_t below(uint32_t bound)
{
    return draw() % bound;
}

/* ------------------------------------------------------------------------------------- the bus */

struct registers {
    uint32_t constants[WORDS];
    unsigned mood;
};

static uint32_t willing(uint32_t offset)
{
    if (offset == 0x44u)
        return 0x11u; /* ready, load_ready */
    return offset == 0x5Cu ? below(8) == 0 ? 0u : 0x11u : 0u; /* done, load_done */
}

static uint32_t read_word(void *context, uint32_t offset)
{
    const struct registers *registers = (const struct registers *)context;
    accesses++;
    if (offset / 4u < WORDS && registers->mood != 5u)
        return registers->constants[offset / 4u];
    switch (registers->mood) {
    case 0: return willing(offset);
    case 1: return 0;
    case 2: return UINT32_MAX;
    case 3: return below(16) == 0 ? draw() : willing(offset);
    case 5: /* constants that never are what they were */
        if (offset < 0x08u)
            return registers->constants[offset / 4u];
        return offset / 4u < WORDS ? good[below(goods)][offset / 4u] : willing(offset);
    default: return draw();
    }
}

static void write_word(void *context, uint32_t offset, uint32_t value)
{
    (void)context;
    (void)value;
    accesses++;
    if (offset > 0x6Cu || (offset & 3u) != 0)
        abort();
}

/* ------------------------------------------------------------------------------- the constants */

static const uint32_t fields[][3] = {
    /* register, lowest bit, bits */
    {2, 0, 1},  {2, 1, 1},  {2, 4, 1},  {2, 5, 1},  {2, 6, 1},  {2, 7, 1},  {2, 8, 6}, {2, 16, 8},
    {2, 2, 1},  {2, 14, 1},
    {3, 0, 17}, {3, 24, 3}, {4, 0, 8},  {4, 8, 8},  {4, 16, 8}, {4, 24, 8}, {5, 0, 8}, {5, 8, 24},
    {6, 0, 32}, {7, 0, 32}, {8, 0, 24}, {8, 24, 8}, {9, 0, 8},  {9, 8, 8},  {9, 16, 8}, {9, 24, 8},
};

static void change_field(uint32_t *words)
{
    const uint32_t *field = fields[below(sizeof fields / sizeof *fields)];
    const uint32_t mask = (UINT32_MAX >> (32u - field[2])) << field[1];
    const uint32_t old = (words[field[0]] & mask) >> field[1];
    uint32_t value = draw();
    switch (below(4)) {
    case 0: value = old + 1u; break;
    case 1: value = old - 1u; break;
    case 2: value = old ^ (uint32_t)1 << below(field[2]); break;
    default: break;
    }
    words[field[0]] = (words[field[0]] & ~mask) | (value << field[1] & mask);
}

static void choose(struct registers *registers)
{
    uint32_t *words = registers->constants;
    unsigned word, changes;
    memcpy(words, good[below(goods)], sizeof registers->constants);
    registers->mood = below(MOODS);
    switch (below(8)) {
    case 0: break;
    case 1:
        for (word = 2; word < WORDS; word++)
            words[word] = draw();
        break;
    case 2:
        for (word = 2; word < WORDS; word++)
            if (below(2) == 0)
                words[word] = good[below(goods)][word];
        break;
    case 3: words[below(WORDS)] = draw(); break;
    default:
        for (changes = 1 + below(3); changes != 0; changes--)
            change_field(words);
    }
}

/* ----------------------------------------------------------------------------------- the calls */

static void *room(size_t bytes)
{
    void *memory = malloc(bytes == 0 ? 1 : bytes);
    if (memory == NULL)
        abort();
    return memory;
}

static void count(enum pezo_error error)
{
    calls++;
    if ((unsigned)error >= OUTCOMES || pezo_error_name(error)[0] != 'P')
        abort();
    outcomes[error]++;
}

/* Seeds that a bank can start from in all but one of four cases. */
static uint32_t *some_seeds(const struct pezo_config *config)
{
    uint32_t *seeds = (uint32_t *)room(config->depth * sizeof *seeds);
    const uint32_t period = UINT32_MAX >> (32u - config->number_bits);
    uint32_t rng;
    for (rng = 0; rng < config->depth; rng++)
        seeds[rng] = 1u + rng % period;
    if (below(4) == 0)
        seeds[below(config->depth)] = draw();
    return seeds;
}

static void load_seeds(struct pezo_device *device, const uint32_t *seeds)
{
    const struct pezo_config *config = &device->config;
    const double gains[] = {1.0, 0.72, 1e300, 1e-300, 0.0, -1.0, 1e-310};
    const struct pezo_scaling scaling = {below(2) == 0, gains[below(7)], below(11)};
    uint8_t *table = (uint8_t *)room((size_t)1 << config->number_bits);
    int32_t base = config->base;
    count(pezo_scale_table(config, seeds, &scaling, table, &base));
    count(pezo_load_seeds(device, seeds, &scaling, table, &base));
    calls += 2;
    (void)pezo_exponent(config, base);
    (void)pezo_exponent(config, config->base);
    free(table);
}

static void load_row(struct pezo_device *device)
{
    const struct pezo_config *config = &device->config;
    int32_t *numbers = (int32_t *)room(config->lanes * sizeof *numbers);
    const uint32_t row = below(4) == 0 ? draw() : below(config->depth);
    uint32_t lane;
    for (lane = 0; lane < config->lanes; lane++)
        numbers[lane] = (int32_t)below(4) - 2;
    if (below(4) == 0)
        numbers[below(config->lanes)] = (int32_t)(draw() >> 1) * (below(2) == 0 ? -1 : 1) - 1;
    count(pezo_load_row(device, row, numbers));
    count(pezo_load_start_row(device, row));
    free(numbers);
}

/* All numbers of a pool in copies; where a device is none, they are as many as its depth too. */
static void load_pool(struct pezo_device *device)
{
    const struct pezo_config *config = &device->config;
    int32_t *numbers = (int32_t *)room(config->depth * sizeof *numbers);
    const uint32_t start = below(4) == 0 ? draw() : below(config->depth);
    uint32_t index;
    for (index = 0; index < config->depth; index++)
        numbers[index] = (int32_t)below(4) - 2;
    if (below(4) == 0)
        numbers[below(config->depth)] = (int32_t)(draw() >> 1) * (below(2) == 0 ? -1 : 1) - 1;
    count(pezo_load_pool(device, numbers, start));
    count(pezo_load_start_number(device, start));
    free(numbers);
}

static void command(struct pezo_device *device)
{
    const struct pezo_config *config = &device->config;
    const uint64_t elements = (uint64_t)draw() << below(33);
    const uint64_t beats = below(2) == 0 ? draw() : pezo_beats_for(config, elements);
    uint32_t seen = 0;
    calls += 10;
    (void)pezo_beat_bytes(config);
    (void)pezo_fits_dma(config, beats, draw());
    (void)pezo_positions_a_beat(config);
    count(pezo_set_unused(device, below(4) == 0 ? draw() : pezo_unused_for(config, elements)));
    count(pezo_new(device, beats));
    count(pezo_replay(device, below(5)));
    count(pezo_wait(device));
    count(pezo_restart(device));
    (void)pezo_status(device);
    (void)pezo_perturbations(device);
    (void)pezo_transfers(device);
    (void)pezo_interrupts(device);
    pezo_clear_interrupts(device, draw());
    pezo_enable_interrupts(device, draw());
    count(pezo_wait_for(device, draw(), below(2) == 0 ? &seen : NULL));
    count(pezo_faults(device, &seen));
    count(pezo_set_reload(device, below(2) == 0));
}

/* A number of any magnitude. */
static uint64_t any_magnitude(void)
{
    return ((uint64_t)draw() << 32 | draw()) >> below(64);
}

/* The commands are all beats, each once, in order, none larger than the largest. */
static void check_commands(const struct pezo_sequence *sequence)
{
    const uint64_t number = pezo_commands(sequence), size = pezo_beat_bytes(&sequence->device->config);
    const uint64_t index = below(4) == 0 ? number - 1u : any_magnitude() % number;
    struct pezo_command command, next;
    if (!pezo_new_command(sequence, index, &command) || command.beats == 0 ||
        command.first_byte / size != command.first || command.size != command.beats * size ||
        command.size > pezo_largest_frame(sequence))
        abort();
    if (pezo_replay_command(sequence, index + 1u, &next)
            ? next.first != command.first + command.beats || index + 1u == number
            : command.first + command.beats != sequence->beats || index + 1u != number)
        abort();
}

/* Devices that load nothing have one command; whatever is given must end. */
static void sequence(struct pezo_device *device, const uint32_t *seeds)
{
    const uint32_t unused = below(2) == 0 ? 0 : below(device->config.lanes + 1u);
    const uint64_t most = below(2) == 0 ? UINT64_MAX : any_magnitude();
    struct pezo_sequence commands;
    struct pezo_command command;
    uint64_t index;
    const enum pezo_error error =
        pezo_begin_sequence(&commands, device, seeds, any_magnitude(), unused, most);
    count(error);
    if ((error == PEZO_OK) != (pezo_commands(&commands) != 0))
        abort();
    if (error != PEZO_OK) {
        if (pezo_new_command(&commands, 0, &command) || pezo_largest_frame(&commands) != 0)
            abort();
        return;
    }
    if (below(2) == 0)
        count(pezo_start_at(&commands, any_magnitude()));
    check_commands(&commands);
    for (index = 0; index < 3u && pezo_new_command(&commands, index, &command); index++)
        count(pezo_give(&commands, &command));
    if (pezo_new_command(&commands, pezo_commands(&commands) - 1u, &command))
        count(pezo_give(&commands, &command));
    if (pezo_replay_command(&commands, 0, &command))
        count(pezo_give(&commands, &command));
    calls += 6;
}

/* What a load or table of this device costs, so that no round takes long. */
static bool is_small(const struct pezo_config *config)
{
    const uint64_t table = (uint64_t)1 << config->number_bits;
    return config->family != PEZO__CAPABILITIES__FAMILY__ON_THE_FLY || table * (config->depth + config->number_bits) < 100000u;
}

static void round_of(struct registers *registers)
{
    const struct pezo_bus bus = {NULL, read_word, write_word, registers};
    struct pezo_device device;
    enum pezo_error error;
    uint32_t *seeds;
    memset(&device, 0xA5, sizeof device);
    error = pezo_probe(&device, &bus);
    count(error);
    devices++;
    opened += error == PEZO_OK;
    if ((error == PEZO_BAD_CONSTANT || error == PEZO_UNKNOWN_FAMILY) != (device.wrong.field != NULL))
        abort();
    /* Also where it was refused: a caller may overlook that. */
    device.polls = below(6);
    command(&device);
    load_row(&device);
    if (device.config.depth < 5000u)
        load_pool(&device);
    if (!is_small(&device.config))
        return;
    seeds = some_seeds(&device.config);
    count(pezo_load_phase(&device, (uint64_t)draw() << below(33), seeds));
    count(pezo_load_phase(&device, UINT64_MAX - below(3), NULL));
    count(pezo_load_position(&device, any_magnitude(), below(8) == 0 ? NULL : seeds));
    sequence(&device, seeds);
    if (below(8) == 0)
        load_seeds(&device, seeds);
    free(seeds);
}

/* ------------------------------------------------------------------------------------ the round */

static void read_good(const char *path)
{
    FILE *file = fopen(path, "r");
    unsigned word = 0;
    if (file == NULL)
        abort();
    while (goods < MOST_GOOD && fscanf(file, "%" SCNx32, &good[goods][word]) == 1)
        if (++word == WORDS) {
            word = 0;
            goods++;
        }
    fclose(file);
    if (goods == 0 || word != 0)
        abort();
}

int main(int argc, char **argv)
{
    struct registers registers;
    time_t end;
    uint64_t most;
    int error;
    if (argc < 4)
        return 2;
    read_good(argv[1]);
    state = strtoull(argv[2], NULL, 10) * 2u + 1u;
    end = time(NULL) + strtol(argv[3], NULL, 10);
    most = argc > 4 ? strtoull(argv[4], NULL, 10) : UINT64_MAX;
    while (devices < most && (devices % 64u != 0 || time(NULL) < end)) {
        choose(&registers);
        round_of(&registers);
    }
    printf("devices %" PRIu64 "\nopened %" PRIu64 "\ncalls %" PRIu64 "\naccesses %" PRIu64 "\n",
           devices, opened, calls, accesses);
    for (error = 0; pezo_error_name((enum pezo_error)error)[0] == 'P'; error++)
        printf("%s %" PRIu64 "\n", pezo_error_name((enum pezo_error)error), outcomes[error]);
    return 0;
}
