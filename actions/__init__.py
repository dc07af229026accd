"""What we answer. One action for all advice topics that differ only by a row; a module for each that computes."""
