// A harness that knows nothing but the pins: it resets, stalls at random, resets once in mid-stream,
// and prints every beat that is taken. Written by hand, in Verilog alone, for any simulator.
// OWN_CLOCK: where the simulator is to make the clock.
`timescale 1ns / 1ps

module harness (
    input wire clk
);
  reg rst = 1'b1;
  reg en = 1'b0;
  wire valid;
  wire [`MANTISSA_BITS-1:0] mantissa;
`ifdef CODE_BITS
  wire [`CODE_BITS-1:0] code;
`else
  wire code = 1'b0;
`endif
  integer edges = 0;
  integer stalled = 32'h2545f491;

  `TOP dut (
      .clk(clk),
      .rst(rst),
      .en(en),
      .valid(valid),
`ifdef CODE_BITS
      .code(code),
`endif
      .mantissa(mantissa)
  );

  always @(negedge clk) begin
    stalled = stalled ^ (stalled << 13);
    stalled = stalled ^ (stalled >>> 17);
    stalled = stalled ^ (stalled << 5);
    rst <= edges < 3 || edges == `RESET_AT;
    en <= stalled[1:0] != 2'b00;
    edges <= edges + 1;
    if (edges == `EDGES) $finish;
  end

  always @(posedge clk) begin
    if (rst) $display("reset");
    else if (en & valid) $display("beat %h %h", code, mantissa);
  end
endmodule

`ifdef OWN_CLOCK
module clocked;
  reg clk = 1'b0;

  always #5 clk = ~clk;

  harness harness (.clk(clk));
endmodule
`endif
