// Our own model of the DSP slice of UltraScale+ as Yosys uses it: a multiplier without registers.
//
// Written from AMD's user guide UG579: P is the product of the low 27 bits of A and of B, both in
// two's complement. Whatever else the primitive can do is an error: of the elaboration where a
// parameter asks for it, $fatal where a pin does.

// Parameters are compared as they come.
// verilator lint_off WIDTHEXPAND
// verilator lint_off WIDTHTRUNC

module DSP48E2 #(
    parameter integer ACASCREG = 1,
    parameter integer ADREG = 1,
    parameter integer ALUMODEREG = 1,
    parameter AMULTSEL = "A",
    parameter integer AREG = 1,
    parameter A_INPUT = "DIRECT",
    parameter integer BCASCREG = 1,
    parameter BMULTSEL = "B",
    parameter integer BREG = 1,
    parameter B_INPUT = "DIRECT",
    parameter integer CARRYINREG = 1,
    parameter integer CARRYINSELREG = 1,
    parameter integer CREG = 1,
    parameter integer DREG = 1,
    parameter integer INMODEREG = 1,
    parameter integer MREG = 1,
    parameter integer OPMODEREG = 1,
    parameter integer PREG = 1,
    parameter USE_MULT = "MULTIPLY",
    parameter USE_SIMD = "ONE48"
) (
    input [29:0] A,
    input [29:0] ACIN,
    input [3:0] ALUMODE,
    input [17:0] B,
    input [17:0] BCIN,
    input [47:0] C,
    input CARRYIN,
    input [2:0] CARRYINSEL,
    input [26:0] D,
    input [4:0] INMODE,
    input [8:0] OPMODE,
    output [47:0] P,
    input [47:0] PCIN
);
    localparam integer REGISTERS = ACASCREG + ADREG + ALUMODEREG + AREG + BCASCREG + BREG
        + CARRYINREG + CARRYINSELREG + CREG + DREG + INMODEREG + MREG + OPMODEREG + PREG;

    // A module that does not exist is an error to every tool, and its name says what is wrong.
    generate
        if (REGISTERS != 0) begin : registers
            pezo_no_model_of_a_dsp48e2_with_registers error();
        end
        if (AMULTSEL != "A" || A_INPUT != "DIRECT" || BMULTSEL != "B" || B_INPUT != "DIRECT"
            || USE_MULT != "MULTIPLY" || USE_SIMD != "ONE48") begin : inputs
            pezo_no_model_of_a_dsp48e2_of_this_mode error();
        end
    endgenerate

    wire is_product = ALUMODE == 0 && OPMODE == 9'h005 && INMODE == 0 && CARRYIN == 0
        && CARRYINSEL == 0;
    always @(is_product)
        if (is_product === 1'b0) $fatal(1, "DSP48E2: only products have a model");

    wire signed [47:0] a = {{21{A[26]}}, A[26:0]};
    wire signed [47:0] b = {{30{B[17]}}, B};
    assign P = a * b;
endmodule
