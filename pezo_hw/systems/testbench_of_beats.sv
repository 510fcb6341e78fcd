// Self-checking testbench of @{top}: the first @{beats} beats, with random stalls and a reset in
// mid-stream, against the golden stream. Ends with PASS, or with $fatal at the first wrong beat.

module @{top}_tb;
  localparam BEATS = @{beats};
  localparam WIDTH = @{width};

  reg clk = 1'b0;
  reg rst = 1'b1;
  reg take = 1'b0;
  wire valid;
  wire [WIDTH-1:0] shown;
  @{top} dut (
@{pins}
  );

  reg [WIDTH-1:0] expected [0:BEATS-1];
  reg [15:0] noise = 16'hACE1;
  integer beat = 0;

@{stalls}
  always @(posedge clk)
    if (rst) beat <= 0;
    else if (take && valid && beat < BEATS) begin
      if (shown !== expected[beat]) begin
        $display("FAIL: beat %0d is %h, and not %h", beat, shown, expected[beat]);
        $fatal(1, "wrong beat");
      end
      beat <= beat + 1;
    end

  initial begin
    repeat (3) @(negedge clk);
    rst = 1'b0;
    while (beat < BEATS / 2) @(negedge clk);
    rst = 1'b1;
    @(negedge clk);
    rst = 1'b0;
    @(negedge clk);
    while (beat < BEATS) @(negedge clk);
    $display("PASS: %0d beats of @{top}", BEATS);
    $finish;
  end

  initial begin
    repeat (16 * BEATS + 10000) @(negedge clk);
    $fatal(1, "FAIL: no beat comes any more");
  end
endmodule
