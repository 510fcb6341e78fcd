"""What a stream of numbers is: format, layout, windows, perturbations, files."""
