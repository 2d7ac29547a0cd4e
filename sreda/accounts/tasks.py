"""Jobs of ``accounts``."""

from sreda.accounts.actions.attempts import forget_old_attempts
from sreda.accounts.actions.sessions import forget_expired_sessions
from sreda.foundation import clock
from sreda.foundation.jobs import scheduled


@scheduled("accounts.forget", cron="7 * * * *")
def forget() -> None:
    """Delete sessions that are over and tries that no limit looks at."""
    forget_expired_sessions(now=clock.now())
    forget_old_attempts(now=clock.now())
