//! A meeting as it is shown.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::handling::caller::Caller;
use crate::http::handling::stored_words::StoredWords;
use crate::http::problem::Problem;
use crate::http::schemas::{NoticeView, ResourcesView, WordsShape, chosen};
use crate::http::services::Services;
use crate::reading::documents::{self, LinkedRow};
use domain::meeting::{
    Capacity, Meeting, MeetingKind, MeetingSeatsAllocated, Representation, RevisionMade,
};
use domain::party::{Party, RegionalGroup};
use domain::{ContentRef, Lang};

/// A meeting.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeetingView {
    /// Its id.
    id: Uuid,
    /// expert_group, intersessional, commission_session, congress
    kind: domain::meeting::MeetingKind,
    /// What it is called, in the language `lang`.
    title: String,
    /// The language of `title`.
    pub lang: Option<Lang>,
    /// Where it meets.
    place: Option<String>,
    /// The language of `place`.
    place_lang: Option<Lang>,
    /// Its first day; once it was held, the day on which it began.
    starts_on: Date,
    /// Its last day.
    ends_on: Date,
    /// The number of the session or the Congress; for other kinds, of the session that it serves.
    session: Option<u16>,
    /// The codes of the categories of standards that it is about.
    categories: Vec<String>,
    /// The operative paragraph of resolution 2004/28 that asks for it.
    mandate: Option<u8>,
    /// convened, held, concluded (its outcome is on record), cancelled
    status: domain::meeting::Status,
    /// The experts' seats, once they are shared out, and how far they are taken.
    seats: Option<SeatsView>,
    /// Who took part, or is to. Persons are counted, never named.
    participants: Vec<ParticipantView>,
    /// Its agenda.
    agenda: Vec<AgendaItemView>,
    /// What came of it, once that is on record.
    outcome: Option<OutcomeView>,
    /// Why it was cancelled; told to the Secretariat only.
    #[schema(value_type = Option<WordsShape>)]
    cancellation: Option<Value>,
    /// How it stood with the extrabudgetary resources that it is subject to; the last is how it stands.
    resources: Vec<ResourcesView>,
    /// The documents that belong to it.
    documents: Vec<LinkedRow>,
    /// What a reader must know: that its representation falls short.
    notices: Vec<NoticeView>,
}

/// Seats shared out among the regional groups.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatsView {
    /// How many seats there are.
    pub seats: u32,
    /// How many experts are recorded.
    pub experts: u32,
    /// How many experts are missing, group by group: what one has too many does not help another.
    pub shortfall: u32,
    /// Each group, by its code.
    pub groups: Vec<GroupSeats>,
}

/// The seats of a regional group.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupSeats {
    /// african, asia-pacific, eastern-european, grulac, weog
    regional_group: domain::party::RegionalGroup,
    /// Its name.
    label: String,
    /// Its seats.
    seats: u16,
    /// The experts of its States that are recorded.
    experts: u32,
    /// How many are missing.
    shortfall: u32,
}

impl SeatsView {
    /// Seats and experts of the groups.
    pub fn from_groups(groups: &[Representation], languages: &[Lang]) -> Self {
        let shown = groups.iter().map(|of| GroupSeats {
            regional_group: of.group,
            label: texts::text::<&str>(&format!("group.{}", of.group), languages, &[]),
            seats: of.seats,
            experts: of.experts,
            shortfall: of.shortfall(),
        });
        Self {
            seats: groups.iter().map(|of| u32::from(of.seats)).sum(),
            experts: groups.iter().map(|of| of.experts).sum(),
            shortfall: groups.iter().map(Representation::shortfall).sum(),
            groups: shown.collect(),
        }
    }

    /// Seats that nobody has taken yet.
    pub fn empty(allocated: &MeetingSeatsAllocated, languages: &[Lang]) -> Self {
        let groups = RegionalGroup::ALL.iter().map(|group| Representation {
            group: *group,
            seats: allocated.by_group.for_group(*group),
            experts: 0,
        });
        Self::from_groups(&groups.collect::<Vec<_>>(), languages)
    }
}

/// A party that takes part, in a capacity.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParticipantView {
    /// Its code.
    party: String,
    /// Its short name.
    name: String,
    /// Its kind.
    kind: domain::party::PartyKind,
    /// Its regional group on the meeting's first day.
    regional_group: Option<domain::party::RegionalGroup>,
    /// expert, member, observer, secretariat
    capacity: domain::meeting::Capacity,
    /// How many persons.
    persons: u16,
}

/// An item of the agenda.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgendaItemView {
    /// As people cite it.
    #[schema(example = "8")]
    number: String,
    /// What it is about.
    title: String,
    /// The language of `title`.
    lang: Option<Lang>,
}

/// What came of a meeting.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutcomeView {
    /// The revisions of instruments that it made.
    revisions: Vec<RevisionMade>,
    /// Its decision, resolution or declaration, as people cite it.
    decision: Option<String>,
    /// A summary.
    #[schema(value_type = Option<WordsShape>)]
    summary: Option<Value>,
}

