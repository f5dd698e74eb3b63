import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claimdesk.access.models import InvoiceProof
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Customer
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.actions.imports import map_import, start_import
from claimdesk.ledger.imports import kinds
from claimdesk.ledger.models import Import, Job
from claimdesk.people.models import StaffRole
from claimdesk.people.queries.staff import staff_actor
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(make.staff("sales"))
    return client


def bring(office, content: bytes, name: str = "customers.csv", **fields):
    file = SimpleUploadedFile(name, content)
    return office.post(reverse("office:import"), {"kind": "customers", "file": file} | fields)


def test_a_file_is_brought_looked_at_and_taken_by_a_job(office):  # A75
    assert bring(office, b"company_name,customer_id\nAnn Ltd,A1\nBen Ltd,\n").status_code == 303
    run = Import.objects.get()
    page = office.get(reverse("office:import_run", args=[run.pk])).content.decode()
    assert "Ann Ltd" in page
    assert "number: must not be empty" in page
    assert not Customer.objects.exists()

    office.post(reverse("office:import_start", args=[run.pk]))
    work_off()

    run.refresh_from_db()
    assert (run.state, run.new, run.refused) == ("done", 1, 1)
    refused = office.get(reverse("office:import_rejects", args=[run.pk]))
    assert b"must not be empty" in b"".join(refused.streaming_content)


def test_checking_the_whole_file_changes_nothing(office):  # A75
    bring(office, b"name,number\nAnn Ltd,A1\n")
    run = Import.objects.get()

    office.post(reverse("office:import_start", args=[run.pk]), {"dry_run": "1"})
    work_off()

    run.refresh_from_db()
    assert (run.state, run.is_dry_run, run.new) == ("done", True, 1)
    assert not Customer.objects.exists()


def test_columns_are_mapped_on_the_page_and_what_is_always_so(office):  # A75
    bring(office, b"a,b\nAnn Ltd,A1\n")
    run = Import.objects.get()

    fields = {"from_name": "a", "from_number": "b", "else_status": "admin"}
    office.post(reverse("office:import_mapping", args=[run.pk]), fields)
    office.post(reverse("office:import_start", args=[run.pk]))
    work_off()

    assert Customer.objects.get().state == "admin"


@pytest.mark.parametrize("mapping", [b"[columns]\nname = 'nowhere'\n", b"no TOML"])
def test_a_mapping_file_that_does_not_fit_is_said_and_leaves_nothing_behind(office, mapping):  # A75
    answer = bring(office, b"name,number\nAnn Ltd,A1\n", mapping=SimpleUploadedFile("a.toml", mapping))

    assert answer.status_code == 422
    assert "mapping" in answer.context["form"].errors
    assert not Import.objects.exists()


def test_how_far_an_import_is_shows_no_end_before_it_is_known(office):  # A75
    bring(office, b"name,number\nAnn Ltd,A1\n")
    run = Import.objects.get()
    office.post(reverse("office:import_start", args=[run.pk]))
    page = reverse("office:import_run", args=[run.pk])

    Job.objects.update(done=2000, total=0)
    reading = office.get(page).content.decode()
    Job.objects.update(done=2000, total=5000)
    taking = office.get(page).content.decode()

    assert "<progress aria-label" in reading
    assert "2000 so far" in reading
    assert '<progress max="5000" value="2000"' in taking


def test_a_row_that_is_probably_on_file_says_whom_it_looks_like(office):  # A75 A30
    customer = make.customer(name="Nordwind Maschinenbau GmbH", town="Kiel", postcode="24103")
    reindex([customer.pk])

    bring(office, b"name,number,town,postcode\nNordwind Maschinenbau,X9,Kiel,24103\n")

    page = office.get(reverse("office:import_run", args=[Import.objects.get().pk])).content.decode()
    assert "looks like" in page


@pytest.mark.parametrize("content", [b"", b"\x89PNG\0\0", b"a,a\n"])
def test_a_file_that_is_no_table_is_refused_beside_the_field(office, content):  # A75
    answer = bring(office, content)

    assert answer.status_code == 422
    assert not Import.objects.exists()


