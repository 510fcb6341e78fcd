"""The hardware of perturbations on command."""
