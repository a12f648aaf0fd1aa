"""After runs: measure what was loaded, see what is wrong, tell who wants to know."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from etl.app.freshness import judgements
from etl.app.jobs import followed, now
from etl.console import log
from etl.console.stop import Stop
from etl.errors import EtlError, SourceError, Stopped
from etl.expectations import measure
from etl.incidents import EVERYWHERE, STORE_AWAY, Incident, State, ended
from etl.settings import Settings
from etl.sources.officielebekendmakingen import OfficieleBekendmakingen
from etl.sources.webhook import Webhook
from etl.store.watching import Watching, watching


def review(settings: Settings, url: str, sources: Sequence[str], stop: Stop) -> None:
    """Measure these sources, and bring the incidents of all up to date.

    Never raises an EtlError: the runs are over, and this is not what they were for.
    """
    try:
        with watching(url, now()) as watch:
            for source in sources:
                if source in followed(settings):
                    _measure(watch, source)
            _reconcile(settings, url, watch)
            if settings.alert_url:
                _tell(settings, watch, stop)
    except EtlError as error:
        log.logger().warning("review_failed", problem=str(error))
    else:
        log.logger().info("reviewed", sources=",".join(sources))


def _measure(watch: Watching, source: str) -> None:
    run_id, facts = watch.facts(source)
    if run_id is None:
        return
    measured = measure(facts, series=source == OfficieleBekendmakingen.name)
    watch.keep(run_id, measured)
    for one in measured:
        if one.verdict != "ok":
            log.logger().warning(
                "unexpected",
                source=source,
                run=run_id,
                verdict=one.verdict,
                what=one.in_words(),
            )


def _reconcile(settings: Settings, url: str, watch: Watching) -> None:
    judged = judgements(settings, url, watch.now)
    found = [
        (one.source, fault)
        for one in judged
        for fault in one.incidents
        # who loads a directory by hand need not follow anything
        if fault.code != "never_ran"
    ]
    for over in ended(watch.open(), found):
        watch.close(over)
        log.logger().info("incident_over", source=over.source, code=over.code)
    for source, fault in found:
        watch.see(source, fault)


def _tell(settings: Settings, watch: Watching, stop: Stop) -> None:
    untold = watch.untold()
    if not untold:
        return
    with closing(_webhook(settings, stop)) as webhook:
        for incident in untold:
            try:
                webhook.post(incident.message(_state(incident)))
            except SourceError as error:
                # told after the next run
                log.logger().warning("alert_failed", problem=str(error))
                return
            watch.told(incident)


def _state(incident: Incident) -> State:
    return "closed" if incident.closed_at else "open"


def _webhook(settings: Settings, stop: Stop) -> Webhook:
    return Webhook(
        settings.alert_url or "",
        contact=settings.contact,
        stopping=stop,
        sleep=stop.sleep,
    )


@dataclass(slots=True)
class StoreAway:
    """Remembers that the database is away, which it cannot do itself: told once.

    It lives as long as the daemon. `etl run` from cron makes a new one each time, so
    each of its runs that finds no database says so.
    """

    settings: Settings
    stop: Stop
    _open: Incident | None = None
    _untold: list[tuple[Incident, State]] = field(default_factory=list)

    def away(self, error: EtlError) -> None:
        """An attempt could not use it, for this reason."""
        if self._open is None:
            self._open = Incident(
                incident_id=None,
                source=EVERYWHERE,
                code=STORE_AWAY,
                explanation=str(error),
                opened_at=now(),
            )
            self._untold.append((self._open, "open"))
        self._tell()

    def back(self) -> None:
        """An attempt came to its end, or found the lock taken: the database answers."""
        if self._open is not None:
            over = replace(self._open, closed_at=now())
            self._untold.append((over, "closed"))
            self._open = None
        self._tell()

    def _tell(self) -> None:
        if not self.settings.alert_url or not self._untold:
            return
        with closing(_webhook(self.settings, self.stop)) as webhook:
            for incident, state in tuple(self._untold):
                try:
                    webhook.post(incident.message(state))
                except (SourceError, Stopped) as error:
                    log.logger().warning("alert_failed", problem=str(error))
                    return
                self._untold.remove((incident, state))