def test_asking_twice_imports_once(office):  # A75
    bring(office, b"name,number\nAnn Ltd,A1\n")
    run = Import.objects.get()

    first = office.post(reverse("office:import_start", args=[run.pk]))
    second = office.post(reverse("office:import_start", args=[run.pk]))
    work_off()

    assert (first.status_code, second.status_code) == (303, 409)
    assert Customer.objects.count() == 1


def test_the_page_is_for_staff_who_may_import(client):
    client.force_login(make.user())
    assert client.get(reverse("office:import")).status_code == 404

    client.force_login(make.staff("service"))
    assert client.get(reverse("office:import")).status_code == 403


@pytest.mark.parametrize("importer", kinds(), ids=lambda importer: importer.kind)
def test_each_kind_has_a_permission_of_its_own_that_opens_the_page_for_it_alone(client, importer):  # A75 O21
    bookkeeper = make.user(is_staff=True)
    bookkeeper.roles.add(StaffRole.objects.create(name="One", permissions=[importer.permission]))
    client.force_login(bookkeeper)

    page = client.get(reverse("office:import"))

    offered = [kind for kind, _label in page.context["form"].fields["kind"].choices]
    assert offered == [each.kind for each in kinds() if each.permission == importer.permission]
    assert reverse("office:import") in client.get(reverse("office:dashboard")).content.decode()


def test_finance_bring_invoices_and_payments_and_see_no_other_files(client):  # O21 A83
    customers = Import.objects.create(kind="customers", file_name="all.csv")
    make.customer(number="K1")
    client.force_login(make.staff("finance"))

    answer = bring(client, b"customer,number,issued_on\nK1,R1,2026-01-02\n", "r.csv", kind="invoices")
    refused = bring(client, b"number,name\nK2,Ann\n", kind="customers")

    run = Import.objects.get(kind="invoices")
    assert answer.status_code == 303
    assert client.get(answer["Location"]).status_code == 200
    client.post(reverse("office:import_start", args=[run.pk]))
    work_off()
    assert InvoiceProof.objects.get().number == "R1"
    assert refused.status_code == 422
    for name in ("import_run", "import_rejects"):
        assert client.get(reverse(f"office:{name}", args=[customers.pk])).status_code == 404
    for name in ("import_start", "import_mapping"):
        assert client.post(reverse(f"office:{name}", args=[customers.pk])).status_code == 404


@pytest.mark.parametrize("kind", ["invoices", "payments"])
def test_sales_bring_no_money_papers(office, kind):  # O21 A83
    answer = bring(office, b"customer,number,issued_on\nK1,R1,2026-01-02\n", kind=kind)

    assert answer.status_code == 422
    assert not Import.objects.exists()


def test_staff_limited_to_own_customers_bring_no_files_which_name_any(client):  # A75 A80
    client.force_login(make.staff("sales", only_own_customers=True))

    answer = bring(client, b"company_name,customer_id\nAnn Ltd,A1\n")

    assert answer.status_code == 403
    assert not Import.objects.exists()


def test_staff_limited_to_own_customers_start_nobody_elses_import_either():  # A75 A80
    run = Import.objects.create(kind="customers", file_name="all.csv")
    limited = staff_actor(make.staff("administrator", only_own_customers=True))

    for deed in (
        lambda: start_import(run, is_dry_run=False, by=limited),
        lambda: map_import(run, {}, by=limited),
    ):
        with pytest.raises(NotAllowed):
            deed()

    run.refresh_from_db()
    assert run.state == Import.State.UPLOADED


def test_an_import_whose_file_is_gone_still_shows_what_it_did(office):  # A75
    run = Import.objects.create(kind="customers", file_name="old.csv", state=Import.State.DONE, new=7)

    page = office.get(reverse("office:import_run", args=[run.pk]))

    assert page.status_code == 200
    assert "no longer kept" in page.content.decode()


def test_every_kind_of_file_can_be_brought(client):  # A75 O21
    client.force_login(make.staff())
    page = client.get("/office/import/").content.decode()

    kinds = ["customers", "addresses", "contacts", "products", "prices"]
    for kind in (*kinds, "orders", "order-lines", "shipments", "invoices", "payments"):
        assert f'<option value="{kind}">' in page
