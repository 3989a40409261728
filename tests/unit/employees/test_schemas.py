import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.employees.schemas import EmployeeCreate, EmployeeUpdate, normalized_email
from kiosk.errors import InvalidInput

NAMES = {
    "trimmed": ("  Anna Petrova \u00a0", "Anna Petrova"),
    "Cyrillic": ("Анна Петрова", "Анна Петрова"),
    "Arabic": ("محمد", "محمد"),
    "Persian, with a joiner inside": ("علی\u200cرضا", "علی\u200cرضا"),
    "Chinese": ("王小明", "王小明"),
    "Devanagari": ("अनीता", "अनीता"),
    "an apostrophe and a hyphen": ("Jean-Luc O'Neill", "Jean-Luc O'Neill"),
    "composed": ("Jose\u0301", "José"),
    "one letter": ("A", "A"),
    "the longest": ("x" * 200, "x" * 200),
    "the longest, before trimming": (" " + "x" * 200 + " ", "x" * 200),
}
REFUSED_NAMES = {
    "empty": ("", "a name is needed"),
    "blank": (" \u00a0 ", "a name is needed"),
    "invisible": ("\u200d", "a name is needed"),
    "too long": ("x" * 201, "at most 200 characters"),
    "a line break": ("Anna\nPetrova", "control characters"),
    "a zero byte": ("Anna\0", "control characters"),
    "an escape sequence": ("\x1b[31mAnna", "control characters"),
    "a line separator": ("Anna\u2028Petrova", "control characters"),
    "turned around": ("Anna\u202eavorteP", "control characters"),
    "half a character": ("Anna\ud800", ""),
    "a number": (5, "valid string"),
    "nothing": (None, "valid string"),
}
EMAILS = {
    "lower-cased": ("Anna.Petrova@Office.COM", "anna.petrova@office.com"),
    "trimmed": ("  anna@office.com ", "anna@office.com"),
    ".local": ("anna@office.local", "anna@office.local"),
    ".test": ("anna@office.test", "anna@office.test"),
    "a host alone": ("User@Server", "user@server"),
    "underscores": ("a_b@My_Host.local", "a_b@my_host.local"),
    "a tag": ("anna+kiosk@office.com", "anna+kiosk@office.com"),
    "Cyrillic": ("АННА@почта.рф", "анна@почта.рф"),
    "the domain in ASCII": ("anna@xn--mnchen-3ya.de", "anna@münchen.de"),
    "composed": ("jose\u0301@office.com", "josé@office.com"),
}
REFUSED_EMAILS = {
    "no @": "anna",
    "no domain": "anna@",
    "no name": "@office.com",
    "two @": "anna@home@office.com",
    "a space": "an na@office.com",
    "a hyphen before the host": "anna@-server",
    "an empty part of the domain": "anna@office..com",
    "an address in numbers": "anna@[127.0.0.1]",
    "a display name": "Anna <anna@office.com>",
    "a line break": "anna@office.com\nbcc: all@office.com",
    "a zero byte": "anna\0@office.com",
    "too long": "a" * 250 + "@office.com",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_of_any_script_are_taken(name: str) -> None:
    given_name, stored = NAMES[name]
    person = EmployeeCreate(full_name=given_name, email="a@office.test", department=given_name)
    assert (person.full_name, person.department) == (stored, stored)
    assert EmployeeUpdate(full_name=given_name).changes == {"full_name": stored}


@pytest.mark.parametrize("name", REFUSED_NAMES)
def test_what_is_no_name_is_refused_in_a_sentence(name: str) -> None:
    refused_name, words = REFUSED_NAMES[name]
    with pytest.raises(InvalidInput, match=f"^full name: .*{words}"):
        EmployeeCreate.checked(full_name=refused_name, email="a@office.test")
    with pytest.raises(InvalidInput, match=r"^full name: "):
        EmployeeUpdate.checked(full_name=refused_name)


@pytest.mark.parametrize("name", EMAILS)
def test_emails_are_stored_in_one_form(name: str) -> None:
    typed, stored = EMAILS[name]
    assert EmployeeCreate(full_name="Anna", email=typed).email == stored
    assert EmployeeUpdate(email=typed).email == stored


@pytest.mark.parametrize("name", REFUSED_EMAILS)
def test_what_is_no_email_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(InvalidInput, match=r"^email: ") as refused:
        EmployeeCreate.checked(full_name="Anna", email=REFUSED_EMAILS[name])
    assert "\n" not in str(refused.value)


@settings(max_examples=30)  # making one is slow
@given(st.emails())
def test_the_stored_form_of_an_email_stays_as_it_is(email: str) -> None:
    stored = normalized_email(email)
    assert normalized_email(stored) == stored == stored.lower()


@given(st.text(max_size=220))
def test_a_name_is_refused_or_fit_for_a_line(text: str) -> None:
    try:
        name = EmployeeCreate(full_name=text, email="a@office.test").full_name
    except ValidationError:
        return
    assert 1 <= len(name) <= 200
    assert name == name.strip()
    assert len(name.splitlines()) == 1
    assert not any(unicodedata.category(sign) == "Cc" for sign in name)
    assert EmployeeCreate(full_name=name, email="a@office.test").full_name == name


@pytest.mark.parametrize("blank", ["", "  ", None], ids=["empty", "blank", "none"])
def test_blank_department_is_none(blank: str | None) -> None:
    assert EmployeeCreate(full_name="Anna", email="a@office.test", department=blank).department is None
    assert EmployeeUpdate(department=blank).changes == {"department": None}


def test_update_knows_what_was_given() -> None:
    assert EmployeeUpdate().changes == {}
    assert EmployeeUpdate(email="B@x.test", department="IT").changes == {"email": "b@x.test", "department": "IT"}


def test_name_cannot_be_taken_away() -> None:
    with pytest.raises(InvalidInput, match="cannot be taken away"):
        EmployeeUpdate.checked(full_name=None)


@pytest.mark.parametrize("field", ["email", "department", "external_id", "position"])
def test_all_but_the_name_can_be_taken_away(field: str) -> None:
    assert EmployeeUpdate(**{field: None}).changes == {field: None}


@pytest.mark.parametrize("domain", ["kiosk.invalid", "KIOSK.Invalid", "invalid", "office.invalid"])
def test_address_of_the_reserved_domain_is_refused_in_a_sentence(domain: str) -> None:
    with pytest.raises(InvalidInput, match=r"^email: \.invalid is kept for people without an address"):
        EmployeeCreate.checked(full_name="Anna", email=f"no-address-1@{domain}")


@pytest.mark.parametrize(
    ("typed", "stored"), [(" 00417 ", "00417"), ("К-17/б", "К-17/б"), ("", None), (None, None)], ids=str
)
def test_personnel_numbers_are_stored_as_typed(typed: str | None, stored: str | None) -> None:
    assert EmployeeCreate(full_name="Anna", external_id=typed).external_id == stored


@pytest.mark.parametrize("typed", ["7" * 65, "7\n8"], ids=["too long", "two lines"])
def test_what_is_no_personnel_number_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput, match=r"^external id: "):
        EmployeeCreate.checked(full_name="Anna", external_id=typed)


@pytest.mark.parametrize("schema", [EmployeeCreate, EmployeeUpdate])
def test_unknown_fields_are_refused(schema: type[EmployeeCreate]) -> None:
    with pytest.raises(InvalidInput, match="is admin: Extra inputs are not permitted"):
        schema.checked(full_name="Anna", email="a@office.test", is_admin=True)


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(InvalidInput, match=r"^full name: .*; email: .*; department: "):
        EmployeeCreate.checked(full_name="", email="a", department="\n" * 3 + "x\ny")
