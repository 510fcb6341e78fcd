// Thirty-one numbers of 8 bits and their exponent's code, whenever somebody takes them.
module perturbed (
  input clk,
  input rst,
  input take,
  output valid,
  output [249:0] beat
);
  noise noise (
    .clk(clk),
    .rst(rst),
    .o__ready(take),
    .o__valid(valid),
    .o__payload(beat)
  );
endmodule
