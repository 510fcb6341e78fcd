"""An experiment on real data; its modules need the extra ``train`` (see `require_extras`)."""
