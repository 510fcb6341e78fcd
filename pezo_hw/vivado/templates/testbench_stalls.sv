  initial $readmemh("@{golden}", expected);

  // A waveform where one is asked for: +dump=FILE.vcd.
  string dump;
  initial
    if ($value$plusargs("dump=%s", dump)) begin
      $dumpfile(dump);
      $dumpvars(0, @{top}_tb);
    end

  always #1 clk = ~clk;

  // Inputs move at the falling edge, so that nothing depends on who comes first at the rising one.
  always @(negedge clk) begin
    noise <= {noise[14:0], noise[15] ^ noise[13] ^ noise[12] ^ noise[10]};
    take <= noise[0];
  end
