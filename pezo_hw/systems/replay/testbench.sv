// Self-checking testbench of @{top}: commands for new perturbations and for the same ones again, with
// random stalls, against the golden stream. Ends with PASS, or with $fatal at the first wrong beat.

module @{top}_tb;
  localparam BEATS = @{beats};
  localparam WIDTH = @{width};
  localparam COUNT = @{count};
  localparam LONGEST = @{longest};
  localparam LANES = @{lanes};
  // Bits of how many numbers of its last beat a command leaves over; a position is then a number.
  localparam UNUSED = @{unused};
  localparam STRIDE = UNUSED > 0 ? LANES : 1;

  reg clk = 1'b0;
  reg rst = 1'b1;
  reg take = 1'b0;
  reg ask = 1'b0;
  reg [COUNT+UNUSED:0] asked = 0;
  wire answered;
  wire valid;
  wire [WIDTH:0] shown;
  @{top} dut (
@{pins}
  );

  // Beats in the order of the perturbations, wherever in the stream each of these starts.
  reg [WIDTH-1:0] expected [0:BEATS-1];
  reg [15:0] noise = 16'hACE1;
  integer position = 0;
  integer mark = 0;
  integer left = 0;
  integer taken = 0;
  integer unused = 0;

@{stalls}
@{golden_beat}
  always @(posedge clk)
    if (ask && answered) begin
      if (asked[COUNT]) position <= mark;
      else mark <= position;
      left <= asked[COUNT-1:0] + 1;
    end else if (take && valid) begin
      if (shown[WIDTH-1:0] !== golden(position) || shown[WIDTH] !== (left == 1)) begin
        $display("FAIL: beat %0d is %h, and not %h", position / STRIDE, shown, golden(position));
        $fatal(1, "wrong beat");
      end
      position <= position + STRIDE - (left == 1 ? unused : 0);
      left <= left - 1;
      taken <= taken + 1;
    end

  task perturb(input integer beats, input again);
    begin
      ask = 1'b1;
      if (UNUSED > 0 && !again) unused = noise % LANES;
      asked = unused;
      asked = asked << 1 | again;
      asked = asked << COUNT | (beats - 1);
      while (!answered) @(negedge clk);
      @(negedge clk);
      ask = 1'b0;
      while (left != 0) @(negedge clk);
    end
  endtask

  integer length;
  initial begin
    repeat (3) @(negedge clk);
    rst = 1'b0;
    @(negedge clk);
@{commands}endmodule
