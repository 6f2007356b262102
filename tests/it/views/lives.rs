//! Facts with a life: `since` and `until` are positions, and one fact of a key holds at a time.

use std::collections::{BTreeMap, BTreeSet};

use domain::collection::{self, Collection};
use domain::party::{self, Party};
use domain::questionnaire::AnswerValue;
use domain::reply::{self, Outcome, Reply, Standing};
use domain::{Decider, DomainEvent};
use event_log::StoredEvent;
use event_log::views::Fact;
use rapporteur::views::DEFINITIONS;
use sqlx::{AssertSqlSafe, PgPool};
use uuid::Uuid;

use crate::log::writers::Process;
use crate::support::Database;

/// Facts that views end themselves: lists that are replaced as a whole, and what ends otherwise than by the next of its key.
const ENDED_BY_VIEWS: &[Fact] = &[
    Fact::of("answer_life", &["reply", "question"]),
    Fact::of("comment", &["comment"]),
    Fact::of("consent", &["submission", "section"]),
    Fact::of("clarification", &["reply", "number"]),
    Fact::of("meeting_seats", &["meeting", "regional_group"]),
    Fact::of("meeting_participant", &["meeting", "party", "capacity"]),
    Fact::of("project_budget", &["project", "currency"]),
    Fact::of("need_type", &["code"]),
];

/// All facts with a life.
fn facts() -> impl Iterator<Item = &'static Fact> {
    let ended = DEFINITIONS.views.iter().flat_map(|view| view.facts);
    ended.chain(ENDED_BY_VIEWS)
}

#[tokio::test]
async fn every_table_with_an_end_is_among_the_facts() {
    let database = Database::new().await;
    let pool = PgPool::connect_with(database.owner.clone()).await.unwrap();
    let there: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.columns
          where table_schema = 'views' and column_name = 'until'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
    assert_eq!(there, facts().map(|fact| fact.table).collect());
}

/// Each fact ends after it begins and before the next of its key begins; only the last holds still.
pub async fn assert_lives_follow_one_another(pool: &PgPool) {
    for Fact { table, key } in facts() {
        let key = key.join(", ");
        let query = format!(
            "select count(*) from (
                 select since, until, lead(since) over (partition by {key} order by since) as next from views.{table}) as life
              where until <= since or next < until or (until is null and next is not null)"
        );
        let wrong: i64 = sqlx::query_scalar(AssertSqlSafe(query))
            .fetch_one(pool)
            .await
            .unwrap();
        assert_eq!(wrong, 0, "lives of {table} overlap");
    }
}

/// What holds at a position, by aggregate.
#[derive(Debug, Default, PartialEq)]
struct FoldedStates {
    groups: BTreeMap<Uuid, Option<String>>,
    statuses: BTreeMap<Uuid, String>,
    /// The latest by collection and party; nil: every party.
    deadlines: BTreeMap<(Uuid, Uuid), i64>,
    submitted: BTreeMap<Uuid, i32>,
    accepted: BTreeMap<Uuid, ()>,
    amended: BTreeMap<Uuid, ()>,
    asked: BTreeMap<(Uuid, i32), Option<String>>,
    answers: BTreeMap<(Uuid, String), Columns>,
}

/// A fact of a table: its key, what it says, since and until.
type Row<K, V> = (K, V, i64, Option<i64>);

/// All facts of the views.
struct Facts {
    groups: Vec<Row<Uuid, Option<String>>>,
    statuses: Vec<Row<Uuid, String>>,
    deadlines: Vec<(Uuid, Uuid, i64, i64)>,
    submitted: Vec<Row<Uuid, i32>>,
    accepted: Vec<Row<Uuid, ()>>,
    amended: Vec<Row<Uuid, ()>>,
    asked: Vec<Row<(Uuid, i32), Option<String>>>,
    answers: Vec<Row<(Uuid, String), Columns>>,
}

