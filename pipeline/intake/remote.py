"""Files that an address names (https://, s3://, hdfs://, and whatever else fsspec reaches), as streams.

What goes wrong on the way is told by `InputError` where files are looked for, by OSError where they are read. A stream
that breaks off is taken up again where it was.
"""

from __future__ import annotations

import glob
import io
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple, cast
from urllib.parse import unquote, urlsplit

import regex

from pipeline.core.errors import InputError, install

ADDRESS = regex.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+)://")
FLATTENED = regex.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+):/(.*)", regex.S)
LOCAL = ("file", "local")
WEB = ("http", "https")
"""Protocols whose servers may not give a part of a file, and tell no folder from a page."""
MARKS = ("ETag", "etag", "mtime", "LastModified", "Last-Modified", "modified", "updated", "created")
"""What file systems say of a file's version."""
TRIES = 4
WAIT = 0.5
"""Seconds before the second try; twice as many before each that follows."""
AT_ONCE = 1 << 20


class Remote(NamedTuple):
    """A file: its address, and the name that it goes by."""

    address: str
    shown: str


def is_address(given: str) -> bool:
    """Whether an input is no path but the address of something."""
    return ADDRESS.match(given) is not None


def address_of(path: Path) -> str | None:
    """The address that a path was made of, which keeps one of its slashes only; None for a real path."""
    m = FLATTENED.fullmatch(str(path))
    return f"{m[1]}:{'///' if m[1].lower() in LOCAL else '//'}{m[2]}" if m else None


def local_path(address: str) -> str | None:
    """The path of an address on this machine (``file:///…``); None for others."""
    scheme, _, rest = address.partition("://")
    return rest if scheme.lower() in LOCAL else None


def remote_files(address: str) -> list[Remote]:
    """What an address stands for: a file, all files below a folder, or those that a pattern matches, sorted.

    Raises `InputError` where the protocol is not known or not installed, and where nothing is there or to be had.
    """
    with _told(address):
        fs, path = _reached(address)
        if "*" in path or (glob.has_magic(path) and not _is_web(address)):
            root = path[: next(m.start() for m in regex.finditer(r"[*?\[]", path))].rpartition("/")[0]
            found = fs.glob(path)
            if not found:
                raise InputError("matches no file; check the pattern")
        elif path.endswith("/") or (not _is_web(address) and fs.isdir(path)):
            # ``find`` passes over what it cannot open; where there is nothing, ``ls`` says why.
            root, found = path.rstrip("/"), fs.find(path) or fs.ls(path) and []
        else:
            fs.info(path)
            return [Remote(fs.unstrip_protocol(path), _last_name(path))]
        return [Remote(fs.unstrip_protocol(p), p.removeprefix(root).lstrip("/")) for p in sorted(found)]


def open_remote(address: str, seeks: bool) -> IO[bytes]:
    """The bytes of a file. ``seeks``: it must be possible to go back and forth; then a file of a server that does not
    give parts is taken over as a whole first. Raises OSError."""
    stream = io.BufferedReader(_Stream(address), AT_ONCE)
    if not seeks or stream.seekable():
        return cast(IO[bytes], stream)
    taken = tempfile.TemporaryFile()  # it has no name, and goes with the process
    with stream:
        shutil.copyfileobj(stream, taken, AT_ONCE)
    taken.seek(0)
    return cast(IO[bytes], taken)


def about(address: str) -> tuple[int, str]:
    """How many bytes a file has (0 where nobody says), and what tells its version. Raises `InputError`."""
    with _told(address):
        fs, path = _reached(address)
        info = fs.info(path)
    return int(info.get("size") or 0), " ".join(f"{info[mark]}" for mark in MARKS if info.get(mark))


def is_there(address: str) -> bool:
    """Whether there is a file. Raises `InputError` where that cannot be told."""
    with _told(address):
        fs, path = _reached(address)
        return bool(fs.exists(path))


