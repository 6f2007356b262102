use super::*;

/// A State as the lists of States have it.
#[derive(Deserialize)]
struct Named {
    iso3: String,
    name_en: String,
    name_fr: String,
    name_es: String,
    name_ru: String,
}

fn states() -> Vec<Named> {
    let lists = [
        include_str!("../../../../data/reference/member_states.csv"),
        include_str!("../../../../data/reference/observer_states.csv"),
    ];
    let rows = lists.map(|list| {
        let mut reader = csv::Reader::from_reader(list.as_bytes());
        reader.deserialize().map(Result::unwrap).collect::<Vec<_>>()
    });
    rows.into_iter().flatten().collect()
}

/// The words of a name or a phrase, whatever its apostrophes.
fn words(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect()
}

/// The words that the phrase has, or the name in parentheses, beside those of the name.
fn are_particles(lang: Lang, words: &[&str]) -> bool {
    let particles: &[&str] = match lang {
        Lang::En => &["of", "the"],
        Lang::Fr => &["de", "du", "des", "d", "la", "l"],
        Lang::Es => &["de", "del", "la", "las", "los", "el"],
        _ => &[],
    };
    words.iter().all(|word| particles.contains(word))
}

/// What of `all` is not among `those`, each as often as it is there.
fn without<'a>(all: &[&'a str], those: &[&str]) -> Vec<&'a str> {
    let mut those = those.to_vec();
    let mut left = all.to_vec();
    left.retain(|word| match those.iter().position(|other| other == word) {
        Some(at) => {
            those.remove(at);
            false
        }
        None => true,
    });
    left
}

#[test]
fn every_state_has_its_phrases_and_nobody_else() {
    let mut listed: Vec<String> = states().into_iter().map(|state| state.iso3).collect();
    let mut found: Vec<String> = rows().unwrap().into_iter().map(|row| row.code).collect();
    assert_eq!(listed.len(), 195);
    listed.sort();
    found.sort();
    assert_eq!(listed, found);
    for code in &listed {
        for lang in Lang::ALL {
            let has = of(*lang, code).is_some_and(|phrase| !phrase.trim().is_empty());
            assert_eq!(
                has,
                !matches!(lang, Lang::Ar | Lang::Zh),
                "{code} in {lang}"
            );
        }
    }
    assert_eq!(of(Lang::Fr, "XXX"), None);
}

#[test]
fn a_phrase_is_the_name_with_particles() {
    for state in states() {
        let names = [
            (Lang::En, &state.name_en),
            (Lang::Fr, &state.name_fr),
            (Lang::Es, &state.name_es),
        ];
        for (lang, name) in names {
            let phrase = of(lang, &state.iso3).unwrap();
            let (phrase_words, name_words) = (words(phrase), words(name));
            let same = are_particles(lang, &without(&phrase_words, &name_words))
                && are_particles(lang, &without(&name_words, &phrase_words));
            assert!(same, "{phrase:?} is not {name:?}");
            assert!(
                !phrase.contains('\''),
                "{phrase:?} has a straight apostrophe"
            );
            let first = phrase_words[0];
            assert!(are_particles(lang, &[first]), "{phrase:?}");
        }
    }
}

#[test]
fn french_elides_before_vowels_and_contracts() {
    let vowels = "AEIOUÉÈÊÎ";
    for row in rows().unwrap() {
        let phrase = row.of_fr;
        for wrong in ["de le ", "de les ", "de des ", "de du "] {
            assert!(!phrase.starts_with(wrong), "{phrase}");
        }
        let bare = ["de la ", "de ", "du "];
        if let Some(name) = bare.iter().find_map(|start| phrase.strip_prefix(start)) {
            let name = name.trim_start_matches("l’");
            let elided = phrase.contains("l’");
            assert_eq!(
                name.starts_with(|first| vowels.contains(first)),
                elided,
                "{phrase}"
            );
        }
    }
}

#[test]
fn a_russian_phrase_shares_the_stems_of_the_name() {
    for state in states() {
        let phrase = of(Lang::Ru, &state.iso3).unwrap();
        let name = words(&state.name_ru);
        let phrase_words = words(phrase);
        assert_eq!(name.len(), phrase_words.len(), "{phrase}");
        for word in name {
            // All but the ending, of which four letters say enough: Египет loses a vowel before it.
            let length = word.chars().count();
            let stem: String = word
                .chars()
                .take(length.saturating_sub(2).clamp(length.min(2), 4))
                .collect();
            let shares = phrase_words.iter().any(|other| other.starts_with(&stem));
            assert!(shares, "{phrase:?} has nothing of {word:?}");
        }
    }
}

#[test]
fn phrases_read_as_they_are_said() {
    for (lang, code, phrase) in [
        (Lang::En, "NLD", "of the Kingdom of the Netherlands"),
        (Lang::En, "FRA", "of France"),
        (Lang::En, "GMB", "of the Gambia"),
        (Lang::Fr, "FRA", "de la France"),
        (Lang::Fr, "BRA", "du Brésil"),
        (Lang::Fr, "USA", "des États-Unis d’Amérique"),
        (Lang::Fr, "HTI", "d’Haïti"),
        (Lang::Fr, "DEU", "de l’Allemagne"),
        (Lang::Fr, "IRN", "de la République islamique d’Iran"),
        (Lang::Es, "FRA", "de Francia"),
        (Lang::Es, "PER", "del Perú"),
        (Lang::Es, "SLV", "de El Salvador"),
        (Lang::Es, "NLD", "del Reino de los Países Bajos"),
        (Lang::Ru, "FRA", "Франции"),
        (Lang::Ru, "NLD", "Королевства Нидерландов"),
        (Lang::Ru, "ISR", "Израиля"),
    ] {
        assert_eq!(of(lang, code), Some(phrase));
    }
}
