"""How long somebody stays signed in."""

from server.web.sessions import IDLE_SECONDS, LONGEST_SECONDS, Sessions


def test_a_session_lives_on_while_it_is_used() -> None:
    sessions = Sessions()
    token = sessions.begin("beheer", b"salt", now=0)

    for now in range(0, 10 * IDLE_SECONDS, IDLE_SECONDS - 1):
        found = sessions.use(token, now)
        assert found is not None
        assert (found.name, found.salt) == ("beheer", b"salt")


def test_a_session_ends_when_nothing_happens_and_does_not_come_back() -> None:
    sessions = Sessions()
    token = sessions.begin("beheer", b"salt", now=0)

    assert sessions.use(token, IDLE_SECONDS) is None
    assert sessions.use(token, 1) is None


def test_a_session_ends_after_a_working_day_however_busy() -> None:
    sessions = Sessions()
    token = sessions.begin("beheer", b"salt", now=0)
    for now in range(0, LONGEST_SECONDS, IDLE_SECONDS - 1):
        assert sessions.use(token, now) is not None

    assert sessions.use(token, LONGEST_SECONDS) is None


def test_a_session_that_was_ended_or_never_was_is_none() -> None:
    sessions = Sessions()
    token = sessions.begin("beheer", b"salt", now=0)
    other = sessions.begin("beheer", b"salt", now=0)
    sessions.end(token)
    sessions.end("never")

    assert token != other
    assert token not in str(vars(sessions))
    assert sessions.use(token, 1) is None
    assert sessions.use("\ud800", 1) is None
    assert sessions.use(other, 1) is not None
