// A self-test through its pins alone: five runs, the verdict of each and the cycle it came in.
// Written by hand, in Verilog alone, for any simulator. There is no reset: the first run begins at
// power-up. Macros: TOP; MOST, after how many cycles a run is given up; UPSET, an expression for
// one bit inside the device, which is inverted once in the middle of the fourth run; UPSET_AT, how
// many cycles after its start; OWN_CLOCK, where the simulator is to make the clock.
`timescale 1ns / 1ps

module harness (
    input wire clk
);
  localparam WATCH = 0;
  localparam LATER = 1;
  localparam PRESS = 2;

  reg start = 1'b0;
  reg flip = 1'b0;
  wire running;
  wire passed;
  wire failed;
  wire injected;
  wire heartbeat;
  reg awake = 1'b0;
  integer phase = WATCH;
  integer edges = 0;
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

  // The clock's first level may itself be seen as a falling edge.
  always @(posedge clk) awake <= 1'b1;

  // A button that bounces: pressed for three edges, let go for two, pressed for one.
  always @(negedge clk) if (awake) begin
    edges = edges + 1;
    case (phase)
      WATCH: begin
        if (edges < `MOST && running) begin
          if (run == 3 && edges == `UPSET_AT) `UPSET = ~`UPSET;
        end else begin
          $display("run %0d cycles %0d running %b passed %b failed %b injected %b",
                   run, edges, running, passed, failed, injected);
          phase = LATER;
          edges = 0;
        end
      end
      LATER: begin
        if (edges == 20) begin
          $display("later %0d running %b passed %b failed %b injected %b",
                   run, running, passed, failed, injected);
          run = run + 1;
          if (run == 5) $finish;
          flip  = run == 2;
          start = 1'b1;
          phase = PRESS;
          edges = 0;
        end
      end
      default: begin
        start = edges == 5 || edges < 3;
        if (edges == 6) begin
          phase = WATCH;
          edges = 0;
        end
      end
    endcase
  end
endmodule

`ifdef OWN_CLOCK
module clocked;
  reg clk = 1'b0;

  always #5 clk = ~clk;

  harness harness (.clk(clk));
endmodule
`endif
