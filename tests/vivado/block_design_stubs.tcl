# The commands of a block design, on top of those in vivado_stubs.tcl: cells of a small catalogue, nets,
# addresses, and the run that ends in a bitstream. As in Vivado, a name that is not there is an error.
#
# Sources. Options: UG835, the pages of create_bd_cell, connect_bd_net, connect_bd_intf_net,
# assign_bd_address, get_bd_addr_segs, make_wrapper and write_hw_platform (each of a version from 2020.2 to
# 2026.1; -files of make_wrapper, and group_bd_cells, as public scripts have them); those of the others are from memory. Pins, interfaces, properties and segments of the catalogue are as
# public scripts of both families use them (AMD's, Avnet's and QICK's block designs, PYNQ overlays), and
# from memory beyond that: it holds no more of an IP than that. Where Vivado would warn of a pin that is
# left open these stubs end with an error.

namespace eval bd {
    variable repositories {} catalogue {} cells {} nets {} buses {} segments {} settled 0
    variable part {} board {} made {}
}
dict set ::stub::known project {board_part ip_repo_paths}
dict set ::stub::known run {PROGRESS STATUS}

# {pins interfaces properties} of an IP: a pin is {name direction must}, an interface {name mode kind}.
proc bd::shape {ip settings} {
    switch $ip {
        zynq_ultra_ps_e {
            set pins {{pl_clk0 O 0} {pl_resetn0 O 0}}
            set faces {}
            foreach {property face mode pin} {
                PSU__USE__M_AXI_GP0 M_AXI_HPM0_FPD Master maxihpm0_fpd_aclk
                PSU__USE__M_AXI_GP1 M_AXI_HPM1_FPD Master maxihpm1_fpd_aclk
                PSU__USE__M_AXI_GP2 M_AXI_HPM0_LPD Master maxihpm0_lpd_aclk
                PSU__USE__S_AXI_GP2 S_AXI_HP0_FPD Slave saxihp0_fpd_aclk
            } {
                if {[dict get $settings CONFIG.$property]} {
                    lappend faces [list $face $mode aximm]
                    lappend pins [list $pin I 1]
                }
            }
            if {[dict get $settings CONFIG.PSU__USE__IRQ0]} { lappend pins {pl_ps_irq0 I 1} }
            return [list $pins $faces]
        }
        processing_system7 {
            set pins {{FCLK_CLK0 O 0} {FCLK_RESET0_N O 0}}
            set faces {}
            foreach {property face mode} {
                PCW_USE_M_AXI_GP0 M_AXI_GP0 Master PCW_USE_S_AXI_HP0 S_AXI_HP0 Slave
            } {
                if {[dict get $settings CONFIG.$property]} {
                    lappend faces [list $face $mode aximm]
                    lappend pins [list ${face}_ACLK I 1]
                }
            }
            if {[dict get $settings CONFIG.PCW_USE_FABRIC_INTERRUPT]
                    && [dict get $settings CONFIG.PCW_IRQ_F2P_INTR]} { lappend pins {IRQ_F2P I 1} }
            return [list $pins $faces]
        }
        smartconnect {
            set faces {}
            for {set n 0} {$n < [dict get $settings CONFIG.NUM_SI]} {incr n} {
                lappend faces [list [format S%02d_AXI $n] Slave aximm]
            }
            for {set n 0} {$n < [dict get $settings CONFIG.NUM_MI]} {incr n} {
                lappend faces [list [format M%02d_AXI $n] Master aximm]
            }
            return [list {{aclk I 1} {aresetn I 1}} $faces]
        }
        xlconcat {
            set pins {{dout O 0}}
            for {set n 0} {$n < [dict get $settings CONFIG.NUM_PORTS]} {incr n} { lappend pins [list In$n I 1] }
            return [list $pins {}]
        }
        axi_dma {
            set pins {{s_axi_lite_aclk I 1} {axi_resetn I 1}}
            set faces {{S_AXI_LITE Slave aximm}}
            if {[dict get $settings CONFIG.c_include_sg]} { lappend pins {m_axi_sg_aclk I 1} }
            if {[dict get $settings CONFIG.c_include_mm2s]} {
                lappend pins {m_axi_mm2s_aclk I 1} {mm2s_introut O 0}
                lappend faces {M_AXIS_MM2S Master axis} {M_AXI_MM2S Master aximm}
            }
            if {[dict get $settings CONFIG.c_include_s2mm]} {
                lappend pins {m_axi_s2mm_aclk I 1} {s2mm_introut O 0}
                lappend faces {S_AXIS_S2MM Slave axis} {M_AXI_S2MM Master aximm}
            }
            return [list $pins $faces]
        }
        axi_intc { return {
            {{s_axi_aclk I 1} {s_axi_aresetn I 1} {intr I 1} {irq O 0}} {{s_axi Slave aximm}}
        } }
        axis_register_slice { return {
            {{aclk I 1} {aresetn I 1}} {{S_AXIS Slave axis} {M_AXIS Master axis}}
        } }
        proc_sys_reset { return {
            {{slowest_sync_clk I 1} {ext_reset_in I 1} {aux_reset_in I 0} {dcm_locked I 0}
                {peripheral_aresetn O 0}} {}
        } }
    }
    error "no IP $ip"
}
# What can be set, with what it is as it comes.
set ::bd::settings {
    zynq_ultra_ps_e {
        PSU__USE__M_AXI_GP0 1 PSU__USE__M_AXI_GP1 1 PSU__USE__M_AXI_GP2 0 PSU__USE__S_AXI_GP2 0
        PSU__USE__IRQ0 0 PSU__FPGA_PL0_ENABLE 1 PSU__CRL_APB__PL0_REF_CTRL__FREQMHZ 100
    }
    processing_system7 {
        PCW_USE_M_AXI_GP0 1 PCW_USE_S_AXI_HP0 0 PCW_USE_FABRIC_INTERRUPT 0 PCW_IRQ_F2P_INTR 0
        PCW_FPGA0_PERIPHERAL_FREQMHZ 50
    }
    smartconnect {NUM_SI 2 NUM_MI 1} xlconcat {NUM_PORTS 2} axi_intc {C_IRQ_CONNECTION 0}
    axi_dma {
        c_include_sg 1 c_include_mm2s 1 c_include_s2mm 1 c_sg_length_width 14 c_m_axi_s2mm_data_width 32
    }
    axis_register_slice {} proc_sys_reset {}
}
# The segments of an IP; an AXI slave's by its interface, and the processors' memory.
set ::bd::segments_of {
    axi_dma S_AXI_LITE/Reg axi_intc S_AXI/Reg
    zynq_ultra_ps_e SAXIGP2/HP0_DDR_LOW processing_system7 S_AXI_HP0/HP0_DDR_LOWOCM
}
# The addresses behind the processors' port.
set ::bd::window {zynq_ultra_ps_e {0xA0000000 0xAFFFFFFF} processing_system7 {0x40000000 0x7FFFFFFF}}

