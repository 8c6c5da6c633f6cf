"""The `full` profile: real data, downloaded once into a cache folder, resumed after a break, verified.

Layout: `<cache>/full/<assignment>/<file>`; the cache is COURSE_CACHE, or `course-data` in the user's cache folder.
A file stands under its name only when it is verified; until then it is `<name>.<server>.part`. Files put there by hand
are used as they are. What is verified for `ranking`:

- `vectors.bin.gz`, the GoogleNews vectors: the hash. The sha256 is the one in the Git LFS pointer of
  github.com/mmihaltz/word2vec-GoogleNews-vectors and in github.com/JuliaText/Embeddings.jl (src/word2vec.jl).
  gensim-data's copy of the vectors is another, larger file; its md5 is the one in gensim's own list of models.
- `train.tsv` and `validation.tsv`, StackOverflow duplicates: NO HASH of the archive is published. So its structure is
  checked: a sound zip (its CRCs hold), both files in it, UTF-8 text, no row of too few columns.

And for `text_classification`:

- `train.parquet` and `test.parquet`, AG News from the Hugging Face hub, at one commit of it: the sha256 of each file.
- `vectors.txt.gz`, the GloVe vectors of tweets (50 dimensions, 1,193,514 lower-case words) in word2vec's text format,
  as gensim-data has them: the md5 of gensim's own list of models.

And for `recurrent_networks`:

- `train.conllu`, `dev.conllu` and `test.conllu`, the English Web Treebank of Universal Dependencies at one commit of
  its repository: the sha256 of each file. By Silveira et al. (2014) and its contributors, licence CC BY-SA 4.0.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import platformdirs
import requests
from filelock import FileLock, Timeout
from tqdm import tqdm

from course_lib.errors import DataError

CACHE_VARIABLE = "COURSE_CACHE"
ATTEMPTS = 4  # at one server, before the next is tried
PAUSE = 1.0  # seconds before the second attempt; doubled before each further one
TIMEOUT = 30.0  # seconds without a byte
BLOCK = 1 << 16

DRIVE = "https://drive.usercontent.google.com/download?export=download&confirm=t&id="


@dataclass(frozen=True)
class Source:
    """Where a file can be had; `known_hash` is `algorithm:digest`, or empty where none is published."""

    url: str
    known_hash: str = ""

    @property
    def server(self) -> str:
        """Host, and port where there is one."""
        return urlsplit(self.url).netloc


@dataclass(frozen=True)
class Item:
    """One thing to download: a data file, or a zip archive with the data files of `columns` (name -> least columns)."""

    name: str
    page: str  # for a browser
    sources: tuple[Source, ...]  # tried in this order
    columns: Mapping[str, int] = field(default_factory=dict)

    @property
    def files(self) -> tuple[str, ...]:
        """Names of the data files that it gives."""
        return tuple(self.columns) or (self.name,)

    def is_in(self, folder: Path) -> bool:
        """Whether the folder has all its files, compressed or not."""
        return all((folder / name).is_file() or (folder / name.removesuffix(".gz")).is_file() for name in self.files)

    def by_hand(self, folder: Path) -> str:
        """What to do where the download fails."""
        if self.columns:
            return f"by hand: download {self.page} and unpack {' and '.join(self.files)} into {folder}"
        return f"by hand: download {self.page} and save it as {folder / self.name}"


GOOGLE_NEWS = "sha256:21c05ae916a67a4da59b1d006903355cced7de7da1e42bff9f0504198c748da8"

AG_NEWS = "https://huggingface.co/datasets/fancyzhx/ag_news/{}/eb185aade064a813bc0b7f42de02595523103ca4/data/{}"
EWT = "UniversalDependencies/UD_English-EWT"
EWT_COMMIT = "15d613d8447b"
GENSIM_DATA = "https://github.com/piskvorky/gensim-data/releases/download"


def _ag_news(split: str, sha256: str) -> Item:
    """A split of AG News, in the hub's own file."""
    file = f"{split}-00000-of-00001.parquet"
    source = Source(AG_NEWS.format("resolve", file), f"sha256:{sha256}")
    return Item(f"{split}.parquet", AG_NEWS.format("blob", file), (source,))


def _ewt(split: str, sha256: str) -> Item:
    """A split of the English Web Treebank."""
    file = f"{EWT_COMMIT}/en_ewt-ud-{split}.conllu"
    urls = (f"https://raw.githubusercontent.com/{EWT}/{file}", f"https://github.com/{EWT}/raw/{file}")
    sources = tuple(Source(url, f"sha256:{sha256}") for url in urls)
    return Item(f"{split}.conllu", f"https://github.com/{EWT}/blob/{file}", sources)


