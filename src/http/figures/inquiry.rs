//! What is asked of replies, as parameters say it.

use std::collections::BTreeSet;
use std::str::FromStr;

use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::figures::standing::{FigureSource, Standing};
use crate::http::problem::Problem;
use crate::written;
use ::figures::aggregates::{Attribute, Extent, Filter, FilterFault, Inquiry};
use domain::Lang;
use domain::fault::Codes;
use domain::party::PartyKind;
use domain::phrase::{Phrase, expected};

/// Which replies, and in which groups.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InquiryParameters {
    /// none (if left out), regional_group, region, sub_region, kind, party
    #[param(value_type = Option<written::AttributeGrouping>, inline)]
    group_by: Option<String>,
    /// Kinds of parties, joined by commas; member_state, if left out: other sources are never counted with them.
    #[param(value_type = Option<written::PartyKinds>, inline, example = "member_state")]
    kinds: Option<String>,
    /// Conditions that all must hold, joined by commas: of what parties carry (`regional_group:african|weog`), and of what they
    /// answered (`A1:yes`, `A2>=10`, `A3:not_available|blank`).
    #[param(example = "regional_group:african|weog,A1:yes")]
    filter: Option<String>,
    /// A release by its number, as the public sees it. Left out, the Secretariat sees all, and others the newest.
    #[param(value_type = Option<u64>, maximum = 4294967295_i64)]
    pub release: Option<String>,
}

impl InquiryParameters {
    /// What is asked, as far as it may be of what the figure stands on.
    ///
    /// # Errors
    /// `bad_parameter`, `filter_unknown_name`, `filter_unknown_value`, `breakdown_not_released`.
    pub fn read<'f>(
        &self,
        source: &'f FigureSource,
        languages: &'f [Lang],
    ) -> Result<Inquiry<'f>, Problem> {
        let group_by = match self.group_by.as_deref() {
            None | Some("none") => None,
            Some(asked) => Some(attribute(asked)?),
        };
        let kinds = self.kinds.as_deref().map_or_else(
            || Ok(BTreeSet::from([PartyKind::MemberState])),
            |asked| asked.split(',').map(kind).collect(),
        )?;
        let filter = self.filter.as_deref().unwrap_or_default();
        let filter = Filter::read(filter, &source.form).map_err(|fault| problem(fault, filter))?;
        // How many replied is public by regional group and by region. What is finer could single out a State that consented to nothing.
        let is_coarse = matches!(
            group_by,
            None | Some(Attribute::RegionalGroup | Attribute::Region | Attribute::Kind)
        );
        let is_public = !matches!(source.standing, Standing::Unreleased);
        let inquiry = Inquiry {
            group_by,
            is_of_countable: is_public && !(is_coarse && filter.is_empty()),
            filter,
            kinds,
            extent: source.standing.extent(),
            languages,
        };
        allow(&inquiry, source.standing)?;
        Ok(inquiry)
    }
}

/// Refuses what released figures on all are kept from.
fn allow(inquiry: &Inquiry<'_>, standing: Standing) -> Result<(), Problem> {
    if standing.extent() == Extent::Whole {
        return Ok(());
    }
    if let Some(group_by) = inquiry.group_by
        && group_by != Attribute::RegionalGroup
    {
        standing.allow(group_by.as_str())?;
    }
    if !inquiry.filter.is_empty() {
        standing.allow("filter")?;
    }
    if inquiry.kinds != BTreeSet::from([PartyKind::MemberState]) {
        standing.allow("kinds")?;
    }
    Ok(())
}

fn attribute(asked: &str) -> Result<Attribute, Problem> {
    Attribute::from_str(asked).map_err(|_| {
        let codes = ["none"].iter().chain(Attribute::CODES).copied();
        Problem::bad_parameter("group_by", expected::ONE_OF.codes(codes), asked)
    })
}

fn kind(asked: &str) -> Result<PartyKind, Problem> {
    PartyKind::from_str(asked).map_err(|_| {
        let codes = expected::ONE_OF.codes(PartyKind::CODES.iter().copied());
        Problem::bad_parameter("kinds", codes, asked)
    })
}

fn problem(fault: FilterFault, filter: &str) -> Problem {
    match fault {
        FilterFault::Malformed(_) => Problem::bad_parameter("filter", expected::FILTER, filter),
        FilterFault::UnknownName(name) => {
            Problem::new("filter_unknown_name").arg("name", name).words(
                "attributes",
                Phrase::codes_if_any(Attribute::CODES.iter().copied()),
            )
        }
        FilterFault::UnknownValue { name, value, known } => Problem::new("filter_unknown_value")
            .arg("name", name)
            .arg("value", value)
            .words(
                "known",
                Phrase::codes_if_any(known.iter().map(String::as_str)),
            ),
    }
}