# An IP of a repository, from its description: buses, clock, reset and interrupt are pins if of one wire.
proc bd::describe {folder} {
    set text [read_text [file join $folder component.xml]]
    foreach element {vendor library name version} {
        regexp "<spirit:$element>(\[^<\]*)</spirit:$element>" $text - $element
    }
    set pins {}
    set faces {}
    set bytes 0
    foreach {- body} [regexp -all -inline {<spirit:busInterface>(.*?)</spirit:busInterface>} $text] {
        regexp {<spirit:name>(\w+)<} $body - face
        regexp {<spirit:busType [^>]*spirit:name="(\w+)"} $body - kind
        set slave [regexp {<spirit:slave\M} $body]
        if {$kind in {aximm axis}} {
            lappend faces [list $face [expr {$slave ? "Slave" : "Master"}] $kind]
            regexp {TDATA_NUM_BYTES</spirit:name>\s*<spirit:value[^>]*>(\d+)<} $body - bytes
        } else {
            lappend pins [list $face [expr {$slave ? "I" : "O"}] $slave]
        }
    }
    regexp {<spirit:addressBlock>\s*<spirit:name>(\w+)<} $text - block
    list $vendor:$library:$name:$version [list $pins $faces] $bytes $block
}

# ------------------------------------------------------------------------------ project and catalogue

