"""A focal point replies, with the client that is generated from the API's document: mypy looks whether the types fit."""

import datetime
import re
import sys
from http import HTTPStatus
from typing import TypeVar
from uuid import UUID

from generated import AuthenticatedClient
from generated.api.collections import get_collection, list_collections
from generated.api.figures import get_participation
from generated.api.instruments import get_revision
from generated.api.persons import get_me
from generated.api.replies import (
    get_answer,
    get_reply,
    get_version,
    list_answers,
    list_versions,
    save_answers,
    start_reply,
    submit_reply,
)
from generated.models import (
    Answer,
    AnswerScale,
    AnswersSaved,
    AnswersView,
    AnswerView,
    CollectionStatus,
    CollectionView,
    DateQuestion,
    DecimalQuestion,
    Lang,
    MeView,
    Nothing,
    OneChoiceQuestion,
    PageCollectionItem,
    ParticipationView,
    ProblemBody,
    Receipt,
    ReplyStatus,
    ReplyView,
    RevisionView,
    Role,
    SaveAnswers,
    SaveAnswersAnswers,
    SeveralChoicesQuestion,
    SubmitReply,
    TextQuestion,
    VersionContents,
    VersionsView,
    WholeNumberQuestion,
    WordsShape,
    YearQuestion,
)
from generated.types import Response

Question = (
    OneChoiceQuestion
    | SeveralChoicesQuestion
    | TextQuestion
    | WholeNumberQuestion
    | DecimalQuestion
    | DateQuestion
    | YearQuestion
)

WORDS = "Prison rules are being revised."

ANSWERS = {
    "A1": Answer(value="in_part"),
    "A2": Answer(value=["legislation", "prison_rules"]),
    "A3": Answer(value=1998),
    "A6": Answer(value=WordsShape(text=WORDS, lang=Lang.EN)),
    "B1": Answer(value="2010-12-31"),
    "B2": Answer(value=4321),
    "B5": Answer(value="12.5"),
    "B6": Answer(not_available=True),
    "D1": Answer(value=["funds"], comment=WordsShape(text="Above all.", lang=Lang.EN)),
    "E1": Answer(value="continued"),
    "F1": Answer(value="yes"),
}

TYPES: dict[str, type[Question]] = {
    "A1": OneChoiceQuestion,
    "A2": SeveralChoicesQuestion,
    "A3": YearQuestion,
    "A6": TextQuestion,
    "B1": DateQuestion,
    "B2": WholeNumberQuestion,
    "B5": DecimalQuestion,
}


Shape = TypeVar("Shape")


def expect(response: Response[Shape | ProblemBody], shape: type[Shape], status: int = 200) -> Shape:
    """What was answered, of this shape."""
    assert response.status_code == HTTPStatus(status), response.content
    assert isinstance(response.parsed, shape), response.parsed
    return response.parsed


def read_questionnaire(client: AuthenticatedClient, collection: CollectionView) -> None:
    revision = get_revision.sync_detailed(
        collection.instrument, collection.revision, client=client
    )
    revision_view = expect(revision, RevisionView)
    assert revision_view.instrument == collection.instrument
    assert Lang.FR in revision_view.languages
    sections = revision_view.questionnaire.sections
    questions: dict[str, Question] = {}
    for section in sections:
        for question in section.questions:
            questions[question.code] = question
    for code, kind in TYPES.items():
        assert type(questions[code]) is kind, questions[code]
    first, share, dated = questions["A1"], questions["B5"], questions["B1"]
    assert isinstance(first, OneChoiceQuestion) and first.scale is AnswerScale.YES_IN_PART_NO
    assert isinstance(share, DecimalQuestion) and share.places == 1
    assert isinstance(dated, DateQuestion) and dated.max_ == datetime.date(2011, 12, 31)
    scale = revision_view.scales.additional_properties["yes_in_part_no"]
    assert ANSWERS["A1"].value in [choice.value for choice in scale]


