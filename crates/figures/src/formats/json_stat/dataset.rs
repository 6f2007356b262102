//! What stands before the values of a JSON-stat dataset.

use std::collections::HashSet;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Dimension;
use crate::formats::described::{DescribedAsOf, DescribedAsked, DescribedNotices};
use crate::formats::layout::free_name;
use crate::{Category, Head, ValueType};

/// The code of the dimension that tells measures apart.
const METRIC: &str = "measure";

/// The dimension that several measures are.
pub(super) struct Metric {
    /// Its code.
    pub code: String,
    label: String,
    /// The measures.
    categories: Vec<Category>,
}

impl Metric {
    /// None where there is one measure.
    pub fn new(head: &Head, measures: &[usize], label: String) -> Option<Self> {
        if measures.len() < 2 {
            return None;
        }
        let mut taken: HashSet<String> = head.columns.iter().map(|it| it.code.clone()).collect();
        let columns = measures.iter().filter_map(|place| head.columns.get(*place));
        let category = |column: &crate::Column| Category {
            code: column.code.as_str().into(),
            label: column.label.clone(),
        };
        Some(Self {
            code: free_name(METRIC, &mut taken),
            label,
            categories: columns.map(category).collect(),
        })
    }
}

#[derive(Serialize)]
pub(super) struct Dataset<'a> {
    version: &'static str,
    class: &'static str,
    label: &'a str,
    source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    note: Vec<&'a str>,
    id: Vec<&'a str>,
    size: Vec<usize>,
    role: Roles<'a>,
    dimension: Dimensions<'a>,
    extension: Extension<'a>,
}

impl<'a> Dataset<'a> {
    pub fn of(
        head: &'a Head,
        dimensions: &'a [Dimension],
        metric: Option<&'a Metric>,
        status: Option<usize>,
    ) -> Self {
        let columns = dimensions
            .iter()
            .filter_map(|it| head.columns.get(it.column));
        let is_time = |values: &ValueType| matches!(values, ValueType::Date | ValueType::Time);
        let times = columns.clone().filter(|column| is_time(&column.values));
        let metrics = columns.clone().map(|column| &*column.code);
        let metrics = metrics.filter(|code| metric.is_none() && *code == METRIC);
        let own = columns.map(|column| (&*column.code, &*column.label, column.categories()));
        let metric_dimension = metric.map(|it| (&*it.code, &*it.label, &*it.categories));
        let all: Vec<_> = own.chain(metric_dimension).collect();
        let status = status.and_then(|place| head.columns.get(place));
        Self {
            version: "2.0",
            class: "dataset",
            label: &head.title,
            source: &head.source,
            updated: head.as_of.time.as_deref(),
            note: head.notices.iter().map(|notice| &*notice.text).collect(),
            id: all.iter().map(|(code, _, _)| *code).collect(),
            size: all
                .iter()
                .map(|(_, _, categories)| categories.len())
                .collect(),
            role: Roles {
                time: times.map(|column| &*column.code).collect(),
                metric: metrics.chain(metric.map(|metric| &*metric.code)).collect(),
            },
            dimension: Dimensions(all),
            extension: Extension {
                lang: &head.lang,
                as_of: DescribedAsOf::of(&head.as_of),
                asked: DescribedAsked(&head.asked),
                notices: DescribedNotices(&head.notices),
                status: status.map(|column| Labels {
                    label: ByCode(column.categories()),
                }),
            },
        }
    }
}

#[derive(Serialize)]
struct Roles<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    time: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    metric: Vec<&'a str>,
}

/// Code, label and categories of each.
struct Dimensions<'a>(Vec<(&'a str, &'a str, &'a [Category])>);

impl Serialize for Dimensions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct WrittenDimension<'a> {
            label: &'a str,
            category: WrittenCategories<'a>,
        }
        #[derive(Serialize)]
        struct WrittenCategories<'a> {
            index: Vec<&'a str>,
            label: ByCode<'a>,
        }
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (code, label, categories) in &self.0 {
            let category = WrittenCategories {
                index: categories.iter().map(|category| &*category.code).collect(),
                label: ByCode(categories),
            };
            map.serialize_entry(code, &WrittenDimension { label, category })?;
        }
        map.end()
    }
}

/// What codes are called.
struct ByCode<'a>(&'a [Category]);

impl Serialize for ByCode<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|it| (&*it.code, &it.label)))
    }
}

#[derive(Serialize)]
struct Extension<'a> {
    lang: &'a str,
    as_of: DescribedAsOf<'a>,
    asked: DescribedAsked<'a>,
    notices: DescribedNotices<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Labels<'a>>,
}

#[derive(Serialize)]
struct Labels<'a> {
    label: ByCode<'a>,
}