command current_project {} {} 0 1 {return {project current}}
command update_ip_catalog {-add_ip -delete_ip -repo_path} {-rebuild -delete_mult_ip} 0 0 {
    set ::bd::catalogue {}
    foreach folder $::stub::properties(project current,ip_repo_paths) {
        lassign [bd::describe $folder] vlnv shape bytes block
        if {[dict exists $::bd::catalogue $vlnv]} { error "Duplicate IP $vlnv" }
        dict set ::bd::catalogue $vlnv [list $shape $bytes $block]
    }
}
command get_ipdefs {-filter -of_objects} {-regexp -nocase -all} 0 1 {
    set found [dict keys $::bd::catalogue [lindex $operands 0]]
    write_record LISTED {*}$found
    return $found
}
command create_bd_design {-dir -cell -srcset} {-bdsource} 1 1 {set ::bd::design [lindex $operands 0]}

# ------------------------------------------------------------------------------ cells, pins, nets

command create_bd_cell {-vlnv -type -reference -revision} {} 1 1 {
    set name [lindex $operands 0]
    if {[dict exists $::bd::cells $name]} { error "there is a cell $name" }
    set vlnv [dict get $given -vlnv]
    lassign [split $vlnv :] vendor library ip version
    if {"$vendor:$library" eq "xilinx.com:ip" && $version eq ""} {
        set settings {}
        foreach {property value} [dict get $::bd::settings $ip] { dict set settings CONFIG.$property $value }
        dict set ::bd::cells $name [dict create ip $ip settings $settings]
    } elseif {[dict exists $::bd::catalogue $vlnv]} {
        dict set ::bd::cells $name [dict create ip $vlnv settings {}]
    } else {
        error "no IP $vlnv"
    }
    return $name
}
command apply_bd_automation {-rule -config -opts} {} 1 1 {
    set ip [dict get $::bd::cells [lindex $operands 0] ip]
    if {[dict get $given -rule] ne "xilinx.com:bd_rule:$ip"} { error "no rule for $ip" }
    foreach key [dict keys [dict get $given -config]] {
        if {$key ni {apply_board_preset make_external Master Slave}} { error "no $key" }
    }
    if {[dict get $given -config apply_board_preset] \
            != [info exists {::stub::properties(project current,board_part)}]} { error "board preset" }
    # Only these have pins of their own, which the wrapper must have too.
    if {$ip eq "processing_system7"} {
        if {[dict get $given -config make_external] ne "FIXED_IO, DDR"} { error "no pins for the memory" }
    }
}
proc bd::shape_of {cell} {
    set described [dict get $::bd::cells $cell]
    set ip [dict get $described ip]
    if {[dict exists $::bd::catalogue $ip]} { return [lindex [dict get $::bd::catalogue $ip] 0] }
    bd::shape $ip [dict get $described settings]
}
proc bd::find {place list path} {
    lassign [split $path /] cell name
    foreach each [lindex [bd::shape_of $cell] $list] {
        if {[lindex $each 0] eq $name} { return $path }
    }
    error "no $place '$path'"
}
proc bd::entry {list path} {
    lassign [split $path /] cell name
    lsearch -inline -index 0 -exact [lindex [bd::shape_of $cell] $list] $name
}
command get_bd_pins {-filter -of_objects} {-regexp -hierarchical} 0 1 {bd::find pin 0 [lindex $operands 0]}
command get_bd_intf_pins {-filter -of_objects} {-regexp -hierarchical} 0 1 {
    bd::find interface 1 [lindex $operands 0]
}
command connect_bd_net {-net -boundary_type} {} 2 99 {
    set operands [lassign $operands from]
    if {[lindex [bd::entry 0 $from] 1] ne "O"} { error "$from drives nothing" }
    foreach to $operands {
        if {[lindex [bd::entry 0 $to] 1] ne "I"} { error "$to is driven" }
        if {[dict exists $::bd::nets $to]} { error "$to is connected" }
        dict set ::bd::nets $to $from
    }
}
command connect_bd_intf_net {-intf_net -boundary_type} {} 2 3 {
    lassign $operands one other
    foreach path [list $one $other] {
        if {[dict exists $::bd::buses $path]} { error "$path is connected" }
    }
    lassign [bd::entry 1 $one] - mode kind
    lassign [bd::entry 1 $other] - its_mode its_kind
    if {$kind ne $its_kind || $mode eq $its_mode} { error "$one does not go with $other" }
    dict set ::bd::buses $one $other
    dict set ::bd::buses $other $one
}

