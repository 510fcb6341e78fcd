// The whole project at the pins of the package: a differential clock, two buttons that are pressed
// when they like, a switch, and five LEDs. Written by hand, in Verilog alone. Macros: ORBIT, in
// cycles; UPSET, an expression for one bit inside, which leaves configuration inverted.
`timescale 1ns / 1ps

module harness;
  reg clk = 1'b0;
  reg button = 1'b0;
  reg reset = 1'b0;
  reg switch = 1'b0;
  wire [4:0] led;

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

  always #4 clk = ~clk;

  task show;
    begin
      // Past the verdict: eight nanoseconds a cycle.
      #(8 * (`ORBIT + 100));
      $display("passed %b failed %b running %b injected %b", led[0], led[1], led[2], led[4]);
    end
  endtask

  initial begin
    #1 `UPSET = ~`UPSET;
    #19 $display("passed %b failed %b running %b injected %b", led[0], led[1], led[2], led[4]);
    show;
    switch = 1'b1;
    #101 button = 1'b1;
    #57 $display("passed %b failed %b running %b injected %b", led[0], led[1], led[2], led[4]);
    #1 button = 1'b0;
    show;
    switch = 1'b0;
    #103 reset = 1'b1;
    #57 reset = 1'b0;
    show;
    $finish;
  end
endmodule
