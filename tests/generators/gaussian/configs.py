"""Small configurations of every kind, as TOML."""

from __future__ import annotations

GAUSSIAN = '[perturbation]\nstrategy = "gaussian"\n[gaussian]\n'
TREE = GAUSSIAN + 'generator = "tree"\n'
TABLE_HADAMARD = GAUSSIAN + 'generator = "table-hadamard"\n'
CLT = GAUSSIAN + 'generator = "clt"\n'
PIECEWISE_CLT = GAUSSIAN + 'generator = "piecewise-clt"\n'
BOX_MULLER = GAUSSIAN + 'generator = "box-muller"\n'
SMALL = {
    "tree-1": f"{TREE}lanes = 1\n",
    "tree-3": f"{TREE}lanes = 3\nseed = 7\n",
    "hadamard-1": f"{TABLE_HADAMARD}lanes = 1\n",
    "hadamard-20": f"{TABLE_HADAMARD}lanes = 20\nseed = 7\n",
    "clt-1": f"{CLT}lanes = 1\n",
    "clt-3": f"{CLT}lanes = 3\nseed = 7\n",
    "piecewise-1": f"{PIECEWISE_CLT}lanes = 1\n",
    "piecewise-3": f"{PIECEWISE_CLT}lanes = 3\nseed = 7\n",
    "box-muller-1": f"{BOX_MULLER}lanes = 1\n",
    "box-muller-3": f"{BOX_MULLER}lanes = 3\nseed = 7\n",
}
