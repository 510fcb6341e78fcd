// The whole project at the pins of a ZCU102: a differential clock, two buttons, a switch, and five
// LEDs. Written by hand, in Verilog alone, for any simulator. Everything changes between two rising
// edges. Macros: RUN, the clock cycles of a run, to its verdict and a little longer; OWN_CLOCK,
// where the simulator is to make the clock; UPSET, an expression for one bit inside, which wakes up
// inverted.
`timescale 1ns / 1ps

module board (
    input wire clk
);
  localparam PRESSED = 8;

  reg button = 1'b0;
  reg reset = 1'b0;
  reg switch = 1'b0;
  wire [4:0] led;
  integer run = 0;
  integer cycle = 0;

  top dut (
      .clk125_0__p(clk),
      .clk125_0__n(~clk),
      .button_center_0__io(button),
      .rst_0__io(reset),
      .switch_0__io(switch),
      .led_0__io(led[0]),
      .led_1__io(led[1]),
      .led_2__io(led[2]),
      .led_3__io(led[3]),
      .led_4__io(led[4])
  );

  task show;
    $display("led %b%b%b-%b", led[0], led[1], led[2], led[4]);
  endtask

  always @(negedge clk) begin
    cycle <= cycle + 1;
`ifdef UPSET
    if (run == 0 && cycle == 0) `UPSET = ~`UPSET;
`endif
    // Power-up, and later a button that is held: two edges until it is seen, one until it is shown.
    if (cycle == PRESSED - 1) show;
    if (cycle == PRESSED) begin
      button <= 1'b0;
      reset  <= 1'b0;
    end
    if (cycle == PRESSED + `RUN) begin
      show;
      run   <= run + 1;
      cycle <= 0;
      switch <= run == 0;
      button <= run == 0;
      reset  <= run == 1;
      if (run == 2) $finish;
    end
  end
endmodule

`ifdef OWN_CLOCK
module clocked;
  reg clk = 1'b0;

  always #4 clk = ~clk;

  board board (.clk(clk));
endmodule
`endif
