"""What is read of the regional project."""

from sreda.monitoring.queries.members import (
    MemberFilter,
    MemberRow,
    MunicipalityCount,
    WavePage,
    wave_page,
    wave_table,
)
from sreda.monitoring.queries.waves import WaveRow, open_wave, waves_page

__all__ = [
    "MemberFilter",
    "MemberRow",
    "MunicipalityCount",
    "WavePage",
    "WaveRow",
    "open_wave",
    "wave_page",
    "wave_table",
    "waves_page",
]
