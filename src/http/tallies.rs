//! Tallies: what the Member States that replied answered to a question.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::as_of;
use super::caller::{self, Caller};
use super::collections::notices;
use super::conditional::{Reader, Tag};
use super::figures::{self, Figure, Figures, GroupBy};
use super::problem::Problem;
use super::query::Query;
use super::replies::questionnaire;
use super::schemas::{AsOf, NoticeView, chosen};
use super::services::Services;
use crate::domain::collection::Collection;
use crate::domain::questionnaire::Question;
use crate::domain::{CollectionId, Lang};
use crate::reading::tallies::{self as reading, Tally};

/// What was answered to a question.
#[derive(Debug, Serialize, ToSchema)]
pub struct TallyView {
    /// The collection.
    collection: Uuid,
    /// The state of the log that was counted.
    as_of: AsOf,
    /// The question.
    question: TalliedQuestion,
    /// Of how many replies.
    base: BaseView,
    /// How often each option was chosen; empty for a question without options.
    options: Vec<OptionView>,
    /// The same by group of the Member State on the day of its invitation.
    groups: Vec<GroupTally>,
    /// What a reader must know.
    notices: Vec<NoticeView>,
}

/// A question, in the reader's language.
#[derive(Debug, Serialize, ToSchema)]
pub struct TalliedQuestion {
    /// Its code.
    code: String,
    /// Its type.
    #[serde(rename = "type")]
    kind: String,
    /// Its text, in the language `lang`.
    text: String,
    /// The language of `text`.
    lang: String,
}

/// How the replies stand to a question: `replied` is the sum of the others.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct BaseView {
    /// Replies of Member States, at their submitted version.
    replied: u64,
    /// With an answer.
    answered: u64,
    /// With "not available".
    not_available: u64,
    /// To which the question does not apply.
    not_relevant: u64,
    /// With nothing.
    blank: u64,
}

/// An option.
#[derive(Debug, Serialize, ToSchema)]
pub struct OptionView {
    /// Its value.
    value: String,
    /// Its name.
    label: String,
    /// How many replies chose it.
    count: u64,
}

/// A group of Member States.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupTally {
    /// The group's code.
    group: String,
    /// Its name.
    label: String,
    /// Of how many replies.
    base: BaseView,
    /// How often each option was chosen.
    options: Vec<OptionView>,
}

/// Of what, and when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GetTally {
    /// The question's code.
    question: Option<String>,
    /// regional_group (if left out), region, none
    group_by: Option<String>,
    /// A position or a time.
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// What the Member States that replied answered to a question.
#[utoipa::path(tag = "figures", params(GetTally), responses((status = 200, body = TallyView)))]
#[get("/v1/collections/{collection}/tallies")]
pub async fn get_tally(
    request: HttpRequest,
    caller: Caller,
    collection: web::Path<String>,
    Query(asked): Query<GetTally>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let key = Figures::key(&request, &caller.languages);
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let position = as_of.as_ref().map(|head| head.position);
    if let Some(figure) = services
        .figures
        .get(&key, position.unwrap_or_else(|| services.head()))
    {
        return Ok(figures::answer(&request, &figure));
    }
    let id: CollectionId = caller::id(&collection, "collection")?;
    let group_by = GroupBy::read(asked.group_by.as_deref())?;
    let collection = services.collection(id, as_of.as_ref()).await?;
    let questionnaire =
        questionnaire(&services.desk, collection.instrument, collection.revision).await?;
    let codes = || {
        questionnaire
            .questions()
            .map(|question| question.code.as_str())
            .collect::<Vec<_>>()
    };
    let code = asked.question.as_deref().ok_or_else(|| {
        Problem::new("bad_parameter")
            .arg("parameter", "question")
            .arg("expected", codes().join(", "))
            .arg("got", "")
    })?;
    let question = questionnaire
        .question(code)
        .ok_or_else(|| Problem::new("unknown_question").arg("code", code))?;
    let counted = reading::count(
        services.log().pool(),
        position,
        id.0,
        group_by.as_str(),
        code,
    )
    .await?;
    let tag = Tag::Figure(
        counted.changed.max(collection.position),
        Reader::of(&caller.languages),
    );
    let position = counted.position;
    let view = view(
        id,
        &collection,
        question,
        group_by,
        counted,
        &caller.languages,
    );
    let body = serde_json::to_string(&view).map_err(|_| Problem::new("internal"))?;
    let figure = services.figures.put(
        key,
        Figure {
            position,
            tag,
            lang: view.question.lang,
            body,
        },
    );
    Ok(figures::answer(&request, &figure))
}

fn view(
    id: CollectionId,
    collection: &Collection,
    question: &Question,
    group_by: GroupBy,
    counted: Tally,
    languages: &[Lang],
) -> TallyView {
    let groups = group_by.groups(counted.bases.iter().map(|base| base.group.as_deref()));
    let groups = groups.into_iter().map(|group| GroupTally {
        label: group_by.label(group.as_deref(), languages),
        base: base(&counted, |of| of == group.as_deref()),
        options: options(question, &counted, languages, |of| of == group.as_deref()),
        group: group.unwrap_or_else(|| "none".to_owned()),
    });
    let (lang, text) = chosen(&question.text, languages);
    let lang = lang.unwrap_or_default();
    let mut notices = notices(collection, languages);
    notices.extend(figures::translation_missing(languages, &lang));
    if counted.others > 0 {
        let count = counted.others.to_string();
        notices.push(NoticeView::new(
            "others_not_counted",
            languages,
            &[("count", &count)],
        ));
    }
    TallyView {
        collection: id.0,
        as_of: AsOf {
            position: counted.position,
            time: counted.time.clone(),
        },
        question: TalliedQuestion {
            code: question.code.clone(),
            kind: question.type_code().to_string(),
            text,
            lang,
        },
        base: base(&counted, |_| true),
        options: options(question, &counted, languages, |_| true),
        groups: groups.collect(),
        notices,
    }
}

fn base(counted: &Tally, is_in: impl Fn(Option<&str>) -> bool) -> BaseView {
    let bases = counted
        .bases
        .iter()
        .filter(|base| is_in(base.group.as_deref()));
    bases.fold(BaseView::default(), |sum, base| BaseView {
        replied: sum.replied + base.replied,
        answered: sum.answered + base.answered,
        not_available: sum.not_available + base.not_available,
        // A question applies to everybody until questionnaires can say when one does not.
        not_relevant: 0,
        blank: sum.blank + base.replied - base.answered - base.not_available,
    })
}

fn options(
    question: &Question,
    counted: &Tally,
    languages: &[Lang],
    is_in: impl Fn(Option<&str>) -> bool,
) -> Vec<OptionView> {
    let options = question.options().into_iter().map(|option| {
        let chosen_in = counted
            .options
            .iter()
            .filter(|count| count.value == option.value && is_in(count.group.as_deref()));
        OptionView {
            value: option.value.to_owned(),
            label: chosen(option.label, languages).1,
            count: chosen_in.map(|count| count.count).sum(),
        }
    });
    options.collect()
}
