// Runs the clock until the Verilog says that it is over.
#include "Vtop.h"

int main() {
    VerilatedContext context;
    Vtop top{&context};
    while (!context.gotFinish()) {
        top.clk ^= 1;
        top.eval();
    }
    top.final();
}
