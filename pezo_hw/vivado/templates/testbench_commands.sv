    length = @{first};
    while (position / STRIDE + length + (UNUSED > 0) <= BEATS && length <= LONGEST) begin
      perturb(length, 1'b0);
      perturb(length, 1'b1);
      perturb(length, 1'b1);
      length = length + @{more};
    end
    $display("PASS: %0d beats of @{top}", taken);
    $finish;
  end

  initial begin
    repeat (64 * BEATS + 10000) @(negedge clk);
    $fatal(1, "FAIL: no beat comes any more");
  end
