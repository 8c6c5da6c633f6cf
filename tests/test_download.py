"""The full data: downloaded whole or resumed, verified before it has its name, one clear line when it fails.

All servers here are this machine's own, on a free port.
"""

import gzip
import hashlib
import io
import lzma
import os
import random
import subprocess
import sys
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pyarrow
import pytest
from gensim.models import KeyedVectors
from pyarrow import parquet
from typer.testing import CliRunner

from course_lib import data
from course_lib.cli.main import app, main
from course_lib.data import download, vector_cache
from course_lib.data.download import Item, Source
from course_lib.errors import DataError

BODY = random.Random(0).randbytes(400_000)
CUT = 250_000


class Site:
    """One file on a server, its faults, and what was asked and sent."""

    def __init__(self, body=BODY):
        self.body, self.etag, self.ranges, self.status, self.type, self.pause = body, '"one"', True, 200, "x/y", 0
        self.cuts = []  # of the next answers: break off after so many bytes
        self.asked, self.sent = [], []

    def answer(self, handler):
        self.asked.append(dict(handler.headers))
        start, code = 0, self.status
        wanted = handler.headers.get("Range", "")
        if wanted and self.ranges and handler.headers.get("If-Range", self.etag) == self.etag:
            start, code = int(wanted.removeprefix("bytes=").removesuffix("-")), 206
        if start >= len(self.body):
            code = 416
        handler.send_response(code)
        if self.etag:
            handler.send_header("ETag", self.etag)
        if code == 416:
            handler.send_header("Content-Range", f"bytes */{len(self.body)}")
            self.sent.append(0)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        if code == 206:
            handler.send_header("Content-Range", f"bytes {start}-{len(self.body) - 1}/{len(self.body)}")
        content = self.body[start:]
        handler.send_header("Content-Length", str(len(content)))
        handler.send_header("Content-Type", self.type)
        handler.end_headers()
        content = content[: self.cuts.pop(0)] if self.cuts else content
        self.sent.append(len(content))
        time.sleep(self.pause)
        handler.wfile.write(content)


