//! Needs as they arrive.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::handling::body::present_member;
use crate::http::handling::word_input::NewWords;
use crate::http::problem::Problem;
use domain::need::{NeedChanges, NeedParticulars, Obstacle, Urgency};
use domain::phrase::{Phrase, expected};
use event_log::NewContent;

/// A need.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewNeed {
    /// The code of the category that it is about; a category, a standard, or both.
    #[schema(example = "I")]
    category: Option<String>,
    /// The code of the standard that it is about.
    #[schema(example = "bangkok-rules")]
    standard: Option<String>,
    /// The code of its type, from the list of types.
    #[serde(rename = "type")]
    #[schema(example = "legislation")]
    kind: String,
    /// low, medium, high, immediate
    urgency: Urgency,
    /// What is needed, in one's own words.
    description: NewWords,
    /// The obstacle that help would remove.
    #[schema(value_type = Option<ObstacleShape>)]
    obstacle: Option<NewObstacle>,
}

/// An obstacle: one of the two.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(min_properties = 1, max_properties = 1)]
pub struct ObstacleShape {
    /// Beside a reply: the code of a question under the heading of difficulties.
    question: Option<String>,
    /// Words.
    words: Option<NewWords>,
}

/// An obstacle as it is sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "ObstacleShape")]
enum NewObstacle {
    Question(String),
    Words(NewWords),
}

impl TryFrom<ObstacleShape> for NewObstacle {
    type Error = Phrase;

    fn try_from(shape: ObstacleShape) -> Result<Self, Self::Error> {
        match (shape.question, shape.words) {
            (Some(code), None) => Ok(Self::Question(code)),
            (None, Some(words)) => Ok(Self::Words(words)),
            _ => Err(expected::ONE_NAMED.codes(["question", "words"])),
        }
    }
}

impl NewObstacle {
    fn store(&self, contents: &mut Vec<NewContent>) -> Result<Obstacle, Problem> {
        Ok(match self {
            Self::Question(code) => Obstacle::Question(code.clone()),
            Self::Words(words) => Obstacle::Words(words.as_answer(contents)?),
        })
    }
}

impl NewNeed {
    /// What it says, its words set beside the log.
    pub(in crate::http) fn store(
        &self,
        contents: &mut Vec<NewContent>,
    ) -> Result<NeedParticulars, Problem> {
        Ok(NeedParticulars {
            category: self.category.clone(),
            standard: self.standard.clone(),
            kind: self.kind.clone(),
            types_version: 0,
            urgency: self.urgency,
            description: Some(self.description.as_answer(contents)?),
            obstacle: match &self.obstacle {
                Some(obstacle) => Some(obstacle.store(contents)?),
                None => None,
            },
        })
    }
}

/// What of a draft is to change: what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct EditNeed {
    /// The category's code; null: none.
    #[serde(default, deserialize_with = "present_member")]
    #[schema(value_type = Option<String>)]
    category: Option<Option<String>>,
    /// The standard's code; null: none.
    #[serde(default, deserialize_with = "present_member")]
    #[schema(value_type = Option<String>)]
    standard: Option<Option<String>>,
    /// The type's code.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// low, medium, high, immediate
    urgency: Option<Urgency>,
    /// What is needed.
    description: Option<NewWords>,
    /// The obstacle; null: none.
    #[serde(default, deserialize_with = "present_member")]
    #[schema(value_type = Option<ObstacleShape>)]
    obstacle: Option<Option<NewObstacle>>,
}

impl EditNeed {
    /// The changes, their words set beside the log.
    pub(in crate::http) fn store(
        &self,
        contents: &mut Vec<NewContent>,
    ) -> Result<NeedChanges, Problem> {
        Ok(NeedChanges {
            category: self.category.clone(),
            standard: self.standard.clone(),
            kind: self.kind.clone(),
            urgency: self.urgency,
            description: match &self.description {
                Some(words) => Some(words.as_answer(contents)?),
                None => None,
            },
            obstacle: match &self.obstacle {
                Some(Some(obstacle)) => Some(Some(obstacle.store(contents)?)),
                Some(None) => Some(None),
                None => None,
            },
        })
    }
}
