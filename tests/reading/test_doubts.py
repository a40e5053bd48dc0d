"""What some small town is called is not always that town."""

import pytest

from onrecord import Reader


def placed(reader: Reader, text: str) -> dict[str, str | None]:
    record = reader.read(text, kind="text")
    names = {m.id: m.text for m in record.mentions}
    return {names[p.mention]: p.name for p in record.places}


@pytest.mark.parametrize(
    "text",
    [
        "The senator is on his way to the White House. Aides left the White House late.",
        "Mayor Anna Kelso spoke on Friday. People in the hall of Kelso's party cheered.",
        "The only way Wall Street will change is by law, the senator told voters in Ohio.",
    ],
)
def test_houses_surnames_and_words_of_longer_names_are_no_towns(reader: Reader, text: str) -> None:
    assert not {"White House", "Kelso", "Wall", "Wall Street"} & placed(reader, text).keys()


def test_a_town_whose_state_is_said_is_believed(reader: Reader) -> None:
    assert (
        placed(reader, "A fire broke out in White House, Tennessee, on Friday.")["White House"]
        == "White House"
    )


def test_a_country_in_a_list_of_countries_is_no_village_of_the_next(reader: Reader) -> None:
    found = placed(reader, "Together with Canada, Mexico should sue, the lawyer said in Canada.")
    assert set(found.values()) <= {"Canada", "Mexico"}