@pytest.fixture
def serve():
    """site -> its URL."""
    servers = []

    def start(site):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.answer(self)

            def log_message(self, *arguments):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/file"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    """Where the full data of ranking goes."""
    monkeypatch.setenv(download.CACHE_VARIABLE, str(tmp_path))
    monkeypatch.setattr(download, "PAUSE", 0)
    return tmp_path / "full" / "ranking"


@pytest.fixture
def offer(monkeypatch, serve):
    """Site, or sites to be tried in turn -> `vectors.bin.gz`, the only full data, comes from there."""

    def start(*sites, known=BODY):
        digest = f"sha256:{hashlib.sha256(known).hexdigest()}"
        sources = tuple(Source(serve(site), digest) for site in sites)
        monkeypatch.setitem(download.ITEMS, "ranking", (Item("vectors.bin.gz", "http://page", sources),))
        return sites[0]

    return start


def refusal(function=lambda: download.fetch("ranking")):
    """The one line with which it refuses."""
    with pytest.raises(DataError) as caught:
        function()
    line = str(caught.value)
    assert len(line.splitlines()) == 1
    return line


def is_complete(folder):
    """Whether the file is there as it must be, and nothing of the download is left but the lock."""
    assert (folder / "vectors.bin.gz").read_bytes() == BODY
    return {path.name for path in folder.iterdir()} == {"vectors.bin.gz", ".vectors.bin.gz.lock"}


def parts(folder):
    return list(folder.glob("*.part"))


# --- one download ------------------------------------------------------------------------------------------


def test_a_file_is_downloaded_once(offer, folder):
    site = offer(Site())
    assert download.fetch("ranking") == download.fetch("ranking") == folder
    assert is_complete(folder)
    assert site.sent == [len(BODY)] and "Range" not in site.asked[0]
    assert site.asked[0]["Accept-Encoding"] == "identity"  # else the positions of a resumed download are others


def test_a_broken_download_goes_on_where_it_broke(offer, folder, capsys):
    site = offer(Site())
    site.cuts = [CUT]
    download.fetch("ranking")
    assert is_complete(folder)
    first, second = site.asked
    assert "Range" not in first
    start = int(second["Range"].removeprefix("bytes=").removesuffix("-"))
    assert 0 < start <= CUT and second["If-Range"] == '"one"'
    assert site.sent == [CUT, len(BODY) - start]
    assert "attempt 1 of 4 broke off" in capsys.readouterr().err


def test_after_too_many_breaks_one_line_says_what_to_do_and_the_next_call_goes_on(offer, folder):
    site = offer(Site())
    site.cuts = [CUT, 0, 0, 0]
    line = refusal()
    assert len(site.asked) == download.ATTEMPTS
    assert "broke off 4 times" in line and "course download ranking" in line
    assert f"by hand: download http://page and save it as {folder / 'vectors.bin.gz'}" in line
    (part,) = parts(folder)
    held = part.stat().st_size
    assert 0 < held <= CUT and part.read_bytes() == BODY[:held]
    assert not (folder / "vectors.bin.gz").exists()
    download.fetch("ranking")
    assert is_complete(folder)
    assert site.asked[-1]["Range"] == f"bytes={held}-" and site.sent[-1] == len(BODY) - held


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_server_in_trouble_is_asked_again(offer, folder, status):
    site = offer(Site())
    site.status = status
    assert f"{status} " in refusal()
    assert len(site.asked) == download.ATTEMPTS and parts(folder) == []


@pytest.mark.parametrize("status", [404, 403, 206])
def test_a_server_that_does_not_have_it_is_asked_once(offer, folder, status):
    site = offer(Site())
    site.status = status
    line = refusal()
    assert f"{status} " in line and "by hand" in line and "what has come" not in line
    assert len(site.asked) == 1 and parts(folder) == []


def test_an_unreachable_server_is_named(offer, monkeypatch):
    offer(Site())
    source = Source("http://127.0.0.1:9/file", "sha256:0")
    monkeypatch.setitem(download.ITEMS, "ranking", (Item("vectors.bin.gz", "http://page", (source,)),))
    line = refusal()
    assert "127.0.0.1:9: broke off 4 times, at last with ConnectionError" in line and "by hand" in line


def test_a_server_without_a_word_is_given_up(offer, monkeypatch):
    site = offer(Site())
    site.pause = 0.3
    monkeypatch.setattr(download, "TIMEOUT", 0.05)
    monkeypatch.setattr(download, "ATTEMPTS", 2)
    assert "broke off 2 times" in refusal()


def test_the_next_server_is_tried(offer, folder):
    missing, good = Site(), Site()
    missing.status = 404
    offer(missing, good)
    download.fetch("ranking")
    assert is_complete(folder)
    assert len(missing.asked) == len(good.asked) == 1


def test_what_another_server_had_sent_is_not_mixed_in_and_not_left_behind(offer, folder):
    breaking, good = Site(bytes(len(BODY))), Site()
    breaking.cuts = [CUT, 0, 0, 0]
    offer(breaking, good)
    download.fetch("ranking")
    assert is_complete(folder)
    assert "Range" not in good.asked[0]


def test_of_all_servers_the_reasons_are_told(offer):
    missing, wrong = Site(), Site(b"wrong")
    missing.status = 404
    offer(missing, wrong)
    line = refusal()
    assert "404 Not Found" in line and "not the right file" in line


# --- verified ----------------------------------------------------------------------------------------------


def test_a_wrong_file_is_removed_and_both_hashes_are_told(offer, folder):
    offer(Site(b"wrong"))
    line = refusal()
    assert f"expected sha256:{hashlib.sha256(BODY).hexdigest()}" in line
    assert f"got sha256:{hashlib.sha256(b'wrong').hexdigest()}" in line
    assert "by hand" in line and "what has come" not in line
    assert [path.name for path in folder.iterdir()] == [".vectors.bin.gz.lock"]


def test_a_web_page_is_named_and_does_not_replace_what_has_come(offer, folder):
    site = offer(Site())
    site.cuts = [CUT, 0, 0, 0]
    refusal()
    before = parts(folder)[0].read_bytes()
    site.body, site.type, site.ranges = (
        b"<html><TITLE>Quota\n exceeded</TITLE></html>",
        "Text/HTML; charset=utf-8",
        False,
    )
    line = refusal()
    assert "a web page instead of the file: Quota exceeded" in line
    assert parts(folder)[0].read_bytes() == before


def test_the_file_has_no_name_before_it_is_verified(offer, folder, monkeypatch):
    offer(Site())
    seen = []
    compare = download._compare_hash

    def look(path, known):
        seen.append((path.read_bytes() == BODY, (folder / "vectors.bin.gz").exists()))
        compare(path, known)

    monkeypatch.setattr(download, "_compare_hash", look)
    download.fetch("ranking")
    assert seen == [(True, False)]
    assert is_complete(folder)


def test_a_process_stopped_while_verifying_loses_nothing(offer, folder, monkeypatch):
    site = offer(Site())
    with monkeypatch.context() as patch:
        patch.setattr(download, "_compare_hash", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            download.fetch("ranking")
    download.fetch("ranking")
    assert is_complete(folder)
    assert site.sent == [len(BODY), 0]  # the second answer is 416: all is there


# --- what a server answers to a Range ----------------------------------------------------------------------


@pytest.fixture
def broken(offer, folder):
    """A site whose first answer broke off, so that the next request is for the rest."""
    site = offer(Site())
    site.cuts = [CUT, 0, 0, 0]
    refusal()
    site.asked.clear(), site.sent.clear()
    return site


def test_a_server_that_sends_no_ranges_sends_all_again(broken, folder):
    broken.ranges = False
    download.fetch("ranking")
    assert is_complete(folder)
    assert "Range" in broken.asked[0] and broken.sent == [len(BODY)]


def test_a_file_that_has_changed_is_sent_from_the_start(offer, broken, folder):
    broken.etag = '"two"'
    download.fetch("ranking")
    assert is_complete(folder)
    assert broken.asked[0]["If-Range"] == '"one"' and broken.sent == [len(BODY)]


def test_a_part_of_a_changed_file_is_not_joined_to_the_old_one(broken, folder, monkeypatch):
    answer = broken.answer

    def careless(handler):  # heeds Range, not If-Range
        if "If-Range" in handler.headers:
            handler.headers.replace_header("If-Range", '"two"')
        answer(handler)

    broken.etag, broken.answer = '"two"', careless
    download.fetch("ranking")
    assert is_complete(folder)
    assert ["Range" in asked for asked in broken.asked] == [True, False]


def test_a_file_that_has_become_shorter_is_sent_from_the_start(broken, folder, monkeypatch):
    broken.etag, broken.body = None, b"short"
    (item,) = download.ITEMS["ranking"]
    source = Source(item.sources[0].url, f"sha256:{hashlib.sha256(b'short').hexdigest()}")
    monkeypatch.setitem(download.ITEMS, "ranking", (Item(item.name, item.page, (source,)),))
    (folder / parts(folder)[0].with_suffix(".etag").name).unlink()
    download.fetch("ranking")
    assert (folder / "vectors.bin.gz").read_bytes() == b"short"
    assert broken.sent == [0, 5]  # 416, then all


@pytest.mark.parametrize("etag", [None, 'W/"one"'])
def test_without_a_strong_etag_the_hash_decides(offer, folder, etag):
    site = offer(Site())
    site.etag, site.cuts = etag, [CUT]
    download.fetch("ranking")
    assert is_complete(folder)
    assert "If-Range" not in site.asked[1] and site.sent[1] < len(BODY)


# --- archives ----------------------------------------------------------------------------------------------

ROWS = {"train.tsv": "a\tb\nä c\td\n", "validation.tsv": "\t".join("q" * 1001) + "\n"}


def archive(members):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return kept.getvalue()


@pytest.fixture
def offer_archive(monkeypatch, serve):
    def start(body):
        item = download.ITEMS["ranking"][0]
        item = Item(item.name, "http://page", (Source(serve(Site(body))),), item.columns)
        monkeypatch.setitem(download.ITEMS, "ranking", (item,))

    return start


@pytest.mark.parametrize("inside", ["", "data/"])
def test_an_archive_is_unpacked_and_not_kept(offer_archive, folder, inside):
    offer_archive(archive({f"{inside}{name}": text for name, text in ROWS.items()} | {"__MACOSX/._train.tsv": "x"}))
    (folder / ".StackOverflowData.zip.unpacked").mkdir(parents=True)  # of a process that was killed
    download.fetch("ranking")
    assert {name: (folder / name).read_text(encoding="utf-8") for name in ROWS} == ROWS
    assert {path.name for path in folder.iterdir()} == {*ROWS, ".StackOverflowData.zip.lock"}


def corrupt(body):
    """Another byte in the stored content, so that a CRC no longer holds."""
    place = body.index(b"a\tb")
    return body[:place] + b"X" + body[place + 1 :]


def stored(members):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (archive({"train.tsv": ROWS["train.tsv"]}), "validation.tsv is 0 times in the archive"),
        (archive({**ROWS, "old/train.tsv": "a\tb\n"}), "train.tsv is 2 times in the archive"),
        (archive({**ROWS, "validation.tsv": "q\td\tn\n"}), "row 1 of validation.tsv has fewer than 1001 columns"),
        (archive({**ROWS, "train.tsv": "a\tb\nc d\n"}), "row 2 of train.tsv has fewer than 2 columns"),
        (archive({**ROWS, "train.tsv": ""}), "train.tsv is empty"),
        (archive({**ROWS, "train.tsv": "ä\tö\n".encode("latin-1")}), "row 1 of train.tsv is not UTF-8"),
        (corrupt(stored(ROWS)), "Bad CRC-32"),
        (archive(ROWS)[:-30], "not a sound zip archive"),
        (b"no archive", "not a sound zip archive"),
    ],
)
def test_an_unsound_archive_leaves_nothing(offer_archive, folder, body, says):
    offer_archive(body)
    line = refusal()
    assert says in line
    assert f"by hand: download http://page and unpack train.tsv and validation.tsv into {folder}" in line
    assert [path.name for path in folder.iterdir()] == [".StackOverflowData.zip.lock"]


# --- several at once, other obstacles ----------------------------------------------------------------------


def test_of_two_threads_one_downloads(offer, folder, capsys):
    site = offer(Site())
    site.pause = 0.2
    threads = [threading.Thread(target=download.fetch, args=("ranking",)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert is_complete(folder) and site.sent == [len(BODY)]
    assert "another process downloads vectors.bin.gz" in capsys.readouterr().err


def test_of_two_processes_one_downloads(offer, folder, capsys):
    site = offer(Site())
    site.pause = 0.3
    code = f"""
