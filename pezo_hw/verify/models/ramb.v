// Our own models of the block RAMs of UltraScale+, as far as a read-only memory uses them, or one
// with a port that writes whole words.
//
// Written from AMD's user guide UG573 (address and parity mapping, simple dual port mode of the
// widest read and write). One port reads, A unless B has a width to read; the other one, where it
// has a width, writes, and a word that is read at the edge that writes it is read as it was.
// Whatever else the primitives can do is an error: of the elaboration where a parameter asks for
// it, $fatal where a pin does. The output before the first enabled clock edge (INIT_A) is undefined
// here, so that nothing can depend on it.

// A read and a write port. DATA and PARITY hold the bits in the order of the INIT and INITP
// parameters.
module pezo_ramb_ports #(
    parameter integer ADDRESS_BITS = 14,
    parameter integer READ_WIDTH = 1,
    parameter integer WRITE_WIDTH = 0,
    parameter [(1 << ADDRESS_BITS) - 1:0] DATA = 0,
    parameter [(1 << (ADDRESS_BITS - 3)) - 1:0] PARITY = 0
) (
    input clk,
    input en,
    input [ADDRESS_BITS - 1:0] address,
    output [63:0] data,
    output [7:0] parity,
    input write,
    input [ADDRESS_BITS - 1:0] write_address,
    input [63:0] write_data,
    input [7:0] write_parity
);
    // Widths of 9 and above have one parity bit for each byte; addresses count in data bits.
    localparam integer PARITY_BITS = READ_WIDTH / 9;
    localparam integer DATA_BITS = READ_WIDTH - PARITY_BITS;
    localparam integer SHIFT = $clog2(DATA_BITS);
    localparam integer ROW_BITS = ADDRESS_BITS - 8;

    localparam integer WRITTEN_PARITY_BITS = WRITE_WIDTH / 9;
    localparam integer WRITTEN_BITS = WRITE_WIDTH ? WRITE_WIDTH - WRITTEN_PARITY_BITS : 1;
    wire [ADDRESS_BITS - 1:0] written =
        write_address >> $clog2(WRITTEN_BITS) << $clog2(WRITTEN_BITS);
    wire [ADDRESS_BITS - 4:0] written_parity = written[ADDRESS_BITS - 1:3];

    // In the rows of the parameters: Icarus takes many seconds to cut them into 16,384 words.
    reg [255:0] data_rows [0:(1 << ROW_BITS) - 1];
    integer i;
    initial for (i = 0; i < 1 << ROW_BITS; i = i + 1) data_rows[i] = DATA[i * 256 +: 256];

    wire [ADDRESS_BITS - 1:0] bit_address = address >> SHIFT << SHIFT;
    reg [DATA_BITS - 1:0] data_read;
    always @(posedge clk)
        if (en)
            data_read <= data_rows[bit_address[ADDRESS_BITS - 1:8]][bit_address[7:0] +: DATA_BITS];
    assign data[DATA_BITS - 1:0] = data_read;

    generate
        if (WRITE_WIDTH != 0)
            always @(posedge clk)
                if (write)
                    data_rows[written[ADDRESS_BITS - 1:8]][written[7:0] +: WRITTEN_BITS]
                        <= write_data[WRITTEN_BITS - 1:0];
        if (WRITE_WIDTH != 0 && WRITE_WIDTH != READ_WIDTH)
            pezo_ramb_writes_only_what_it_reads error ();
        if (READ_WIDTH != 1 && READ_WIDTH != 2 && READ_WIDTH != 4 && READ_WIDTH != 9
            && READ_WIDTH != 18 && READ_WIDTH != 36 && (READ_WIDTH != 72 || ADDRESS_BITS != 15))
            pezo_ramb_has_no_such_read_width error ();
        if (DATA_BITS < 64) assign data[63:DATA_BITS] = {(64 - DATA_BITS){1'bx}};
        if (PARITY_BITS == 0) assign parity = 8'bx;
        else begin : with_parity
            reg [255:0] parity_rows [0:(1 << (ROW_BITS - 3)) - 1];
            integer j;
            initial
                for (j = 0; j < 1 << (ROW_BITS - 3); j = j + 1)
                    parity_rows[j] = PARITY[j * 256 +: 256];

            wire [ADDRESS_BITS - 4:0] parity_address = bit_address[ADDRESS_BITS - 1:3];
            wire [ROW_BITS - 4:0] row = parity_address[ADDRESS_BITS - 4:8];
            reg [PARITY_BITS - 1:0] parity_read;
            always @(posedge clk)
                if (en) parity_read <= parity_rows[row][parity_address[7:0] +: PARITY_BITS];
            assign parity[PARITY_BITS - 1:0] = parity_read;
            if (WRITE_WIDTH != 0)
                always @(posedge clk)
                    if (write)
                        parity_rows[written_parity[ADDRESS_BITS - 4:8]][
                            written_parity[7:0] +: PARITY_BITS
                        ] <= write_parity[PARITY_BITS - 1:0];
            if (PARITY_BITS < 8) assign parity[7:PARITY_BITS] = {(8 - PARITY_BITS){1'bx}};
        end
    endgenerate
endmodule

// 18 Kbit: 36 bits wide at most, of which port B's outputs show the upper half.
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
        INIT_00 = 0, INIT_01 = 0, INIT_02 = 0, INIT_03 = 0, INIT_04 = 0, INIT_05 = 0,
        INIT_06 = 0, INIT_07 = 0, INIT_08 = 0, INIT_09 = 0, INIT_0A = 0, INIT_0B = 0,
        INIT_0C = 0, INIT_0D = 0, INIT_0E = 0, INIT_0F = 0, INIT_10 = 0, INIT_11 = 0,
        INIT_12 = 0, INIT_13 = 0, INIT_14 = 0, INIT_15 = 0, INIT_16 = 0, INIT_17 = 0,
        INIT_18 = 0, INIT_19 = 0, INIT_1A = 0, INIT_1B = 0, INIT_1C = 0, INIT_1D = 0,
        INIT_1E = 0, INIT_1F = 0, INIT_20 = 0, INIT_21 = 0, INIT_22 = 0, INIT_23 = 0,
        INIT_24 = 0, INIT_25 = 0, INIT_26 = 0, INIT_27 = 0, INIT_28 = 0, INIT_29 = 0,
        INIT_2A = 0, INIT_2B = 0, INIT_2C = 0, INIT_2D = 0, INIT_2E = 0, INIT_2F = 0,
        INIT_30 = 0, INIT_31 = 0, INIT_32 = 0, INIT_33 = 0, INIT_34 = 0, INIT_35 = 0,
        INIT_36 = 0, INIT_37 = 0, INIT_38 = 0, INIT_39 = 0, INIT_3A = 0, INIT_3B = 0,
        INIT_3C = 0, INIT_3D = 0, INIT_3E = 0, INIT_3F = 0, INITP_00 = 0, INITP_01 = 0,
        INITP_02 = 0, INITP_03 = 0, INITP_04 = 0, INITP_05 = 0, INITP_06 = 0, INITP_07 = 0;

    localparam READS_B = READ_WIDTH_B != 0;
    localparam integer READ_WIDTH = READS_B ? READ_WIDTH_B : READ_WIDTH_A;
    localparam integer WRITE_WIDTH = READS_B ? WRITE_WIDTH_A : WRITE_WIDTH_B;
    // The widest write takes its lower half from port A's inputs.
    localparam WIDE = WRITE_WIDTH == 36;

    // A module that does not exist is an error to every tool, and its name says what is wrong.
    generate
        if (DOA_REG != 0 || DOB_REG != 0)
            RAMB18E2_output_registers_are_not_modelled error ();
        if (READS_B ? READ_WIDTH_A != 0 || WRITE_WIDTH_B != 0 : WRITE_WIDTH_A != 0)
            RAMB18E2_with_a_port_that_reads_and_writes_is_not_modelled error ();
        if (READS_B && (READ_WIDTH_B == 36 || WRITE_WIDTH_A == 36))
            RAMB18E2_of_the_widest_words_reads_through_port_a error ();
        if (WRITE_WIDTH != 0)
            if (READS_B ? WRITE_MODE_A != "READ_FIRST" : WRITE_MODE_B != "READ_FIRST")
                RAMB18E2_writes_of_another_mode_are_not_modelled error ();
    endgenerate

    wire [63:0] data;
    wire [7:0] parity;
    assign {DOUTBDOUT, DOUTADOUT} = READS_B ? {data[15:0], 16'bx} : data[31:0];
    assign {DOUTPBDOUTP, DOUTPADOUTP} = READS_B ? {parity[1:0], 2'bx} : parity[3:0];

    pezo_ramb_ports #(
        .ADDRESS_BITS(14),
        .READ_WIDTH(READ_WIDTH),
        .WRITE_WIDTH(WRITE_WIDTH),
        .DATA({
            INIT_3F, INIT_3E, INIT_3D, INIT_3C, INIT_3B, INIT_3A, INIT_39, INIT_38,
            INIT_37, INIT_36, INIT_35, INIT_34, INIT_33, INIT_32, INIT_31, INIT_30,
            INIT_2F, INIT_2E, INIT_2D, INIT_2C, INIT_2B, INIT_2A, INIT_29, INIT_28,
            INIT_27, INIT_26, INIT_25, INIT_24, INIT_23, INIT_22, INIT_21, INIT_20,
            INIT_1F, INIT_1E, INIT_1D, INIT_1C, INIT_1B, INIT_1A, INIT_19, INIT_18,
            INIT_17, INIT_16, INIT_15, INIT_14, INIT_13, INIT_12, INIT_11, INIT_10,
            INIT_0F, INIT_0E, INIT_0D, INIT_0C, INIT_0B, INIT_0A, INIT_09, INIT_08,
            INIT_07, INIT_06, INIT_05, INIT_04, INIT_03, INIT_02, INIT_01, INIT_00
        }),
        .PARITY({
            INITP_07, INITP_06, INITP_05, INITP_04, INITP_03, INITP_02, INITP_01, INITP_00
        })
    ) ports (
        .clk(CLKARDCLK),
        .en((READS_B ? ENBWREN : ENARDEN) & modelled),
        .address(READS_B ? ADDRBWRADDR : ADDRARDADDR),
        .data(data),
        .parity(parity),
        .write(write_en & written & modelled),
        .write_address(READS_B ? ADDRARDADDR : ADDRBWRADDR),
        .write_data({32'b0, DINBDIN, lower_data}),
        .write_parity({4'b0, DINPBDINP, lower_parity})
    );

    // A proof does not see $fatal; there a port that is not modelled never reads.
    wire [15:0] lower_data = WIDE | READS_B ? DINADIN : DINBDIN;
    wire [1:0] lower_parity = WIDE | READS_B ? DINPADINP : DINPBDINP;
    wire write_en = READS_B ? ENARDEN : ENBWREN;
    wire written = READS_B ? &WEA : &WEBWE;
    wire modelled = ~|{
        RSTRAMARSTRAM, RSTRAMB, RSTREGARSTREG, RSTREGB, SLEEP, REGCEAREGCE, REGCEB, ~ADDRENA,
        ~ADDRENB, READS_B ? |WEBWE : |WEA, (READS_B ? |WEA : |WEBWE) & ~written,
        WRITE_WIDTH == 0 & (write_en | written), WRITE_WIDTH != 0 & (CLKBWRCLK ^ CLKARDCLK)
    };
`ifndef YOSYS
    always @(posedge CLKARDCLK)
        if (modelled !== 1'b1) $fatal(1, "RAMB18E2: a pin asks for what is not modelled");
`endif
endmodule

// 36 Kbit: 72 bits wide at most, of which port B's outputs show the upper half.
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
        INIT_00 = 0, INIT_01 = 0, INIT_02 = 0, INIT_03 = 0, INIT_04 = 0, INIT_05 = 0,
        INIT_06 = 0, INIT_07 = 0, INIT_08 = 0, INIT_09 = 0, INIT_0A = 0, INIT_0B = 0,
        INIT_0C = 0, INIT_0D = 0, INIT_0E = 0, INIT_0F = 0, INIT_10 = 0, INIT_11 = 0,
        INIT_12 = 0, INIT_13 = 0, INIT_14 = 0, INIT_15 = 0, INIT_16 = 0, INIT_17 = 0,
        INIT_18 = 0, INIT_19 = 0, INIT_1A = 0, INIT_1B = 0, INIT_1C = 0, INIT_1D = 0,
        INIT_1E = 0, INIT_1F = 0, INIT_20 = 0, INIT_21 = 0, INIT_22 = 0, INIT_23 = 0,
        INIT_24 = 0, INIT_25 = 0, INIT_26 = 0, INIT_27 = 0, INIT_28 = 0, INIT_29 = 0,
        INIT_2A = 0, INIT_2B = 0, INIT_2C = 0, INIT_2D = 0, INIT_2E = 0, INIT_2F = 0,
        INIT_30 = 0, INIT_31 = 0, INIT_32 = 0, INIT_33 = 0, INIT_34 = 0, INIT_35 = 0,
        INIT_36 = 0, INIT_37 = 0, INIT_38 = 0, INIT_39 = 0, INIT_3A = 0, INIT_3B = 0,
        INIT_3C = 0, INIT_3D = 0, INIT_3E = 0, INIT_3F = 0, INIT_40 = 0, INIT_41 = 0,
        INIT_42 = 0, INIT_43 = 0, INIT_44 = 0, INIT_45 = 0, INIT_46 = 0, INIT_47 = 0,
        INIT_48 = 0, INIT_49 = 0, INIT_4A = 0, INIT_4B = 0, INIT_4C = 0, INIT_4D = 0,
        INIT_4E = 0, INIT_4F = 0, INIT_50 = 0, INIT_51 = 0, INIT_52 = 0, INIT_53 = 0,
        INIT_54 = 0, INIT_55 = 0, INIT_56 = 0, INIT_57 = 0, INIT_58 = 0, INIT_59 = 0,
        INIT_5A = 0, INIT_5B = 0, INIT_5C = 0, INIT_5D = 0, INIT_5E = 0, INIT_5F = 0,
        INIT_60 = 0, INIT_61 = 0, INIT_62 = 0, INIT_63 = 0, INIT_64 = 0, INIT_65 = 0,
        INIT_66 = 0, INIT_67 = 0, INIT_68 = 0, INIT_69 = 0, INIT_6A = 0, INIT_6B = 0,
        INIT_6C = 0, INIT_6D = 0, INIT_6E = 0, INIT_6F = 0, INIT_70 = 0, INIT_71 = 0,
        INIT_72 = 0, INIT_73 = 0, INIT_74 = 0, INIT_75 = 0, INIT_76 = 0, INIT_77 = 0,
        INIT_78 = 0, INIT_79 = 0, INIT_7A = 0, INIT_7B = 0, INIT_7C = 0, INIT_7D = 0,
        INIT_7E = 0, INIT_7F = 0, INITP_00 = 0, INITP_01 = 0, INITP_02 = 0, INITP_03 = 0,
        INITP_04 = 0, INITP_05 = 0, INITP_06 = 0, INITP_07 = 0, INITP_08 = 0, INITP_09 = 0,
        INITP_0A = 0, INITP_0B = 0, INITP_0C = 0, INITP_0D = 0, INITP_0E = 0, INITP_0F = 0;

    localparam READS_B = READ_WIDTH_B != 0;
    localparam integer READ_WIDTH = READS_B ? READ_WIDTH_B : READ_WIDTH_A;
    localparam integer WRITE_WIDTH = READS_B ? WRITE_WIDTH_A : WRITE_WIDTH_B;
    // The widest write takes its lower half from port A's inputs.
    localparam WIDE = WRITE_WIDTH == 72;

    // A module that does not exist is an error to every tool, and its name says what is wrong.
    generate
        if (DOA_REG != 0 || DOB_REG != 0)
            RAMB36E2_output_registers_are_not_modelled error ();
        if (READS_B ? READ_WIDTH_A != 0 || WRITE_WIDTH_B != 0 : WRITE_WIDTH_A != 0)
            RAMB36E2_with_a_port_that_reads_and_writes_is_not_modelled error ();
        if (READS_B && (READ_WIDTH_B == 72 || WRITE_WIDTH_A == 72))
            RAMB36E2_of_the_widest_words_reads_through_port_a error ();
        if (WRITE_WIDTH != 0)
            if (READS_B ? WRITE_MODE_A != "READ_FIRST" : WRITE_MODE_B != "READ_FIRST")
                RAMB36E2_writes_of_another_mode_are_not_modelled error ();
    endgenerate

    wire [63:0] data;
    wire [7:0] parity;
    assign {DOUTBDOUT, DOUTADOUT} = READS_B ? {data[31:0], 32'bx} : data[63:0];
    assign {DOUTPBDOUTP, DOUTPADOUTP} = READS_B ? {parity[3:0], 4'bx} : parity[7:0];

    pezo_ramb_ports #(
        .ADDRESS_BITS(15),
        .READ_WIDTH(READ_WIDTH),
        .WRITE_WIDTH(WRITE_WIDTH),
        .DATA({
            INIT_7F, INIT_7E, INIT_7D, INIT_7C, INIT_7B, INIT_7A, INIT_79, INIT_78,
            INIT_77, INIT_76, INIT_75, INIT_74, INIT_73, INIT_72, INIT_71, INIT_70,
            INIT_6F, INIT_6E, INIT_6D, INIT_6C, INIT_6B, INIT_6A, INIT_69, INIT_68,
            INIT_67, INIT_66, INIT_65, INIT_64, INIT_63, INIT_62, INIT_61, INIT_60,
            INIT_5F, INIT_5E, INIT_5D, INIT_5C, INIT_5B, INIT_5A, INIT_59, INIT_58,
            INIT_57, INIT_56, INIT_55, INIT_54, INIT_53, INIT_52, INIT_51, INIT_50,
            INIT_4F, INIT_4E, INIT_4D, INIT_4C, INIT_4B, INIT_4A, INIT_49, INIT_48,
            INIT_47, INIT_46, INIT_45, INIT_44, INIT_43, INIT_42, INIT_41, INIT_40,
            INIT_3F, INIT_3E, INIT_3D, INIT_3C, INIT_3B, INIT_3A, INIT_39, INIT_38,
            INIT_37, INIT_36, INIT_35, INIT_34, INIT_33, INIT_32, INIT_31, INIT_30,
            INIT_2F, INIT_2E, INIT_2D, INIT_2C, INIT_2B, INIT_2A, INIT_29, INIT_28,
            INIT_27, INIT_26, INIT_25, INIT_24, INIT_23, INIT_22, INIT_21, INIT_20,
            INIT_1F, INIT_1E, INIT_1D, INIT_1C, INIT_1B, INIT_1A, INIT_19, INIT_18,
            INIT_17, INIT_16, INIT_15, INIT_14, INIT_13, INIT_12, INIT_11, INIT_10,
            INIT_0F, INIT_0E, INIT_0D, INIT_0C, INIT_0B, INIT_0A, INIT_09, INIT_08,
            INIT_07, INIT_06, INIT_05, INIT_04, INIT_03, INIT_02, INIT_01, INIT_00
        }),
        .PARITY({
            INITP_0F, INITP_0E, INITP_0D, INITP_0C, INITP_0B, INITP_0A, INITP_09, INITP_08,
            INITP_07, INITP_06, INITP_05, INITP_04, INITP_03, INITP_02, INITP_01, INITP_00
        })
    ) ports (
        .clk(CLKARDCLK),
        .en((READS_B ? ENBWREN : ENARDEN) & modelled),
        .address(READS_B ? ADDRBWRADDR : ADDRARDADDR),
        .data(data),
        .parity(parity),
        .write(write_en & written & modelled),
        .write_address(READS_B ? ADDRARDADDR : ADDRBWRADDR),
        .write_data({DINBDIN, lower_data}),
        .write_parity({DINPBDINP, lower_parity})
    );

    // A proof does not see $fatal; there a port that is not modelled never reads.
    wire [31:0] lower_data = WIDE | READS_B ? DINADIN : DINBDIN;
    wire [3:0] lower_parity = WIDE | READS_B ? DINPADINP : DINPBDINP;
    wire write_en = READS_B ? ENARDEN : ENBWREN;
    wire written = READS_B ? &WEA : &WEBWE;
    wire modelled = ~|{
        RSTRAMARSTRAM, RSTRAMB, RSTREGARSTREG, RSTREGB, SLEEP, REGCEAREGCE, REGCEB, ~ADDRENA,
        ~ADDRENB, READS_B ? |WEBWE : |WEA, (READS_B ? |WEA : |WEBWE) & ~written,
        WRITE_WIDTH == 0 & (write_en | written), WRITE_WIDTH != 0 & (CLKBWRCLK ^ CLKARDCLK)
    };
`ifndef YOSYS
    always @(posedge CLKARDCLK)
        if (modelled !== 1'b1) $fatal(1, "RAMB36E2: a pin asks for what is not modelled");
`endif
endmodule
