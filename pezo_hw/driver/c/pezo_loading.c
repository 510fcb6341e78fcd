/* How a load is carried through: begin, words with their check word, effect. */

#include "pezo_internal.h"

/* Rotates the lower 16 bits, the only ones that are set. */
static uint32_t rotated(uint32_t half, uint32_t places)
{
    return (half << places | half >> (16u - places)) & 0xFFFFu;
}

/* The check of a load's words, a word later. */
static uint32_t check_after(uint32_t check, uint32_t word)
{
    const uint32_t high = word >> 16;
    check = rotated(check, 8) ^ rotated(check, 5) ^ (check & 0x1Fu);
    return check ^ (word & 0xFFFFu) ^ high ^ rotated(high, 1);
}

/* A word of a part, and its check word. */
void pezo_write_word(const struct pezo_device *device, uint32_t *check, uint32_t word)
{
    *check = check_after(*check, word);
    PEZO_WRITE(device, LOAD_DATA, word);
}

void pezo_write_check_word(const struct pezo_device *device, uint32_t check)
{
    PEZO_WRITE(device, LOAD_DATA, check_after(check, 0) ^ PEZO_CHECK_START);
}

void pezo_begin_load(const struct pezo_device *device, uint32_t contents)
{
    pezo_clear_interrupts(device, PEZO__INTERRUPT_STATUS__LOAD_DONE_bm |
                                      PEZO__INTERRUPT_STATUS__LOAD_REFUSED_bm |
                                      PEZO__INTERRUPT_STATUS__DROPPED_bm);
    PEZO_WRITE(device, LOAD_CONTROL, contents);
}

static enum pezo_error error_among(uint32_t events)
{
    if (PEZO_IS_SET(events, PEZO__INTERRUPT_STATUS__LOAD_REFUSED))
        return PEZO_LOAD_REFUSED;
    return PEZO_IS_SET(events, PEZO__INTERRUPT_STATUS__DROPPED) ? PEZO_LOAD_DROPPED : PEZO_OK;
}

/* Until words are taken: at the beginning, and after each part has been checked. */
enum pezo_error pezo_await_words(const struct pezo_device *device)
{
    uint32_t poll = 0;
    do {
        const enum pezo_error error = error_among(pezo_interrupts(device));
        if (error != PEZO_OK)
            return error;
        if (PEZO_IS_SET(pezo_status(device), PEZO__STATUS__LOAD_READY))
            return PEZO_OK;
    } while (poll++ < device->polls);
    return PEZO_TIMED_OUT;
}

enum pezo_error pezo_await_effect(const struct pezo_device *device)
{
    uint32_t poll = 0;
    do {
        const uint32_t events = pezo_interrupts(device);
        const enum pezo_error error = error_among(events);
        if (error != PEZO_OK)
            return error;
        if (PEZO_IS_SET(events, PEZO__INTERRUPT_STATUS__LOAD_DONE))
            return PEZO_OK;
    } while (poll++ < device->polls);
    return PEZO_TIMED_OUT;
}
