"""How often a passphrase may be tried."""

from server.web.sign_in_attempts import FREE_ATTEMPTS, SignInAttempts


def _failed(attempts: SignInAttempts, name: str, times: int, now: float = 0) -> None:
    for _ in range(times):
        attempts.failed(name, now)


def test_a_few_mistakes_cost_nothing() -> None:
    attempts = SignInAttempts()
    _failed(attempts, "beheer", FREE_ATTEMPTS - 1)

    assert attempts.wait("beheer", 0) == 0


def test_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    attempts = SignInAttempts()
    _failed(attempts, "beheer", FREE_ATTEMPTS - 1)
    waits = []
    for _ in range(8):
        attempts.failed("beheer", 0)
        waits.append(attempts.wait("beheer", 0))

    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
    assert attempts.wait("beheer", 899) == 1
    assert attempts.wait("beheer", 900) == 0


def test_one_name_does_not_wait_for_another() -> None:
    attempts = SignInAttempts()
    _failed(attempts, "beheer", 20)

    assert attempts.wait("ander", 0) == 0


def test_the_right_passphrase_begins_anew_and_an_hour_forgets() -> None:
    attempts = SignInAttempts()
    _failed(attempts, "beheer", FREE_ATTEMPTS)
    attempts.succeeded("beheer")
    attempts.succeeded("nobody")
    _failed(attempts, "ander", 20)
    attempts.failed("ander", 3600)

    assert attempts.wait("beheer", 0) == 0
    assert attempts.wait("ander", 3600) == 0
