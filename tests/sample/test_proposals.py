"""The sample's call: proposals in every state that name only what there is, at addresses that are nobody's."""

from wcd.agenda.proposals.inputs import read_proposal
from wcd.agenda.proposals.rules import STATES
from wcd.sample import load as load_sample
from wcd.sample.proposals import call_rows, load


def test_every_state_is_there() -> None:
    assert {one.state for one in load().proposals} == set(STATES)
    assert len(load().proposals) == 12


def test_proposals_name_only_what_there_is() -> None:
    sample = load_sample()
    rooms = {room.code for room in sample.rooms} | {None}
    subjects = {subject.code for subject in sample.subjects}
    sessions = {session.code: session for session in sample.sessions}
    for one in load().proposals:
        assert one.room in rooms
        assert set(one.subjects) <= subjects
        assert one.email.endswith(".example")
        assert all(sample.edition.first_day <= day <= sample.edition.last_day for day in one.days)
        if one.session:
            assert one.state == "accepted"
            assert (sessions[one.session].kind, sessions[one.session].title_en) == (
                "side_event",
                one.title_en,
            )


def test_each_could_have_been_sent_with_the_form() -> None:
    for row in call_rows().proposals:
        given = {
            name: [str(one) for one in value] if isinstance(value, list) else [str(value or "")]
            for name, value in row.items()
        }
        assert read_proposal(given).errors == {}


def test_points_and_threads_fit_the_state() -> None:
    for one in load().proposals:
        assert all(0 <= given.points <= 5 for given in one.scores)
        assert (one.state == "asked") == (bool(one.messages) and not one.messages[-1].from_partner)
        assert bool(one.reason) or one.state != "declined"
