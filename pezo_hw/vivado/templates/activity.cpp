// Runs @{top} at full throughput and records how often each net switches.
// Arguments: the SAIF file, clock cycles, picoseconds of each.
#include "Vtop.h"
#include "verilated_saif_c.h"
#include <cstdint>
#include <cstdlib>

static void edge(Vtop &top, bool level) {
    top.@{clock} = level;
    top.eval();
}

static void step(Vtop &top) {
    edge(top, false);
    edge(top, true);
}

@{driver}
int main(int, char **arguments) {
    VerilatedContext context;
    context.traceEverOn(true);
    Vtop top{&context, "@{scope}"};
    VerilatedSaifC saif;
    top.trace(&saif, 99);
    const uint64_t cycles = std::strtoull(arguments[2], nullptr, 10);
    const uint64_t period = std::strtoull(arguments[3], nullptr, 10);

@{idle}    prepare(top);
    top.@{reset} = @{reset_active};
    for (int i = 0; i < 4; ++i) step(top);
    top.@{reset} = @{reset_idle};
    settle(top);

    saif.open(arguments[1]);
    saif.dump(0);
    for (uint64_t cycle = 0; cycle < cycles; ++cycle) {
        edge(top, false);
        saif.dump(cycle * period + period / 2);
        if (cycle + 1 < cycles) {
            drive(top);
            edge(top, true);
        }
        saif.dump((cycle + 1) * period);
    }
    saif.close();
    top.final();
}
