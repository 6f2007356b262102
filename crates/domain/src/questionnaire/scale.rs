//! Options as people see them, and the standard scale of the instruments.

use std::sync::LazyLock;

use super::types::OptionList;
use super::{Choice, Lang, Texts};

code_enum! {
    /// A scale that many questions share.
    pub enum Scale as "AnswerScale" {
        /// Yes; yes, in part; no.
        YesInPartNo = "yes_in_part_no",
    }
}

/// An option as it is shown: what is stored for it and what people read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OptionView<'a> {
    /// What is stored.
    pub value: &'a str,
    /// What people read.
    pub label: &'a Texts,
}

impl<'a> From<&'a Choice> for OptionView<'a> {
    fn from(choice: &'a Choice) -> Self {
        Self {
            value: &choice.value,
            label: &choice.label,
        }
    }
}

impl Scale {
    /// Its options, in order, with labels in the six languages.
    pub fn choices(self) -> &'static OptionList {
        match self {
            Self::YesInPartNo => &YES_IN_PART_NO,
        }
    }

    /// The same, as they are shown.
    pub fn options(self) -> Vec<OptionView<'static>> {
        self.choices().iter().map(OptionView::from).collect()
    }
}

static YES_IN_PART_NO: LazyLock<OptionList> = LazyLock::new(|| {
    OptionList::from_iter([
        choice("yes", ["نعم", "是", "Yes", "Oui", "Да", "Sí"]),
        choice(
            "in_part",
            [
                "نعم، جزئياً",
                "部分是",
                "Yes, in part",
                "Oui, en partie",
                "Да, частично",
                "Sí, en parte",
            ],
        ),
        choice("no", ["لا", "否", "No", "Non", "Нет", "No"]),
    ])
});

/// A choice whose labels come in the order of [`Lang::ALL`].
fn choice(value: &str, labels: [&str; 6]) -> Choice {
    let label = Lang::ALL.iter().copied().zip(labels).collect();
    Choice::plain(value.to_owned(), label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_speaks_every_language() {
        for option in Scale::YesInPartNo.options() {
            assert_eq!(option.label.languages().count(), Lang::ALL.len());
        }
        let in_part = Scale::YesInPartNo.options()[1];
        assert_eq!(
            (in_part.value, in_part.label.get(Lang::Fr)),
            ("in_part", Some("Oui, en partie"))
        );
    }
}
