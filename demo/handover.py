"""The warm handover of a case: the reception location offers, the municipality receives, opens and accepts."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from demo.laptop import Laptop
from desktop.i18n.formatting import format_date
from desktop.services.accounts.case_file import Case


class Handover:
    """Both sides of one handover."""

    def __init__(self, sender: Laptop, receiver: Laptop, case: Case, today: date) -> None:
        self._sender = sender
        self._receiver = receiver
        self._facts = cast("Mapping[str, object]", case.extra["handover"])
        self._contact = cast("Mapping[str, str]", case.extra["receiver"])["name"]
        self._today = today

    def send(self) -> None:
        """Choose the municipality, close the package and send it; end when the server has it."""
        driver = self._sender.driver
        driver.press("bar.handover")
        driver.press("handover.municipality.0")
        driver.press("handover.choose.confirm")
        for item in ("plan_discussed", "told", "paper_plan"):
            driver.tick(f"handover.check.{item}")
        driver.press("handover.prepare")
        driver.press("handover.send")
        driver.press("handover.send.confirm")
        driver.rest()
        driver.picture("handover-sent")
        self._sender.connect()

    def receive(self) -> None:
        """At the municipality: wait for the case, receive it, and open it."""
        driver = self._receiver.driver
        self._receiver.connect()
        driver.press("bar.received")
        driver.press("received.case.0")
        driver.picture("received-waiting")
        driver.press("received.receive")
        driver.find("received.accept")
        driver.picture("received-open")
        self._receiver.connect()

    def talk(self) -> None:
        """Plan the talk of three and hold it."""
        self._sender.connect()
        self._sender.open_first()
        driver = self._sender.driver
        driver.press("bar.handover")
        talk = cast("Mapping[str, object]", self._facts["talk"])
        driver.press("handover.talk.plan")
        driver.type_into("handover.talk.day", format_date(self._today + timedelta(days=int(str(talk["days"])))))
        driver.type_into("handover.talk.time", str(talk["time"]))
        driver.type_into("handover.talk.contact", self._contact)
        driver.press("handover.talk.save")
        self._sender.driver.rest()
        driver.picture("handover-talk")
        driver.press("handover.talk.open")
        driver.press("handover.talk.held")
        driver.rest()
        self._sender.connect()

    def accept(self) -> None:
        """At the municipality: accept the case, and open it among the own people."""
        driver = self._receiver.driver
        self._receiver.connect()
        driver.press("bar.received")
        driver.press("received.accept")
        driver.find("received.open")
        driver.picture("received-accepted")
        self._receiver.connect()

    def accepted_here(self) -> None:
        """At the reception location: the acceptance shows, and health is closed to this laptop."""
        self._sender.connect()
        self._sender.open_first()
        driver = self._sender.driver
        driver.press("bar.handover")
        driver.find("handover.way_back")
        driver.until("the acceptance", lambda: (not driver.sees("handover.age")) or None)
        driver.picture("handover-accepted")
