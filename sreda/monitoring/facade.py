"""The door of ``monitoring``."""

from sreda.monitoring.bulk import NewWave, add_wave
from sreda.monitoring.models import Wave, WaveMember
from sreda.monitoring.policies import can_read_waves
from sreda.monitoring.queries import WaveRow, waves_page

__all__ = [
    "NewWave",
    "Wave",
    "WaveMember",
    "WaveRow",
    "add_wave",
    "can_read_waves",
    "waves_page",
]
