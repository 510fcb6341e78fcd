// A self-test through its pins alone: five runs, the verdict of each and the cycle it came in.
// Written by hand, in Verilog alone, for any simulator. There is no reset: the first run begins at
// power-up. Macros: TOP; MOST, after how many cycles a run is given up; UPSET, an expression for
// one bit inside the device, which is inverted once in the middle of the fourth run; UPSET_AT, how
// many cycles after its start.
`timescale 1ns / 1ps

module harness;
  reg clk = 1'b0;
  reg start = 1'b0;
  reg flip = 1'b0;
  wire running;
  wire passed;
  wire failed;
  wire injected;
  wire heartbeat;
  integer cycles = 0;
  integer run = 0;

  `TOP dut (
      .clk(clk),
      .rst(1'b0),
      .start(start),
      .flip(flip),
      .running(running),
      .passed(passed),
      .failed(failed),
      .injected(injected),
      .heartbeat(heartbeat)
  );

  always #5 clk = ~clk;

  task press;
    begin
      // A button that bounces.
      start = 1'b1;
      repeat (3) @(negedge clk);
      start = 1'b0;
      repeat (2) @(negedge clk);
      start = 1'b1;
      @(negedge clk);
      start = 1'b0;
    end
  endtask

  task watch;
    begin
      cycles = 0;
      while (running && cycles < `MOST) begin
        if (run == 3 && cycles == `UPSET_AT) `UPSET = ~`UPSET;
        @(negedge clk);
        cycles = cycles + 1;
      end
      $display("run %0d cycles %0d running %b passed %b failed %b injected %b",
               run, cycles, running, passed, failed, injected);
      repeat (20) @(negedge clk);
      $display("later %0d running %b passed %b failed %b injected %b",
               run, running, passed, failed, injected);
      run = run + 1;
    end
  endtask

  initial begin
    #1 watch;
    press;
    watch;
    flip = 1'b1;
    press;
    watch;
    flip = 1'b0;
    press;
    watch;
    press;
    watch;
    $finish;
  end
endmodule
