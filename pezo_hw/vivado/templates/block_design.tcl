# A bitstream with @{top} behind the processors of @{part}, for PYNQ, Linux or bare metal:
#
#   vivado -mode batch -source @{top}_block_design.tcl -tclargs FOLDER BOARD IP...
#
# FOLDER gets @{top}.bit, .hwh and .xsa, and below it the project; by default it is
# @{top}_block_design beside this file.
# BOARD is a board of Vivado's, such as xilinx.com:zcu102:part0:3.4, whose preset sets up the processors.
# By default, or where it is none, there is no preset: right only where the boot loader sets up the memory.
# Each IP is the folder of one more generator, with its component.xml, up to seven in all; the same folder
# again is the same generator again.
# The processors see perturbations_0/generator_0 and perturbations_0/dma_0, perturbations_1/generator_1 and so
# on, and one interrupt controller.
# An error ends Vivado with status 1. A clock that is too fast is no error: see the worst slack.

set top @{top}
set part @{part}
# What the processors give; they round it to what their dividers can make.
set mhz @{mhz}
set base @{base}
set processor @{processor}
set automation @{automation}
set properties @{properties}
set pins @{pins}
set most 7

set here [file dirname [file normalize [info script]]]
set folder [file join $here ${top}_block_design]
if {$argc > 0} {
    set folder [file normalize [lindex $argv 0]]
}
set board none
if {$argc > 1} {
    set board [lindex $argv 1]
}
# The IP as Vivado's packager has made it, where it has been run, or the one beside this file.
set own [file join $here ${top}_ip]
if {![file isfile [file join $own component.xml]]} {
    set own $here
}
set ips [list $own]
foreach ip [lrange $argv 2 end] {
    lappend ips [file normalize $ip]
}

# Vendor, library, name and version are the first elements of an IP's description.
proc vlnv {ip} {
    set channel [open [file join $ip component.xml]]
    set text [read $channel]
    close $channel
    set words {}
    foreach element {vendor library name version} {
        if {![regexp "<spirit:$element>(\[^<\]+)<" $text - word]} {
            error "$ip: component.xml has no $element"
        }
        lappend words $word
    }
    return [join $words :]
}

# The newest version that this Vivado has of one of its own IPs.
proc add {ip name {settings {}}} {
    set cell [create_bd_cell -type ip -vlnv xilinx.com:ip:$ip $name]
    if {[llength $settings] > 0} {
        set_property -dict $settings $cell
    }
    return $cell
}

proc wire {from args} {
    foreach to $args {
        connect_bd_net [get_bd_pins $from] [get_bd_pins $to]
    }
}

proc bus {from to} {
    connect_bd_intf_net [get_bd_intf_pins $from] [get_bd_intf_pins $to]
}

proc pin {use} {
    global pins
    return ps/[dict get $pins $use]
}

# Of two IPs of one name Vivado would take either.
proc repositories {ips} {
    set folders {}
    foreach ip [lsort -unique $ips] {
        set name [vlnv $ip]
        if {[dict exists $folders $name]} {
            error "$name is in [dict get $folders $name] and in $ip: give one of them"
        }
        dict set folders $name $ip
    }
    return [dict values $folders]
}

proc open_project_of {ips} {
    global part board top folder
    # A table that is not found would be a core of zeros, and only a critical warning.
    set_msg_config -id {Synth 8-4445} -new_severity ERROR
    create_project -force -part $part $top [file join $folder project]
    if {$board ne "none"} {
        set_property board_part $board [current_project]
    }
    set_property ip_repo_paths [repositories $ips] [current_project]
    update_ip_catalog
    foreach ip $ips {
        if {[llength [get_ipdefs [vlnv $ip]]] != 1} {
            error "$ip: Vivado does not list its IP, [vlnv $ip]"
        }
    }
}

proc add_processor {} {
    global processor automation properties board mhz
    set cell [add $processor ps]
    dict set automation apply_board_preset [expr {$board ne "none"}]
    apply_bd_automation -rule xilinx.com:bd_rule:$processor -config $automation $cell
    dict set properties @{frequency} $mhz
    set_property -dict $properties $cell
}

# What all generators share: reset, the way to their registers, the way to memory, interrupts.
proc add_shared {count} {
    add proc_sys_reset reset
    add smartconnect control [list CONFIG.NUM_SI 1 CONFIG.NUM_MI [expr {2 * $count + 1}]]
    add smartconnect memory [list CONFIG.NUM_SI $count CONFIG.NUM_MI 1]
    # PYNQ waits for interrupts that come through a controller, by a single wire.
    add axi_intc interrupts {CONFIG.C_IRQ_CONNECTION 1}
    add xlconcat requests [list CONFIG.NUM_PORTS [expr {2 * $count}]]
    wire [pin clock] reset/slowest_sync_clk [pin control_clock] [pin memory_clock] \
        control/aclk memory/aclk interrupts/s_axi_aclk
    wire [pin reset] reset/ext_reset_in
    wire reset/peripheral_aresetn control/aresetn memory/aresetn interrupts/s_axi_aresetn
    bus [pin control] control/S00_AXI
    bus memory/M00_AXI [pin memory]
    bus control/M00_AXI interrupts/s_axi
    wire requests/dout interrupts/intr
    wire interrupts/irq [pin interrupt]
}

