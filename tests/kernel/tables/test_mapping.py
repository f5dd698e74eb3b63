import pytest

from claimdesk.kernel.tables import Mapping, MappingError, suggest

OURS = ["number", "name", "country", "status"]
HEADER = ["id", "company", "land", "when"]


def test_columns_constants_lookups_and_skips_do_what_they_say():  # A75
    mapping = Mapping.from_data(
        {
            "columns": {"number": "id", "name": "company", "country": "land"},
            "constants": {"status": "Admin"},
            "lookups": {"country": {"UK": "GB"}},
            "skip": {"when_empty": ["when"]},
        }
    )

    compiled = mapping.compile(HEADER, OURS)

    assert list(compiled.names) == OURS
    assert compiled.values(["7", " Ann ", "UK", "today"]) == ["7", "Ann", "GB", "Admin"]
    assert compiled.fitted(["7", "Ann", "UK", " "]) is None
    assert compiled.fitted(["7"]) is None
    assert compiled.picker(["name"])(["7", "Ann", "UK", "today"]) == ["Ann"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ({"colums": {}}, "colums"),
        ({"columns": {"nmae": "id"}}, "nmae"),
        ({"columns": {"number": "ident"}}, "ident"),
        ({"columns": {"number": ["id"]}}, "columns"),
        ({"columns": {}, "skip": {"when_empty": ["never"]}}, "never"),
        ({"lookups": {"country": "x"}}, "lookups"),
        ({"lookups": {"country": {"file": "../../etc/passwd", "key": "a", "value": "b"}}}, "country"),
    ],
)
def test_a_mapping_that_cannot_be_used_names_the_place(data, word):  # A75
    with pytest.raises(MappingError, match=word):
        Mapping.from_data(data).compile(HEADER, OURS)


def test_a_lookup_comes_from_a_file_beside_the_mapping(tmp_path):
    (tmp_path / "shippers.csv").write_text("shipper_id,company_name\n3,Federal Shipping\n")
    (tmp_path / "map.toml").write_text(
        '[columns]\nname = "ship_via"\n[lookups.name]\nfile = "shippers.csv"\nkey = "shipper_id"\nvalue = "company_name"\n'
    )

    compiled = Mapping.from_file(tmp_path / "map.toml").compile(["ship_via"], ["name"])

    assert compiled.values(["3"]) == ["Federal Shipping"]


def test_a_lookup_comes_from_a_file_beside_the_data_where_there_is_none_beside_the_mapping(tmp_path):  # O21
    data = tmp_path / "data"
    data.mkdir()
    (data / "shippers.csv").write_text("shipper_id,company_name\n3,Federal Shipping\n")
    (tmp_path / "map.toml").write_text(
        '[columns]\nname = "ship_via"\n[lookups.name]\nfile = "shippers.csv"\nkey = "shipper_id"\nvalue = "company_name"\n'
    )

    mapping = Mapping.from_file(tmp_path / "map.toml", data_file=data / "orders.csv")

    assert mapping.compile(["ship_via"], ["name"]).values(["3"]) == ["Federal Shipping"]


def test_names_of_columns_are_recognised():  # A75
    found = suggest(
        ["Customer ID", "COMPANY_NAME", "Postal Code"],
        {"number": ("customer_id",), "name": ("company_name",), "postcode": ("postal_code", "zip")},
    )

    assert found == {"number": "Customer ID", "name": "COMPANY_NAME", "postcode": "Postal Code"}
