"""A cron expression means to the scheduler what it means to cron."""

from __future__ import annotations

import pytest

from etl.cron import normal_schedule, parse_schedules


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("17 */2 * * *", "17 0,2,4,6,8,10,12,14,16,18,20,22 * * *"),
        ("0 6 * * 0", "0 6 * * sun"),
        ("0 6 * * 7", "0 6 * * sun"),
        ("0 6 * * 1", "0 6 * * mon"),
        ("0 6 * * 1-5", "0 6 * * mon,tue,wed,thu,fri"),
        ("0 6 * * 5-7", "0 6 * * fri,sat,sun"),
        ("0 6 * * MON-fri/2", "0 6 * * mon,wed,fri"),
        ("0 6 * * */2", "0 6 * * sun,tue,thu,sat"),
        ("0,30 6-8 1 jan,7 *", "0,30 6,7,8 1 1,7 *"),
        ("5/20 6 * * *", "5,25,45 6 * * *"),
    ],
)
def test_it_says_the_same_with_names_for_weekdays(written: str, meant: str) -> None:
    assert normal_schedule(written) == meant


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("@hourly", "write five fields"),
        ("0 6 * *", "write five fields"),
        ("60 6 * * *", "'60' is no minute (0 to 59)"),
        ("0 24 * * *", "'24' is no hour (0 to 23)"),
        ("0 6 0 * *", "'0' is no day of the month (1 to 31)"),
        ("0 6 * 13 *", "'13' is no month (1 to 12)"),
        ("0 6 * * 8", "'8' is no weekday (0 to 7)"),
        ("0 6 * * maandag", "'maandag' is no weekday"),
        ("0 9-6 * * *", "'9-6' holds no hour"),
        ("*/0 6 * * *", "'*/0' holds no minute"),
        ("0 6, * * *", "'' is no hour"),
        ("0 6 1 * mon", "a day of the month and a weekday together"),
        ("0 6 L * *", "'l' is no day of the month"),
    ],
)
def test_what_cron_would_not_take_is_refused(written: str, reason: str) -> None:
    with pytest.raises(ValueError, match="^" + __import__("re").escape(reason)):
        normal_schedule(written)


def test_one_schedule_for_all_and_exceptions_by_source() -> None:
    found = parse_schedules("0 6 * * *; tweedekamer = */20 * * * *", "1 1 * * *")
    assert found.of("officielebekendmakingen") == "0 6 * * *"
    assert found.of("tweedekamer") == "0,20,40 * * * *"
    assert str(found) == "0 6 * * *; tweedekamer=0,20,40 * * * *"


def test_exceptions_alone_leave_the_default_to_the_others() -> None:
    found = parse_schedules("tweedekamer=5 * * * *", "17 1 * * *")
    assert found.of("officielebekendmakingen") == "17 1 * * *"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1 * * * *; 2 * * * *", "two schedules for all sources"),
        ("a=1 * * * *; a=2 * * * *", "two schedules for a"),
        ("a=1 * * *", "write five fields"),
    ],
)
def test_schedules_that_contradict_each_other_are_refused(
    text: str, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_schedules(text, "17 1 * * *")
