// Our own models of the block RAMs of UltraScale+, in every mode that Yosys maps a memory to.
//
// Written from AMD's user guide UG573. Addresses count in data bits. A word of 9 bits or more has a
// parity bit for each byte; INIT holds the data and INITP the parity bits of all words in order.
// Both ports read and write at clock edges with their enable high. Of a word, each byte is written
// whose bit of the write enables is high, a word of less than a byte with the lowest; bits beyond
// the word have no say. A port that writes reads the word as it was (READ_FIRST), as it becomes
// (WRITE_FIRST), or not at all (NO_CHANGE). Where RSTRAM is high, SRVAL is read instead. The widest
// words take the pins of both ports: port A reads them, port B writes them.
//
// Both ports must have one clock. X is what the guide leaves undefined: bits that one port reads
// and the other writes, unless that one is READ_FIRST; bits that both write; and the outputs before
// the first read (INIT_A and INIT_B are not looked at, so that nothing can depend on them).
// Whatever else the primitives can do is an error: of the elaboration where a parameter asks for
// it, $fatal where a pin does.

// Strings and addresses are compared and cut as they come.
// verilator lint_off WIDTHEXPAND
// verilator lint_off WIDTHTRUNC

// One port. A line is what lies beside the widest word's address: its data, and the parity above.
module pezo_ramb_port #(
    parameter integer BYTES = 4, // of a line
    parameter integer READ_WIDTH = 0,
    parameter integer WRITE_WIDTH = 0,
    parameter MODE = "NO_CHANGE",
    parameter [BYTES * 9 - 1:0] SRVAL = 0 // a word, the parity above the data
) (
    input clk,
    input en,
    input rst,
    input [$clog2(BYTES) + 2:0] address, // within the line
    input [BYTES - 1:0] write_en,
    input [BYTES * 8 - 1:0] data_in,
    input [BYTES - 1:0] parity_in,
    input [BYTES * 9 - 1:0] line, // as it is,
    input [BYTES * 9 - 1:0] unknown, // and which bits of it the other port makes undefined
    output [BYTES * 9 - 1:0] written, // as this port writes it,
    output [BYTES * 9 - 1:0] mask, // and which bits of it are written
    output [BYTES * 8 - 1:0] data,
    output [BYTES - 1:0] parity
);
    localparam integer BITS = BYTES * 8;
    localparam integer PLACE_BITS = $clog2(BITS);
    localparam integer READ_PARITY = READ_WIDTH / 9;
    localparam integer READ_BITS = READ_WIDTH - READ_PARITY;
    localparam integer WRITE_PARITY = WRITE_WIDTH / 9;
    localparam integer WRITE_BITS = WRITE_WIDTH - WRITE_PARITY;

    // A module that does not exist is an error to every tool, and its name says what is wrong.
    genvar i;
    generate
        if (MODE != "READ_FIRST" && MODE != "WRITE_FIRST" && MODE != "NO_CHANGE")
            pezo_ramb_has_no_such_write_mode error ();

        if (WRITE_WIDTH == 0) begin : writes_nothing
            assign written = 0;
            assign mask = 0;
        end else begin : writes
            localparam integer SHIFT = $clog2(WRITE_BITS);
            wire [PLACE_BITS - 1:0] place = address >> SHIFT << SHIFT;
            wire [BITS - 1:0] enabled;
            wire [BYTES - 1:0] parity_enabled;
            for (i = 0; i < BITS; i = i + 1) begin : bits
                assign enabled[i] = i < WRITE_BITS ? write_en[i / 8] : 1'b0;
            end
            for (i = 0; i < BYTES; i = i + 1) begin : bytes
                assign parity_enabled[i] = i < WRITE_PARITY ? write_en[i] : 1'b0;
            end
            assign written = {parity_in << (place / 8), data_in << place};
            assign mask = {parity_enabled << (place / 8), enabled << place} & {BYTES * 9{en}};
        end

        if (READ_WIDTH == 0) begin : reads_nothing
            assign data = {BITS{1'bx}};
            assign parity = {BYTES{1'bx}};
        end else begin : reads
            localparam integer SHIFT = $clog2(READ_BITS);
            wire [PLACE_BITS - 1:0] place = address >> SHIFT << SHIFT;
            wire [BYTES * 9 - 1:0] known =
                MODE == "WRITE_FIRST" ? line & ~mask | written & mask : line;
            wire [BYTES * 9 - 1:0] source = known & ~unknown | {BYTES * 9{1'bx}} & unknown;
            wire [BITS - 1:0] word = source[BITS - 1:0] >> place;
            wire [BYTES - 1:0] word_parity = source[BYTES * 9 - 1:BITS] >> (place / 8);
            // A port that writes another width is enabled by all of its write enables as well.
            wire reading = en & (MODE != "NO_CHANGE" | rst | ~|write_en);

            reg [READ_BITS - 1:0] data_read;
            always @(posedge clk)
                if (reading) data_read <= rst ? SRVAL[READ_BITS - 1:0] : word[READ_BITS - 1:0];
            assign data[READ_BITS - 1:0] = data_read;
            if (READ_BITS < BITS) assign data[BITS - 1:READ_BITS] = {BITS - READ_BITS{1'bx}};

            if (READ_PARITY != 0) begin : with_parity
                reg [READ_PARITY - 1:0] parity_read;
                always @(posedge clk)
                    if (reading)
                        parity_read <= rst ? SRVAL[READ_WIDTH - 1:READ_BITS]
                                           : word_parity[READ_PARITY - 1:0];
                assign parity[READ_PARITY - 1:0] = parity_read;
            end
            if (READ_PARITY < BYTES)
                assign parity[BYTES - 1:READ_PARITY] = {BYTES - READ_PARITY{1'bx}};
        end
    endgenerate
endmodule

// Both ports, and the memory between them: 18 Kbit with 4 bytes a line, 36 Kbit with 8. The pins are
// the primitives' own, of half a line each; write_en_b is of a whole one.
module pezo_ramb #(
    parameter integer BYTES = 4,
    parameter integer DOA_REG = 0,
    parameter integer DOB_REG = 0,
    parameter integer READ_WIDTH_A = 0,
    parameter integer READ_WIDTH_B = 0,
    parameter integer WRITE_WIDTH_A = 0,
    parameter integer WRITE_WIDTH_B = 0,
    parameter WRITE_MODE_A = "NO_CHANGE",
    parameter WRITE_MODE_B = "NO_CHANGE",
    parameter [BYTES * 9 / 2 - 1:0] SRVAL_A = 0,
    parameter [BYTES * 9 / 2 - 1:0] SRVAL_B = 0,
    parameter [BYTES * 4096 - 1:0] DATA = 0,
    parameter [BYTES * 512 - 1:0] PARITY = 0
) (
    input clk_a,
    input clk_b,
    input en_a,
    input en_b,
    input rst_a,
    input rst_b,
    input unmodelled, // what the primitive's other pins ask for
    input [$clog2(BYTES) + 11:0] address_a,
    input [$clog2(BYTES) + 11:0] address_b,
    input [BYTES / 2 - 1:0] write_en_a,
    input [BYTES - 1:0] write_en_b,
    input [BYTES * 4 - 1:0] data_in_a,
    input [BYTES * 4 - 1:0] data_in_b,
    input [BYTES / 2 - 1:0] parity_in_a,
    input [BYTES / 2 - 1:0] parity_in_b,
    output [BYTES * 4 - 1:0] data_a,
    output [BYTES * 4 - 1:0] data_b,
    output [BYTES / 2 - 1:0] parity_a,
    output [BYTES / 2 - 1:0] parity_b
);
    localparam integer LINES = 512;
    localparam integer HALF = BYTES * 4;
    localparam integer WIDEST = BYTES * 9;
    localparam integer PLACE_BITS = $clog2(BYTES) + 3;
    localparam WIDE_READ = READ_WIDTH_A == WIDEST;
    localparam WIDE_WRITE = WRITE_WIDTH_B == WIDEST;
    localparam USES_A = READ_WIDTH_A != 0 || WRITE_WIDTH_A != 0;
    localparam USES_B = READ_WIDTH_B != 0 || WRITE_WIDTH_B != 0;

    function is_width;
        input integer width;
        is_width = width == 0 || width == 1 || width == 2 || width == 4 || width == 9
            || width == 18 || width == 36 && BYTES == 8;
    endfunction

    generate
        if (DOA_REG != 0 || DOB_REG != 0)
            pezo_ramb_output_registers_are_not_modelled error ();
        if (!is_width(WRITE_WIDTH_A) || !is_width(READ_WIDTH_B)
            || !is_width(READ_WIDTH_A) && !WIDE_READ || !is_width(WRITE_WIDTH_B) && !WIDE_WRITE)
            pezo_ramb_has_no_such_width error ();
        if ((WIDE_READ || WIDE_WRITE) && (READ_WIDTH_B != 0 || WRITE_WIDTH_A != 0))
            pezo_ramb_of_the_widest_words_reads_through_a_and_writes_through_b error ();
    endgenerate

    wire same_clock = !(USES_A && USES_B) | ~(clk_a ^ clk_b);
    wire widthless =
        WRITE_WIDTH_A == 0 & |write_en_a & en_a | WRITE_WIDTH_B == 0 & |write_en_b & en_b;
    wire modelled = same_clock & ~widthless & ~unmodelled;
    wire clk = USES_A ? clk_a : clk_b;

    reg [WIDEST - 1:0] lines [0:LINES - 1];
    integer i;
`ifdef YOSYS
    initial
        for (i = 0; i < LINES; i = i + 1)
            lines[i] = {PARITY[i * BYTES +: BYTES], DATA[i * BYTES * 8 +: BYTES * 8]};
`else
    // Icarus makes a whole parameter up, word by word, wherever it is named; Yosys needs a constant.
    reg [BYTES * 4096 - 1:0] all_data;
    reg [BYTES * 512 - 1:0] all_parity;
    initial begin
        all_data = DATA;
        all_parity = PARITY;
        for (i = 0; i < LINES; i = i + 1)
            lines[i] = {all_parity[i * BYTES +: BYTES], all_data[i * BYTES * 8 +: BYTES * 8]};
    end
`endif

    wire [8:0] at_a = address_a >> PLACE_BITS;
    wire [8:0] at_b = address_b >> PLACE_BITS;
    wire [WIDEST - 1:0] line_a = lines[at_a];
    wire [WIDEST - 1:0] line_b = lines[at_b];
    wire [WIDEST - 1:0] written_a, written_b, mask_a, mask_b;
    wire [WIDEST - 1:0] both = at_a == at_b ? mask_a & mask_b : 0;
    wire [WIDEST - 1:0] by_a = at_a == at_b ? mask_a : 0;
    wire [WIDEST - 1:0] by_b = at_a == at_b ? mask_b : 0;

    generate
        if (WRITE_WIDTH_A != 0)
            always @(posedge clk)
                if (|mask_a)
                    lines[at_a] <= line_a & ~(mask_a | by_b) | written_a & mask_a & ~both
                        | written_b & by_b & ~both | {WIDEST{1'bx}} & both;
        // Where both write to a line, port A has written for both.
        if (WRITE_WIDTH_B != 0)
            always @(posedge clk)
                if (|mask_b & ~|by_a)
                    lines[at_b] <= line_b & ~mask_b | written_b & mask_b;
    endgenerate

    wire [HALF * 2 - 1:0] shown_a, shown_b;
    wire [BYTES - 1:0] shown_parity_a, shown_parity_b;
    assign data_a = shown_a[HALF - 1:0];
    assign parity_a = shown_parity_a[BYTES / 2 - 1:0];
    assign data_b = WIDE_READ ? shown_a[HALF * 2 - 1:HALF] : shown_b[HALF - 1:0];
    assign parity_b =
        WIDE_READ ? shown_parity_a[BYTES - 1:BYTES / 2] : shown_parity_b[BYTES / 2 - 1:0];

    pezo_ramb_port #(
        .BYTES(BYTES),
        .READ_WIDTH(READ_WIDTH_A),
        .WRITE_WIDTH(WRITE_WIDTH_A),
        .MODE(WRITE_MODE_A),
        .SRVAL(
            WIDE_READ
                ? {
                    SRVAL_B[WIDEST / 2 - 1:HALF], SRVAL_A[WIDEST / 2 - 1:HALF],
                    SRVAL_B[HALF - 1:0], SRVAL_A[HALF - 1:0]
                }
                : SRVAL_A
        )
    ) port_a (
        .clk(clk),
        .en(en_a & modelled),
        .rst(rst_a),
        .address(address_a[PLACE_BITS - 1:0]),
        .write_en({{BYTES / 2{1'b0}}, write_en_a}),
        .data_in({{HALF{1'b0}}, data_in_a}),
        .parity_in({{BYTES / 2{1'b0}}, parity_in_a}),
        .line(line_a),
        .unknown(WRITE_MODE_B == "READ_FIRST" ? {WIDEST{1'b0}} : by_b),
        .written(written_a),
        .mask(mask_a),
        .data(shown_a),
        .parity(shown_parity_a)
    );

    pezo_ramb_port #(
        .BYTES(BYTES),
        .READ_WIDTH(READ_WIDTH_B),
        .WRITE_WIDTH(WRITE_WIDTH_B),
        .MODE(WRITE_MODE_B),
        .SRVAL(SRVAL_B)
    ) port_b (
        .clk(clk),
        .en(en_b & modelled),
        .rst(rst_b),
        .address(address_b[PLACE_BITS - 1:0]),
        .write_en(
            WIDE_READ || WIDE_WRITE ? write_en_b : {{BYTES / 2{1'b0}}, write_en_b[BYTES / 2 - 1:0]}
        ),
        .data_in(WIDE_WRITE ? {data_in_b, data_in_a} : {{HALF{1'b0}}, data_in_b}),
        .parity_in(
            WIDE_WRITE ? {parity_in_b, parity_in_a} : {{BYTES / 2{1'b0}}, parity_in_b}
        ),
        .line(line_b),
        .unknown(WRITE_MODE_A == "READ_FIRST" ? {WIDEST{1'b0}} : by_a),
        .written(written_b),
        .mask(mask_b),
        .data(shown_b),
        .parity(shown_parity_b)
    );

    // A proof does not see $fatal; there a port that is not modelled does nothing.
`ifndef YOSYS
    always @(posedge clk)
        if (modelled !== 1'b1) begin
            $display("Fatal: RAMB%0dE2: a pin asks for what is not modelled", BYTES * 9 / 2);
            $fatal;
        end
`endif
endmodule

module RAMB18E2 (
    input [13:0] ADDRARDADDR, ADDRBWRADDR,
    input ADDRENA, ADDRENB, CLKARDCLK, CLKBWRCLK, ENARDEN, ENBWREN, REGCEAREGCE, REGCEB,
    input RSTRAMARSTRAM, RSTRAMB, RSTREGARSTREG, RSTREGB, SLEEP,
    input [15:0] DINADIN, DINBDIN,
    input [1:0] DINPADINP, DINPBDINP,
    input [1:0] WEA,
    input [3:0] WEBWE,
    output [15:0] DOUTADOUT, DOUTBDOUT,
    output [1:0] DOUTPADOUTP, DOUTPBDOUTP
);
    parameter integer DOA_REG = 1, DOB_REG = 1;
    parameter integer READ_WIDTH_A = 0, READ_WIDTH_B = 0, WRITE_WIDTH_A = 0, WRITE_WIDTH_B = 0;
    parameter WRITE_MODE_A = "NO_CHANGE", WRITE_MODE_B = "NO_CHANGE";
    parameter [17:0] INIT_A = 0, INIT_B = 0, SRVAL_A = 0, SRVAL_B = 0;
    parameter [255:0]
        INIT_00 = 0, INIT_01 = 0, INIT_02 = 0, INIT_03 = 0, INIT_04 = 0, INIT_05 = 0, INIT_06 = 0,
        INIT_07 = 0, INIT_08 = 0, INIT_09 = 0, INIT_0A = 0, INIT_0B = 0, INIT_0C = 0, INIT_0D = 0,
        INIT_0E = 0, INIT_0F = 0, INIT_10 = 0, INIT_11 = 0, INIT_12 = 0, INIT_13 = 0, INIT_14 = 0,
        INIT_15 = 0, INIT_16 = 0, INIT_17 = 0, INIT_18 = 0, INIT_19 = 0, INIT_1A = 0, INIT_1B = 0,
        INIT_1C = 0, INIT_1D = 0, INIT_1E = 0, INIT_1F = 0, INIT_20 = 0, INIT_21 = 0, INIT_22 = 0,
        INIT_23 = 0, INIT_24 = 0, INIT_25 = 0, INIT_26 = 0, INIT_27 = 0, INIT_28 = 0, INIT_29 = 0,
        INIT_2A = 0, INIT_2B = 0, INIT_2C = 0, INIT_2D = 0, INIT_2E = 0, INIT_2F = 0, INIT_30 = 0,
        INIT_31 = 0, INIT_32 = 0, INIT_33 = 0, INIT_34 = 0, INIT_35 = 0, INIT_36 = 0, INIT_37 = 0,
        INIT_38 = 0, INIT_39 = 0, INIT_3A = 0, INIT_3B = 0, INIT_3C = 0, INIT_3D = 0, INIT_3E = 0,
        INIT_3F = 0, INITP_00 = 0, INITP_01 = 0, INITP_02 = 0, INITP_03 = 0, INITP_04 = 0,
        INITP_05 = 0, INITP_06 = 0, INITP_07 = 0;

    pezo_ramb #(
        .BYTES(4),
        .DOA_REG(DOA_REG),
        .DOB_REG(DOB_REG),
        .READ_WIDTH_A(READ_WIDTH_A),
        .READ_WIDTH_B(READ_WIDTH_B),
        .WRITE_WIDTH_A(WRITE_WIDTH_A),
        .WRITE_WIDTH_B(WRITE_WIDTH_B),
        .WRITE_MODE_A(WRITE_MODE_A),
        .WRITE_MODE_B(WRITE_MODE_B),
        .SRVAL_A(SRVAL_A),
        .SRVAL_B(SRVAL_B),
        .DATA({
            INIT_3F, INIT_3E, INIT_3D, INIT_3C, INIT_3B, INIT_3A, INIT_39, INIT_38, INIT_37,
            INIT_36, INIT_35, INIT_34, INIT_33, INIT_32, INIT_31, INIT_30, INIT_2F, INIT_2E,
            INIT_2D, INIT_2C, INIT_2B, INIT_2A, INIT_29, INIT_28, INIT_27, INIT_26, INIT_25,
            INIT_24, INIT_23, INIT_22, INIT_21, INIT_20, INIT_1F, INIT_1E, INIT_1D, INIT_1C,
            INIT_1B, INIT_1A, INIT_19, INIT_18, INIT_17, INIT_16, INIT_15, INIT_14, INIT_13,
            INIT_12, INIT_11, INIT_10, INIT_0F, INIT_0E, INIT_0D, INIT_0C, INIT_0B, INIT_0A,
            INIT_09, INIT_08, INIT_07, INIT_06, INIT_05, INIT_04, INIT_03, INIT_02, INIT_01,
            INIT_00
        }),
        .PARITY({
            INITP_07, INITP_06, INITP_05, INITP_04, INITP_03, INITP_02, INITP_01, INITP_00
        })
    ) ramb (
        .clk_a(CLKARDCLK),
        .clk_b(CLKBWRCLK),
        .en_a(ENARDEN),
        .en_b(ENBWREN),
        .rst_a(RSTRAMARSTRAM),
        .rst_b(RSTRAMB),
        .unmodelled(|{RSTREGARSTREG, RSTREGB, SLEEP, REGCEAREGCE, REGCEB, ~ADDRENA, ~ADDRENB}),
        .address_a(ADDRARDADDR),
        .address_b(ADDRBWRADDR),
        .write_en_a(WEA),
        .write_en_b(WEBWE),
        .data_in_a(DINADIN),
        .data_in_b(DINBDIN),
        .parity_in_a(DINPADINP),
        .parity_in_b(DINPBDINP),
        .data_a(DOUTADOUT),
        .data_b(DOUTBDOUT),
        .parity_a(DOUTPADOUTP),
        .parity_b(DOUTPBDOUTP)
    );
endmodule

module RAMB36E2 (
    input [14:0] ADDRARDADDR, ADDRBWRADDR,
    input ADDRENA, ADDRENB, CLKARDCLK, CLKBWRCLK, ENARDEN, ENBWREN, REGCEAREGCE, REGCEB,
    input RSTRAMARSTRAM, RSTRAMB, RSTREGARSTREG, RSTREGB, SLEEP,
    input [31:0] DINADIN, DINBDIN,
    input [3:0] DINPADINP, DINPBDINP,
    input [3:0] WEA,
    input [7:0] WEBWE,
    output [31:0] DOUTADOUT, DOUTBDOUT,
    output [3:0] DOUTPADOUTP, DOUTPBDOUTP
);
    parameter integer DOA_REG = 1, DOB_REG = 1;
    parameter integer READ_WIDTH_A = 0, READ_WIDTH_B = 0, WRITE_WIDTH_A = 0, WRITE_WIDTH_B = 0;
    parameter WRITE_MODE_A = "NO_CHANGE", WRITE_MODE_B = "NO_CHANGE";
    parameter [35:0] INIT_A = 0, INIT_B = 0, SRVAL_A = 0, SRVAL_B = 0;
    parameter [255:0]
        INIT_00 = 0, INIT_01 = 0, INIT_02 = 0, INIT_03 = 0, INIT_04 = 0, INIT_05 = 0, INIT_06 = 0,
        INIT_07 = 0, INIT_08 = 0, INIT_09 = 0, INIT_0A = 0, INIT_0B = 0, INIT_0C = 0, INIT_0D = 0,
        INIT_0E = 0, INIT_0F = 0, INIT_10 = 0, INIT_11 = 0, INIT_12 = 0, INIT_13 = 0, INIT_14 = 0,
        INIT_15 = 0, INIT_16 = 0, INIT_17 = 0, INIT_18 = 0, INIT_19 = 0, INIT_1A = 0, INIT_1B = 0,
        INIT_1C = 0, INIT_1D = 0, INIT_1E = 0, INIT_1F = 0, INIT_20 = 0, INIT_21 = 0, INIT_22 = 0,
        INIT_23 = 0, INIT_24 = 0, INIT_25 = 0, INIT_26 = 0, INIT_27 = 0, INIT_28 = 0, INIT_29 = 0,
        INIT_2A = 0, INIT_2B = 0, INIT_2C = 0, INIT_2D = 0, INIT_2E = 0, INIT_2F = 0, INIT_30 = 0,
        INIT_31 = 0, INIT_32 = 0, INIT_33 = 0, INIT_34 = 0, INIT_35 = 0, INIT_36 = 0, INIT_37 = 0,
        INIT_38 = 0, INIT_39 = 0, INIT_3A = 0, INIT_3B = 0, INIT_3C = 0, INIT_3D = 0, INIT_3E = 0,
        INIT_3F = 0, INIT_40 = 0, INIT_41 = 0, INIT_42 = 0, INIT_43 = 0, INIT_44 = 0, INIT_45 = 0,
        INIT_46 = 0, INIT_47 = 0, INIT_48 = 0, INIT_49 = 0, INIT_4A = 0, INIT_4B = 0, INIT_4C = 0,
        INIT_4D = 0, INIT_4E = 0, INIT_4F = 0, INIT_50 = 0, INIT_51 = 0, INIT_52 = 0, INIT_53 = 0,
        INIT_54 = 0, INIT_55 = 0, INIT_56 = 0, INIT_57 = 0, INIT_58 = 0, INIT_59 = 0, INIT_5A = 0,
        INIT_5B = 0, INIT_5C = 0, INIT_5D = 0, INIT_5E = 0, INIT_5F = 0, INIT_60 = 0, INIT_61 = 0,
        INIT_62 = 0, INIT_63 = 0, INIT_64 = 0, INIT_65 = 0, INIT_66 = 0, INIT_67 = 0, INIT_68 = 0,
        INIT_69 = 0, INIT_6A = 0, INIT_6B = 0, INIT_6C = 0, INIT_6D = 0, INIT_6E = 0, INIT_6F = 0,
        INIT_70 = 0, INIT_71 = 0, INIT_72 = 0, INIT_73 = 0, INIT_74 = 0, INIT_75 = 0, INIT_76 = 0,
        INIT_77 = 0, INIT_78 = 0, INIT_79 = 0, INIT_7A = 0, INIT_7B = 0, INIT_7C = 0, INIT_7D = 0,
        INIT_7E = 0, INIT_7F = 0, INITP_00 = 0, INITP_01 = 0, INITP_02 = 0, INITP_03 = 0,
        INITP_04 = 0, INITP_05 = 0, INITP_06 = 0, INITP_07 = 0, INITP_08 = 0, INITP_09 = 0,
        INITP_0A = 0, INITP_0B = 0, INITP_0C = 0, INITP_0D = 0, INITP_0E = 0, INITP_0F = 0;

    pezo_ramb #(
        .BYTES(8),
        .DOA_REG(DOA_REG),
        .DOB_REG(DOB_REG),
        .READ_WIDTH_A(READ_WIDTH_A),
        .READ_WIDTH_B(READ_WIDTH_B),
        .WRITE_WIDTH_A(WRITE_WIDTH_A),
        .WRITE_WIDTH_B(WRITE_WIDTH_B),
        .WRITE_MODE_A(WRITE_MODE_A),
        .WRITE_MODE_B(WRITE_MODE_B),
        .SRVAL_A(SRVAL_A),
        .SRVAL_B(SRVAL_B),
        .DATA({
            INIT_7F, INIT_7E, INIT_7D, INIT_7C, INIT_7B, INIT_7A, INIT_79, INIT_78, INIT_77,
            INIT_76, INIT_75, INIT_74, INIT_73, INIT_72, INIT_71, INIT_70, INIT_6F, INIT_6E,
            INIT_6D, INIT_6C, INIT_6B, INIT_6A, INIT_69, INIT_68, INIT_67, INIT_66, INIT_65,
            INIT_64, INIT_63, INIT_62, INIT_61, INIT_60, INIT_5F, INIT_5E, INIT_5D, INIT_5C,
            INIT_5B, INIT_5A, INIT_59, INIT_58, INIT_57, INIT_56, INIT_55, INIT_54, INIT_53,
            INIT_52, INIT_51, INIT_50, INIT_4F, INIT_4E, INIT_4D, INIT_4C, INIT_4B, INIT_4A,
            INIT_49, INIT_48, INIT_47, INIT_46, INIT_45, INIT_44, INIT_43, INIT_42, INIT_41,
            INIT_40, INIT_3F, INIT_3E, INIT_3D, INIT_3C, INIT_3B, INIT_3A, INIT_39, INIT_38,
            INIT_37, INIT_36, INIT_35, INIT_34, INIT_33, INIT_32, INIT_31, INIT_30, INIT_2F,
            INIT_2E, INIT_2D, INIT_2C, INIT_2B, INIT_2A, INIT_29, INIT_28, INIT_27, INIT_26,
            INIT_25, INIT_24, INIT_23, INIT_22, INIT_21, INIT_20, INIT_1F, INIT_1E, INIT_1D,
            INIT_1C, INIT_1B, INIT_1A, INIT_19, INIT_18, INIT_17, INIT_16, INIT_15, INIT_14,
            INIT_13, INIT_12, INIT_11, INIT_10, INIT_0F, INIT_0E, INIT_0D, INIT_0C, INIT_0B,
            INIT_0A, INIT_09, INIT_08, INIT_07, INIT_06, INIT_05, INIT_04, INIT_03, INIT_02,
            INIT_01, INIT_00
        }),
        .PARITY({
            INITP_0F, INITP_0E, INITP_0D, INITP_0C, INITP_0B, INITP_0A, INITP_09, INITP_08,
            INITP_07, INITP_06, INITP_05, INITP_04, INITP_03, INITP_02, INITP_01, INITP_00
        })
    ) ramb (
        .clk_a(CLKARDCLK),
        .clk_b(CLKBWRCLK),
        .en_a(ENARDEN),
        .en_b(ENBWREN),
        .rst_a(RSTRAMARSTRAM),
        .rst_b(RSTRAMB),
        .unmodelled(|{RSTREGARSTREG, RSTREGB, SLEEP, REGCEAREGCE, REGCEB, ~ADDRENA, ~ADDRENB}),
        .address_a(ADDRARDADDR),
        .address_b(ADDRBWRADDR),
        .write_en_a(WEA),
        .write_en_b(WEBWE),
        .data_in_a(DINADIN),
        .data_in_b(DINBDIN),
        .parity_in_a(DINPADINP),
        .parity_in_b(DINPBDINP),
        .data_a(DOUTADOUT),
        .data_b(DOUTBDOUT),
        .parity_a(DOUTPADOUTP),
        .parity_b(DOUTPBDOUTP)
    );
endmodule
