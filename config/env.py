"""The one reader of the environment. Every variable stands in docs/operators/settings.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Env:
    """What the operator chose; paths are absolute."""

    secret_key: str
    database_url: str
    debug: bool
    demo: bool
    today: date
    demo_started_at: float | None
    hosts: tuple[str, ...]
    https: bool
    media: Path
    time_zone: str
    support_phone: str
    region_name: str
    trusted_proxies: int


def read_env(source: Mapping[str, str]) -> Env:
    """Parse the environment.

    :raises KeyError: naming the variable that is not set.
    :raises ValueError: for a date or a number that is none, naming it.
    """
    started = source.get("SREDA_DEMO_STARTED_AT")
    return Env(
        secret_key=source["SREDA_SECRET_KEY"],
        database_url=source.get("DATABASE_URL") or f"sqlite:///{ROOT / 'var' / 'sreda.sqlite3'}",
        debug=source.get("SREDA_DEBUG") == "1",
        demo=source.get("SREDA_DEMO") == "1",
        today=date.fromisoformat(source.get("SREDA_TODAY") or "2026-10-14"),
        demo_started_at=float(started) if started else None,
        hosts=tuple((source.get("SREDA_HOSTS") or "127.0.0.1,localhost,[::1]").split(",")),
        https=source.get("SREDA_HTTPS") == "1",
        media=Path(source.get("SREDA_MEDIA") or ROOT / "var" / "media").absolute(),
        time_zone=source.get("SREDA_TIME_ZONE") or "Asia/Yekaterinburg",
        support_phone=source.get("SREDA_SUPPORT_PHONE") or "",
        region_name=source.get("SREDA_REGION") or "Пермский край",
        trusted_proxies=int(source.get("SREDA_TRUSTED_PROXIES") or 0),
    )
