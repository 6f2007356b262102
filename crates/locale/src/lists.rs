//! Lists in a sentence.

use domain::Lang;
use icu_list::ListFormatter;

use crate::formatters::{self, Formatters};

/// What is listed, all of it: `France, Peru and Spain`.
pub fn list_and<T: AsRef<str>>(lang: Lang, listed: &[T]) -> String {
    written(lang, listed, |of| &of.list_and)
}

/// What is listed, one of it: `France, Peru or Spain`.
pub fn list_or<T: AsRef<str>>(lang: Lang, listed: &[T]) -> String {
    written(lang, listed, |of| &of.list_or)
}

fn written<T: AsRef<str>>(
    lang: Lang,
    listed: &[T],
    formatter: fn(&Formatters) -> &ListFormatter,
) -> String {
    let listed: Vec<&str> = listed.iter().map(AsRef::as_ref).collect();
    match formatters::of(lang) {
        Some(of) => formatter(of).format_to_string(listed.iter()),
        None => listed.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_joined_as_the_language_joins() {
        let listed = ["1", "2", "3"];
        for (lang, and, or) in [
            (Lang::Ar, "1 و2 و3", "1 أو 2 أو 3"),
            (Lang::Zh, "1、2和3", "1、2或3"),
            (Lang::En, "1, 2 and 3", "1, 2 or 3"),
            (Lang::Fr, "1, 2 et 3", "1, 2 ou 3"),
            (Lang::Ru, "1, 2 и 3", "1, 2 или 3"),
            (Lang::Es, "1, 2 y 3", "1, 2 o 3"),
        ] {
            assert_eq!(list_and(lang, &listed), and);
            assert_eq!(list_or(lang, &listed), or);
            assert_eq!(list_and(lang, &["1"]), "1");
            assert_eq!(list_and::<&str>(lang, &[]), "");
        }
    }

    #[test]
    fn spanish_avoids_the_same_vowel_twice() {
        let states = ["España", "Italia"].map(str::to_owned);
        assert_eq!(list_and(Lang::Es, &states), "España e Italia");
        assert_eq!(list_or(Lang::Es, &["Perú", "Omán"]), "Perú u Omán");
    }
}
