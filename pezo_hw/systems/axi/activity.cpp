// As in training: each perturbation three times, one command behind the other.
static const uint32_t BEATS = 0x48, COMMAND = 0x4C;
static int commands = 0;
static bool address_taken = false, data_taken = false, finished = false;

static void ask(Vtop &top, uint32_t address, uint32_t data) {
    top.s_axi_awaddr = address;
    top.s_axi_wdata = data;
    top.s_axi_awvalid = top.s_axi_wvalid = 1;
}

// Between the edges: takes back what the last edge took, and notes what the next one will take.
static void drive(Vtop &top) {
    if (address_taken) top.s_axi_awvalid = 0;
    if (data_taken) top.s_axi_wvalid = 0;
    if (finished) ask(top, COMMAND, commands++ % 3 != 0);
    top.eval();
    address_taken = top.s_axi_awvalid && top.s_axi_awready;
    data_taken = top.s_axi_wvalid && top.s_axi_wready;
    finished = top.m_axis_tvalid && top.m_axis_tready && top.m_axis_tlast;
}

static void prepare(Vtop &top) {
    top.s_axi_wstrb = 0xF;
    top.s_axi_bready = top.s_axi_rready = top.m_axis_tready = 1;
}

static void settle(Vtop &top) {
    for (int i = 0; i < @{lead}; ++i) step(top);
    ask(top, BEATS, @{beats});
    do {
        edge(top, false);
        drive(top);
        edge(top, true);
    } while (!top.s_axi_bvalid);
    step(top);
    ask(top, COMMAND, commands++ % 3 != 0);
    top.eval();
}
