"""An Amaranth design that has a core, a stream and a sequencer in it."""
