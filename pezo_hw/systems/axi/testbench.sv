// Self-checking testbench of @{top}: frames of new perturbations and of the same ones again, with
// random stalls, against the golden stream. Ends with PASS, or with $fatal at the first wrong beat.

module @{top}_tb;
  localparam BEATS = @{beats};
  localparam WIDTH = @{width};
  localparam LONGEST = @{longest};
  localparam LANES = @{lanes};
  // Bits of how many numbers of its last beat a command leaves over; a position is then a number.
  localparam UNUSED = @{unused};
  localparam STRIDE = UNUSED > 0 ? LANES : 1;

  reg clk = 1'b0;
  reg rst = 1'b1;
  reg take = 1'b0;
  reg [11:0] address = 0;
  reg address_valid = 1'b0;
  wire address_ready;
  reg [31:0] data = 0;
  reg data_valid = 1'b0;
  wire data_ready;
  wire [1:0] response;
  wire answered;
  wire valid;
  wire [WIDTH-1:0] shown;
  wire first;
  wire last;
  @{top} dut (
@{pins}
  );

  // Beats in the order of the perturbations, wherever in the stream each of these starts.
  reg [WIDTH-1:0] expected [0:BEATS-1];
  reg [15:0] noise = 16'hACE1;
  reg address_taken = 1'b0;
  reg data_taken = 1'b0;
  reg done = 1'b0;
  reg begins = 1'b0;
  reg again = 1'b0;
  integer beats = 0;
  integer position = 0;
  integer mark = 0;
  integer left = 0;
  integer taken = 0;
  integer unused = 0;

@{stalls}
@{golden_beat}
  always @(posedge clk) begin
    address_taken <= address_valid && address_ready;
    data_taken <= data_valid && data_ready;
    done <= answered;
    if (answered && response != 2'b00) $fatal(1, "FAIL: a write is refused");
    if (begins) begin
      if (again) position <= mark;
      else mark <= position;
      left <= beats;
    end else if (take && valid) begin
      if (shown !== golden(position) || last !== (left == 1)@{first}) begin
        $display("FAIL: beat %0d is %h, and not %h", position / STRIDE, shown, golden(position));
        $fatal(1, "wrong beat");
      end
      position <= position + STRIDE - (left == 1 ? unused : 0);
      left <= left - 1;
      taken <= taken + 1;
    end
  end

  task write(input [11:0] to, input [31:0] value);
    begin
      address = to;
      data = value;
      address_valid = 1'b1;
      data_valid = 1'b1;
      while (address_valid || data_valid) begin
        @(negedge clk);
        if (address_taken) address_valid = 1'b0;
        if (data_taken) data_valid = 1'b0;
      end
      while (!done) @(negedge clk);
    end
  endtask

  // BEATS and UNUSED, then COMMAND: what is asked for is known before the first beat can come.
  task perturb(input integer count, input same);
    begin
      write(12'h048, count);
      if (UNUSED > 0) begin
        if (!same) unused = noise % LANES;
        write(12'h06C, unused);
      end
      beats = count;
      again = same;
      begins = 1'b1;
      @(negedge clk);
      begins = 1'b0;
      write(12'h04C, same);
      while (left != 0) @(negedge clk);
    end
  endtask

  integer length;
  initial begin
    repeat (3) @(negedge clk);
    rst = 1'b0;
    repeat (@{lead}) @(negedge clk);
@{commands}endmodule
