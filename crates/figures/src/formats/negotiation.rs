//! In which format a table is wanted: `format=`, or else `Accept` (RFC 9110, section 12.5.1).

use super::Format;

/// No format that a table is offered in is wanted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not offered as {asked:?}; what there is: {}", codes(.offered))]
pub struct Unacceptable {
    /// What was asked for: the parameter, or the header.
    pub asked: String,
    /// What there is.
    pub offered: Vec<Format>,
}

fn codes(offered: &[Format]) -> String {
    let codes: Vec<&str> = offered.iter().map(|format| format.as_str()).collect();
    codes.join(", ")
}

/// How well a range of media types names a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Anything,
    AnySubtype,
    MediaType,
    Profile,
}

/// One range of `Accept`.
struct MediaRange<'a> {
    media_type: &'a str,
    profile: Option<&'a str>,
    /// In thousandths.
    quality: u16,
}

impl Format {
    /// The format that is wanted of those that are offered. The parameter wins. Of what `Accept` takes, it is what it likes best, then what
    /// it names most closely, then JSON, then what is offered first: so a browser, which names neither, is given JSON.
    pub fn negotiate(
        parameter: Option<&str>,
        accept: Option<&str>,
        offered: &[Self],
    ) -> Result<Self, Unacceptable> {
        let accept = accept.map(str::trim).filter(|accept| !accept.is_empty());
        let found = match (parameter, accept) {
            (Some(code), _) => code.parse().ok().filter(|format| offered.contains(format)),
            (None, None) => by_preference(offered).next(),
            (None, Some(accept)) => accepted(accept, offered),
        };
        found.ok_or_else(|| Unacceptable {
            asked: parameter.or(accept).unwrap_or_default().to_owned(),
            offered: offered.to_vec(),
        })
    }

    /// The media types by which it is asked for, the registered or usual one first.
    const fn asked_as(self) -> &'static [&'static str] {
        match self {
            Self::Json | Self::JsonStat => &["application/json"],
            Self::JsonLines => &[
                "application/jsonl",
                "application/x-ndjson",
                "application/x-jsonlines",
            ],
            Self::Csv => &["text/csv"],
            Self::Xlsx => &["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
            Self::Parquet => &["application/vnd.apache.parquet", "application/x-parquet"],
        }
    }

    fn fit(self, range: &MediaRange<'_>) -> Option<Fit> {
        let is_json_stat = range.profile.is_some_and(|it| it.contains("json-stat.org"));
        let names = |media_type: &&str| media_type.eq_ignore_ascii_case(range.media_type);
        if self.asked_as().iter().any(names) {
            return match (self, is_json_stat) {
                (Self::JsonStat, true) => Some(Fit::Profile),
                (_, true) => None,
                (_, false) => Some(Fit::MediaType),
            };
        }
        let (main, subtype) = range.media_type.split_once('/')?;
        let own = self.asked_as().first().and_then(|it| it.split_once('/'));
        match (main, subtype) {
            ("*", "*") => Some(Fit::Anything),
            (main, "*") if own.is_some_and(|(own, _)| own.eq_ignore_ascii_case(main)) => {
                Some(Fit::AnySubtype)
            }
            _ => None,
        }
    }
}

fn by_preference(offered: &[Format]) -> impl Iterator<Item = Format> {
    let is_json = |format: &&Format| **format == Format::Json;
    let (json, others) = (
        offered.iter().filter(is_json),
        offered.iter().filter(move |format| !is_json(format)),
    );
    json.chain(others).copied()
}

fn accepted(accept: &str, offered: &[Format]) -> Option<Format> {
    let ranges: Vec<MediaRange<'_>> = accept.split(',').filter_map(media_range).collect();
    let mut best = None;
    for format in by_preference(offered) {
        let fits = ranges
            .iter()
            .filter_map(|range| Some((format.fit(range)?, range.quality)));
        // What names it most closely says how much it is liked.
        let Some((fit, quality)) = fits.max() else {
            continue;
        };
        if quality > 0 && best.is_none_or(|(liked, _)| (quality, fit) > liked) {
            best = Some(((quality, fit), format));
        }
    }
    best.map(|(_, format)| format)
}

