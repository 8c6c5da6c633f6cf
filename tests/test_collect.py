"""Collecting what an LMS gives: every layout is understood, no entry leaves submitted/, nothing is dropped unsaid."""

import io
import os
import stat
import struct
import unicodedata
import warnings
from datetime import UTC, datetime
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import pytest

from course_lib.errors import CourseError
from course_lib.grading import archive
from course_lib.grading import collect as collecting
from course_lib.grading.collect import ArchiveLimits, collect, student_name
from course_lib.paths import Course

NAME = "meta_lstm"
MIB = 1 << 20
A, B = b'{"cells": ["a"]}', b'{"cells": ["b"]}'


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "course"
    root.mkdir()
    return Course(root)


def info(name, mode=0, when=(2026, 1, 2, 3, 4, 6)):
    entry = ZipInfo("placeholder", when)
    entry.filename = entry.orig_filename = name
    entry.external_attr = mode << 16
    entry.compress_type = ZIP_DEFLATED
    return entry


def zipped(entries):
    """A zip's bytes; a key is a name or a ZipInfo."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # equal names
        for key, data in entries:
            archive.writestr(
                info(key) if isinstance(key, str) else key,
                data,
                key.compress_type if isinstance(key, ZipInfo) else ZIP_DEFLATED,
            )
    return stream.getvalue()


@pytest.fixture
def gather(course, tmp_path):
    """Collect from a zip of pairs (name, data), or of these bytes."""

    def run(entries, **options):
        path = tmp_path / "lms.zip"
        path.write_bytes(entries if isinstance(entries, bytes) else zipped(entries))
        return collect(course, NAME, path, **options)

    return run


def kept(course):
    """What lies in submitted/: path -> content."""
    folder = course.root / "submitted"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def only_note(found):
    (item,) = found
    return item.note


def patched(data, **fields):
    """A zip of one entry with other figures in its headers, in the directory and before the data."""
    places = {"flags": (8, 6, "<H"), "crc": (16, 14, "<L"), "packed": (20, 18, "<L"), "size": (24, 22, "<L")}
    out = bytearray(data)
    directory = data.index(b"PK\x01\x02")
    for field, value in fields.items():
        in_directory, local, form = places[field]
        struct.pack_into(form, out, directory + in_directory, value)
        struct.pack_into(form, out, local, value)
    return bytes(out)


def all_in_order(course, found):
    """Nothing lies outside submitted/, and each entry is either taken or left out for a reason."""
    assert {path.name for path in course.root.iterdir()} <= {"submitted"}
    for item in found:
        assert item.note.isprintable()
        assert (item.path is None) == item.note.startswith("left out: ")
        assert item.path is None or item.path.is_file()
    return True


# --- layouts --------------------------------------------------------------------------------------------------

LAYOUTS = {
    f"ann/{NAME}/{NAME}.ipynb": "ann",
    "ann/homework (3).IPYNB": "ann",
    "ann/a/b/c/homework.ipynb": "ann",
    "./ann/homework.ipynb": "ann",
    "ann.ipynb": "ann",
    "Ann Lee_123456_assignsubmission_file_/x.ipynb": "Ann_Lee_123456",
    "Ann Lee_123456_assignsubmission_file/x.ipynb": "Ann_Lee_123456",
    "Ann Lee_123456_assignsubmission_file_x.ipynb": "Ann_Lee_123456",
    f"leeann_12345_67890_{NAME}.ipynb": "leeann",
    f"leeann_LATE_12345_67890_{NAME}-1.ipynb": "leeann",
}


@pytest.mark.parametrize(("name", "student"), LAYOUTS.items())
def test_a_layout_of_a_zip_is_understood(course, gather, name, student):
    (item,) = gather([(name, A)])
    assert item.note == f"taken ('{name.removeprefix('./')}')"
    assert (item.student, item.path) == (student, course.submitted(student, NAME) / f"{NAME}.ipynb")
    assert kept(course) == {f"{student}/{NAME}/{NAME}.ipynb": A}


@pytest.mark.parametrize(("name", "student"), LAYOUTS.items())
def test_a_layout_of_a_folder_is_understood(course, tmp_path, name, student):
    path = tmp_path / "lms" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(A)
    (item,) = collect(course, NAME, tmp_path / "lms")
    assert (item.student, item.note[:5]) == (student, "taken")
    assert kept(course) == {f"{student}/{NAME}/{NAME}.ipynb": A}


@pytest.mark.parametrize(
    ("name", "student"),
    {
        "ann/work.zip": "ann",
        "Ann Lee_123456_assignsubmission_file_/work.ZIP": "Ann_Lee_123456",
        "leeann_12345_67890_work.zip": "leeann",
    }.items(),
)
def test_a_zip_of_a_student_is_opened(course, gather, name, student):
    (item,) = gather([(name, zipped([("folder/", b""), (f"folder/{NAME}.ipynb", A)]))])
    assert item.note == f"taken ('{name}/folder/{NAME}.ipynb')"
    assert kept(course) == {f"{student}/{NAME}/{NAME}.ipynb": A}


def test_a_zip_of_a_student_in_a_folder_is_opened(course, tmp_path):
    (tmp_path / "lms" / "ann").mkdir(parents=True)
    (tmp_path / "lms" / "ann" / "work.zip").write_bytes(zipped([("x.ipynb", A)]))
    assert collect(course, NAME, tmp_path / "lms")[0].student == "ann"
    assert kept(course) == {f"ann/{NAME}/{NAME}.ipynb": A}


def test_a_zip_in_a_zip_of_a_student_is_left_out(course, gather):
    inner = zipped([("x.ipynb", A)])
    found = gather([("ann/work.zip", zipped([("again.zip", inner)]))])
    assert only_note(found) == "left out: a zip in a zip ('ann/work.zip/again.zip')"
    assert kept(course) == {}


def test_a_zip_that_is_no_students_is_left_out(gather):
    assert "left out: a zip beside the students' folders" in only_note(gather([("all.zip", zipped([("x.ipynb", A)]))]))


def test_a_notebook_named_like_an_assignment_names_no_student(course, gather):
    (course.root / "source" / "ranking").mkdir(parents=True)
    found = gather([(f"{NAME}.ipynb", A), (f"{NAME}/ann.ipynb", A), ("ranking/x.ipynb", A)])
    assert all(item.note.startswith("left out: it names an assignment and no student") for item in found)


def test_a_notebook_of_another_assignment_is_left_out(course, gather):
    (course.root / "source" / "ranking").mkdir(parents=True)
    found = gather([("ann/ranking/ranking.ipynb", B), ("bob/ranking.ipynb", B)])
    assert found[0].note == "left out: it belongs to the assignment ranking ('ann/ranking/ranking.ipynb')"
    assert kept(course) == {f"bob/{NAME}/{NAME}.ipynb": B}


# --- several notebooks ----------------------------------------------------------------------------------------


def test_of_several_the_one_named_like_the_assignment_is_taken(course, gather):
    newer = info("ann/zz.ipynb", when=(2026, 5, 1, 0, 0, 0))
    first, *others = gather([("ann/aa.ipynb", B), (f"ann/{NAME}.ipynb", A), (newer, B)])
    assert kept(course) == {f"ann/{NAME}/{NAME}.ipynb": A}
    assert first.note == f"taken ('ann/{NAME}.ipynb'); not taken: 'ann/zz.ipynb', 'ann/aa.ipynb'"
    assert [item.note for item in others] == [
        "left out: another notebook of this student was taken ('ann/zz.ipynb')",
        "left out: another notebook of this student was taken ('ann/aa.ipynb')",
    ]


def test_else_the_newest_is_taken(course, gather):
    newer = info("ann/aa.ipynb", when=(2026, 5, 1, 0, 0, 0))
    gather([("ann/zz.ipynb", B), (newer, A), ("ann/bb.ipynb", B)])
    assert kept(course) == {f"ann/{NAME}/{NAME}.ipynb": A}


def test_the_times_in_a_students_own_zip_do_not_beat_those_of_the_lms(course, gather):
    liar = info("x.ipynb", when=(2099, 1, 1, 0, 0, 0))
    newer = info("ann/later.ipynb", when=(2026, 5, 1, 0, 0, 0))
    gather([("ann/work.zip", zipped([(liar, B)])), (newer, A)])
    assert kept(course) == {f"ann/{NAME}/{NAME}.ipynb": A}


def test_many_others_are_counted_in_the_note(gather):
    found = gather([(f"ann/{index}.ipynb", A) for index in range(9)])
    assert found[0].note.endswith(" and 3 more")
    assert len(found) == 9


def test_files_of_one_canvas_student_are_one_students(course, gather):
    found = gather([("lee_11_1_draft.ipynb", B), (f"lee_11_2_{NAME}.ipynb", A)])
    assert [item.student for item in found] == ["lee", "lee"]
    assert kept(course) == {f"lee/{NAME}/{NAME}.ipynb": A}


def test_a_damaged_notebook_gives_way_to_the_next(course, gather):
    data = zipped([(f"ann/{NAME}.ipynb", A), ("ann/draft.ipynb", B)])
    found = gather(patched(data, crc=1))
    assert kept(course) == {f"ann/{NAME}/{NAME}.ipynb": B}
    assert found[0].note.startswith("left out: damaged: Bad CRC-32")


def test_not_every_one_of_a_thousand_damaged_notebooks_is_tried(course, gather):
    data = bytearray(zipped([(f"{index}.ipynb", A) for index in range(1000)]))
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        struct.pack_into("<L", data, place + 16, 1)
    found = gather([("ann/work.zip", bytes(data))])
    assert len(found) == 1000
    assert sum("damaged" in item.note for item in found) == 3
    assert sum("not tried" in item.note for item in found) == 997


def test_only_a_few_zips_of_a_student_are_opened(gather):
    inner = zipped([("x.ipynb", A)])
    found = gather([(f"ann/{index}.zip", inner) for index in range(9)])
    assert sum("only 3 zips of a student are opened" in item.note for item in found) == 6
    assert len(found) == 9


# --- names ----------------------------------------------------------------------------------------------------

RAW_NAMES = [
    "",
    " ",
    "...",
    "--rf",
    "..",
    "../../etc/passwd",
    "C:\\x",
    "a\nb",
    "a\r\nb\tc",
    "\u202egnp.exe",
    "\u200b",
    "\u2066x\u2069",
    "x" * 500,
    "𠀀" * 500,
    "ﬁ" * 64,
    "con",
    "NUL.txt",
    "COM1",
    "lpt9.ipynb",
    "name.",
    "a'b\"c`d",
    "\ud800",
    "\x00",
    "*?[]{}|<>;&$()!",
    "{student_id}",
    "a b",
    "ＣＯＮ",
    "．．／x",
]


@pytest.mark.parametrize("raw", RAW_NAMES, ids=ascii)
def test_a_student_name_is_safe(raw):
    name = student_name(raw)
    assert 0 < len(name) <= 64
    assert len(name.encode()) <= 255
    assert all(letter.isalnum() or letter in "._@-" for letter in name)
    assert name[0] not in ".-"
    assert name[-1] != "."
    assert name.split(".")[0].upper() not in collecting.RESERVED
    assert unicodedata.is_normalized("NFKC", name)
    assert student_name(name) == name


@pytest.mark.parametrize("raw", ["ann", "ann.lee@x.example", "s_123-4", "Zoë", "王小明"])
def test_an_ordinary_name_is_kept(raw):
    assert student_name(raw) == raw


def test_letters_of_two_forms_are_one_name():
    assert student_name("Zoe\u0308") == student_name("Zoë")


@pytest.mark.parametrize(
    "raw", ["\u202etxt.nna", "a\nb", "a\x1b[31mb", "-rf", ".hidden", "'; drop", "x" * 200], ids=ascii
)
def test_a_hostile_folder_name_gives_a_safe_folder(course, gather, raw):
    (item,) = found = gather([(f"{raw}/x.ipynb", A)])
    assert item.student == student_name(raw)
    assert kept(course) == {f"{item.student}/{NAME}/{NAME}.ipynb": A}
    assert all_in_order(course, found)


def test_a_folder_name_that_is_no_text_gives_a_safe_folder(course, tmp_path):
    folder = os.fsencode(tmp_path / "lms") + b"/a\xff\xfeb"
    os.makedirs(folder)
    with open(folder + b"/x.ipynb", "wb") as stream:
        stream.write(A)
    found = collect(course, NAME, tmp_path / "lms")
    assert found[0].student == "a__b"
    assert all_in_order(course, found)


def test_two_students_of_one_name_do_not_overwrite_each_other(course, gather):
    found = gather([("a nn/x.ipynb", A), ("a_nn/x.ipynb", B), ("a\u200b_nn/x.ipynb", b"c")])
    assert kept(course) == {
        f"a_nn/{NAME}/{NAME}.ipynb": B,
        f"a_nn-2/{NAME}/{NAME}.ipynb": A,
        f"a_nn-3/{NAME}/{NAME}.ipynb": b"c",
    }
    assert found[1].note == "taken ('a nn/x.ipynb'); named a_nn-2, since another is called a_nn"


def test_names_that_differ_in_case_only_are_kept_apart(course, gather):
    gather([("Ann/x.ipynb", A), ("ann/x.ipynb", B)])
    assert kept(course) == {f"Ann/{NAME}/{NAME}.ipynb": A, f"ann-2/{NAME}/{NAME}.ipynb": B}


def test_a_second_name_does_not_take_that_of_a_student_who_is_called_so(course, gather):
    gather([("ann /x.ipynb", A), ("ann_/x.ipynb", B), ("ann_-2/x.ipynb", b"c")])
    assert kept(course)[f"ann_-2/{NAME}/{NAME}.ipynb"] == b"c"
    assert kept(course)[f"ann_-3/{NAME}/{NAME}.ipynb"] == A


def test_long_names_that_are_equal_once_cut_are_kept_apart(course, gather):
    gather([("x" * 70 + "/x.ipynb", A), ("x" * 71 + "/x.ipynb", B)])
    assert sorted(len(name.split("/")[0]) for name in kept(course)) == [64, 64]


def test_two_canvas_students_of_one_name_are_two(course, gather):
    gather([("lee_11_1_x.ipynb", A), ("lee_22_2_x.ipynb", B)])
    assert kept(course) == {f"lee/{NAME}/{NAME}.ipynb": A, f"lee-2/{NAME}/{NAME}.ipynb": B}


# --- paths and kinds ------------------------------------------------------------------------------------------

PATHS = [
    "../evil.ipynb",
    "ann/../../evil.ipynb",
    "ann/../evil.ipynb",
    "..",
    "/etc/evil.ipynb",
    "//host/evil.ipynb",
    "ann\\..\\evil.ipynb",
    "..\\..\\evil.ipynb",
    "C:/evil.ipynb",
    "c:evil.ipynb",
    "ann/x.ipynb\x00.txt",
    "ann/x\x00/../evil.ipynb",
    "../folder/",
    "/",
    "./",
]


@pytest.mark.parametrize("path", PATHS, ids=ascii)
def test_a_path_that_is_not_plain_never_leaves_submitted(course, tmp_path, gather, path):
    found = gather([(path, A), ("bob/x.ipynb", B)])
    assert "left out: its path is not a plain one inside the archive" in found[0].note
    assert kept(course) == {f"bob/{NAME}/{NAME}.ipynb": B}
    assert {item.name for item in tmp_path.iterdir()} == {"course", "lms.zip"}
    assert all_in_order(course, found)


def test_a_path_that_is_not_plain_inside_a_students_zip_is_left_out(course, tmp_path, gather):
    found = gather([("ann/work.zip", zipped([(path, A) for path in PATHS]))])
    assert len(found) == len(PATHS)
    assert all("left out: its path is not a plain one" in item.note for item in found)
    assert {item.name for item in tmp_path.iterdir()} == {"course", "lms.zip"}


def test_two_dots_inside_a_name_are_no_parent(course, gather):
    gather([("ann..lee/x..y.ipynb", A)])
    assert kept(course) == {f"ann..lee/{NAME}/{NAME}.ipynb": A}


@pytest.mark.parametrize(
    ("kind", "words"),
    [(stat.S_IFLNK, "a link"), (stat.S_IFCHR, "a device"), (stat.S_IFBLK, "a device"), (stat.S_IFIFO, "pipe")],
)
@pytest.mark.parametrize("name", ["ann/x.ipynb", "ann/x.ipynb/"])
def test_an_entry_that_is_no_plain_file_is_left_out(course, gather, kind, words, name):
    note = only_note(gather([(info(name, kind | 0o777), b"/etc/passwd")]))
    assert note.startswith("left out: ")
    assert words in note
    assert kept(course) == {}


def test_an_encrypted_entry_is_left_out(course, gather):
    assert "left out: encrypted" in only_note(gather(patched(zipped([("ann/x.ipynb", A)]), flags=1)))


@pytest.mark.parametrize("method", [ZIP_LZMA, ZIP_BZIP2])
def test_an_unusual_method_is_left_out(gather, method):
    entry = info("ann/x.ipynb")
    entry.compress_type = method
    assert "left out: packed by another method" in only_note(gather([(entry, A)]))


def test_other_files_and_hidden_copies_have_a_note_and_a_students_timestamp_is_never_taken(course, gather):
    others = ["timestamp.txt", "data.csv", "work.rar", "__MACOSX/._x.ipynb", "._x.ipynb", ".ipynb_checkpoints/x.ipynb"]
    found = gather([(f"ann/{NAME}/{NAME}.ipynb", A), *((f"ann/{NAME}/{name}", B) for name in others)])
    assert len(found) == 1 + len(others)
    assert kept(course) == {f"ann/{NAME}/{NAME}.ipynb": A}


@pytest.mark.parametrize("name", ["ann/._x.ipynb", "ann/__MACOSX/x.ipynb", "ann/.ipynb_checkpoints/x.ipynb"])
def test_a_hidden_copy_is_not_taken_for_a_notebook(course, gather, name):
    assert only_note(gather([(name, A)])) == f"left out: a hidden copy that macOS or Jupyter made ('{name}')"


def test_a_folder_entry_that_has_content_is_a_file_like_any_other(course, gather):
    assert only_note(gather([("ann/x.ipynb/", A)])) == "taken ('ann/x.ipynb')"


def test_every_entry_has_exactly_one_note(course, gather):
    names = [*PATHS[:6], "ann/x.ipynb", "ann/y.ipynb", "ann/z.txt", "bob.ipynb", "bob/w.zip", "c/d/e.ipynb", "f.zip"]
    found = gather([(name, A) for name in names])
    assert len(found) == len(names)
    for name in names:
        assert sum(f"('{name}')" in item.note for item in found) == 1
    assert all_in_order(course, found)


def test_a_folder_of_links_pipes_and_hard_links_gives_nothing_and_does_not_hang(course, tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(B)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x.ipynb").write_bytes(B)
    for name in ("link", "pipe", "hard", "folder", "plain"):
        (tmp_path / "lms" / name).mkdir(parents=True)
    (tmp_path / "lms" / "link" / "x.ipynb").symlink_to(secret)
    os.mkfifo(tmp_path / "lms" / "pipe" / "x.ipynb")
    os.link(secret, tmp_path / "lms" / "hard" / "x.ipynb")
    (tmp_path / "lms" / "folder" / "sub").symlink_to(tmp_path / "outside")
    (tmp_path / "lms" / "plain" / "x.ipynb").write_bytes(A)
    (tmp_path / "lms" / "loop").symlink_to(tmp_path / "lms")
    found = collect(course, NAME, tmp_path / "lms")
    assert kept(course) == {f"plain/{NAME}/{NAME}.ipynb": A}
    notes = {item.student: item.note for item in found}
    assert notes["link"] == "left out: a link, only plain files are taken ('link/x.ipynb')"
    assert notes["hard"] == "left out: a link, only plain files are taken ('hard/x.ipynb')"
    assert notes["folder"] == "left out: a link, only plain files are taken ('folder/sub')"
    assert notes["pipe"].startswith("left out: a device, pipe or folder")
    assert notes[""] == "left out: a link, only plain files are taken ('loop')"


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: os.symlink("/etc/passwd", path), os.mkdir])
def test_a_file_that_is_swapped_after_it_was_seen_is_not_read(tmp_path, make):
    path = tmp_path / "x.ipynb"
    path.write_bytes(A)
    entry = archive._file_entry(path, "ann/x.ipynb")
    path.unlink()
    make(path)
    with pytest.raises(archive.LeftOut):
        entry.read(archive.Meter(ArchiveLimits(), MIB))


def test_a_file_that_grows_after_it_was_seen_is_stopped_at_the_limit(tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_bytes(A)
    entry = archive._file_entry(path, "ann/x.ipynb")
    path.write_bytes(bytes(3 * MIB))
    limits = ArchiveLimits(file_bytes=MIB)
    with pytest.raises(archive.LeftOut):
        entry.read(archive.Meter(limits, limits.total_bytes))


# --- limits ---------------------------------------------------------------------------------------------------


def test_a_zip_bomb_is_left_out_and_the_others_are_taken(course, gather):
    found = gather([("ann/x.ipynb", bytes(8 * MIB)), ("bob/x.ipynb", A)])
    assert found[0].note == "left out: 8 MiB unpacked from 8 KiB ('ann/x.ipynb')"
    assert kept(course) == {f"bob/{NAME}/{NAME}.ipynb": A}


def test_a_zip_bomb_inside_a_students_zip_is_left_out(course, gather):
    found = gather([("ann/work.zip", zipped([("x.ipynb", bytes(8 * MIB)), ("y.ipynb", A)]))])
    assert kept(course) == {f"ann/{NAME}/{NAME}.ipynb": A}
    assert any("8 MiB unpacked from 8 KiB" in item.note for item in found)


def test_a_bomb_of_zips_is_left_out(course, gather):
    found = gather(
        [("ann/work.zip", zipped([(f"{index}.zip", zipped([("x.ipynb", bytes(MIB))])) for index in range(99)]))]
    )
    assert len(found) == 99
    assert all("a zip in a zip" in item.note for item in found)


def test_high_ratios_of_small_files_are_ordinary(course, gather):
    gather([("ann/x.ipynb", b" " * (MIB - 1))])
    assert len(kept(course)) == 1


def test_a_file_over_its_limit_is_left_out(course, gather):
    entry = info("ann/x.ipynb")
    entry.compress_type = ZIP_STORED
    found = gather([(entry, os.urandom(2 * MIB))], limits=ArchiveLimits(file_bytes=MIB))
    assert only_note(found) == "left out: 2 MiB unpacked from 2 MiB ('ann/x.ipynb')"


@pytest.mark.parametrize("size", [10, 0, len(A) + 1, 63 * MIB, 2**32 - 2])
def test_a_header_that_lies_about_the_size_gains_nothing(course, gather, size):
    found = gather(patched(zipped([("ann/x.ipynb", A)]), size=size))
    assert found[0].note.startswith("left out: ") or kept(course)[f"ann/{NAME}/{NAME}.ipynb"] == A
    assert all_in_order(course, found)


def test_a_bomb_whose_header_says_that_it_is_small_is_not_unpacked(course, gather):
    found = gather(patched(zipped([("ann/x.ipynb", bytes(8 * MIB))]), size=100))
    assert only_note(found).startswith("left out: damaged")


def test_a_header_that_says_that_much_was_packed_is_found_out(course, gather):
    found = gather(patched(zipped([("ann/x.ipynb", bytes(8 * MIB))]), packed=MIB))
    assert only_note(found).startswith("left out: damaged: it overlaps")


def test_more_entries_than_the_limit_are_refused(gather):
    with pytest.raises(CourseError, match="more than 3 entries"):
        gather([(f"s{index}.ipynb", A) for index in range(4)], limits=ArchiveLimits(entries=3))


def test_more_files_in_a_folder_than_the_limit_are_refused(course, tmp_path):
    (tmp_path / "lms").mkdir()
    for index in range(4):
        (tmp_path / "lms" / f"s{index}.ipynb").write_bytes(A)
    with pytest.raises(CourseError, match="more than 3 entries"):
        collect(course, NAME, tmp_path / "lms", ArchiveLimits(entries=3))


def test_a_directory_too_long_to_be_read_is_refused_before_it_is_read(gather):
    with pytest.raises(CourseError, match="too many entries"):
        gather([(f"{index:0200}.ipynb", b"") for index in range(5000)], limits=ArchiveLimits(entries=1000))


def test_too_many_entries_in_a_students_zip_cost_that_zip(course, gather):
    inner = zipped([(f"{index}.ipynb", A) for index in range(9)])
    found = gather([("ann/work.zip", inner), ("bob.ipynb", B)], limits=ArchiveLimits(entries=8))
    assert found[0].note.startswith("left out: not a readable zip: more than 8 entries")
    assert kept(course) == {f"bob/{NAME}/{NAME}.ipynb": B}


def test_folders_nested_too_deep_are_left_out(course, gather):
    found = gather([("ann/" + "a/" * 7 + "x.ipynb", A), ("bob/" + "a/" * 8 + "x.ipynb", B)])
    assert found[1].note.startswith("left out: folders nested deeper than 8")
    assert kept(course) == {f"ann/{NAME}/{NAME}.ipynb": A}


def test_folders_on_disk_nested_too_deep_are_left_out(course, tmp_path):
    for student, depth in (("ann", 7), ("bob", 8)):
        folder = tmp_path / "lms" / student / "/".join("a" * depth)
        folder.mkdir(parents=True)
        (folder / "x.ipynb").write_bytes(A)
    found = collect(course, NAME, tmp_path / "lms")
    assert found[1].note.startswith("left out: folders nested deeper than 8")
    assert kept(course) == {f"ann/{NAME}/{NAME}.ipynb": A}


def test_a_chain_of_folders_is_not_followed_to_its_end(course, tmp_path):
    (tmp_path / "lms" / "/".join("a" * 100)).mkdir(parents=True)
    note = only_note(collect(course, NAME, tmp_path / "lms"))
    assert note == f"left out: folders nested deeper than 8 ('{'/'.join('a' * 9)}')"


def test_who_hands_in_too_much_takes_nothing_from_the_others(course, gather):
    entries = [(f"aaa/{index}.ipynb", os.urandom(500)) for index in range(9)]
    limits = ArchiveLimits(total_bytes=2000)
    found = gather([*entries, ("bob.ipynb", A), ("cem.ipynb", B)], limits=limits)
    assert kept(course) == {f"bob/{NAME}/{NAME}.ipynb": A, f"cem/{NAME}/{NAME}.ipynb": B}
    assert [item.note for item in found if item.student == "aaa"] == [
        f"left out: all is more than 2 KiB, this student's 4.4 KiB too much ('aaa/{index}.ipynb')" for index in range(9)
    ]


def test_what_students_zips_hold_counts_as_well(course, gather):
    entry = info("x.ipynb")
    inner = zipped([(entry, b" " * 5000)])
    found = gather([("ann/work.zip", inner), ("bob.ipynb", A)], limits=ArchiveLimits(total_bytes=1000))
    assert found[0].note.startswith("left out: more than 1000 bytes unpacked in all")
    assert kept(course) == {f"bob/{NAME}/{NAME}.ipynb": A}


# --- damaged --------------------------------------------------------------------------------------------------


def test_a_bad_checksum_is_noted(course, gather):
    assert only_note(gather(patched(zipped([("ann/x.ipynb", A)]), crc=7))).startswith("left out: damaged: Bad CRC-32")


def test_overlapping_entries_are_left_out(course, gather):
    data = bytearray(zipped([("ann/a.ipynb", A), ("bob/b.ipynb", B)]))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    struct.pack_into("<L", data, second + 42, 0)
    found = gather(bytes(data))
    assert sum("damaged" in item.note for item in found) == 2
    assert kept(course) == {}


def test_entries_that_share_their_data_are_taken_once_at_most(course, gather):
    data = bytearray(zipped([("ann/a.ipynb", A), ("ann/a.ipynb", A)]))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    struct.pack_into("<L", data, second + 42, 0)
    found = gather(bytes(data))
    assert sum("overlaps" in item.note for item in found) == 1


def test_a_local_header_of_another_name_is_noted(course, gather):
    data = zipped([("ann/a.ipynb", A)]).replace(b"ann/a.ipynb", b"bob/b.ipynb", 1)
    assert only_note(gather(data)).startswith("left out: damaged: File name in directory")
    assert kept(course) == {}


def test_a_damaged_zip_of_a_student_is_noted(course, gather):
    found = gather([("ann/work.zip", zipped([("x.ipynb", A)])[:-30]), ("bob/x.zip", b""), ("cem.ipynb", A)])
    assert found[0].note.startswith("left out: not a readable zip")
    assert found[1].note.startswith("left out: not a readable zip")
    assert kept(course) == {f"cem/{NAME}/{NAME}.ipynb": A}


def test_a_zip_of_a_student_without_files_is_noted(gather):
    assert only_note(gather([("ann/work.zip", zipped([("a/", b"")]))])).startswith("left out: a zip without files")


def test_a_zip_broken_at_any_byte_gives_notes_or_one_clear_error(course, gather):
    whole = zipped([("ann/x.ipynb", A), ("bob/w.zip", zipped([("y.ipynb", B)]))])
    for place in range(len(whole)):
        for broken in (whole[:place], whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]):
            try:
                found = gather(broken)
            except CourseError as error:
                assert str(error).isprintable()
            else:
                assert all_in_order(course, found)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("class.zip", b"", "is empty: download it again"),
        ("class.zip", b"no zip at all", "is not a readable zip .*: download it again"),
        ("class.zip", zipped([]), "has no files in it"),
        ("class.zip", zipped([("a/", b"")]), "has no files in it"),
        ("class.rar", b"Rar!\x1a\x07\x01\x00", "is not a readable zip .*: unpack it and name the folder"),
        ("class.tar", bytes(10240), "is not a readable zip .*: unpack it and name the folder"),
        ("class.ipynb", A, "is not a readable zip .*: unpack it and name the folder"),
    ],
)
def test_a_source_that_is_no_use_is_named_with_the_remedy(course, tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CourseError, match=rf"{name} {words}"):
        collect(course, NAME, tmp_path / name)


def test_a_source_that_is_missing_or_no_file_is_named(course, tmp_path):
    with pytest.raises(CourseError, match="none is no file or folder: name the zip"):
        collect(course, NAME, tmp_path / "none")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CourseError, match="pipe is no file or folder"):
        collect(course, NAME, tmp_path / "pipe")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CourseError, match="empty has no files in it"):
        collect(course, NAME, tmp_path / "empty")


def test_submitted_itself_is_no_source(course):
    (course.root / "submitted" / "ann").mkdir(parents=True)
    for source in (course.root, course.root / "submitted", course.root / "submitted" / "ann"):
        with pytest.raises(CourseError, match="lie in each other"):
            collect(course, NAME, source)


# --- what is there already ------------------------------------------------------------------------------------


def test_the_same_again_changes_nothing(course, gather):
    gather([("ann.ipynb", A)])
    before = course.submitted("ann", NAME).stat().st_mtime_ns
    (item,) = gather([("ann.ipynb", A)])
    assert item.note == "already there ('ann.ipynb')"
    assert item.path == course.submitted("ann", NAME) / f"{NAME}.ipynb"
    assert kept(course) == {f"ann/{NAME}/{NAME}.ipynb": A}
    assert course.submitted("ann", NAME).stat().st_mtime_ns == before


def test_a_former_submission_is_kept_with_all_that_lay_beside_it(course, gather):
    gather([("ann.ipynb", A)])
    (course.submitted("ann", NAME) / "extra.txt").write_text("x")
    (item,) = gather([("ann.ipynb", B)])
    assert item.note == f"taken, the former one is now submitted/.replaced/ann/{NAME}-1 ('ann.ipynb')"
    gather([("ann.ipynb", b"c")])
    assert kept(course) == {
        f"ann/{NAME}/{NAME}.ipynb": b"c",
        f".replaced/ann/{NAME}-1/{NAME}.ipynb": A,
        f".replaced/ann/{NAME}-1/extra.txt": b"x",
        f".replaced/ann/{NAME}-2/{NAME}.ipynb": B,
    }


def test_other_assignments_of_a_student_stay(course, gather):
    other = course.submitted("ann", "ranking")
    other.mkdir(parents=True)
    (other / "ranking.ipynb").write_bytes(B)
    gather([("ann.ipynb", A)])
    assert kept(course) == {f"ann/{NAME}/{NAME}.ipynb": A, "ann/ranking/ranking.ipynb": B}


def test_a_link_in_submitted_is_not_followed(course, tmp_path, gather):
    outside = tmp_path / "outside"
    (outside / NAME).mkdir(parents=True)
    (course.root / "submitted" / "bob").mkdir(parents=True)
    (course.root / "submitted" / "ann").symlink_to(outside)
    (course.root / "submitted" / "bob" / NAME).symlink_to(outside)
    found = gather([("ann.ipynb", A), ("bob.ipynb", B)])
    assert found[0].note == "left out: submitted/ann is a link ('ann.ipynb')"
    assert [path.name for path in outside.rglob("*")] == [NAME]
    assert (course.submitted("bob", NAME) / f"{NAME}.ipynb").read_bytes() == B


def test_a_write_that_fails_is_one_clear_error_and_the_former_one_stays(course, gather, monkeypatch):
    gather([("ann.ipynb", A)])

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", full)
    with pytest.raises(CourseError, match=r"cannot write .*No space left on device"):
        gather([("ann.ipynb", B)])
    assert kept(course)[f"ann/{NAME}/{NAME}.ipynb"] == A


def test_a_linked_folder_with_the_same_notebook_is_not_taken_for_it(course, tmp_path, gather):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / f"{NAME}.ipynb").write_bytes(A)
    (course.root / "submitted" / "ann").mkdir(parents=True)
    course.submitted("ann", NAME).symlink_to(tmp_path / "outside")
    assert only_note(gather([("ann.ipynb", A)])).startswith("taken, the former one is now")
    assert not course.submitted("ann", NAME).is_symlink()


def test_what_a_broken_off_run_left_does_not_stop_the_next(course, gather):
    (course.root / "submitted" / "ann").mkdir(parents=True)
    (course.root / "submitted" / "ann" / f".{NAME}.part").write_bytes(B)
    gather([("ann.ipynb", A)])
    assert kept(course) == {f"ann/{NAME}/{NAME}.ipynb": A}


def test_nothing_temporary_stays(course, gather):
    gather([("ann.ipynb", A)])
    assert os.listdir(course.root / "submitted" / "ann") == [NAME]


# --- times ----------------------------------------------------------------------------------------------------


def test_times_of_the_archive_are_written_where_they_are_wanted(course, gather):
    gather([("ann.ipynb", A), (info("bob.ipynb", when=(1980, 1, 1, 0, 0, 0)), B)], times=True)
    text = (course.submitted("ann", NAME) / "timestamp.txt").read_text().strip()
    expected = datetime(2026, 1, 2, 3, 4, 6).astimezone(UTC)
    assert datetime.strptime(text, "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC) == expected
    assert not (course.submitted("bob", NAME) / "timestamp.txt").exists()


def test_no_times_are_written_unasked(course, gather):
    gather([("ann.ipynb", A)])
    assert not (course.submitted("ann", NAME) / "timestamp.txt").exists()


def test_the_time_in_a_students_own_zip_is_not_believed(course, gather):
    gather([("ann/w.zip", zipped([(info("x.ipynb", when=(2001, 1, 1, 0, 0, 0)), A)]))], times=True)
    assert (course.submitted("ann", NAME) / "timestamp.txt").read_text()[:4] == "2026"


def test_an_impossible_time_is_no_time(course, gather):
    data = bytearray(zipped([("ann.ipynb", A)]))
    struct.pack_into("<HH", data, data.index(b"PK\x01\x02") + 12, 0xFFFF, 0xFFFF)
    gather(bytes(data), times=True)
    assert kept(course) == {f"ann/{NAME}/{NAME}.ipynb": A}


def test_the_time_of_a_file_in_a_folder_is_its_own(course, tmp_path):
    (tmp_path / "lms").mkdir()
    (tmp_path / "lms" / "ann.ipynb").write_bytes(A)
    os.utime(tmp_path / "lms" / "ann.ipynb", (0, 86400))
    collect(course, NAME, tmp_path / "lms", times=True)
    assert (course.submitted("ann", NAME) / "timestamp.txt").read_text() == "1970-01-02 00:00:00 UTC\n"