proc stream_bits {generator} {
    set bits [expr {8 * [get_property CONFIG.TDATA_NUM_BYTES [get_bd_intf_pins $generator/m_axis]]}]
    if {$bits ni {8 16 32 64 128 256 512 1024}} {
        error "$generator: beats of $bits bits; a DMA takes powers of two up to 1024:\
            generate with tdata = \"power-of-two\""
    }
    return $bits
}

proc add_generator {number ip} {
    set generator generator_$number
    set dma dma_$number
    create_bd_cell -type ip -vlnv [vlnv $ip] $generator
    set bits [stream_bits $generator]
    # Frames of up to 2^26 - 1 bytes; as it comes its length has 14 bits.
    add axi_dma $dma [list CONFIG.c_include_sg 0 CONFIG.c_include_mm2s 0 CONFIG.c_include_s2mm 1 \
        CONFIG.c_sg_length_width 26 CONFIG.c_m_axi_s2mm_data_width [expr {max(32, $bits)}]]
    add axis_register_slice slice_$number
    bus $generator/m_axis slice_$number/S_AXIS
    bus slice_$number/M_AXIS $dma/S_AXIS_S2MM
    bus $dma/M_AXI_S2MM memory/[format S%02d_AXI $number]
    bus control/[format M%02d_AXI [expr {2 * $number + 1}]] $generator/s_axi
    bus control/[format M%02d_AXI [expr {2 * $number + 2}]] $dma/S_AXI_LITE
    wire [pin clock] $generator/aclk slice_$number/aclk $dma/s_axi_lite_aclk $dma/m_axi_s2mm_aclk
    wire reset/peripheral_aresetn $generator/aresetn slice_$number/aresetn $dma/axi_resetn
    wire $generator/irq requests/In[expr {2 * $number}]
    wire $dma/s2mm_introut requests/In[expr {2 * $number + 1}]
}

proc place {segment number range} {
    global base
    assign_bd_address -offset [format 0x%08X [expr {$base + 0x10000 * $number}]] -range $range \
        -target_address_space [get_bd_addr_spaces ps/Data] [get_bd_addr_segs $segment]
}

# 64 KiB for each slave, in the order of the interconnect's ports.
proc assign_addresses {count} {
    place interrupts/S_AXI/Reg 0 64K
    for {set number 0} {$number < $count} {incr number} {
        place generator_$number/s_axi/registers [expr {2 * $number + 1}] 4K
        place dma_$number/S_AXI_LITE/Reg [expr {2 * $number + 2}] 64K
        # All of the memory, as large as the processors' settings say.
        assign_bd_address -target_address_space [get_bd_addr_spaces dma_$number/Data_S2MM] \
            [get_bd_addr_segs ps/@{memory}]
    }
}

# A hierarchy for each generator and its DMA, which is what PYNQ's driver of both looks for.
proc group {number} {
    group_bd_cells perturbations_$number [get_bd_cells generator_$number] \
        [get_bd_cells slice_$number] [get_bd_cells dma_$number]
}

proc draw {ips} {
    create_bd_design system
    add_processor
    add_shared [llength $ips]
    set number 0
    foreach ip $ips {
        add_generator $number $ip
        incr number
    }
    assign_addresses [llength $ips]
    for {set number 0} {$number < [llength $ips]} {incr number} {
        group $number
    }
    validate_bd_design
    save_bd_design
}

proc implement {} {
    generate_target all [get_files system.bd]
    make_wrapper -top -import -files [get_files system.bd]
    set_property top system_wrapper [current_fileset]
    update_compile_order -fileset sources_1
    launch_runs impl_1 -to_step write_bitstream
    wait_on_run impl_1
    if {[get_property PROGRESS [get_runs impl_1]] ne "100%"} {
        error "implementation ended with: [get_property STATUS [get_runs impl_1]]"
    }
}

proc export {} {
    global top folder
    set project [file join $folder project]
    file copy -force [file join $project $top.runs impl_1 system_wrapper.bit] \
        [file join $folder $top.bit]
    # Vivado has it below .gen since 2020.2, and below .srcs before.
    set handed {}
    foreach kind {gen srcs} {
        set file [file join $project $top.$kind sources_1 bd system hw_handoff system.hwh]
        if {[file isfile $file]} {
            lappend handed $file
        }
    }
    if {[llength $handed] == 0} {
        error "Vivado has written no system.hwh"
    }
    file copy -force [lindex $handed 0] [file join $folder $top.hwh]
    open_run impl_1
    write_hw_platform -fixed -include_bit -force [file join $folder $top.xsa]
    foreach {kind delay} {setup max hold min} {
        set path [get_timing_paths -delay_type $delay -max_paths 1]
        if {[llength $path] > 0} {
            puts "worst $kind slack: [get_property SLACK $path] ns"
        }
    }
}

if {[catch {
    if {[llength $ips] > $most} {
        error "[llength $ips] generators; $most at most"
    }
    file mkdir $folder
    open_project_of $ips
    draw $ips
    implement
    export
} message]} {
    puts stderr "ERROR: $top: $message"
    exit 1
}
puts "$top: bitstream, hardware description and platform are in $folder"
exit 0
