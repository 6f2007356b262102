//! The difference between two versions of a reply, question by question.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::desk::AskedAt;
use crate::http::conditional::Tag;
use crate::http::handling::caller::{self};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::query::{self};
use crate::http::handling::stored_words::StoredWords;
use crate::http::needs::view::NeedView;
use crate::http::problem::Problem;
use crate::http::replies::answer_output::shown_answers;
use crate::http::replies::files::{FileView, words_of};
use crate::http::replies::history::ReplyHistory;
use crate::http::replies::version_needs::VersionNeeds;
use crate::http::schemas::{AnswerShape, NoticeView, collection_notices};
use domain::ReplyId;
use domain::questionnaire::AnswerMap;
use domain::reply::versions::{self, Change};
use domain::reply::{Reply, ReplyFileAttached};

/// Between which versions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CompareVersions {
    /// The number of the version to compare with; 0: with nothing. The one before, if left out.
    #[param(value_type = Option<u64>, maximum = 4294967295_i64)]
    from: Option<String>,
}

/// A file that is in one of two versions only.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileDifference {
    /// added, removed
    change: String,
    /// The file.
    file: FileView,
}

/// A question whose answer, comment or files are not the same in two versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerDifference {
    /// The question's code.
    question: String,
    /// What became of its answer and the comment on it: added, removed, changed; null where only files differ.
    answer: Option<String>,
    /// The answer in the earlier version; null where the question was blank.
    #[schema(value_type = Option<AnswerShape>)]
    from: Option<Value>,
    /// The answer in the later version.
    #[schema(value_type = Option<AnswerShape>)]
    to: Option<Value>,
    /// Its files that are in one version only.
    files: Vec<FileDifference>,
}

/// A need that one of two versions indicates only. What changed of one that a row or an entry states in both, its answers tell.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedDifference {
    /// added, removed
    change: String,
    /// The need, as it was when the later of the two was submitted.
    need: NeedView,
}

/// The difference between two versions of a reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionDifferences {
    /// The reply.
    reply: Uuid,
    /// The version compared with; 0: nothing.
    from: u32,
    /// The version.
    to: u32,
    /// In the questionnaire's order.
    questions: Vec<AnswerDifference>,
    /// Files of the whole reply that are in one version only.
    files: Vec<FileDifference>,
    /// Needs that one version indicates and the other does not, as far as the caller sees them.
    needs: Vec<NeedDifference>,
    /// What a reader must know of the collection's answers.
    notices: Vec<NoticeView>,
}

/// What became of a reply from one submitted version to another, question by question.
#[utoipa::path(get, path = "/v1/replies/{reply}/versions/{version}/differences", tag = "replies", params(CompareVersions), responses((status = 200, body = VersionDifferences)))]
pub async fn compare_versions(
    lookup: Lookup<CompareVersions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let history = ReplyHistory::visible(services, caller, id, None).await?;
    let to = history.version(&path.1)?;
    let from: Option<u32> = query::parse("from", lookup.query.from.as_deref())?;
    let from = from.unwrap_or(to.version - 1);
    let (earlier, until) = match from {
        0 => (blank(&to.reply), to.submitted.position),
        from => {
            let from = history.version(&from.to_string())?;
            let until = from.submitted.position.max(to.submitted.position);
            (from.reply.clone(), until)
        }
    };
    // The later revision has all that the earlier one asked.
    let later = match earlier.settled_revision() > to.reply.settled_revision() {
        true => &earlier,
        false => &to.reply,
    };
    let form = services.desk.form_of_reply(later, AskedAt::Now).await?;
    let found = versions::differences(&form, &earlier, &to.reply);

    let codes: Vec<&str> = found.iter().map(|found| found.question).collect();
    let (mut before, redacted) = shown_answers(services, caller, &earlier, &codes).await?;
    let (mut after, redaction) = shown_answers(services, caller, &to.reply, &codes).await?;
    let whole = versions::files(None, &earlier.files, &to.reply.files);
    let all = found.iter().flat_map(|found| &found.files).chain(&whole);
    let words = words_of(services, caller, all.map(|(_, file)| *file)).await?;
    let questions = found.iter().map(|found| AnswerDifference {
        question: found.question.to_owned(),
        answer: found.answer.map(|change| change.to_string()),
        from: before.remove(found.question),
        to: after.remove(found.question),
        files: files(&found.files, &words),
    });
    let mut needs = VersionNeeds::read(services, caller, id, until).await?;
    let sees = needs.sees.clone();
    let (was, is) = (&earlier.needs, &to.reply.needs);
    let removed = needs.take(was.difference(is)).into_iter();
    let added = needs.take(is.difference(was)).into_iter();
    let changed = removed.map(|need| (Change::Removed, need));
    let changed = changed.chain(added.map(|need| (Change::Added, need)));
    let changed = changed.map(|(change, need)| NeedDifference {
        change: change.to_string(),
        need,
    });
    let collection = services.collection(to.reply.collection, None).await?;
    let view = VersionDifferences {
        reply: id.0,
        from,
        to: to.version,
        questions: questions.collect(),
        files: files(&whole, &words),
        needs: changed.collect(),
        notices: collection_notices(&collection, lookup.languages()),
    };
    let redaction = redacted.max(redaction).max(words.changed);
    let reader = history.sight.tagged(lookup.reader());
    let reader = reader.words(redaction.max(needs.words)).seeing(&sees);
    let position = to.submitted.position;
    Ok(lookup.answer(&Tag::Resource(position, reader), &view))
}

/// The reply with nothing in it.
fn blank(reply: &Reply) -> Reply {
    let mut blank = reply.clone();
    blank.answers = AnswerMap::default();
    blank.flags = AnswerMap::default();
    blank.comments = AnswerMap::default();
    blank.files.clear();
    blank.needs.clear();
    blank
}

fn files(found: &[(Change, &ReplyFileAttached)], words: &StoredWords) -> Vec<FileDifference> {
    let found = found.iter().map(|(change, file)| FileDifference {
        change: change.to_string(),
        file: FileView::from_file(file, words),
    });
    found.collect()
}