ITEMS: dict[str, tuple[Item, ...]] = {
    "ranking": (
        Item(
            "StackOverflowData.zip",
            "https://drive.google.com/file/d/1QqT4D0EoqJTy7v9VrNCYD-m964XZFR7_/view",
            (Source(f"{DRIVE}1QqT4D0EoqJTy7v9VrNCYD-m964XZFR7_"),),
            {"train.tsv": 2, "validation.tsv": 1001},  # a question, its duplicate, 999 negatives or more
        ),
        Item(
            "vectors.bin.gz",
            "https://drive.google.com/file/d/0B7XkCwpI5KDYNlNUTTlSS21pQmM/view?resourcekey=0-wjGZdNAUop6WykTtMip30g",
            (
                Source(f"{DRIVE}0B7XkCwpI5KDYNlNUTTlSS21pQmM&resourcekey=0-wjGZdNAUop6WykTtMip30g", GOOGLE_NEWS),
                Source("https://s3.amazonaws.com/dl4j-distribution/GoogleNews-vectors-negative300.bin.gz", GOOGLE_NEWS),
                Source(
                    f"{GENSIM_DATA}/word2vec-google-news-300/word2vec-google-news-300.gz",
                    "md5:a5e5354d40acb95f9ec66d5977d140ef",
                ),
            ),
        ),
    ),
    "text_classification": (
        _ag_news("train", "fc508d6d9868594e3da960a8cfeb63ab5a4746598b93428c224397080c1f52ee"),
        _ag_news("test", "71de87ec66bc5737752a2502204dfa6d7fe9856ade3ea444dc6317789a4f13fb"),
        Item(
            "vectors.txt.gz",
            f"{GENSIM_DATA}/glove-twitter-50/glove-twitter-50.gz",
            (Source(f"{GENSIM_DATA}/glove-twitter-50/glove-twitter-50.gz", "md5:c168f18641f8c8a00fe30984c4799b2b"),),
        ),
    ),
    "recurrent_networks": (
        _ewt("train", "3fb78e2b55482c8ee00caa653af436c88c9e5bc9a73ce26e4ae3ddc79d2b7e7b"),
        _ewt("dev", "531a54ff90d6ab12201c5a50c3e78e6ddac4de69abc4bce5d275d3cd29efe2b6"),
        _ewt("test", "e266e515a0a7547657ed3d90d9ba46487d6bd251f27ad4269d4e8a427c8555cd"),
    ),
}


def cache() -> Path:
    """The cache folder. What is in it may be deleted at any time."""
    return Path(os.environ.get(CACHE_VARIABLE) or platformdirs.user_cache_dir("course-data", False)).expanduser()


def fetch(assignment: str, *names: str) -> Path:
    """The folder of an assignment's full data, with all of it, or the files of these names; downloads what is missing.

    Raises: DataError: there is no such full data, or it cannot be had; the message says what to do by hand.
    """
    wanted = {*names, *(f"{name}.gz" for name in names)}
    items = [item for item in ITEMS.get(assignment, ()) if not names or wanted & {*item.files}]
    if not items:
        raise DataError(f"there is no full data {assignment}/{' or '.join(names)}; there is: {', '.join(ITEMS)}")
    folder = cache() / "full" / assignment
    try:
        for item in items:
            if not item.is_in(folder):
                folder.mkdir(parents=True, exist_ok=True)
                with locked(folder / f".{item.name}.lock", f"downloads {item.name}"):
                    _obtain(item, folder, assignment)
    except OSError as error:
        raise DataError(f"cannot write into {folder} ({error}): make room, or set {CACHE_VARIABLE}") from None
    return folder


@contextmanager
def locked(path: Path, what: str) -> Iterator[None]:
    """Hold a lock file; says so when another process has it, and waits."""
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        print(f"another process {what}: waiting for it", file=sys.stderr)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _obtain(item: Item, folder: Path, assignment: str) -> None:
    """Download, verify and put in place, from the first server that gives the right file."""
    if item.is_in(folder):  # another process was quicker
        return
    reasons = []
    parts = {source: folder / f"{item.name}.{source.server.replace(':', '_')}.part" for source in item.sources}
    for source, part in parts.items():
        try:
            _transfer(source, part)
            _put_in_place(item, source, part, folder)
        except DataError as error:
            reasons.append(f"{source.server}: {error}")
            continue
        for done in parts.values():
            _forget(done)
        return
    kept = any(part.is_file() and part.stat().st_size for part in parts.values())
    again = f"what has come is kept, and this goes on from there: course download {assignment}; " if kept else ""
    raise DataError(f"{item.name} could not be downloaded ({'; '.join(reasons)}); {again}{item.by_hand(folder)}")


