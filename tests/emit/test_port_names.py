"""Ports without a name of their own."""

from __future__ import annotations

import re
from dataclasses import replace

from pezo_hw import load
from pezo_hw.emit import emit_core
from pezo_hw.emit.port_names import with_named_ports
from pezo_hw.generators.replay.options import SystemOptions

# A parent that hands parts of two signals on, one of which has no name in the child, and a child
# that hands out a part of its own; a wire of the child has the name that would be the port's.
TEXT = r"""module \top
  wire width 3 $1
  wire width 4 output 0 \sum
  wire width 2 \rest
  cell \child \child
    connect \port$7$0 $1 [2:0]
    connect \port$8$0 \rest [1:0]
    connect \port$9$0 \sum [3:0]
  end

connect \both { $1 [2:0] \rest [1:0] }
end
module \child
  wire width 3 input 0  \port$7$0

  wire width 2 input 1  \port$8$0

  wire width 4 output 2  \port$9$0

  wire width 4 \total_7_4
  cell $and $2
    connect \A { \port$8$0 [1:0] 1'0 }
  end

connect \word.low { 2'00 \port$7$0 [2:0] 1'1 }
connect \total { $3 [3:0] $4 [3:0] }
connect \port$9$0 $3 [3:0]
end
"""


def test_a_port_is_called_after_what_it_is_part_of():
    named = with_named_ports(TEXT)
    assert "port$" not in named
    for port in (r"connect \word__low_3_1 $1 [2:0]", r"wire width 3 input 0  \word__low_3_1"):
        assert port in named
    assert r"connect \rest \rest [1:0]" in named
    assert r"connect \A { \rest [1:0] 1'0 }" in named
    assert named.count(r"\total_7_4_") == 3


def test_all_else_stays():
    plain = TEXT.replace("port$", "named_")
    assert with_named_ports(plain) == plain


def test_no_core_has_numbered_ports():
    """The systems around a bank and a pool in copies, with all that can be loaded."""
    for name, system in (("paper-roberta", "axi"), ("paper-pool", "replay")):
        config = replace(load(name), system=SystemOptions(load="contents"))
        core = emit_core(config, system=system)
        assert re.findall(r"port\$\d+", core.files[core.verilog_file]) == []