from course_lib.data import download
from course_lib.data.download import Item, Source
download.ITEMS["ranking"] = {download.ITEMS["ranking"]!r}
download.fetch("ranking")
"""
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL) as other:
        while not site.asked and other.poll() is None:
            time.sleep(0.01)
        download.fetch("ranking")
    assert other.returncode == 0
    assert is_complete(folder) and site.sent == [len(BODY)]
    assert "another process downloads vectors.bin.gz" in capsys.readouterr().err


def test_a_cache_that_cannot_be_written_is_named(offer, monkeypatch, tmp_path):
    offer(Site())
    (tmp_path / "file").touch()
    monkeypatch.setenv(download.CACHE_VARIABLE, str(tmp_path / "file"))
    line = refusal()
    assert f"cannot write into {tmp_path / 'file'}" in line and download.CACHE_VARIABLE in line


def test_a_full_disk_is_named_and_no_other_server_is_tried(offer, monkeypatch):
    first = Site()
    offer(first, second := Site())

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert "No space left on device" in refusal()
    assert len(first.asked) == 1 and second.asked == []


def test_the_cache_is_the_users_own_unless_named(monkeypatch, tmp_path):
    assert download.cache() == tmp_path
    monkeypatch.delenv(download.CACHE_VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "mine"))
    assert download.cache().name == "course-data" and download.cache() != tmp_path


@pytest.mark.parametrize(
    ("assignment", "files", "hashed"),
    [
        ("ranking", ["train.tsv", "validation.tsv", "vectors.bin.gz"], 3),
        ("text_classification", ["train.parquet", "test.parquet", "vectors.txt.gz"], 3),
        ("recurrent_networks", ["train.conllu", "dev.conllu", "test.conllu"], 6),
    ],
)
def test_the_full_data_of_an_assignment_has_its_files(assignment, files, hashed):
    assert [name for item in download.ITEMS[assignment] for name in item.files] == files
    sources = [source for item in download.ITEMS[assignment] for source in item.sources]
    assert all(source.url.startswith("https://") for source in sources)
    lengths = {"sha256": 64, "md5": 32}
    hashes = [source.known_hash.split(":") for source in sources if source.known_hash]
    assert len(hashes) == hashed and all(len(digest) == lengths[name] for name, digest in hashes)
    for item in download.ITEMS[assignment]:
        assert len({source.server for source in item.sources}) == len(item.sources)  # their parts are told apart by it


# --- the profile and the command ---------------------------------------------------------------------------


def test_the_full_profile_downloads_on_demand_what_is_asked_for(offer, folder, monkeypatch):
    site = offer(Site())
    monkeypatch.setenv(data.VARIABLE, "full")
    assert data.profile() == "full"
    assert data.file("ranking", "vectors.bin") == data.file("ranking", "vectors.bin") == folder / "vectors.bin.gz"
    assert len(site.asked) == 1
    assert "no full data ranking/other.tsv" in refusal(lambda: data.file("ranking", "other.tsv"))
    assert "no full data other/" in refusal(lambda: data.file("other", "train.tsv"))


def test_one_file_is_had_without_the_others(folder, monkeypatch, serve):
    items = download.ITEMS["ranking"]
    rows, vectors = Site(archive(ROWS)), Site()
    monkeypatch.setitem(
        download.ITEMS,
        "ranking",
        (
            Item(items[0].name, "", (Source(serve(rows)),), items[0].columns),
            Item(items[1].name, "", (Source(serve(vectors)),)),
        ),
    )
    monkeypatch.setenv(data.VARIABLE, "full")
    assert data.read_rows(data.file("ranking", "train.tsv")) == [["a", "b"], ["ä c", "d"]]
    assert vectors.asked == []


def test_the_full_news_and_their_vectors_are_downloaded_and_read(monkeypatch, serve, tmp_path):
    sites = {}
    for item in download.ITEMS["text_classification"]:
        path = tmp_path / item.name
        if item.name.endswith(".parquet"):
            parquet.write_table(pyarrow.table({"text": [f"Of {path.stem}", "More"], "label": [0, 3]}), path)
        else:
            path.write_bytes(gzip.compress(TEXT.encode()))
        sites[item.name] = Site(path.read_bytes())
    items = tuple(
        Item(name, "", (Source(serve(site), f"md5:{hashlib.md5(site.body).hexdigest()}"),))
        for name, site in sites.items()
    )
    monkeypatch.setitem(download.ITEMS, "text_classification", items)
    monkeypatch.setenv(data.VARIABLE, "full")
    assert data.news()["test"].to_list() == [{"text": "Of test", "label": 0}, {"text": "More", "label": 3}]
    assert sites["vectors.txt.gz"].asked == []
    assert data.vectors("text_classification").index_to_key == ["one", "tw\u00f6", "\u2026"]
    assert [len(site.asked) for site in sites.values()] == [1, 1, 1]
    assert download.fetch("text_classification") == tmp_path / "full" / "text_classification"


def test_the_full_treebank_is_downloaded_and_read(monkeypatch, serve, tmp_path):
    lines = "# text = Go!\n1\tGo\t_\tVERB\t_\t_\t0\troot\t_\t_\n2\t!\t_\tPUNCT\t_\t_\t1\tpunct\t_\t_\n\n"
    site = Site(lines.encode())
    digest = f"sha256:{hashlib.sha256(site.body).hexdigest()}"
    names = [item.name for item in download.ITEMS["recurrent_networks"]]
    items = tuple(Item(name, "", (Source(serve(site), digest),)) for name in names)
    monkeypatch.setitem(download.ITEMS, "recurrent_networks", items)
    monkeypatch.setenv(data.VARIABLE, "full")
    assert data.treebank() == {name: [[("Go", "VERB"), ("!", "PUNCT")]] for name in ("train", "dev", "test")}
    assert len(site.asked) == 3
    assert {path.name for path in (tmp_path / "full" / "recurrent_networks").glob("[!.]*")} == set(names)


@pytest.mark.parametrize("name", ["vectors.bin", "vectors.bin.gz", "vectors.bin.xz"])
def test_a_file_put_there_by_hand_is_used(offer, folder, monkeypatch, name):
    site = offer(Site())
    folder.mkdir(parents=True)
    (folder / name).touch()
    monkeypatch.setenv(data.VARIABLE, "full")
    assert data.file("ranking", "vectors.bin") == folder / name
    assert site.asked == [] and [path.name for path in folder.iterdir()] == [name]


def test_a_folder_called_full_is_named_with_its_path(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(data.VARIABLE, "./full")
    assert data.profile() == "folder"


def test_the_command_downloads_and_says_where(offer, folder):
    offer(Site())
    done = CliRunner().invoke(app, ["download", "ranking"])
    assert done.exit_code == 0 and is_complete(folder)
    assert str(folder) in done.output and "COURSE_DATA=full" in done.output


def test_the_command_names_an_unknown_assignment(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["course", "download", "rankings"])
    with pytest.raises(SystemExit) as done:
        main()
    line = capsys.readouterr().err
    assert done.value.code == 2
    assert "no full data rankings" in line and "ranking" in line and len(line.splitlines()) == 1


# --- vectors -----------------------------------------------------------------------------------------------

MINI = data.MINI / "ranking" / "vectors.bin"
TEXT = "3 2\none 0.5 -1.0\ntw\u00f6 2.0 0.25\n\u2026 0.0 1e-05\n"


@pytest.fixture
def all_big(monkeypatch):
    monkeypatch.setattr(vector_cache, "BIG", 0)


def is_mapped(array):
    return isinstance(array, np.memmap) or isinstance(array.base, np.memmap)


def converted(tmp_path):
    return list((tmp_path / "vectors").glob("*/vectors"))


def test_small_files_are_read_and_not_converted(tmp_path):
    vectors = data.vectors("ranking")
    assert not is_mapped(vectors.vectors) and vectors.vectors.flags.writeable
    assert converted(tmp_path) == []


def test_big_files_are_converted_once_and_equal_to_plain_loading(all_big, tmp_path, monkeypatch):
    plain = KeyedVectors.load_word2vec_format(MINI, binary=True)
    first = data.vectors("ranking")
    monkeypatch.setattr(vector_cache, "_read", None)  # the second time nothing is read, or written
    monkeypatch.setattr(vector_cache, "locked", None)
    for vectors in (first, data.vectors("ranking")):
        assert is_mapped(vectors.vectors) and is_mapped(vectors.norms)
        assert vectors.index_to_key == plain.index_to_key
        np.testing.assert_array_equal(vectors.vectors, plain.vectors)
    assert len(converted(tmp_path)) == 1
    assert not list((tmp_path / "vectors").glob("*.part"))


def test_mapped_vectors_answer_as_others_do(all_big):
    plain, mapped = KeyedVectors.load_word2vec_format(MINI, binary=True), data.vectors("ranking")
    queries = [
        lambda vectors: vectors.most_similar(positive=["king", "woman"], negative=["man"]),
        lambda vectors: vectors.most_similar("king", restrict_vocab=100),
        lambda vectors: vectors.doesnt_match("breakfast cereal dinner lunch".split()),
        lambda vectors: vectors.most_similar_to_given("music", ["water", "sound", "backpack", "mouse"]),
        lambda vectors: vectors.get_vector("king", norm=True).tolist(),
        lambda vectors: vectors.get_mean_vector(["king", "queen"]).tolist(),
        lambda vectors: vectors.get_normed_vectors().tolist(),
        lambda vectors: (vectors["king"] + vectors[["king", "queen"]].mean(axis=0)).tolist(),
        lambda vectors: vectors.n_similarity(["king"], ["queen"]),
    ]
    for query in queries:
        assert query(mapped) == query(plain)
    assert mapped.most_similar(positive=["king", "woman"], negative=["man"])[0][0] == "queen"
    mapped.fill_norms(force=True)
    assert mapped.most_similar("king") == plain.most_similar("king")
    with pytest.raises(ValueError, match="read-only"):
        mapped.vectors[0] = 0


def test_the_first_vectors_are_kept_apart_from_all(all_big, tmp_path):
    assert [len(data.vectors("ranking", limit=limit)) for limit in (10, 20, 10)] == [10, 20, 10]
    assert len(data.vectors("ranking")) > 1000
    assert len(converted(tmp_path)) == 3


def test_a_changed_file_is_converted_again(all_big, monkeypatch, tmp_path):
    path = tmp_path / "data" / "ranking" / "vectors.bin.gz"
    path.parent.mkdir(parents=True)
    monkeypatch.setenv(data.VARIABLE, str(tmp_path / "data"))
    path.write_bytes(gzip.compress(MINI.read_bytes(), compresslevel=1))
    before = data.vectors("ranking")
    other = KeyedVectors(3)
    other.add_vectors(["one", "two"], np.ones((2, 3), dtype=np.float32))
    other.save_word2vec_format(str(path), binary=True)
    assert data.vectors("ranking").index_to_key == ["one", "two"]
    assert is_mapped(before.vectors) and len(before) > 1000
    os.utime(path, ns=(0, 0))
    data.vectors("ranking")
    assert len(converted(tmp_path)) == 3


@pytest.mark.parametrize("big", [0, 10**9])
@pytest.mark.parametrize(("ending", "compress"), [("", bytes), (".gz", gzip.compress), (".xz", lzma.compress)])
@pytest.mark.parametrize("name", ["vectors.txt", "vectors.bin"])
def test_vectors_in_text_format_are_read_as_such(monkeypatch, tmp_path, big, name, ending, compress):
    monkeypatch.setattr(vector_cache, "BIG", big)
    path = tmp_path / "data" / "ranking" / f"{name}{ending}"
    path.parent.mkdir(parents=True)
    monkeypatch.setenv(data.VARIABLE, str(tmp_path / "data"))
    path.write_bytes(compress(TEXT.encode()))
    vectors = data.vectors("ranking")
    assert vectors.index_to_key == ["one", "tw\u00f6", "\u2026"] and is_mapped(vectors.vectors) == (big == 0)
    np.testing.assert_array_equal(vectors.vectors, np.array([[0.5, -1.0], [2.0, 0.25], [0.0, 1e-05]], np.float32))
    assert data.vectors("ranking", limit=2).index_to_key == ["one", "tw\u00f6"]


def test_binary_vectors_are_read_as_such_whatever_their_first_bytes(tmp_path):
    for first in (b"\n123", b"1 2 ", b"    ", b"0.5\n", b"\0\0\0\0"):
        path = tmp_path / "vectors.bin"
        path.write_bytes(b"1 2\nword " + first + first + b"\n")
        np.testing.assert_array_equal(vector_cache.load(path)["word"], np.frombuffer(first + first, np.float32))


def test_of_vectors_in_both_formats_the_binary_ones_are_taken(monkeypatch, tmp_path):
    folder = tmp_path / "data" / "ranking"
    folder.mkdir(parents=True)
    monkeypatch.setenv(data.VARIABLE, str(tmp_path / "data"))
    (folder / "vectors.txt").write_text(TEXT, encoding="utf-8")
    (folder / "vectors.bin.gz").write_bytes(gzip.compress(MINI.read_bytes(), compresslevel=1))
    assert "queen" in data.vectors("ranking")


def test_of_two_threads_one_converts(all_big, monkeypatch):
    reads, read = [], vector_cache._read

    def slowly(*arguments):
        reads.append(arguments)
        time.sleep(0.2)
        return read(*arguments)

    monkeypatch.setattr(vector_cache, "_read", slowly)
    threads = [threading.Thread(target=data.vectors, args=("ranking",)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert is_mapped(data.vectors("ranking").vectors) and len(reads) == 1


def test_two_processes_map_the_same_file(all_big, monkeypatch, tmp_path):
    code = """
