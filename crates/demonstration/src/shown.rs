//! What the demonstration shows when it is ready: for people, or as one line of JSON.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::play::{PlayResult, REFERENCE};
use super::tokens::Mint;

/// Tokens that are shown, made at this start.
pub struct ReadyTokens {
    /// The Secretariat's officer.
    pub secretariat: String,
    /// The focal point of Finland.
    pub finland: String,
    /// The focal point of Thailand.
    pub thailand: String,
}

impl ReadyTokens {
    /// Makes them.
    ///
    /// # Errors
    /// The database does not answer, or refuses.
    pub async fn mint(mint: &Mint<'_>) -> sqlx::Result<Self> {
        Ok(Self {
            secretariat: mint.officer().await?,
            finland: mint.focal_point("FIN").await?,
            thailand: mint.focal_point("THA").await?,
        })
    }
}

/// What of the participation is shown.
#[derive(Deserialize)]
pub struct Participation {
    denominator: Denominator,
    replied: u64,
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Denominator {
    invited: u64,
}

#[derive(Deserialize)]
struct Group {
    label: String,
    invited: u64,
    replied: u64,
}

#[derive(Serialize)]
struct Line<'a> {
    url: &'a str,
    collection: Uuid,
    instrument: Uuid,
    tokens: LineTokens<'a>,
}

#[derive(Serialize)]
struct LineTokens<'a> {
    secretariat: &'a str,
    focal_points: BTreeMap<&'static str, &'a str>,
}

/// A demonstration that is ready.
pub struct ReadyDemonstration {
    /// Where the API is.
    pub url: String,
    /// What was played.
    pub played: PlayResult,
    /// The link by which a browser comes in as a focal point, where there is one.
    pub link: Option<String>,
    /// Tokens to try it with.
    pub tokens: ReadyTokens,
    /// Who replied.
    pub participation: Participation,
    /// Finland's reply.
    pub finland: Uuid,
}

/// The replies to a collection, as they are listed.
#[derive(Deserialize)]
pub struct Replies {
    items: Vec<Reply>,
}

#[derive(Deserialize)]
struct Reply {
    id: Uuid,
    code: String,
}

impl Replies {
    /// The reply of the party with this code.
    pub fn of_party(&self, code: &str) -> Option<Uuid> {
        let found = self.items.iter().find(|reply| reply.code == code);
        found.map(|reply| reply.id)
    }
}

impl ReadyDemonstration {
    /// One line for programs.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub fn json(&self) -> serde_json::Result<String> {
        let line = Line {
            url: &self.url,
            collection: self.played.collection,
            instrument: self.played.instrument,
            tokens: LineTokens {
                secretariat: &self.tokens.secretariat,
                focal_points: BTreeMap::from([
                    ("FIN", self.tokens.finland.as_str()),
                    ("THA", self.tokens.thailand.as_str()),
                ]),
            },
        };
        Ok(serde_json::to_string(&line)? + "\n")
    }

    /// Words for people. `token` is the command that makes another token, as it is typed.
    pub fn words(&self, token: &str) -> String {
        let url = &self.url;
        let mut out = format!(
            "\nThe demonstration is ready at {url}\n\n\
             Played: the note verbale {REFERENCE} of 8 March 2011 on the treatment of prisoners. Who replied is real\n\
             (UNODC/CCPCJ/EG.6/2012/CRP.1); the instrument is a sample, and every answer is made up. Around it, in samples:\n\
             the whole of resolution 2004/28, from the meeting of experts to the report; two whole questionnaires, one on legal aid and\n\
             one of figures by year; and work of every kind that is open.\n\n"
        );
        for group in &self.participation.groups {
            row(&mut out, &group.label, group.replied, group.invited);
        }
        let Participation {
            denominator,
            replied,
            ..
        } = &self.participation;
        row(&mut out, "Member States", *replied, denominator.invited);
        let tokens = &self.tokens;
        if let Some(link) = &self.link {
            let _ = write!(
                out,
                "\nAnswer a questionnaire on legal aid in a browser, as the focal point of Poland (the link opens once)\n  {link}\n"
            );
        }
        let _ = write!(
            out,
            "\nLook at\n  {url}/       how far the resolution is, and who replied\n  {url}/docs/  every request, to try in the browser\n  \
             {url}/v1/mandates/2004-28  how far each paragraph of the resolution is\n\
             \nTokens of this start\n  Secretariat officer      {}\n  Focal point of Finland   {}\n  \
             Focal point of Thailand  {}\n\
             \nFour commands to try, in another terminal (with `| jq` behind them if you have it)\n",
            tokens.secretariat, tokens.finland, tokens.thailand
        );
        for (what, command) in self.commands() {
            let _ = write!(out, "\n# {what}\n{command}\n");
        }
        let _ = write!(
            out,
            "\nTo answer for a State that has not replied yet, Sweden for example, make a token for it:\n{token}\n\
             \nCtrl-C stops the server and its database. The next start replays nothing and makes fresh tokens.\n"
        );
        out
    }

    /// Four requests that show what there is; each works as it is typed.
    fn commands(&self) -> [(&'static str, String); 4] {
        let url = &self.url;
        let collection = self.played.collection;
        let finland = self.finland;
        let as_who = |token: &str| format!("-H 'Authorization: Bearer {token}' \\\n  ");
        [
            (
                "Who replied? That is public. Add ?as_of= and a time or a position to see it as it was then.",
                format!("curl -s '{url}/v1/collections/{collection}/participation'"),
            ),
            (
                "What did they answer to question A1? Released figures are public; they count the States that consent to publication.",
                format!("curl -s '{url}/v1/collections/{collection}/tallies?question=A1'"),
            ),
            (
                "Finland reads its own reply (made up, like every other). With Thailand's token the same request finds nothing.",
                format!(
                    "curl -s {}'{url}/v1/replies/{finland}/answers'",
                    as_who(&self.tokens.finland)
                ),
            ),
            (
                "Finland makes mistakes: every one is named, with its place in the request.",
                format!(
                    "curl -s {}-X PATCH -H 'Content-Type: application/json' \\\n  \
                     -d '{{\"answers\": {{\"A1\": {{\"value\": \"perhaps\"}}, \"B5\": {{\"value\": 12.5}}, \
                     \"Z9\": {{\"value\": 1}}}}}}' \\\n  '{url}/v1/replies/{finland}/answers'",
                    as_who(&self.tokens.finland)
                ),
            ),
        ]
    }
}

fn row(out: &mut String, label: &str, replied: u64, invited: u64) {
    let _ = writeln!(out, "  {label:<36} {replied:>3} of {invited:>3}");
}