command get_bd_cells {-filter -of_objects} {-regexp -hierarchical} 0 1 {
    if {![dict exists $::bd::cells [lindex $operands 0]]} { error "no cell [lindex $operands 0]" }
    return [lindex $operands 0]
}
# What is connected stays so, and an address that was given is kept: public scripts group at their end.
command group_bd_cells {-prefix} {} 2 99 {
    set operands [lassign $operands hierarchy]
    foreach cell [dict keys $::bd::cells] {
        if {[lindex [split $cell /] 0] eq $hierarchy} { error "there is a cell $hierarchy" }
    }
    foreach cell $operands {
        foreach variable {cells nets buses} { set ::bd::$variable [bd::moved $cell $hierarchy [set ::bd::$variable]] }
        set ::bd::segments [bd::moved $cell $hierarchy $::bd::segments]
    }
}
proc bd::moved {cell hierarchy names} {
    lmap name $names {expr {[string match $cell $name] || [string match $cell/* $name] ? "$hierarchy/$name" : $name}}
}

# ------------------------------------------------------------------------------ addresses

command get_bd_addr_spaces {-filter -of_objects} {-regexp -hierarchical} 0 1 {
    set path [lindex $operands 0]
    lassign [split $path /] cell space
    if {![dict exists $::bd::cells $cell]} { error "no address space $path" }
    set ip [dict get $::bd::cells $cell ip]
    set spaces {zynq_ultra_ps_e Data processing_system7 Data axi_dma Data_S2MM}
    if {![dict exists $spaces $ip] || [dict get $spaces $ip] ne $space} { error "no address space $path" }
    return $path
}
proc bd::segment_of {cell} {
    set ip [dict get $::bd::cells $cell ip]
    if {[dict exists $::bd::catalogue $ip]} {
        return $cell/s_axi/[lindex [dict get $::bd::catalogue $ip] 2]
    }
    if {![dict exists $::bd::segments_of $ip]} { return {} }
    return $cell/[dict get $::bd::segments_of $ip]
}
command get_bd_addr_segs {-filter -of_objects} {
    -regexp -hierarchical -excluded -addressed -unaddressed -addressing -addressables
} 0 1 {
    set path [lindex $operands 0]
    if {[bd::segment_of [lindex [split $path /] 0]] ne $path} { error "no segment $path" }
    return $path
}
command assign_bd_address {
    -target_address_space -dict -import_from_file -export_to_file -export_gui_to_file -offset -range
    -base_high
} {-boundary -master_boundary -external -force} 0 1 {
    set segment [lindex $operands 0]
    set space [dict get $given -target_address_space]
    set range 2G
    if {[dict exists $given -range]} { set range [dict get $given -range] }
    set size [expr [string map {K *1024 M *1024*1024 G *1024*1024*1024} $range]]
    set low 0
    if {[dict exists $given -offset]} { set low [expr {[dict get $given -offset]}] }
    if {$low % $size} { error "$segment is not aligned" }
    foreach {its_space its_segment its_low its_size} $::bd::segments {
        if {$space ne $its_space} continue
        if {$low < $its_low + $its_size && $its_low < $low + $size} { error "$segment overlaps $its_segment" }
    }
    lassign [split $space /] cell name
    if {$name eq "Data"} {
        lassign [dict get $::bd::window [dict get $::bd::cells $cell ip]] first last
        if {$low < $first || $low + $size - 1 > $last} { error "$segment is out of reach" }
    }
    lappend ::bd::segments $space $segment $low $size
}

# ------------------------------------------------------------------------------ checks and runs

proc bd::check_cell {cell} {
    lassign [bd::shape_of $cell] pins faces
    foreach pin $pins {
        lassign $pin name - must
        if {$must && ![dict exists $::bd::nets $cell/$name]} { error "$cell/$name is open" }
    }
    foreach face $faces {
        if {![dict exists $::bd::buses $cell/[lindex $face 0]]} { error "$cell/[lindex $face 0] is open" }
    }
    set segment [bd::segment_of $cell]
    if {$segment ne "" && $segment ni $::bd::segments} { error "$segment has no address" }
    if {[dict get $::bd::cells $cell ip] ne "axi_dma"} return
    if {"$cell/Data_S2MM" ni $::bd::segments} { error "$cell reaches no memory" }
    bd::check_dma $cell [dict get $::bd::cells $cell settings]
}
# The stream comes through a register slice.
proc bd::check_dma {cell settings} {
    set slice [file dirname [dict get $::bd::buses $cell/S_AXIS_S2MM]]
    set generator [file dirname [dict get $::bd::buses $slice/S_AXIS]]
    set bits [expr {8 * [lindex [dict get $::bd::catalogue [dict get $::bd::cells $generator ip]] 1]}]
    set width [dict get $settings CONFIG.c_m_axi_s2mm_data_width]
    if {$bits ni {8 16 32 64 128 256 512 1024}} { error "a stream of $bits bits" }
    if {$width ni {32 64 128 256 512 1024} || $width < $bits} { error "$width bits of memory for $bits" }
    set length [dict get $settings CONFIG.c_sg_length_width]
    if {$length < 8 || $length > 26} { error "a length of $length bits" }
}
command validate_bd_design {-design} {-force} 0 0 {
    foreach cell [dict keys $::bd::cells] { bd::check_cell $cell }
    write_record CELLS {*}[dict keys $::bd::cells]
    set ::bd::settled 1
}
command save_bd_design {} {} 0 1 {if {!$::bd::settled} { error "not validated" }}
command get_files {-filter -of_objects -compile_order -used_in} {-regexp -nocase -all} 0 1 {
    if {[lindex $operands 0] ne "$::bd::design.bd"} { error "no file [lindex $operands 0]" }
    return [file join $::bd::folder $::bd::design.bd]
}
command generate_target {} {-force} 2 2 {
    set place [file join $::bd::folder $::bd::name.$::env(HANDED_TO) sources_1 bd $::bd::design hw_handoff]
    file mkdir $place
    close [open [file join $place $::bd::design.hwh] w]
    lappend ::bd::made targets
}
command make_wrapper {-fileset -files} {-top -testbench -inst_template -import -force} 0 1 {
    if {"targets" ni $::bd::made} { error "not before generate_target" }
    lappend ::bd::made wrapper
}
command launch_runs {-jobs -scripts_only -to_step -next_step -dir -host} {-force} 1 1 {
    if {$operands ne "impl_1" || [dict get $given -to_step] ne "write_bitstream"} { error "no such run" }
    if {"wrapper" ni $::bd::made} { error "no wrapper" }
    if {$::stub::properties(fileset sources_1,top) ne "${::bd::design}_wrapper"} { error "another top" }
    set ::bd::running $operands
}
command wait_on_run {-timeout} {} 1 1 {bd::finish $operands}
proc bd::finish {run} {
    if {$run ne $::bd::running} { error "$run does not run" }
    set place [file join $::bd::folder $::bd::name.runs $run]
    file mkdir $place
    set ::stub::properties(run\ $run,PROGRESS) $::env(PROGRESS)
    set ::stub::properties(run\ $run,STATUS) {place_design ERROR}
    if {$::env(PROGRESS) ne "100%"} return
    close [open [file join $place ${::bd::design}_wrapper.bit] w]
    lappend ::bd::made bitstream
}
command get_runs {-filter -of_objects} {-regexp -nocase} 0 1 {list run [lindex $operands 0]}
command open_run {-name -constrset -part} {} 1 1 {
    if {"bitstream" ni $::bd::made} { error "no run $operands" }
    lappend ::stub::steps synth_design opt_design place_design route_design
}
command write_hw_platform {-rp -rm} {
    -fixed -force -include_bit -include_sim_content -minimal -hw -hw_emu -static
} 0 1 {
    need_step route_design
    need_folder_of [lindex $operands 0]
}
if {![info exists ::env(PROGRESS)]} { set ::env(PROGRESS) 100% }
if {![info exists ::env(HANDED_TO)]} { set ::env(HANDED_TO) gen }
