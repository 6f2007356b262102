//! Notices in the answers to commands: what the core says of what was recorded, in the reader's language.

use jiff::Timestamp;

use crate::http::handling::notice_view::NoticeView;
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::Lang;
use domain::notice::CommandNotice;

/// Notices, for a reader of these languages.
pub(in crate::http) fn notices_for_reader(
    notices: impl IntoIterator<Item = CommandNotice>,
    languages: &[Lang],
) -> Vec<NoticeView> {
    let notices = notices.into_iter().map(|notice| {
        let args = notice.args.iter();
        let args: Vec<_> = args.map(|(name, value)| (*name, value.as_str())).collect();
        NoticeView::new(notice.code, languages, &args)
    });
    notices.collect()
}

/// When what a command did was recorded; none where it did nothing.
pub(in crate::http) async fn recorded_time(
    services: &Services,
    as_of: Option<u64>,
) -> Result<Option<Timestamp>, Problem> {
    let Some(position) = as_of else {
        return Ok(None);
    };
    let head = services.log().at(position).await?;
    Ok(head.and_then(|head| head.time))
}
