import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

import claimdesk.web
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.models import Event
from claimdesk.people.models import SavedView
from claimdesk.web import errors, menus
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.urls")]
STATIC = Path(claimdesk.web.__file__).parent / "static/web"
FIRST_VISIT, LATER_PAGE = 120_000, 25_000
PART = {"HX-Request": "true", "HX-Target": "dialog"}


def clerk(client: Client) -> Client:
    client.force_login(make.staff(name="Ada Lovelace"))
    return client


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def test_a_first_visit_and_later_pages_stay_small(client: Client):
    for n in range(60):
        make.customer(name=f"Customer with a long name {n}")
    clerk(client)
    files = sum(packed(file.read_bytes()) for file in STATIC.rglob("*") if file.is_file())

    page = client.get("/office/customers/").content

    assert files + packed(page) <= FIRST_VISIT
    assert packed(page) <= LATER_PAGE


def test_pages_go_compressed_over_the_wire(client: Client):
    response = client.get("/plain/", headers={"Accept-Encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"


def test_the_policy_allows_nothing_inline(client: Client):
    policy = client.get("/plain/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_vendored_files_name_no_map():
    assert not [
        file for file in STATIC.rglob("*") if file.is_file() and b"sourceMappingURL" in file.read_bytes()
    ]


def test_every_icon_that_a_template_names_is_in_the_sprite():
    sprite = (STATIC / "vendor/icons.svg").read_text()
    named = {
        name
        for template in settings.PACKAGE_DIR.rglob("templates/**/*.html")
        for name in re.findall(r"""\{% icon ['"]([^'"]+)['"]""", template.read_text())
    }

    assert {name for name in named if f'id="{name}"' not in sprite} == set()
    assert {
        e.icon for g in (*menus.OFFICE, *menus.PORTAL) for e in g.entries if f'id="{e.icon}"' not in sprite
    } == set()


def test_a_page_has_one_heading_a_way_to_skip_and_its_name_in_the_tab(client: Client):
    make.company(name="Northgate")

    html = clerk(client).get("/office/customers/").content.decode()

    assert html.count("<h1") == 1
    assert 'href="#main"' in html
    assert "<title>Customers · Northgate</title>" in html


def test_the_menu_shows_what_exists_and_what_its_gate_opens():
    names = ("office:customers", "office:nowhere", "office:secret")
    group = menus.Group("", tuple(menus.Entry(name, name) for name in names))
    clerk, chief = (Actor(kind="staff", permissions=frozenset(held)) for held in ((), ("secrets.read",)))

    def seen(actor: Actor) -> list[str]:
        return [line["label"] for part in menus.shown([group], actor, "/", {}) for line in part["entries"]]

    assert seen(clerk) == ["office:customers"]
    assert seen(chief) == ["office:customers", "office:secret"]


def test_the_entry_of_the_page_at_hand_is_current(client: Client):
    row = make.customer()

    html = clerk(client).get(f"/office/customers/{row.pk}/").content.decode()

    assert re.search(r'href="/office/customers/" aria-current="page"', html)


def test_new_accounts_are_counted_at_the_top_right(client: Client):  # A40
    make.customer(state=Customer.Status.NEW)
    make.customer(state=Customer.Status.ACTIVE)

    html = clerk(client).get("/office/customers/").content.decode()

    found = re.search(
        r'href="/office/customers/\?status=new">.*?New Accounts.*?counter-red">(\d+)<', html, re.S
    )
    assert found
    assert found[1] == "1"


def test_a_demo_database_says_so(client: Client):
    make.company(is_demo=True)
    demo = client.get("/plain/").content.decode()
    make.company(is_demo=False)
    real = client.get("/plain/").content.decode()

    assert "demo database" in demo
    assert "demo database" not in real


def test_acting_for_a_customer_shows_on_every_page():  # A84
    actor = Actor(kind="staff", id=1, name="Ada", acting_for="Bolt Ltd", acting_id=5)
    html = render_to_string("web/_acting_for.html", {"actor": actor})

    assert "Bolt Ltd" in html
    assert "Ada" in html


def test_wrong_input_is_said_beside_the_field_and_above_the_form(client: Client):
    row = make.customer()

    response = clerk(client).post(f"/office/customers/{row.pk}/", {"name": ""})

    html = response.content.decode()
    assert response.status_code == 422
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert '<a href="#id_name">' in html
    assert 'id="id_kind"' in html
    assert "Please correct 2 things" in html


def test_a_page_opened_in_a_dialog_wears_its_frame(client: Client):
    row = make.customer()

    html = clerk(client).get(f"/office/customers/{row.pk}/", headers=PART).content.decode()

    assert "<!doctype" not in html
    assert 'id="dialog-title"' in html
    assert 'hx-target="#dialog"' in html


def test_a_deed_redirects_without_script_and_says_so_to_htmx(client: Client):
    row = make.customer()
    form = {"name": "Nut", "kind": "b"}
    clerk(client)

    plain = client.post(f"/office/customers/{row.pk}/", form)
    part = client.post(f"/office/customers/{row.pk}/", form, headers=PART)

    assert (plain.status_code, plain["Location"]) == (303, "/office/customers/")
    assert part.status_code == 204
    assert "claimdesk:done" in part["HX-Trigger"]
    assert "Renamed." in client.get("/office/customers/").content.decode()


def test_a_refusal_is_a_page_or_a_part_that_says_why(client: Client):
    row = make.customer(name="Bolt")
    form = {"name": "taken", "kind": "b"}
    clerk(client)

    page = client.post(f"/office/customers/{row.pk}/", form)
    part = client.post(f"/office/customers/{row.pk}/", form, headers=PART)

    assert (page.status_code, part.status_code) == (409, 409)
    assert "Somebody was faster." in page.content.decode()
    assert "<!doctype" not in part.content.decode()
    row.refresh_from_db()
    assert row.name == "Bolt"


@pytest.mark.parametrize(
    ("view", "status"),
    [(errors.bad_request, 400), (errors.forbidden, 403), (errors.not_found, 404)],
)
def test_errors_are_pages_that_say_what_to_do(view, status: int):
    request = RequestFactory().get("/")

    response = view(request, Exception())

    assert response.status_code == status
    assert "Go to the start" in response.content.decode()


def test_the_page_of_our_own_faults_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "try again" in response.content.decode()


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_the_colours_are_kept_without_script(client: Client, theme: str):
    response = client.post("/theme/", {"theme": theme, "back": "/plain/"})

    assert (response.status_code, response["Location"]) == (303, "/plain/")
    assert f'data-bs-theme="{theme}"' in client.get("/plain/").content.decode()


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_nobody_is_sent_elsewhere_by_a_form(client: Client, to: str):
    response = client.post("/theme/", {"theme": "purple", "back": to})

    assert response["Location"] == "/"
    assert "theme" not in response.cookies


def test_a_view_is_saved_shown_and_removed(client: Client):
    clerk(client)
    client.post(
        "/saved-views/", {"page": "customers", "name": " New ones ", "back": "/office/customers/?status=new"}
    )
    view = SavedView.objects.get()

    shown = client.get("/office/customers/").content.decode()
    client.post(f"/saved-views/{view.pk}/removal/", {"back": "/office/customers/"})

    assert (view.name, view.query) == ("New ones", "status=new")
    assert 'href="/office/customers/?status=new"' in shown
    assert "New ones" in shown
    assert not SavedView.objects.exists()
    assert Event.objects.filter(kind__startswith="saved_view").count() == 2


def test_the_views_of_others_do_not_exist(client: Client):
    other = make.staff()
    view = SavedView.objects.create(user=other, page="customers", name="Theirs", query="status=new")
    clerk(client)

    response = client.post(f"/saved-views/{view.pk}/removal/", {"back": "/"})

    assert response.status_code == 404
    assert SavedView.objects.exists()
    assert "Theirs" not in client.get("/office/customers/").content.decode()


def test_a_view_without_a_name_is_refused(client: Client):
    response = clerk(client).post("/saved-views/", {"page": "customers", "name": " ", "back": "/"})

    assert response.status_code == 409
    assert not SavedView.objects.exists()


def test_an_export_is_remembered(client: Client):
    make.customer()

    response = clerk(client).get("/office/customers/?format=csv&status=active")
    list(response)

    event = Event.objects.get(kind="list.exported")
    assert event.data == {"page": "customers", "format": "csv", "query": "status=active"}
    assert event.names["actor"] == "Ada Lovelace"
