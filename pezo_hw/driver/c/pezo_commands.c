/* Commands, and what the device reports of them. */

#include "pezo_internal.h"

static enum pezo_error command(const struct pezo_device *device, uint64_t beats, uint32_t replay)
{
    uint32_t poll = 0;
    if (beats == 0 || beats > device->config.most_beats)
        return PEZO_BAD_ARGUMENT;
    PEZO_WRITE(device, BEATS, (uint32_t)beats);
    do {
        const uint32_t status = pezo_status(device);
        if (PEZO_IS_SET(status, PEZO__STATUS__LOAD_NEEDED) &&
            !PEZO_IS_SET(status, PEZO__STATUS__LOAD_BUSY))
            return PEZO_LOAD_NEEDED;
        if (!PEZO_IS_SET(status, PEZO__STATUS__READY))
            continue;
        pezo_clear_interrupts(device, PEZO__INTERRUPT_STATUS__DONE_bm |
                                          PEZO__INTERRUPT_STATUS__DROPPED_bm);
        PEZO_WRITE(device, COMMAND, replay);
        /* A reload after a fault may have begun between the two. */
        if (!PEZO_IS_SET(pezo_interrupts(device), PEZO__INTERRUPT_STATUS__DROPPED))
            return PEZO_OK;
    } while (poll++ < device->polls);
    return PEZO_TIMED_OUT;
}

enum pezo_error pezo_new(const struct pezo_device *device, uint64_t beats)
{
    return command(device, beats, 0);
}

enum pezo_error pezo_replay(const struct pezo_device *device, uint64_t beats)
{
    return command(device, beats, PEZO__COMMAND__REPLAY_bm);
}

enum pezo_error pezo_set_unused(const struct pezo_device *device, uint32_t unused)
{
    if (!device->config.unused)
        return PEZO_UNSUPPORTED;
    if (unused >= device->config.lanes)
        return PEZO_BAD_ARGUMENT;
    PEZO_WRITE(device, UNUSED, unused);
    return PEZO_OK;
}

enum pezo_error pezo_wait(const struct pezo_device *device)
{
    uint32_t poll = 0;
    do {
        if (!PEZO_IS_SET(pezo_status(device), PEZO__STATUS__BUSY))
            return PEZO_OK;
    } while (poll++ < device->polls);
    return PEZO_TIMED_OUT;
}

enum pezo_error pezo_restart(const struct pezo_device *device)
{
    PEZO_WRITE(device, CONTROL, PEZO__CONTROL__RESTART_bm);
    return pezo_wait(device);
}

/* -------------------------------------------------------------------------------------- reports */

uint32_t pezo_status(const struct pezo_device *device)
{
    return PEZO_READ(device, STATUS);
}

uint32_t pezo_perturbations(const struct pezo_device *device)
{
    return PEZO_READ(device, PERTURBATIONS);
}

uint32_t pezo_transfers(const struct pezo_device *device)
{
    return PEZO_READ(device, TRANSFERS);
}

uint32_t pezo_interrupts(const struct pezo_device *device)
{
    return PEZO_READ(device, INTERRUPT_STATUS);
}

void pezo_clear_interrupts(const struct pezo_device *device, uint32_t which)
{
    PEZO_WRITE(device, INTERRUPT_STATUS, which);
}

void pezo_enable_interrupts(const struct pezo_device *device, uint32_t which)
{
    PEZO_WRITE(device, INTERRUPT_ENABLE, which);
}

enum pezo_error pezo_wait_for(const struct pezo_device *device, uint32_t which, uint32_t *seen)
{
    uint32_t poll = 0;
    do {
        const uint32_t events = pezo_interrupts(device) & which;
        if (events == 0)
            continue;
        pezo_clear_interrupts(device, events);
        if (seen != NULL)
            *seen = events;
        return PEZO_OK;
    } while (poll++ < device->polls);
    return PEZO_TIMED_OUT;
}

enum pezo_error pezo_faults(const struct pezo_device *device, uint32_t *faults)
{
    if (!device->config.health)
        return PEZO_UNSUPPORTED;
    *faults = PEZO_FIELD(PEZO_READ(device, HEALTH), PEZO__HEALTH__FAULTS);
    return PEZO_OK;
}

enum pezo_error pezo_set_reload(const struct pezo_device *device, bool reload)
{
    if (!device->config.reload)
        return PEZO_UNSUPPORTED;
    PEZO_WRITE(device, HEALTH, reload ? PEZO__HEALTH__RELOAD_bm : 0);
    return PEZO_OK;
}
