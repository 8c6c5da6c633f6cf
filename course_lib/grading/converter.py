"""nbgrader's autograde step with our reading of submissions, for `nbgrader autograde`.

nbgrader's own copies every file that a student hands in, skips who handed in none of the right name, believes the
student's time stamp, and stops the class at some notebooks. Here every submission ends in one outcome.
"""

from __future__ import annotations

import glob
import os
from pathlib import Path

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.apps.generatefeedbackapp
from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, NbGraderException
from sqlalchemy.exc import SQLAlchemyError
from traitlets import Bool

from course_lib.errors import CourseError
from course_lib.grading import intake, pipeline
from course_lib.grading.intake import Submission
from course_lib.grading.pages import SafeFeedback

SUBMISSION = "course_submission"  # its place in the preprocessors' resources


class CourseAutograde(Autograde):
    """Grades the submissions of one assignment, one after another; ends with 1 if some could not be graded, or with 2.

    ungraded: which these are.
    """

    ungraded: list[str]

    believe_timestamps = Bool(
        False,
        help="take the time of a submission from its timestamp.txt: only where nbgrader's exchange wrote that file, "
        "since students can write it too",
    ).tag(config=True)

    def start(self) -> None:
        """Grade. Raises: NbGraderException: some could not be graded. SystemExit: none can be."""
        self.ungraded = []
        try:
            super().start()
        except CourseError as error:
            self.log.critical(str(error))
            raise SystemExit(2) from None
        if self.ungraded:
            raise NbGraderException("could not be graded: " + "; ".join(self.ungraded))

    def init_notebooks(self) -> None:
        """All folders that students handed in, whatever is in them."""
        assignment = self.coursedir.assignment_id
        folders = glob.glob(self._format_source(assignment, self.coursedir.student_id))
        self.assignments = {folder: [os.path.join(folder, f"{assignment}.ipynb")] for folder in folders}
        if not folders:
            super().init_notebooks()  # which says what is missing

    def convert_notebooks(self) -> None:
        """Grade each submission. Raises: CourseError: something is missing that is not a student's doing."""
        for folder in sorted(self.assignments):
            self.notebooks = self.assignments[folder]
            assignment, student = os.path.basename(folder), os.path.basename(os.path.dirname(folder))
            if self.init_destination(assignment, student):
                self.run_pre_convert_hook()
                self.init_assignment(assignment, student)
                self.convert_single_notebook(self.notebooks[0])
                self.set_permissions(assignment, student)
                self.run_post_convert_hook()

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Whether there is something to do: with `--force` always, else for what is not graded or newer."""
        known = os.path.exists(self._format_dest(assignment_id, student_id))
        if known and not self.force and not self._has_time(assignment_id, student_id):
            self.log.info("Skipping %s: it is graded; --force grades it again", student_id)
            return False
        return super().init_destination(assignment_id, student_id)

    def _has_time(self, assignment_id: str, student_id: str) -> bool:
        path = Path(self._format_source(assignment_id, student_id), "timestamp.txt")
        return self.believe_timestamps and not path.is_symlink() and path.is_file() and path.stat().st_size < 100

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Enter the submission into the gradebook; no file is copied."""
        folder = self._format_source(assignment_id, student_id)
        time = self.coursedir.get_existing_timestamp(folder) if self._has_time(assignment_id, student_id) else None
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as book:
            try:
                book.find_assignment(assignment_id)
            except MissingEntry:
                raise CourseError(
                    f"the gradebook does not know {assignment_id}: run: course release {assignment_id}"
                ) from None
            book.update_or_create_student(student_id)
            book.update_or_create_submission(assignment_id, student_id, **({"timestamp": time} if time else {}))

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Grade one submission; one that cannot be graded has zero points and the reason."""
        folder = Path(notebook_filename).parent
        submission = intake.read(folder, folder.name)
        try:
            self._grade(notebook_filename, submission)
        except (CourseError, SQLAlchemyError):
            raise  # not the student's doing
        except Exception as error:
            self.log.exception("grading %s failed", folder)
            self._grade(notebook_filename, pipeline.failed(error))

    def _grade(self, notebook_filename: str, submission: Submission) -> None:
        self.exporter._preprocessors = []
        for step in (*self.sanitize_preprocessors, *self.autograde_preprocessors):
            self.exporter.register_preprocessor(step)
        assignment, student = Path(notebook_filename).parent.name, Path(notebook_filename).parent.parent.name
        resources = {
            "unique_key": assignment,
            "output_files_dir": f"{assignment}_files",
            "nbgrader": {
                "student": student,
                "assignment": assignment,
                "notebook": assignment,
                "db_url": self.coursedir.db_url,
            },
            SUBMISSION: submission,
        }
        # Rebuild starts from the release; nothing that a student sent goes through the exporter.
        output, resources = self.exporter.from_notebook_node(new_notebook(), resources)
        self.write_single_notebook(output, resources)
        if submission.outcome is not None:
            self.ungraded.append(f"{student!r}: {submission.outcome}")


def install() -> None:
    """Make nbgrader's commands and its formgrader use our converters, for which it has no setting."""
    nbgrader.apps.autogradeapp.Autograde = nbgrader.apps.api.Autograde = CourseAutograde
    nbgrader.apps.generatefeedbackapp.GenerateFeedback = nbgrader.apps.api.GenerateFeedback = SafeFeedback