def _transfer(source: Source, part: Path) -> None:
    """Receive all bytes into `part`, going on from those it has. Raises: DataError: not to be had here."""
    for attempt in range(ATTEMPTS):
        time.sleep(PAUSE * 2 ** (attempt - 1) if attempt else 0)
        try:
            while not _receive(source, part):
                _forget(part)  # once more, from the start
            return
        except requests.RequestException as error:
            reason = str(error) if isinstance(error, requests.HTTPError) else type(error).__name__
            print(f"{source.server}: attempt {attempt + 1} of {ATTEMPTS} broke off ({reason})", file=sys.stderr)
    raise DataError(f"broke off {ATTEMPTS} times, at last with {reason}")


def _receive(source: Source, part: Path) -> bool:
    """One request, for the bytes that `part` lacks; False where the server's answer does not fit the bytes it has."""
    held = part.stat().st_size if part.is_file() else 0
    tag = _tag(part).read_text(encoding="utf-8") if held and _tag(part).is_file() else ""
    headers = {"Accept-Encoding": "identity"}  # positions are those of the file itself
    if held:
        headers["Range"] = f"bytes={held}-"
        if tag:
            headers["If-Range"] = tag
    with requests.get(source.url, headers=headers, stream=True, timeout=TIMEOUT) as response:
        code, span = response.status_code, response.headers.get("Content-Range", "")
        if held and code == 416:
            return span == f"bytes */{held}"  # nothing is lacking
        if code >= 500 or code in (408, 429):
            raise requests.HTTPError(f"{code} {response.reason}")
        if code != 200 and not (held and code == 206):
            raise DataError(f"{code} {response.reason}")
        if "html" in response.headers.get("Content-Type", "").lower():
            title = re.search(rb"<title>(.*?)</title>", next(response.iter_content(BLOCK), b""), re.S | re.I)
            words = " ".join(title[1].decode("utf-8", "replace").split()) if title else "without a title"
            raise DataError(f"a web page instead of the file: {words}")
        if code == 206 and (not span.startswith(f"bytes {held}-") or (tag and _validator(response) not in ("", tag))):
            return False
        if code == 200:  # the first request, or the server sends no parts, or the file has changed
            held = 0
            part.write_bytes(b"")
            _tag(part).write_text(_validator(response), encoding="utf-8")
        total = held + int(response.headers.get("Content-Length", 0)) or None
        bar = tqdm(total=total, initial=held, unit="B", unit_scale=True, desc=source.server, disable=None)
        with part.open("ab") as file, bar:
            for block in response.iter_content(BLOCK):
                file.write(block)
                bar.update(len(block))
    return True


def _tag(part: Path) -> Path:
    """The file that keeps which version of the remote file the bytes of `part` are of."""
    return part.with_suffix(".etag")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _tag(part).unlink(missing_ok=True)


def _validator(response: requests.Response) -> str:
    """What names this version of the remote file in an If-Range: a strong ETag, or the date of the last change."""
    etag = response.headers.get("ETag", "W/")
    return response.headers.get("Last-Modified", "") if etag.startswith("W/") else etag


def _put_in_place(item: Item, source: Source, part: Path, folder: Path) -> None:
    """Verify what has come, and give it its name. Raises: DataError: it is not the right file, and is removed."""
    temporary = folder / f".{item.name}.unpacked"
    shutil.rmtree(temporary, ignore_errors=True)  # of a process that was killed
    temporary.mkdir()
    try:
        if source.known_hash:
            _compare_hash(part, source.known_hash)
        for name, least in item.columns.items():
            _unpack(part, name, least, temporary / name)
        for name in item.columns:
            os.replace(temporary / name, folder / name)
        if not item.columns:
            os.replace(part, folder / item.name)
    except DataError:
        _forget(part)
        raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _compare_hash(path: Path, known: str) -> None:
    algorithm = known.partition(":")[0]
    with path.open("rb") as file:
        got = f"{algorithm}:{hashlib.file_digest(file, algorithm).hexdigest()}"
    if got != known:
        raise DataError(f"not the right file, expected {known}, got {got}")


def _unpack(archive: Path, name: str, least: int, target: Path) -> None:
    """Unpack one file, in whichever folder of the archive it is. Raises: DataError: unsound, or too few columns."""
    rows = 0
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [info for info in opened.infolist() if PurePosixPath(info.filename).name == name]
            if len(members) != 1:
                raise DataError(f"{name} is {len(members)} times in the archive, expected once")
            with opened.open(members[0]) as lines, target.open("wb") as file:
                for line in lines:  # to the end, where the CRC is compared
                    row = line.decode("utf-8").strip("\r\n")
                    rows += 1
                    if row and row.count("\t") + 1 < least:
                        raise DataError(f"row {rows} of {name} has fewer than {least} columns")
                    file.write(line)
    except UnicodeDecodeError:
        raise DataError(f"row {rows + 1} of {name} is not UTF-8 text") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DataError(f"not a sound zip archive ({error})") from None
    if not rows:
        raise DataError(f"{name} is empty")
