"""Grades in the forms that Canvas, Moodle and Gradescope import."""
