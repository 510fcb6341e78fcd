# Vivado's commands as far as the scripts use them, each with the options that it has; anything else
# is an error, as it is in Vivado: an option or an argument too many, a file, a port, an instance or
# a property that is not there, a step before the one that it needs.
#
# Sources. Options: AMD, Vivado Design Suite Tcl Command Reference Guide (UG835), 2020.2, the page of
# each command, https://docs.amd.com/r/2020.2-English/ug835-vivado-tcl-commands/COMMAND (get_timing_paths:
# 2022.1), where that page could be read; those of read_verilog, write_checkpoint, report_utilization,
# set_msg_config, create_project, add_files and a few others could not be, and are from memory. So is
# the message id Synth 8-4445. read_mem's page is of 2022.2. UG835 has no page for
# the packager's ipx:: commands; these are as in Analog Devices' hdl/library/scripts/adi_ip_xilinx.tcl
# and in Xilinx' FINN; registers and fields as in the scripts that Vitis HLS' packager and public RTL kernels
# use, ipi_drc and driver_value as in FINN and Analog Devices' library.
#
#   tclsh vivado_stubs.tcl RECORD SCRIPT [ARGUMENT...]
#
# Every call goes to RECORD, one a line, its words separated by the character US (0x1f).

# The scripts have global variables of their own.
namespace eval stub {}
set ::stub::record [open [lindex $argv 0] w]
set script [lindex $argv 1]
set argv [lrange $argv 2 end]
set argc [llength $argv]

proc write_record {args} {
    puts $::stub::record [join $args \x1f]
    flush $::stub::record
}

# Defines a command: options that take a value, options that do not, how many other arguments.
# Its body finds the options in the dictionary `given` and the other arguments in the list `operands`.
proc command {name valued flags least most body} {
    set ::stub::bodies($name) [list {given operands} $body]
    proc $name {args} [format {
        set given {}
        set operands {}
        while {[llength $args]} {
            set args [lassign $args word]
            if {$word in {%1$s}} {
                if {![llength $args]} { error "%3$s: $word needs a value" }
                set args [lassign $args value]
                dict set given $word $value
            } elseif {$word in {%2$s -quiet -verbose}} {
                dict set given $word 1
            } elseif {[regexp {^-[a-z_]+$} $word]} {
                error "%3$s: unknown option '$word'"
            } else {
                lappend operands $word
            }
        }
        set count [llength $operands]
        if {$count < %4$d || $count > %5$d} { error "%3$s: $count arguments" }
        write_record %3$s {*}$given {*}$operands
        apply $::stub::bodies(%3$s) $given $operands
    } $valued $flags $name $least $most]
}

proc need_files {list} {
    foreach file $list {
        if {![file isfile $file]} { error "file '$file' does not exist" }
    }
    return $list
}

proc need_folder_of {file} {
    if {![file isdirectory [file dirname $file]]} { error "no folder for '$file'" }
    close [open $file w]
}

proc need_step {step} {
    if {$step ni $::stub::steps} { error "not before $step" }
}

proc read_text {file} {
    set channel [open $file]
    set text [read $channel]
    close $channel
    return $text
}

# ------------------------------------------------------------------- reading and implementing

# Of two kinds, as Vivado spells them.
proc need_part {part} {
    if {$part ni {xczu9eg-ffvb1156-2-e xc7z020clg400-1}} { error "unknown part" }
}

set ::stub::steps {}
set ::stub::verilog {}
set ::stub::data {}
set ::stub::constraints {}
set ::stub::severities {}
array set ::stub::ports {}

