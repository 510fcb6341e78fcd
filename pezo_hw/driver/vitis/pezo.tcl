# What the driver adds to xparameters.h: XPAR_XPEZO_NUM_INSTANCES, and for each instance
# XPAR_PEZO_<n>_DEVICE_ID, _S_AXI_BASEADDR and _S_AXI_HIGHADDR.

proc generate {drv_handle} {
    xdefine_include_file $drv_handle "xparameters.h" "pezo" \
        "NUM_INSTANCES" "DEVICE_ID" "C_S_AXI_BASEADDR" "C_S_AXI_HIGHADDR"
    xdefine_canonical_xpars $drv_handle "xparameters.h" "pezo" \
        "DEVICE_ID" "C_S_AXI_BASEADDR" "C_S_AXI_HIGHADDR"
}