def save(client: AuthenticatedClient, reply: UUID, answers: dict[str, Answer]) -> Response[AnswersSaved | ProblemBody]:
    changes = SaveAnswersAnswers()
    changes.additional_properties.update(answers)
    return save_answers.sync_detailed(
        reply, client=client, body=SaveAnswers(changes), idempotency_key=f"{reply}/{len(answers)}"
    )


def check_answers(answers: dict[str, Answer]) -> None:
    assert set(answers) == set(ANSWERS), answers
    for code, sent in ANSWERS.items():
        read = answers[code]
        assert read.to_dict().items() >= sent.to_dict().items() or code in ("A6", "D1"), read
    said, beside = answers["A6"].value, answers["D1"].comment
    assert isinstance(said, WordsShape) and (said.text, said.lang) == (WORDS, Lang.EN), said
    assert isinstance(beside, WordsShape) and beside.text == "Above all.", beside


def play(client: AuthenticatedClient, collection_id: UUID, party: str) -> None:
    me = expect(get_me.sync_detailed(client=client), MeView)
    assert me.role is Role.FOCAL_POINT and isinstance(me.party, UUID)

    collection = expect(get_collection.sync_detailed(collection_id, client=client), CollectionView)
    assert collection.status is CollectionStatus.OPEN
    assert collection.opened_on == datetime.date(2011, 3, 8)
    assert isinstance(collection.deadline.at, datetime.datetime)
    listed = expect(list_collections.sync_detailed(client=client, limit=500), PageCollectionItem)
    assert collection_id in [item.id for item in listed.items]
    read_questionnaire(client, collection)

    begun = start_reply.sync_detailed(collection_id, client=client, body=Nothing())
    reply = expect(begun, ReplyView, 201)
    assert reply.party == me.party and reply.status is ReplyStatus.DRAFT
    assert isinstance(reply.missing, list) and "A1" in reply.missing

    refused = save(client, reply.id, {"A1": Answer(value="perhaps")})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, refused.content
    assert isinstance(refused.parsed, ProblemBody) and isinstance(refused.parsed.faults, list)
    assert [fault.question for fault in refused.parsed.faults] == ["A1"]

    saved = expect(save(client, reply.id, ANSWERS), AnswersSaved)
    assert set(saved.saved) == set(ANSWERS) and saved.commented == ["D1"]
    answers = expect(list_answers.sync_detailed(reply.id, client=client), AnswersView)
    check_answers(answers.answers.additional_properties)
    one = expect(get_answer.sync_detailed(reply.id, "B5", client=client), AnswerView)
    assert isinstance(one.answer, Answer) and one.answer.value == "12.5"

    receipt = expect(submit_reply.sync_detailed(reply.id, client=client, body=SubmitReply()), Receipt, 201)
    assert (receipt.reply, receipt.version, receipt.answers) == (reply.id, 1, len(ANSWERS))
    assert isinstance(receipt.received_at, datetime.datetime), receipt
    assert receipt.late == (collection.deadline.at < receipt.received_at), receipt
    assert isinstance(receipt.leaf, str) and re.fullmatch("[0-9a-f]{64}", receipt.leaf)

    version = expect(get_version.sync_detailed(reply.id, 1, client=client), VersionContents)
    assert (version.submitted.position, version.submitted.time) == (receipt.position, receipt.received_at)
    assert version.role is Role.FOCAL_POINT and version.counts and version.leaf == receipt.leaf
    check_answers(version.answers.additional_properties)
    versions = expect(list_versions.sync_detailed(reply.id, client=client), VersionsView)
    assert [version.version for version in versions.items] == [1]
    read = expect(get_reply.sync_detailed(reply.id, client=client), ReplyView)
    assert read.status is ReplyStatus.SUBMITTED and read.version == 1

    now, before = (
        expect(
            get_participation.sync_detailed(collection_id, client=client, as_of=str(position)),
            ParticipationView,
        )
        for position in (receipt.position, receipt.position - 1)
    )
    assert now.replied == before.replied + 1, party


if __name__ == "__main__":
    url, token, collection, party = sys.argv[1:]
    with AuthenticatedClient(url, token) as client:
        play(client, UUID(collection), party)
    print(f"python: {party} replied")
