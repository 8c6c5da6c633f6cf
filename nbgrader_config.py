"""Plain `nbgrader ...` commands work in this folder; grading goes through course_lib's pipeline."""

import os

from course_lib.grading.converter import install

install()  # submissions are read within limits, pages have a security policy; nbgrader has no setting for that
c = get_config()  # noqa: F821

c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.CourseDirectory.course_id = "word-vectors"

# Release: what a student sees in place of a solution.
STUB = "raise NotImplementedError  # write your answer here and delete this line"
c.ClearSolutions.code_stub = {"python": STUB}
c.ClearSolutions.text_stub = "*Write your answer here.*"
c.ClearSolutions.enforce_metadata = True

# Grading: rebuild, run in a sandbox, judge outside, record. The score that Judge writes is what SaveAutoGrades reads.
c.Autograde.sanitize_preprocessors = ["course_lib.grading.preprocessors.Rebuild"]
c.Autograde.autograde_preprocessors = [
    "course_lib.grading.preprocessors.RunInSandbox",
    "course_lib.grading.preprocessors.Judge",
    "nbgrader.preprocessors.SaveAutoGrades",
    "course_lib.grading.preprocessors.SaveBonus",  # points of bonus tasks, as nbgrader's extra credit
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
    "course_lib.grading.preprocessors.WriteJournal",
]

# Feedback pages and the formgrader: what students wrote and displayed is sanitised.
c.HTMLExporter.preprocessors = ["course_lib.grading.preprocessors.SafeOutputs"]

# nbgrader export: a spreadsheet takes no name of a student for a formula.
c.ExportApp.plugin_class = "course_lib.grading.export.SafeCsv"
