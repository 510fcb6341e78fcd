# The page that a block design shows for @{top}: there is nothing to set, since the Verilog is that of one
# configuration.

proc init_gui { IPINST } {
    ipgui::add_param $IPINST -name "Component_Name"
    ipgui::add_page $IPINST -name "Page 0"
}
