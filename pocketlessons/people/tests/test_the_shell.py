"""What the shell around every page knows."""

from django.contrib.auth.models import AnonymousUser
from django.db import connection as database
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from pocketlessons.people.context import navigation
from pocketlessons.people.models import Connection, User


def request_of(rf: RequestFactory, user: User | AnonymousUser) -> object:
    request = rf.get("/")
    request.user = user
    request.resolver_match = None
    return request


def nav_of(rf: RequestFactory, user: User | AnonymousUser) -> object:
    return navigation(request_of(rf, user))["nav"]  # type: ignore[arg-type]


def test_a_curator_has_her_learners(rf: RequestFactory, connection: Connection) -> None:
    nav = nav_of(rf, connection.curator)
    assert (nav.is_curator, nav.is_learner) == (True, False)  # type: ignore[attr-defined]
    assert [(one.name, one.connection_id) for one in nav.learners] == [("Maya Rosen", connection.pk)]  # type: ignore[attr-defined]


def test_a_learner_has_her_curators(rf: RequestFactory, connection: Connection) -> None:
    nav = nav_of(rf, connection.learner)
    assert (nav.is_curator, nav.is_learner) == (False, True)  # type: ignore[attr-defined]
    assert [one.name for one in nav.curators] == ["Ines Duarte"]  # type: ignore[attr-defined]


def test_nobody_sees_other_peoples_learners(
    rf: RequestFactory, connection: Connection, stranger: User
) -> None:
    assert nav_of(rf, stranger).learners == []  # type: ignore[attr-defined]


def test_an_ended_connection_is_not_in_it(rf: RequestFactory, connection: Connection) -> None:
    Connection.objects.update(status=Connection.Status.ENDED)
    assert nav_of(rf, connection.curator).learners == []  # type: ignore[attr-defined]


def test_signed_out_there_is_none(rf: RequestFactory) -> None:
    assert nav_of(rf, AnonymousUser()) is None


def test_it_asks_once_and_only_when_read(rf: RequestFactory, connection: Connection) -> None:
    request = request_of(rf, connection.curator)
    with CaptureQueriesContext(database) as captured:
        first, second = navigation(request)["nav"], navigation(request)["nav"]  # type: ignore[arg-type]
    assert len(captured) == 0
    with CaptureQueriesContext(database) as captured:
        assert len(first.learners) == len(second.learners) == 1
    assert len(captured) == 1