def send(file: Path, address: str) -> None:
    """Put a file of this machine where ``address`` says. Raises `InputError`."""
    with _told(address):
        fs, path = _reached(address)
        fs.put_file(str(file), path)


class _Stream(io.RawIOBase):
    """A remote file; a read that fails is tried again, from where it was."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._seeks = not _is_web(address)
        self._place = 0
        self._ended = False
        self._file: Any = None
        self._try(lambda: None)

    def _open(self) -> None:
        fs, path = _reached(self._address)
        if self._seeks:
            self._file = fs.open(path, "rb")
            self._file.seek(self._place)
        else:
            self._file = fs.open(path, "rb", block_size=0)
            left = self._place
            while left and (some := self._file.read(min(left, AT_ONCE))):
                left -= len(some)

    def _try(self, act: Any) -> Any:
        for turn in range(TRIES):
            try:
                if self._file is None:
                    self._open()
                return act()
            except Exception as e:  # each protocol has errors of its own
                self._file = None
                if turn == TRIES - 1 or _is_final(e):
                    raise OSError(f"{self._address}: {_words(e)}") from e
                time.sleep(WAIT * 2**turn)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._seeks

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        self._place = int(self._try(lambda: self._file.seek(place, whence)))
        self._ended = False
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer: Any) -> int:
        # To ask a stream behind its end is an error to some.
        data: bytes = b"" if self._ended else self._try(lambda: self._file.read(len(buffer)))
        self._ended = not data
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)

    def close(self) -> None:
        if self._file is not None and not self.closed:
            self._file.close()
        super().close()


def _is_web(address: str) -> bool:
    return address.partition("://")[0].lower() in WEB


def _last_name(path: str) -> str:
    return PurePosixPath(unquote(urlsplit(path).path) if is_address(path) else path).name


def _reached(address: str) -> tuple[Any, str]:
    """The file system of an address, and what the file is called there."""
    from fsspec.core import url_to_fs  # for who has something there

    options: dict[str, Any] = {}
    if _is_web(address):
        import aiohttp

        # A stream may be open for hours, between whose reads documents are worked; and packed files come as they are.
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=30, sock_read=120)
        options = {"client_kwargs": {"timeout": timeout}, "headers": {"Accept-Encoding": "identity"}}
    fs, path = url_to_fs(address, **options)
    return fs, path


@contextmanager
def _told(address: str) -> Iterator[None]:
    try:
        yield
    except InputError:
        raise
    except ImportError as e:
        scheme = address.partition("://")[0]
        what = install("remote") if _is_web(address) else f"install what fsspec needs for it ({e})"
        raise InputError(f"{scheme}:// needs a package that is not installed; {what}") from None
    except Exception as e:  # each protocol has errors of its own
        raise InputError(_words(e)) from e


def _is_final(error: Exception) -> bool:
    """Whether another try can do no better."""
    if isinstance(error, FileNotFoundError) and isinstance(error.__cause__, Exception):
        return _is_final(error.__cause__)
    if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError | ImportError | NotImplementedError):
        return True
    return 400 <= _status(error) < 500


def _status(error: Exception) -> int:
    """What a web server answered; 0 for other errors."""
    status = getattr(error, "status", 0)
    return status if isinstance(status, int) else 0


def _words(error: Exception) -> str:
    """An error as a line for the user: what, and what to do."""
    if isinstance(error, FileNotFoundError) and isinstance(error.__cause__, Exception):
        error = error.__cause__  # to fsspec all that a web server does not give is not there
    if isinstance(error, FileNotFoundError) or _status(error) in (404, 410):
        return "no such file; check the address"
    if isinstance(error, PermissionError) or _status(error) in (401, 403):
        return "access is denied; check your rights and how you sign in"
    if isinstance(error, ValueError) and "rotocol" in str(error):
        return f"is of no protocol that is known ({error}); check the address"
    said = " ".join(str(error).split()) or type(error).__name__
    return f"cannot be reached ({said}); check the address and the network"