/// A meeting as it is shown, and what its tag must say beside its own position.
pub(in crate::http) struct MeetingRepresentation {
    pub view: MeetingView,
    /// The position at which its words were last redacted or translated.
    pub words: u64,
    /// The position of the last change of the documents beside it.
    pub beside: u64,
}

impl MeetingRepresentation {
    /// A meeting, with its words and, as of a position, its documents.
    pub async fn load(
        services: &Services,
        caller: &Caller,
        id: Uuid,
        meeting: &Meeting,
        as_of: Option<u64>,
    ) -> Result<Self, Problem> {
        let words = StoredWords::read(services, caller, contents(meeting)).await?;
        let linked = documents::documents_linked_to(services.log().pool(), as_of, id).await?;
        let languages = &caller.languages;
        let documents = linked.rows.into_iter();
        let view = MeetingView {
            participants: participants(services, languages, meeting).await?,
            documents: documents.map(|row| row.told(languages)).collect(),
            ..view(id, meeting, &words, caller)
        };
        Ok(Self {
            view,
            words: words.changed,
            beside: linked.changed,
        })
    }
}

fn contents(meeting: &Meeting) -> impl Iterator<Item = &ContentRef> {
    let summary = meeting
        .outcome
        .as_ref()
        .and_then(|outcome| outcome.summary.as_ref());
    let words = summary.into_iter().chain(&meeting.cancelled);
    words.map(|words| &words.content)
}

async fn participants(
    services: &Services,
    languages: &[Lang],
    meeting: &Meeting,
) -> Result<Vec<ParticipantView>, Problem> {
    let mut shown = Vec::with_capacity(meeting.participants.len());
    for participant in &meeting.participants {
        let party = services
            .desk
            .load::<Party>(participant.party.0, false)
            .await?;
        let party = party.state.as_ref().as_ref();
        let party = party.ok_or_else(|| Problem::new("internal"))?;
        shown.push(ParticipantView {
            party: party.code.clone(),
            name: chosen(&party.names, languages).1,
            kind: participant.kind,
            regional_group: participant.regional_group,
            capacity: participant.capacity,
            persons: participant.persons,
        });
    }
    Ok(shown)
}

fn view(id: Uuid, meeting: &Meeting, words: &StoredWords, caller: &Caller) -> MeetingView {
    let languages = &caller.languages;
    let (lang, title) = chosen(&meeting.title, languages);
    let representation = meeting.representation();
    let seats = meeting.seats.as_ref();
    let seats = seats.map(|_| SeatsView::from_groups(&representation, languages));
    let has_list = meeting
        .participants
        .iter()
        .any(|one| one.capacity == Capacity::Expert);
    let missing = seats.as_ref().map_or(0, |seats| seats.shortfall);
    let falls_short = (missing > 0 && (has_list || meeting.was_held())).then(|| {
        let missing = missing.to_string();
        NoticeView::new(
            "representation_falls_short",
            languages,
            &[("missing", &missing)],
        )
    });
    let is_unshared = meeting.kind == MeetingKind::ExpertGroup && meeting.was_held();
    let no_seats = (is_unshared && seats.is_none())
        .then(|| NoticeView::new("no_seats_allocated", languages, &[]));
    let cancelled = meeting.cancelled.as_ref();
    let is_told = caller.principal.role.is_secretariat();
    let place = meeting
        .place
        .as_ref()
        .and_then(|place| place.pick(languages));
    let (place_lang, place) = place.map(|(lang, place)| (lang, place.to_owned())).unzip();
    MeetingView {
        id,
        kind: meeting.kind,
        title,
        lang,
        place,
        place_lang,
        starts_on: meeting.starts_on,
        ends_on: meeting.ends_on,
        session: meeting.session,
        categories: meeting.categories.clone(),
        mandate: meeting.mandate,
        status: meeting.status,
        seats,
        participants: Vec::new(),
        agenda: agenda(meeting, languages),
        outcome: outcome(meeting, words),
        cancellation: cancelled
            .filter(|_| is_told)
            .map(|reason| words.show(&reason.content, Some(reason.lang))),
        resources: ResourcesView::from_records(&meeting.resources),
        documents: Vec::new(),
        notices: falls_short.into_iter().chain(no_seats).collect(),
    }
}

fn agenda(meeting: &Meeting, languages: &[Lang]) -> Vec<AgendaItemView> {
    let items = meeting.agenda.iter().map(|item| {
        let (lang, title) = chosen(&item.title, languages);
        AgendaItemView {
            number: item.number.clone(),
            title,
            lang,
        }
    });
    items.collect()
}

fn outcome(meeting: &Meeting, words: &StoredWords) -> Option<OutcomeView> {
    let outcome = meeting.outcome.as_ref()?;
    let summary = outcome.summary.as_ref();
    Some(OutcomeView {
        revisions: outcome.revisions.clone(),
        decision: outcome.decision.clone(),
        summary: summary.map(|text| words.show(&text.content, Some(text.lang))),
    })
}
