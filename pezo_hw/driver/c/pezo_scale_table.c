/* Seeds of a bank, and the scale table of new ones: a code for each state of RNG 0. */

#include "pezo_bank.h"

#include <math.h>

#define MOST_EXPONENTS 64u

int32_t pezo_state_frac(const struct pezo_config *config)
{
    return (int32_t)config->number_bits - (config->midrise ? 0 : 1);
}

bool pezo_are_seeds(const struct pezo_config *config, const uint32_t *seeds)
{
    uint32_t rng;
    if (seeds == NULL)
        return false;
    for (rng = 0; rng < config->depth; rng++)
        if (seeds[rng] == 0 || seeds[rng] > pezo_period(config))
            return false;
    return true;
}

/* What a norm becomes: everything in float64 that the golden model does, in its order. */
struct rounding {
    double expected; /* the norm of as many Gaussian numbers, on average */
    double gain;
    double threshold;
    int twice_frac;
};

static int exponent_of(const struct rounding *rounding, uint64_t sum_of_squares)
{
    const double norm = sqrt(ldexp((double)sum_of_squares, -rounding->twice_frac));
    int exponent;
    const double fraction = frexp(rounding->expected / norm / rounding->gain, &exponent);
    return exponent - 1 + (fraction >= rounding->threshold);
}

static struct rounding rounding_of(const struct pezo_config *config,
                                   const struct pezo_scaling *scaling)
{
    const double n = (double)config->depth;
    struct rounding rounding;
    rounding.expected = exp(0.5 * log(2.0) + (lgamma((n + 1.0) / 2.0) - lgamma(n / 2.0)));
    rounding.gain = scaling->gain;
    rounding.threshold = scaling->log_nearest ? sqrt(2.0) / 2.0 : 0.75;
    rounding.twice_frac = 2 * (int)pezo_state_frac(config);
    return rounding;
}

static uint64_t square_of(const struct pezo_config *config, uint32_t state)
{
    const uint32_t sign = (uint32_t)1 << (config->number_bits - 1u);
    const int64_t number = (int64_t)(state ^ sign) - (int64_t)sign;
    const int64_t mantissa = config->midrise ? 2 * number + 1 : number;
    return (uint64_t)(mantissa * mantissa);
}

static uint64_t sum_of_squares(const struct pezo_config *config, const struct pezo_map *jump,
                               const uint32_t *seeds)
{
    uint64_t sum = 0;
    uint32_t rng;
    for (rng = 0; rng < config->depth; rng++)
        sum += square_of(config, pezo_apply(jump, seeds[rng]));
    return sum;
}

/* The place of the codes among the exponents: the lowest where the most exponents have one. */
static uint32_t best_place(const uint32_t counts[MOST_EXPONENTS], uint32_t codes)
{
    uint32_t low = 0, high = MOST_EXPONENTS - 1u, place, best = 0, most = 0;
    while (counts[low] == 0)
        low++;
    while (counts[high] == 0)
        high--;
    if (high - low < codes)
        return low;
    for (place = low; place + codes <= high + 1u; place++) {
        uint32_t covered = 0, code;
        for (code = 0; code < codes; code++)
            covered += counts[place + code];
        if (covered > most) {
            most = covered;
            best = place;
        }
    }
    return best;
}

static bool is_scaling(const struct pezo_scaling *scaling)
{
    return scaling->code_bits >= 1 && scaling->code_bits <= 8 && scaling->gain >= 1e-300 &&
           scaling->gain <= 1e300;
}

/* With fixed-point output a code shifts, and a mantissa has room for so many places. */
static uint32_t highest_code(const struct pezo_config *config, uint32_t codes)
{
    const int32_t room = (int32_t)config->mantissa_bits - pezo_state_frac(config) - 1;
    return config->fixed_point ? (uint32_t)room : codes - 1u;
}

/* From exponents to codes; the highest of them. */
static uint32_t encode(const struct pezo_config *config, uint32_t lowest, uint32_t codes,
                       uint8_t *table)
{
    uint32_t state, found = 0;
    table[0] = 0;
    for (state = 1; state <= pezo_period(config); state++) {
        uint32_t code = table[state] > lowest ? table[state] - lowest : 0;
        if (code >= codes)
            code = codes - 1u;
        if (code > found)
            found = code;
        table[state] = (uint8_t)code;
    }
    return found;
}

enum pezo_error pezo_bank_scale_table(const struct pezo_config *config, const uint32_t *seeds,
                                      const struct pezo_scaling *scaling, uint8_t *table,
                                      int32_t *base)
{
    uint32_t counts[MOST_EXPONENTS] = {0};
    struct pezo_map jump = pezo_identity();
    struct rounding rounding;
    uint32_t lowest, codes, visited, bit;
    int least;
    if (config->constant || !pezo_are_seeds(config, seeds) || !is_scaling(scaling))
        return PEZO_BAD_ARGUMENT;
    rounding = rounding_of(config, scaling);
    /* The norm is largest where every number is, and no exponent is lower than its. */
    least = exponent_of(&rounding, (uint64_t)config->depth << (2 * pezo_state_frac(config)));
    /* All RNGs jump in lockstep: the norm is a function of RNG 0's state, whatever the steps. */
    for (visited = 0; visited < pezo_period(config); visited++) {
        const uint64_t sum = sum_of_squares(config, &jump, seeds);
        const uint32_t past = (uint32_t)(exponent_of(&rounding, sum) - least);
        table[pezo_apply(&jump, seeds[0])] = (uint8_t)past;
        counts[past]++;
        for (bit = 0; bit < config->number_bits; bit++)
            jump.columns[bit] = pezo_step(config, jump.columns[bit]);
    }
    codes = (uint32_t)1 << scaling->code_bits;
    lowest = best_place(counts, codes);
    *base = (int32_t)least + (int32_t)lowest;
    if (encode(config, lowest, codes, table) > highest_code(config, codes))
        return PEZO_BAD_ARGUMENT;
    return PEZO_OK;
}