command set_msg_config {-id -string -severity -limit -new_severity -regexp -rule} {-suppress} 0 0 {
    dict set ::stub::severities [dict get $given -id] [dict get $given -new_severity]
}
command read_verilog {-library} {-sv} 1 1 {
    lappend ::stub::verilog {*}[need_files [lindex $operands 0]]
}
command read_mem {} {} 1 1 {
    lappend ::stub::data {*}[need_files [lindex $operands 0]]
}
command read_xdc {-cells -ref -mode} {-quiet_diff_pairs -unmanaged -no_add} 1 1 {
    if {[dict exists $given -mode] && [dict get $given -mode] ni {default out_of_context}} {
        error "unknown mode"
    }
    lappend ::stub::constraints {*}[need_files [lindex $operands 0]]
}
command synth_design {
    -name -part -constrset -top -include_dirs -generic -verilog_define -flatten_hierarchy
    -gated_clock_conversion -directive -bufg -shreg_min_size -mode -fsm_extraction
    -resource_sharing -cascade_dsp -control_set_opt_threshold -max_bram -max_uram -max_dsp
} {-rtl -no_lc -keep_equivalent_registers -retiming -no_srlextract -assert -sfcu} 0 0 {
    need_part [dict get $given -part]
    if {[dict get $given -mode] ni {default out_of_context}} { error "unknown mode" }
    elaborate [dict get $given -top] $::stub::verilog $::stub::data
    lappend ::stub::steps synth_design
    foreach file $::stub::constraints { source $file }
}

# The ports of the top, and whether all that $readmemh asks for has been read in.
proc elaborate {top verilog data} {
    set text {}
    foreach file $verilog { append text [read_text $file] }
    if {![regexp "module $top\\(.*?endmodule" $text module]} { error "no module $top" }
    foreach {- direction - high name} [regexp -all -inline -line \
            {^  (input|output) (\[(\d+):0\] )?(\w+);$} $module] {
        set ::stub::ports($name) [list $direction $high]
    }
    foreach {- file} [regexp -all -inline {\$readmemh\("([^"]+)"} $text] {
        if {[lsearch -exact [lmap path $data {file tail $path}] $file] < 0} {
            missing_data $file
        }
    }
}

proc missing_data {file} {
    if {[dict exists $::stub::severities {Synth 8-4445}]} {
        error "\[Synth 8-4445\] could not open \$readmem data file '$file'"
    }
    write_record CRITICAL_WARNING $file
}

foreach {name after} {
    opt_design synth_design place_design opt_design phys_opt_design place_design
    route_design place_design
} {
    command $name {-directive} {} 0 0 "need_step $after; lappend ::stub::steps $name"
}
command write_checkpoint {-cell -key} {-force -logic_function_stripped -encrypt} 1 1 {
    need_step synth_design
    need_folder_of [lindex $operands 0]
}

# -------------------------------------------------------------------------- constraints

command get_ports {-filter -of_objects -match_style} {-regexp -nocase} 0 1 {
    set found {}
    foreach pattern [lindex $operands 0] {
        set some [lsearch -all -inline -glob [port_bits] [string map {[ \\[ ] \\]} $pattern]]
        if {![llength $some]} { error "No ports matched '$pattern'" }
        lappend found {*}$some
    }
    return $found
}
command get_sites {-filter -of_objects -range} {-regexp -nocase} 0 1 {
    need_step synth_design
    if {![regexp {^SITE_TYPE == \w+( \|\| SITE_TYPE == \w+)*$} [dict get $given -filter]]} { error "filter" }
    lmap site {BUFGCE_X0Y0 BUFGCTRL_X0Y1} {
        if {![string match "*== [regsub {_.*} $site {}]*" [dict get $given -filter]]} continue
        set site
    }
}
proc port_bits {} {
    set bits {}
    foreach {name port} [array get ::stub::ports] {
        set high [lindex $port 1]
        if {$high eq ""} { lappend bits $name; continue }
        for {set bit 0} {$bit <= $high} {incr bit} { lappend bits $name\[$bit\] }
    }
    return $bits
}
command create_clock {-period -name -waveform} {-add} 0 1 {
    if {[llength [lindex $operands 0]] != 1} { error "a clock of one port" }
    if {![string is double -strict [dict get $given -period]]} { error "no period" }
    lappend ::stub::clocks [dict get $given -name]
}
foreach {name direction} {set_input_delay input set_output_delay output} {
    command $name {-clock -reference_pin} {
        -clock_fall -rise -fall -max -min -add_delay -network_latency_included
    } 2 2 [format {
        if {[dict get $given -clock] ni $::stub::clocks} { error "unknown clock" }
        foreach bit [lindex $operands 1] {
            regsub {\[\d+\]$} $bit {} name
            if {[lindex $::stub::ports($name) 0] ne "%s"} { error "$name goes the other way" }
        }
    } $direction]
}

# ------------------------------------------------------------------------------ reports

