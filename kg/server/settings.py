"""From the options of the command to what is served."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.build import kept_store, kept_store_folder
from kg.errors import KgError, StoreError
from kg.files import shipped
from kg.server.app import is_address
from kg.server.limits import Limits
from kg.server.service import Settings
from kg.store import open_store, read_manifest


def settings_of(
    data: Path | None,
    store: str | None,
    *,
    host: str = "127.0.0.1",
    prefix: str = "",
    timeout: float = 30,
    memory: int = 512,
    rows: int = 100_000,
    queue: int = 100,
    hosts: tuple[str, ...] = (),
    proxies: tuple[str, ...] = (),
    texts: Path | None = None,
    licensed: bool = False,
    workers: int = 1,
) -> Settings:
    """What to serve; the store of a data folder is built first.

    Raises:
        KgError: there is no such store, or the data has problems.
    """
    if store is not None and store.startswith(("http://", "https://")):
        raise StoreError(f"{store}: only a folder can be served, take a copy of the graph first")
    if store is not None:
        folder = Path(store)
        open_store(folder)
    else:
        folder = kept_store_folder(data or shipped("data"))
        kept_store(data or shipped("data"))
        if read_manifest(folder) is None:
            raise KgError(f"{folder}: no store can be kept here, run `kg build --store DIR`")
    if texts is not None and not texts.is_dir():
        raise KgError(f"{texts}: this is no folder, give one by --texts DIR")
    limits = Limits(seconds=timeout, memory=memory, rows=rows, queue=queue)
    places = max(1, limits.quick_slots // workers)
    return Settings(
        folder=folder,
        prefix=prefix.rstrip("/"),
        texts=texts,
        licensed=licensed,
        limits=replace(limits, quick_slots=places),
        hosts=frozenset(h.lower() for h in (*hosts, host)),
        public=not (host == "localhost" or host.startswith("127.") or host == "::1")
        and is_address(host),
        proxies=proxies,
    )
