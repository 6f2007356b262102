//! Consent to publication, as it is given and shown.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::problem::Problem;
use domain::fault::pointer;
use domain::phrase::{Phrase, expected};
use domain::questionnaire::JsonTrue;
use domain::reply::Consent;

/// What a party consents to have published: one of the two.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(min_properties = 1, max_properties = 1)]
pub struct ConsentShape {
    /// `true`: every section.
    all: Option<bool>,
    /// The codes of some sections.
    #[schema(value_type = Option<BTreeSet<String>>, example = json!(["A", "D"]))]
    sections: Option<Vec<String>>,
}

/// Consent as it is sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "ConsentShape")]
pub struct ConsentInput {
    /// What is consented to.
    pub consent: Consent,
    /// The sections in the order of the list.
    order: Vec<String>,
}

impl ConsentInput {
    /// The same problem. The core names a section by its code, since consent is to a set of them; a caller finds it by its
    /// place in the list, at `list` of the body.
    pub fn remap_sections(given: Option<&Self>, list: &str, problem: Problem) -> Problem {
        let order = given.map_or(&[][..], |given| &given.order);
        problem.remap_pointers(|at| {
            let index = order.iter().position(|code| pointer(list, code) == at)?;
            Some(pointer(list, index))
        })
    }
}

impl TryFrom<ConsentShape> for ConsentInput {
    type Error = Phrase;

    fn try_from(shape: ConsentShape) -> Result<Self, Self::Error> {
        let (consent, order) = match (shape.all, shape.sections) {
            (Some(true), None) => (Consent::All(JsonTrue), Vec::new()),
            (None, Some(order)) => {
                let sections = order.iter().cloned().collect();
                (Consent::Sections(sections), order)
            }
            _ => return Err(expected::ONE_NAMED.codes(["all", "sections"])),
        };
        Ok(Self { consent, order })
    }
}
