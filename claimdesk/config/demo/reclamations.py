"""Reclamations of the demo world, opened and closed through the actions."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from claimdesk.aftersales.actions.reclamations import close_reclamation, open_reclamation
from claimdesk.aftersales.models import Reclamation, ReclamationCause
from claimdesk.conversations.files.attaching import attach
from claimdesk.conversations.files.taking import TakenFile, take
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import clock_at
from claimdesk.kernel.pictures import as_jpeg
from claimdesk.ledger.models import Event
from claimdesk.orders.models import Order, OrderLine

ARRIVED = ("delivered", "closed")
PHOTO_EVERY = 12
NEWS = timedelta(days=10)
NOTES = (
    "",
    "The box was open when it arrived.",
    "Stops after a minute under load.",
    "We ordered the larger size.",
    "The thread does not fit our fittings.",
    "The handle came off on the first day.",
)
REASONS = ("Customer keeps the goods.", "Could not be reproduced.", "Photographs show wear from use.")
OUTCOMES = {
    Reclamation.Wish.REFUND: "refunded",
    Reclamation.Wish.REPLACEMENT: "replaced",
    Reclamation.Wish.REPAIR: "repaired",
    Reclamation.Wish.PARTS: "parts",
    Reclamation.Wish.CREDIT: "credited",
}


def reclamations(count: int, seed: int, *, at: datetime, by: Actor) -> None:
    """Open `count` reclamations on orders that have arrived; older ones are mostly closed."""
    random = Random(f"reclamations/{seed}")
    orders = Order.objects.filter(state__in=ARRIVED).select_related("customer").order_by("-ordered_at", "-pk")
    chosen = list(orders[: count * 3])
    causes = list(ReclamationCause.objects.all())
    chosen = sorted(
        random.sample(chosen, min(count, len(chosen))), key=lambda order: (order.ordered_at, order.pk)
    )
    lines: dict[int, list[OrderLine]] = {order.pk: [] for order in chosen}
    for line in OrderLine.objects.filter(order__in=chosen).order_by("position"):
        lines[line.order_id].append(line)
    for place, order in enumerate(chosen):
        earliest = datetime.combine(order.ordered_on, time(9), UTC) + timedelta(days=8)
        opened = min(
            earliest + timedelta(hours=random.uniform(0, 400)), at - timedelta(hours=random.uniform(1, 60))
        )
        with clock_at(opened):
            reclamation = _opened(random, order, lines[order.pk], causes, by)
            if place % PHOTO_EVERY == 0:
                attach(reclamation, [_photo(random)], by=by)
        if random.random() < (0.85 if opened < at - timedelta(days=14) else 0.2):
            with clock_at(min(opened + timedelta(days=random.uniform(0.5, 9)), at)):
                _close(random, reclamation, by)
    _leave_old_news(before=at - NEWS)


def _leave_old_news(*, before: datetime) -> None:
    """Let nothing follow from what happened weeks ago: five hundred mails would keep the first start waiting."""
    old = Event.objects.filter(kind__startswith="reclamation.", happened_at__lt=before, expanded_at=None)
    old.update(expanded_at=before)


def _photo(random: Random) -> TakenFile:
    """Return a photograph of something that is cracked, more or less."""
    picture = Image.new("RGB", (640, 480), "#9aa0a6")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle(
        (120, 90, 520, 390), radius=40, fill=random.choice(("#2a6f97", "#7f5539", "#6a994e"))
    )
    crack = [(random.randint(200, 260), 90)]
    while crack[-1][1] < 390:
        crack.append((crack[-1][0] + random.randint(-25, 45), crack[-1][1] + random.randint(20, 60)))
    pen.line(crack, fill="#1c1c1c", width=5)
    content = as_jpeg(picture)
    return take(BytesIO(content), name=f"IMG_{random.randint(1000, 9999)}.jpg", size=len(content))


def _opened(
    random: Random, order: Order, lines: list[OrderLine], causes: list[ReclamationCause], by: Actor
) -> Reclamation:
    chosen = random.sample(lines, random.randint(1, min(2, len(lines))))
    return open_reclamation(
        order,
        lines={
            line.pk: line.quantity if random.random() < 0.4 else min(line.quantity, Decimal(1))
            for line in chosen
        },
        cause=random.choices(causes, [10, 8, 30, 20, 12, 15, 5][: len(causes)])[0],
        wish=random.choice(list(OUTCOMES)),
        note=random.choice(NOTES),
        by=by,
    )


def _close(random: Random, reclamation: Reclamation, by: Actor) -> None:
    lines = [line.line_id for line in reclamation.lines.all()]
    if random.random() < 0.2:
        close_reclamation(reclamation, reason=random.choice(REASONS), by=by)
        return
    outcome = OUTCOMES[Reclamation.Wish(reclamation.wish)]
    close_reclamation(reclamation, outcomes=dict.fromkeys(lines, outcome), by=by)
