"""The environment of every program that is started: a made one, not the caller's.

What a shell brings along (compiler flags, another Verilator's root, a testbench's settings, the
switches of Python) neither changes a verdict nor breaks a build. Only what the loader needs to
start the very programs that the caller can start is handed on.
"""

from __future__ import annotations

import os
import site
import sys
from pathlib import Path

from .folders import temporary_root

# The dynamic loader's, with which this process was started as well; and Apple's choice of an SDK.
_HANDED_ON = (
    *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"),
    *("SDKROOT", "DEVELOPER_DIR"),
)
SYSTEM_FOLDERS = ("/usr/local/bin", "/usr/bin", "/bin", "/opt/homebrew/bin")
_HOMELESS = "/nonexistent"


def environment_for(*programs: str | Path) -> dict[str, str]:
    """An environment in which these programs run, and what they start in their turn.

    PATH has the folders of the programs and the system's; the home is none, so that no settings
    are found there. For the running Python, the modules that it finds are those found here.

    Parameters
    ----------
    *programs : str or Path
        Their paths.

    Raises
    ------
    PezoError
        Where there is no folder for temporary files.
    """
    folders = [str(Path(program).parent) for program in programs if Path(program).is_absolute()]
    environment = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
    environment |= {
        "PATH": os.pathsep.join(dict.fromkeys([*folders, *SYSTEM_FOLDERS])),
        "HOME": _HOMELESS,
        "TMPDIR": str(temporary_root()),
        "LC_ALL": "C",
        # A compiler may be ccache under another name, which would look for settings and a folder.
        "CCACHE_DISABLE": "1",
    }
    if sys.executable in map(str, programs):
        environment |= _python()
    return environment


def _python() -> dict[str, str]:
    """What makes another process of this Python one like this one."""
    user = {"PYTHONUSERBASE": site.getuserbase()} if site.ENABLE_USER_SITE else {}
    return {
        "PYTHONPATH": os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path),
        # The current folder is the user's, and may hold a random.py.
        "PYTHONSAFEPATH": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        # Processes run side by side already.
        "OPENBLAS_NUM_THREADS": "1",
        **(user or {"PYTHONNOUSERSITE": "1"}),
    }
