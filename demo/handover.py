"""The warm handover of a case: the reception location offers, the municipality receives, opens and accepts."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from demo.laptop import Laptop
from desktop.i18n.wording import format_date
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
        hands = self._sender.hands
        hands.press("bar.handover")
        hands.press("handover.choose.confirm")
        for item in ("plan_discussed", "told", "paper_plan"):
            hands.tick(f"handover.check.{item}")
        hands.press("handover.prepare")
        hands.press("handover.send")
        hands.rest()
        hands.picture("handover-sent")
        self._sender.connect()

    def receive(self) -> None:
        """At the municipality: wait for the case, receive it, and open it."""
        hands = self._receiver.hands
        self._receiver.connect()
        hands.press("bar.received")
        hands.press("received.case.0")
        hands.picture("received-waiting")
        hands.press("received.receive")
        hands.find("received.accept")
        hands.picture("received-open")
        self._receiver.connect()

    def talk(self) -> None:
        """Plan the talk of three and hold it."""
        self._sender.connect()
        self._sender.open_first()
        hands = self._sender.hands
        hands.press("bar.handover")
        talk = cast("Mapping[str, object]", self._facts["talk"])
        hands.press("handover.talk.plan")
        hands.type_into("handover.talk.day", format_date(self._today + timedelta(days=int(str(talk["days"])))))
        hands.type_into("handover.talk.time", str(talk["time"]))
        hands.type_into("handover.talk.contact", self._contact)
        hands.press("handover.talk.save")
        self._sender.hands.rest()
        hands.picture("handover-talk")
        hands.press("handover.talk.open")
        hands.press("handover.talk.held")
        hands.rest()
        self._sender.connect()

    def accept(self) -> None:
        """At the municipality: accept the case, and open it among the own people."""
        hands = self._receiver.hands
        self._receiver.connect()
        hands.press("bar.received")
        hands.press("received.accept")
        hands.find("received.open")
        hands.picture("received-accepted")
        self._receiver.connect()

    def accepted_here(self) -> None:
        """At the reception location: the acceptance shows, and health is closed to this laptop."""
        self._sender.connect()
        self._sender.open_first()
        hands = self._sender.hands
        hands.press("bar.handover")
        hands.until("the acceptance", lambda: (not hands.sees("handover.withdraw")) or None)
        hands.picture("handover-accepted")