fn media_range(written: &str) -> Option<MediaRange<'_>> {
    let mut parts = written.split(';').map(str::trim);
    let media_type = parts.next().filter(|media_type| media_type.contains('/'))?;
    let (mut profile, mut quality) = (None, 1000);
    for part in parts {
        let Some((name, value)) = part.split_once('=') else {
            continue;
        };
        match name.trim() {
            name if name.eq_ignore_ascii_case("q") => quality = thousandths(value.trim())?,
            name if name.eq_ignore_ascii_case("profile") => profile = Some(value.trim()),
            _ => {}
        }
    }
    Some(MediaRange {
        media_type,
        profile,
        quality,
    })
}

/// `0.8` is 800. What is not a quality makes its range none.
fn thousandths(quality: &str) -> Option<u16> {
    let (whole, places) = quality.split_once('.').unwrap_or((quality, ""));
    let is_digits = places.len() <= 3 && places.bytes().all(|digit| digit.is_ascii_digit());
    match whole {
        "0" if is_digits => format!("{places:0<3}").parse().ok(),
        "1" if is_digits && places.bytes().all(|digit| digit == b'0') => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Format::{Csv, Json, JsonLines, JsonStat, Parquet, Xlsx};
    use super::*;

    const FIREFOX: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    const CHROME: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7";

    #[test]
    fn the_format_that_is_wanted_is_found() {
        let stat = "application/json; profile=\"https://json-stat.org/format/\"";
        for (parameter, accept, wanted) in [
            (None, None, Json),
            (None, Some(""), Json),
            (Some("csv"), None, Csv),
            (Some("csv"), Some("application/json"), Csv),
            (Some("json-stat"), Some(FIREFOX), JsonStat),
            (None, Some(FIREFOX), Json),
            (None, Some(CHROME), Json),
            (None, Some("*/*"), Json),
            (None, Some("application/*"), Json),
            (None, Some("text/*"), Csv),
            (None, Some("TEXT/CSV"), Csv),
            (None, Some("text/csv; charset=utf-8"), Csv),
            (None, Some("text/csv, */*"), Csv),
            (None, Some("text/csv;q=0.5, */*"), Json),
            (None, Some("text/csv;q=0.5, application/json;q=0.4"), Csv),
            // By its media type JSON-stat is JSON: neither is wanted.
            (None, Some("application/json;q=0, */*;q=0.1"), JsonLines),
            (
                None,
                Some("application/json;q=0, application/*, text/csv;q=0.001"),
                JsonLines,
            ),
            (None, Some("application/vnd.apache.parquet"), Parquet),
            (None, Some("application/x-ndjson"), JsonLines),
            (None, Some(Xlsx.media_type()), Xlsx),
            (None, Some(stat), JsonStat),
            (None, Some("application/json;charset=utf-8"), Json),
            (None, Some("text/html;q=x, text/csv;q=0.2, */*;q=oops"), Csv),
        ] {
            let found = Format::negotiate(parameter, accept, &Format::ALL);
            assert_eq!(found, Ok(wanted), "{parameter:?} {accept:?}");
        }
    }

    #[test]
    fn what_is_not_offered_is_told_with_what_there_is() {
        for (parameter, accept, asked) in [
            (Some("tsv"), None, "tsv"),
            (Some(""), Some("*/*"), ""),
            (Some("xlsx"), Some("text/csv"), "xlsx"),
            (None, Some("text/html"), "text/html"),
            (None, Some("image/*"), "image/*"),
            (None, Some("text/csv;q=0"), "text/csv;q=0"),
            (None, Some("nonsense"), "nonsense"),
        ] {
            let refusal = Format::negotiate(parameter, accept, &[Csv, Json]).unwrap_err();
            assert_eq!(refusal.asked, asked);
            assert_eq!(
                refusal.to_string(),
                format!("it is not offered as {asked:?}; what there is: csv, json")
            );
        }
        assert!(Format::negotiate(None, None, &[]).is_err());
    }

    #[test]
    fn json_is_given_where_it_is_offered_at_all() {
        assert_eq!(Format::negotiate(None, None, &[Csv, Json]), Ok(Json));
        assert_eq!(Format::negotiate(None, None, &[Parquet, Csv]), Ok(Parquet));
        assert_eq!(
            Format::negotiate(None, Some("application/json"), &[JsonStat]),
            Ok(JsonStat)
        );
    }
}