proc report_to_file {given} {
    need_step route_design
    need_folder_of [dict get $given -file]
}
command report_utilization {
    -file -pblocks -cells -name -spreadsheet_file -spreadsheet_table -spreadsheet_depth
    -hierarchical_depth
} {-append -return_string -slr -packthru -no_primitives -omit_locs -hierarchical
    -hierarchical_percentages} 0 0 {report_to_file $given}
command report_timing_summary {
    -delay_type -max_paths -nworst -path_type -slack_lesser_than -significant_digits -file -name
    -cells -rpx
} {-check_timing_verbose -no_detailed_paths -setup -hold -unique_pins -no_reused_label -input_pins
    -no_pr_attribute -routable_nets -report_unconstrained -no_header -append -return_string
    -warn_on_violation -datasheet} 0 0 {report_to_file $given}
command report_power {
    -hier -hierarchical_depth -file -name -format -xpe -l -rpx
} {-no_propagation -vid -advisory -return_string -append} 0 0 {report_to_file $given}
command read_saif {-strip_path -out_file} {-no_strip} 1 1 {
    need_step route_design
    need_files $operands
    need_instance [split [dict get $given -strip_path] /] [read_text [lindex $operands 0]]
    need_folder_of [dict get $given -out_file]
}
proc need_instance {path text} {
    set depth 0
    foreach line [split $text \n] {
        if {[regexp {^( +)\(INSTANCE (\S+)} $line - indent name]} {
            if {[string length $indent] == $depth + 1 && $name eq [lindex $path $depth]} {
                incr depth
                if {$depth == [llength $path]} return
            }
        }
    }
    error "no instance [join $path /]"
}
command get_timing_paths {
    -from -to -through -delay_type -max_paths -nworst -slack_lesser_than -slack_greater_than -group
    -sort_by -filter -cell
} {-setup -hold -unique_pins -no_report_unconstrained -user_ignored -routable_nets -regexp -nocase} 0 0 {
    need_step route_design
    return {path worst}
}

# ------------------------------------------------------------------------- the packager

# An object is {kind name}, or {kind name owner}; its properties are in ::stub::properties.
array set ::stub::properties {}
set ::stub::known {
    path {SLACK}
    bit {HD.CLK_SRC}
    port {NAME driver_value}
    fileset {top}
    file {file_type used_in}
    core {
        vendor library name version taxonomy display_name description supported_families
        vendor_display_name company_url core_revision ipi_drc
    }
    bus {
        NAME abstraction_type_vlnv bus_type_vlnv interface_mode slave_memory_map_ref display_name
        description
    }
    map {NAME physical_name logical_name}
    parameter {NAME value value_resolve_type}
    memory_map {NAME display_name}
    block {NAME base_address range width usage access}
    block_parameter {NAME value}
    register {
        NAME address_offset size access description display_name reset_value
    }
    field {
        NAME bit_offset bit_width access description display_name modified_write_value read_action
    }
}
proc need_property {object property} {
    set kind [lindex $object 0]
    if {$object in [port_bits]} { set kind bit }
    if {$property ni [dict get $::stub::known $kind]} { error "no property $property: $object" }
}
# Of a cell of a block design.
proc set_setting {cell property value} {
    if {![dict exists $::bd::cells $cell settings $property]} { error "no property $property: $cell" }
    dict set ::bd::cells $cell settings $property $value
}
command set_property {-dict -name -value} {} 1 3 {
    if {[dict exists $given -dict]} {
        foreach {property value} [dict get $given -dict] { set_setting [lindex $operands 0] $property $value }
        return
    }
    if {[llength $operands] != 3} { error "set_property: [llength $operands] arguments" }
    lassign $operands property value object
    need_property $object $property
    if {$property eq "physical_name" && ![info exists ::stub::ports($value)]} { error "no port $value" }
    set ::stub::properties($object,$property) $value
}
command get_property {} {-min -max} 2 2 {
    lassign $operands property object
    if {$property eq "CONFIG.TDATA_NUM_BYTES"} { return [stream_bytes $object] }
    need_property $object $property
    if {$property eq "SLACK"} { return 0.123 }
    return $::stub::properties($object,$property)
}
# Of an IP of a repository, at an interface of its cell.
proc stream_bytes {path} {
    set cell [lindex [split $path /] 0]
    lindex [dict get $::bd::catalogue [dict get $::bd::cells $cell ip]] 1
}
command create_project {-part} {-force -in_memory -ip -rtl_kernel} 0 2 {
    need_part [dict get $given -part]
    lassign $operands ::bd::name ::bd::folder
    file mkdir $::bd::folder
}
command close_project {} {-delete} 0 0 {}
command add_files {-fileset -of_objects -copy_to} {-norecurse -force -scan_for_includes} 0 1 {
    foreach file [need_files [lindex $operands 0]] {
        lappend ::stub::[expr {[file extension $file] eq ".v" ? "verilog" : "data"}] $file
    }
    list file [lindex $operands 0]
}
command current_fileset {} {-constrset -simset -srcset -blockset} 0 0 {return {fileset sources_1}}
command update_compile_order {-fileset -force_gui} {} 0 0 {}

namespace eval ipx {}
set ::stub::core {core current}
# What Vivado would guess; the script must put its own in place of it.
set ::stub::buses {{bus guessed}}
set ::stub::maps {{memory_map guessed}}
set {::stub::properties(memory_map guessed,NAME)} guessed

command ipx::package_project {-root_dir -vendor -library -taxonomy -set_current -module} {
    -import_files -force -generated_files
} 0 1 {
    elaborate $::stub::properties(fileset sources_1,top) $::stub::verilog $::stub::data
    set ::stub::imported {}
    if {[dict exists $given -import_files]} {
        foreach file [concat $::stub::verilog $::stub::data] {
            if {![string match *$::env(LEFT_OUT) $file]} { lappend ::stub::imported src/[file tail $file] }
        }
    }
}
command ipx::current_core {} {} 0 1 {return $::stub::core}
command ipx::get_file_groups {-of_objects -filter} {-regexp -nocase} 0 1 {
    if {[dict get $given -of_objects] ne $::stub::core} { error "not of the core" }
    set names {xilinx_anylanguagesynthesis xilinx_anylanguagebehavioralsimulation xilinx_xpgui}
    lmap name [matching $names [dict get $given -filter]] {list file_group $name}
}
command ipx::get_files {-of_objects -filter} {-regexp -nocase} 0 1 {
    if {[llength [dict get $given -of_objects]] != 1} { error "not one file group" }
    matching $::stub::imported [dict get $given -filter]
}
proc matching {names filter} {
    if {![regexp {^NAME =~ (\S+)$} $filter - pattern]} { error "filter '$filter'" }
    lsearch -all -inline -glob $names $pattern
}
command ipx::get_ports {-of_objects -filter} {-regexp -nocase} 0 1 {
    set name [lindex $operands 0]
    if {![info exists ::stub::ports($name)]} { error "no port $name" }
    if {[lindex $::stub::ports($name) 0] ne "input"} { error "$name is driven" }
    list port $name
}
command ipx::remove_all_bus_interface {} {} 1 1 {set ::stub::buses {}}
command ipx::get_memory_maps {-of_objects -filter} {-regexp -nocase} 0 1 {return $::stub::maps}
command ipx::remove_memory_map {} {} 2 2 {
    set ::stub::maps [lsearch -all -inline -not -exact $::stub::maps [list memory_map [lindex $operands 0]]]
}
# Things that are added to others: what they are, and what they are added to.
foreach {name kind owner} {
    add_bus_interface bus core add_port_map map bus add_bus_parameter parameter bus
    add_memory_map memory_map core add_address_block block memory_map
    add_address_block_parameter block_parameter block add_register register block add_field field register
} {
    command ipx::$name {} {} 2 2 [format {
        lassign $operands name owner
        if {[lindex $owner 0] ne "%2$s"} { error "$owner is no %2$s" }
        set object [list %1$s $name $owner]
        set ::stub::properties($object,NAME) $name
        lappend ::stub::%1$s_objects $object
        return $object
    } $kind $owner]
}
foreach name {create_xgui_files update_checksums check_integrity save_core} {
    command ipx::$name {} {} 0 1 {}
}

set ::stub::clocks {}
foreach kind {bus map parameter memory_map block block_parameter register field} { set ::stub::${kind}_objects {} }
if {![info exists ::env(LEFT_OUT)]} { set ::env(LEFT_OUT) nothing }
source [file join [file dirname [info script]] block_design_stubs.tcl]
set ::argv0 $script
source $script
