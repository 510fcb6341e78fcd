# Packages @{top} as an IP for block designs, with Vivado's own packager:
#
#   vivado -mode batch -source @{top}_package_ip.tcl -tclargs FOLDER
#
# The IP goes to FOLDER, by default @{top}_ip beside this file, a project that only the packager needs to
# FOLDER_project. Add FOLDER to ip_repo_paths.
# An error ends Vivado with status 1.

set top @{top}
set part @{part}
set verilog {@{verilog}}
set memories {@{memories}}
set families {@{families}}

set here [file dirname [file normalize [info script]]]
if {$argc > 0} {
    set folder [file normalize [lindex $argv 0]]
} else {
    set folder [file join $here ${top}_ip]
}

proc package {} {
    global top part verilog memories families here folder
    create_project -force -part $part package_$top ${folder}_project
    add_files -norecurse [list [file join $here $verilog]]
    foreach name $memories {
        set_property file_type {Memory Initialization Files} \
            [add_files -norecurse [list [file join $here $name]]]
    }
    set_property top $top [current_fileset]
    update_compile_order -fileset sources_1
    ipx::package_project -root_dir $folder -vendor @{vendor} -library @{library} \
        -taxonomy @{taxonomy} -import_files -force
    set core [ipx::current_core]
    set_property name $top $core
    set_property version @{version} $core
    set_property display_name {@{title}} $core
    set_property description {@{title}} $core
    set_property supported_families $families $core
    set_property core_revision @{revision} $core
    set_property ipi_drc {@{checks}} $core
    demand_memories $core
    forget_guesses $core
    declare_interfaces $core
    drive_what_is_left_open $core
    ipx::create_xgui_files $core
    ipx::update_checksums $core
    ipx::check_integrity $core
    ipx::save_core $core
    close_project
}

# A table that is left out would be a core of zeros.
proc demand_memories {core} {
    global memories
    foreach kind {synthesis simulation} {
        set group [ipx::get_file_groups -of_objects $core -filter "NAME =~ *$kind*"]
        foreach name $memories {
            if {[llength [ipx::get_files -of_objects $group -filter "NAME =~ *$name"]] == 0} {
                error "the packager has left $name out of the files for $kind"
            }
        }
    }
}

# What Vivado guesses from the names of pins depends on its version.
proc forget_guesses {core} {
    ipx::remove_all_bus_interface $core
    foreach map [ipx::get_memory_maps -of_objects $core] {
        ipx::remove_memory_map [get_property NAME $map] $core
    }
}

proc declare {core name bus mode ports parameters} {
    lassign [split $bus :] vendor library kind version
    set interface [ipx::add_bus_interface $name $core]
    set_property abstraction_type_vlnv $vendor:$library:${kind}_rtl:$version $interface
    set_property bus_type_vlnv $bus $interface
    set_property interface_mode $mode $interface
    foreach {logical physical} $ports {
        set_property physical_name $physical [ipx::add_port_map $logical $interface]
    }
    foreach {parameter value} $parameters {
        set_property value $value [ipx::add_bus_parameter $parameter $interface]
    }
    return $interface
}

proc declare_memory_map {core interface name range parameters} {
    set map [ipx::add_memory_map $name $core]
    set block [ipx::add_address_block registers $map]
    set_property base_address 0 $block
    set_property range $range $block
    set_property width 32 $block
    set_property usage register $block
    foreach {parameter value} $parameters {
        set_property value $value [ipx::add_address_block_parameter $parameter $block]
    }
    set_property slave_memory_map_ref $name $interface
    return $block
}

# Each register with its fields; what has no reset value, as the hardware gives it, has {} for one.
proc declare_registers {block registers} {
    foreach {name offset access reset title description fields} $registers {
        set register [ipx::add_register $name $block]
        set_property address_offset $offset $register
        set_property size 32 $register
        set_property access $access $register
        set_property display_name $title $register
        set_property description $description $register
        if {$reset ne ""} {
            set_property reset_value $reset $register
        }
        foreach {name low width access written description} $fields {
            set field [ipx::add_field $name $register]
            set_property bit_offset $low $field
            set_property bit_width $width $field
            set_property access $access $field
            set_property description $description $field
            if {$written ne ""} {
                set_property modified_write_value $written $field
            }
        }
    }
}

# What an input is that nobody connects.
proc drive_what_is_left_open {core} {
    foreach {port value} @{defaults} {
        set_property driver_value $value [ipx::get_ports $port -of_objects $core]
    }
}

proc declare_interfaces {core} {
@{interfaces}
}

if {[catch {
    file mkdir $folder
    package
} message]} {
    puts stderr "ERROR: $top: $message"
    exit 1
}
puts "$top: the IP is in $folder"
exit 0
