"""How much of the past is kept: at its limits, by hand."""

from __future__ import annotations

import pytest

from pezo_hw import ConfigError
from pezo_hw.generators.on_the_fly.history_window import HistoryWindow


@pytest.mark.parametrize(
    ("needed", "room", "fed"),
    [
        (1, 2, 2),
        (2, 2, 2),
        (3, 4, 4),
        (4, 4, 4),
        (5, 8, 8),  # three more
        (11, 16, 11),  # five more would be needed
        (12, 16, 16),  # four more
        (13, 16, 16),
        (16, 16, 16),
        (17, 32, 17),
        (27, 32, 27),
        (28, 32, 32),
        (31, 32, 32),
        (33, 64, 33),
        (59, 64, 59),
        (60, 64, 64),
    ],
)
def test_up_to_four_older_words_are_played_back(needed: int, room: int, fed: int):
    window = HistoryWindow(needed=needed)
    assert (window.room, window.prefill) == (room, fed)
    assert 1 << window.room_bits == room


def test_nothing_is_no_window():
    with pytest.raises(ConfigError, match="needed"):
        HistoryWindow(needed=0)
