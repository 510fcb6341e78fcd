static void prepare(Vtop &top) { top.en = 1; }

static void settle(Vtop &top) {
    while (!top.valid) step(top);
}

static void drive(Vtop &) {}
