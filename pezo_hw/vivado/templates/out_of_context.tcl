# Synthesis and implementation of @{top} on its own, for @{part}:
#
#   vivado -mode batch -source @{top}_out_of_context.tcl -tclargs FOLDER
#
# Reports and a checkpoint go to FOLDER, by default @{top}_out_of_context beside this file.
# An error ends Vivado with status 1. A clock that is too fast is no error: see the worst slack.

set top @{top}
set part @{part}
set verilog {@{verilog}}
set memories {@{memories}}
set constraints {@{constraints}}
set activity {@{activity}}
set instance {@{instance}}
set clock @{clock}

set here [file dirname [file normalize [info script]]]
if {$argc > 0} {
    set folder [file normalize [lindex $argv 0]]
} else {
    set folder [file join $here ${top}_out_of_context]
}

proc implement {} {
    global top part verilog memories constraints here folder
    # A table that is not found would be a core of zeros, and only a critical warning.
    set_msg_config -id {Synth 8-4445} -new_severity ERROR
    read_verilog [list [file join $here $verilog]]
    foreach memory $memories {
        read_mem [list [file join $here $memory]]
    }
    read_xdc -mode out_of_context [list [file join $here $constraints]]
    synth_design -top $top -part $part -mode out_of_context
    place_clock_source
    opt_design
    place_design
    phys_opt_design
    route_design
    write_checkpoint -force [file join $folder $top.dcp]
}

# Where the clock comes from: without a buffer its net would have no skew, and the figures be too good.
proc place_clock_source {} {
    global clock
    set sites [get_sites -quiet -filter {SITE_TYPE == BUFGCE || SITE_TYPE == BUFGCTRL}]
    if {[llength $sites] == 0} {
        puts "no clock buffer is known of this part: the clock's skew is taken to be 0"
        return
    }
    set_property HD.CLK_SRC [lindex $sites 0] [get_ports $clock]
}

proc report {} {
    global folder
    report_utilization -file [file join $folder utilization.rpt]
    report_utilization -hierarchical -file [file join $folder utilization_hierarchical.rpt]
    report_timing_summary -file [file join $folder timing_summary.rpt]
    foreach {kind delay} {setup max hold min} {
        set path [get_timing_paths -delay_type $delay -max_paths 1]
        if {[llength $path] > 0} {
            puts "worst $kind slack: [get_property SLACK $path] ns"
        }
    }
}

# Switching activity from a simulation, as the paper measures power; without it, from Vivado's guesses.
proc report_with_activity {} {
    global activity instance here folder
    if {$activity eq ""} {
        puts "power is estimated WITHOUT a simulation's switching activity: there is no SAIF file"
    } else {
        read_saif -strip_path $instance -out_file [file join $folder unmatched_nets.txt] \
            [file join $here $activity]
    }
    report_power -file [file join $folder power.rpt]
}

if {[catch {
    file mkdir $folder
    implement
    report
    report_with_activity
} message]} {
    puts stderr "ERROR: $top: $message"
    exit 1
}
puts "$top: the reports are in $folder"
exit 0