/// At every position, what the views say holds is what the events up to there amount to.
pub async fn assert_facts_are_folds_of_events(process: &Process) {
    let facts = Facts::read(&process.pool).await;
    let (mut parties, mut collections, mut replies) =
        (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for stored in process.log.after(0, 100_000).await.unwrap() {
        evolve::<Party>(&mut parties, &stored);
        evolve::<Collection>(&mut collections, &stored);
        evolve::<Reply>(&mut replies, &stored);
        assert_eq!(
            facts.at(stored.position as i64),
            fold(&parties, &collections, &replies),
            "position {}",
            stored.position
        );
    }
}

fn evolve<D: Decider>(states: &mut BTreeMap<Uuid, D::State>, stored: &StoredEvent) {
    if D::Event::KINDS.contains(&stored.kind.as_str()) {
        let event = D::Event::from_stored(&stored.kind, stored.data.clone()).unwrap();
        let state = states.remove(&stored.stream).unwrap_or_default();
        states.insert(stored.stream, D::evolve(state, &event));
    }
}

fn fold(
    parties: &BTreeMap<Uuid, party::State>,
    collections: &BTreeMap<Uuid, collection::State>,
    replies: &BTreeMap<Uuid, reply::State>,
) -> FoldedStates {
    let mut held = FoldedStates::default();
    for (id, party) in parties {
        let group = party.as_ref().unwrap().regional_group;
        held.groups
            .insert(*id, group.map(|group| group.to_string()));
    }
    for (id, collection) in collections {
        held.statuses
            .insert(*id, collection.as_ref().unwrap().status.to_string());
        let collection = collection.as_ref().unwrap();
        let own = collection.own_deadlines.iter();
        let own = own.map(|(party, deadline)| (party.0, deadline));
        for (party, deadline) in own.chain([(Uuid::nil(), &collection.deadline)]) {
            let at = deadline.at.as_second();
            held.deadlines.insert((*id, party), at);
        }
    }
    for (id, reply) in replies {
        let reply = reply.as_ref().unwrap();
        if reply.counts() {
            held.submitted.insert(*id, reply.version as i32);
        }
        if reply.standing == Standing::Accepted {
            held.accepted.insert(*id, ());
        }
        if reply.is_amended {
            held.amended.insert(*id, ());
        }
        let clarifications = reply.clarifications.iter();
        let open = clarifications.filter(|(_, asked)| asked.outcome == Outcome::Open);
        let open = open.map(|(number, asked)| ((*id, *number as i32), asked.question.clone()));
        held.asked.extend(open);
        for (code, value) in &reply.answers {
            held.answers
                .insert((*id, code.clone()), Columns::from_value(value));
        }
    }
    held
}

impl Facts {
    async fn read(pool: &PgPool) -> Self {
        type Answer = (
            Uuid,
            String,
            i64,
            Option<i64>,
            bool,
            Option<String>,
            Option<Vec<String>>,
        );
        let answers: Vec<Answer> = sqlx::query_as(
            "select reply, question, since, until, not_available, choice, choices
               from views.answer_life order by reply, question, since",
        )
        .fetch_all(pool)
        .await
        .unwrap();
        type More = (
            Option<String>,
            Option<String>,
            Option<Uuid>,
            Option<String>,
            Option<String>,
            Option<String>,
        );
        let more: Vec<More> = sqlx::query_as(
            "select number::text, day::text, content, lang, missing, currency
               from views.answer_life order by reply, question, since",
        )
        .fetch_all(pool)
        .await
        .unwrap();
        let answers = answers.into_iter().zip(more);
        let answers = answers.map(
            |(answer, (number, day, content, lang, missing, currency))| {
                let (reply, question, since, until, not_available, choice, choices) = answer;
                let columns = Columns {
                    not_available,
                    missing,
                    currency,
                    choice,
                    choices,
                    number,
                    day,
                    content,
                    lang,
                };
                ((reply, question), columns, since, until)
            },
        );
        Self {
            groups: rows(
                pool,
                "select party, regional_group, since, until from views.party_group",
            )
            .await,
            statuses: rows(
                pool,
                "select collection, status, since, until from views.collection_status",
            )
            .await,
            submitted: rows(
                pool,
                "select reply, version, since, until from views.submission",
            )
            .await,
            deadlines: sqlx::query_as(
                "select collection, party, extract(epoch from deadline)::bigint, since from views.deadline",
            )
            .fetch_all(pool)
            .await
            .unwrap(),
            accepted: marks(pool, "select reply, since, until from views.acceptance").await,
            amended: marks(pool, "select reply, since, until from views.amendment").await,
            asked: asked(pool).await,
            answers: answers.collect(),
        }
    }

    fn deadlines_at(&self, position: i64) -> BTreeMap<(Uuid, Uuid), i64> {
        let mut latest = BTreeMap::new();
        let set = self.deadlines.iter();
        for (collection, party, at, _) in set.filter(|(_, _, _, since)| *since <= position) {
            let held = latest.entry((*collection, *party)).or_insert(*at);
            *held = (*held).max(*at);
        }
        latest
    }

    fn at(&self, position: i64) -> FoldedStates {
        FoldedStates {
            groups: at(&self.groups, position),
            statuses: at(&self.statuses, position),
            deadlines: self.deadlines_at(position),
            submitted: at(&self.submitted, position),
            accepted: at(&self.accepted, position),
            amended: at(&self.amended, position),
            asked: at(&self.asked, position),
            answers: at(&self.answers, position),
        }
    }
}

async fn rows<V>(pool: &PgPool, query: &'static str) -> Vec<Row<Uuid, V>>
where
    V: Send + Unpin,
    Row<Uuid, V>: for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>,
{
    sqlx::query_as(query).fetch_all(pool).await.unwrap()
}

async fn marks(pool: &PgPool, query: &'static str) -> Vec<Row<Uuid, ()>> {
    let rows: Vec<(Uuid, i64, Option<i64>)> = sqlx::query_as(query).fetch_all(pool).await.unwrap();
    let rows = rows.into_iter();
    rows.map(|(reply, since, until)| (reply, (), since, until))
        .collect()
}

async fn asked(pool: &PgPool) -> Vec<Row<(Uuid, i32), Option<String>>> {
    type Asked = (Uuid, i32, Option<String>, i64, Option<i64>);
    let rows: Vec<Asked> =
        sqlx::query_as("select reply, number, question, since, until from views.clarification")
            .fetch_all(pool)
            .await
            .unwrap();
    let rows = rows.into_iter();
    rows.map(|(reply, number, question, since, until)| ((reply, number), question, since, until))
        .collect()
}

fn at<K: Ord + Clone, V: Clone>(rows: &[Row<K, V>], position: i64) -> BTreeMap<K, V> {
    let holds = |since: i64, until: Option<i64>| {
        since <= position && until.is_none_or(|until| until > position)
    };
    rows.iter()
        .filter(|(_, _, since, until)| holds(*since, *until))
        .map(|(key, value, _, _)| (key.clone(), value.clone()))
        .collect()
}

/// An answer as the view's columns hold it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Columns {
    not_available: bool,
    missing: Option<String>,
    currency: Option<String>,
    choice: Option<String>,
    choices: Option<Vec<String>>,
    number: Option<String>,
    day: Option<String>,
    content: Option<Uuid>,
    lang: Option<String>,
}

impl Columns {
    fn from_value(value: &AnswerValue) -> Self {
        let mut columns = Self::default();
        match value {
            AnswerValue::NotAvailable(_) => columns.not_available = true,
            AnswerValue::Choice(choice) => columns.choice = Some(choice.clone()),
            AnswerValue::Choices(choices) => columns.choices = Some(choices.clone()),
            AnswerValue::WholeNumber(number) => columns.number = Some(number.to_string()),
            AnswerValue::Decimal(number) => columns.number = Some(number.as_str().to_owned()),
            AnswerValue::Year(year) => columns.number = Some(year.to_string()),
            AnswerValue::Date(day) => columns.day = Some(day.to_string()),
            AnswerValue::Missing(kind) => columns.missing = Some(kind.to_string()),
            AnswerValue::Ranking(ranking) => columns.choices = Some(ranking.clone()),
            AnswerValue::Money(money) => {
                columns.number = Some(money.amount.as_str().to_owned());
                columns.currency = Some(money.currency.clone());
            }
            AnswerValue::Month(month) => columns.day = Some(format!("{month}-01")),
            AnswerValue::Link(plain) | AnswerValue::Email(plain) => {
                columns.content = Some(plain.content.content.0);
            }
            // They say only that they are there.
            AnswerValue::Files(_) => {}
            AnswerValue::Entry(order) => columns.number = Some(order.to_string()),
            AnswerValue::Text(text) => {
                columns.content = Some(text.content.content.0);
                columns.lang = Some(text.lang.to_string());
            }
        }
        columns
    }
}
