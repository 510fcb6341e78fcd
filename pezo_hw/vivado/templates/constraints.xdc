# @{top} on its own (out of context) at @{mhz} MHz; the period is in whole picoseconds, rounded down.
create_clock -name @{clock} -period @{period} [get_ports @{clock}]

# The neighbours are taken to be registers right at the pins: a path through a pin has a whole period.
# Without this, paths from o__ready or a reset to every clock enable would not be timed at all.
set_input_delay -clock @{clock} -max 0.000 [get_ports {@{inputs}}]
set_output_delay -clock @{clock} -max 0.000 [get_ports {@{outputs}}]
