//! What ICU4X writes each language with, made once from the data.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::LazyLock;

use domain::Lang;
use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_list::ListFormatter;
use icu_locale_core::{Locale, locale};
use icu_plurals::PluralRules;
use icu_provider_blob::BlobDataProvider;

static DATA: &[u8] = include_bytes!("../data/six.postcard");

/// Those of one language.
pub struct Formatters {
    pub plurals: PluralRules,
    pub decimals: DecimalFormatter,
    pub days: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    pub months: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    pub list_and: ListFormatter,
    pub list_or: ListFormatter,
}

/// How CLDR's languages are written where the United Nations writes one of its own.
const fn of_cldr(lang: Lang) -> Locale {
    match lang {
        // Latin digits, as CLDR has them for most of the Arab States: figures can be copied into a spreadsheet, a search or
        // another language's text, and stand in a row with what is not translated.
        Lang::Ar => locale!("ar-u-nu-latn"),
        Lang::Zh => locale!("zh"),
        // "29 November 2026", no comma before "and".
        Lang::En => locale!("en-GB"),
        Lang::Fr => locale!("fr"),
        Lang::Ru => locale!("ru"),
        // Spanish at large groups with dots in Spain and Argentina, and has a dot for its decimal mark in Mexico, so half of
        // its readers would misread 12.345 a thousandfold. Costa Rica groups with spaces, as the Academies recommend.
        Lang::Es => locale!("es-CR"),
    }
}

impl Formatters {
    /// Those of a language, which the data has.
    fn load(lang: Lang) -> Result<Self, Box<dyn Error>> {
        let data = BlobDataProvider::try_new_from_static_blob(DATA)?;
        let locale = of_cldr(lang);
        Ok(Self {
            plurals: PluralRules::try_new_cardinal_with_buffer_provider(&data, (&locale).into())?,
            decimals: DecimalFormatter::try_new_with_buffer_provider(
                &data,
                (&locale).into(),
                Default::default(),
            )?,
            days: FixedCalendarDateTimeFormatter::try_new_with_buffer_provider(
                &data,
                (&locale).into(),
                YMD::long(),
            )?,
            months: FixedCalendarDateTimeFormatter::try_new_with_buffer_provider(
                &data,
                (&locale).into(),
                YM::long(),
            )?,
            list_and: ListFormatter::try_new_and_with_buffer_provider(
                &data,
                (&locale).into(),
                Default::default(),
            )?,
            list_or: ListFormatter::try_new_or_with_buffer_provider(
                &data,
                (&locale).into(),
                Default::default(),
            )?,
        })
    }
}

/// Those of a language. There are some for each: a test loads the data too.
pub fn of(lang: Lang) -> Option<&'static Formatters> {
    static ALL: LazyLock<BTreeMap<Lang, Formatters>> = LazyLock::new(|| {
        let all = Lang::ALL.iter();
        all.filter_map(|lang| Some((*lang, Formatters::load(*lang).ok()?)))
            .collect()
    });
    ALL.get(&lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_has_every_language() {
        for lang in Lang::ALL {
            Formatters::load(*lang).unwrap_or_else(|error| panic!("{lang}: {error}"));
        }
    }
}
