"""The `course` command, in parts: for students, for instructors, for maintainers."""
