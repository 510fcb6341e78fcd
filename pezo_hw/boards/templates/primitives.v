// What the board's shell instantiates, as far as it uses it. Written by hand from the ports that
// AMD's libraries guide (UG974) gives them.
`timescale 1ns / 1ps

module IBUFDS(input I, input IB, output O);
  assign O = (I & ~IB) ? 1'b1 : (~I & IB) ? 1'b0 : 1'bx;
endmodule

module IBUF(input I, output O);
  assign O = I;
endmodule

module OBUFT(input I, input T, output O);
  assign O = T ? 1'bz : I;
endmodule

module BUFG(input I, output O);
  assign O = I;
endmodule
