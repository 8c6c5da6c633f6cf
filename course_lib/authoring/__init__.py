"""Tools for staff: ground truth, release, leak scan, sample class. No notebook imports them."""
