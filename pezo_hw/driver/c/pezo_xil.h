/* The device through AMD's own access functions, Xil_In32 and Xil_Out32, which bring the barriers
 * that a processor needs; without Linux, with the headers of a board support package.
 *
 *     #include "xparameters.h"
 *     struct pezo_bus bus = pezo_xil_bus(XPAR_PEZO_0_S_AXI_BASEADDR);
 *     if (pezo_probe(&device, &bus) == PEZO_OK)
 *         ...
 *
 * XPAR_PEZO_<n>_S_AXI_BASEADDR is what pezo.tcl has the board support package define; without it,
 * XPAR_<INSTANCE>_BASEADDR has the same value. Nothing is allocated.
 */

#ifndef PEZO_XIL_H
#define PEZO_XIL_H

#include "xil_io.h"

#include "pezo.h"

static inline uint32_t pezo_xil_read(void *context, uint32_t offset)
{
    return Xil_In32((UINTPTR)context + offset);
}

static inline void pezo_xil_write(void *context, uint32_t offset, uint32_t value)
{
    Xil_Out32((UINTPTR)context + offset, value);
}

/* The bus of the device at an address. */
static inline struct pezo_bus pezo_xil_bus(UINTPTR address)
{
    struct pezo_bus bus;
    bus.base = NULL;
    bus.read = pezo_xil_read;
    bus.write = pezo_xil_write;
    bus.context = (void *)address;
    return bus;
}

#endif /* PEZO_XIL_H */