from course_lib import data
from course_lib.data import vector_cache
vector_cache.BIG = 0
vectors = data.vectors("ranking").vectors
print(vectors.filename, float(vectors.sum()))
"""
    theirs = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    monkeypatch.setattr(vector_cache, "_read", None)  # the other process has converted it
    ours = data.vectors("ranking").vectors
    (file,) = converted(tmp_path)
    plain = KeyedVectors.load_word2vec_format(MINI, binary=True)
    assert str(ours.filename) == f"{file}.vectors.npy"
    assert theirs.strip() == f"{file}.vectors.npy {float(plain.vectors.sum())}"


def test_a_conversion_that_was_killed_is_done_again(all_big, tmp_path):
    data.vectors("ranking")
    (file,) = converted(tmp_path)
    rest = file.parent.rename(file.parent.with_suffix(".part"))
    (rest / "vectors").write_bytes(b"half")
    assert is_mapped(data.vectors("ranking").vectors)
    assert not rest.exists()


def test_without_a_cache_to_write_vectors_are_read_plainly(all_big, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv(download.CACHE_VARIABLE, str(tmp_path / "file"))
    vectors = data.vectors("ranking")
    assert not is_mapped(vectors.vectors) and "queen" in vectors


@pytest.mark.parametrize("big", [0, 10**9])
@pytest.mark.parametrize("content", [b"", b"hello\n", MINI.read_bytes()[:-5], b"\xff\xfe\n"])
def test_a_file_that_holds_no_vectors_is_named(monkeypatch, tmp_path, big, content):
    monkeypatch.setattr(vector_cache, "BIG", big)
    refuse_vectors(tmp_path / "vectors.bin", content)


@pytest.mark.parametrize("big", [0, 10**9])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello\n",
        TEXT.encode()[:-22],
        b"3 2\none 1\n",
        b"1 2\none 1 x\n",
        b"1 2\n\xff\xfe 1 1\n",
    ],
)
def test_a_text_file_that_holds_no_vectors_is_named(monkeypatch, tmp_path, big, content):
    monkeypatch.setattr(vector_cache, "BIG", big)
    refuse_vectors(tmp_path / "vectors.txt", content)


def refuse_vectors(path, content):
    path.write_bytes(content)
    assert f"{path} is not a sound word2vec file" in refusal(lambda: vector_cache.load(path))
    assert not list(path.parent.glob("vectors/*.part"))
