// As in training: each perturbation three times, one command behind the other.
// Verilator spells __ in a name as ___05F.
static int commands = 0;

static void prepare(Vtop &top) {
    top.o___05Fready = 1;
    top.command___05Fvalid = 0;
    top.command___05Fpayload = @{beats} - 1;
}

static void settle(Vtop &top) {
    while (!top.command___05Fready) step(top);
    top.command___05Fvalid = 1;
    top.eval();
}

// Between the edges: what is offered was taken at the next one if it is ready now.
static void drive(Vtop &top) {
    const uint64_t again = commands % 3 != 0;
    top.command___05Fpayload = again << @{count} | (@{beats} - 1);
    commands += top.command___05Fready;
}
