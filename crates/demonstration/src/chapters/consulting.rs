//! Forwarding a revision for comments, and what becomes of them.

use serde_json::{Value, json};

use super::sample::{REWORDED, Sample};
use super::{Stage, said, until};

/// All four audiences of the resolution.
const AUDIENCES: [&str; 5] = [
    "member_state",
    "igo",
    "ngo",
    "programme_institute",
    "un_entity",
];

/// A comment, made up.
pub struct Comment {
    /// Whose.
    pub party: &'static str,
    /// In which language.
    pub lang: &'static str,
    /// On what.
    pub on: fn() -> Value,
    /// What it says.
    pub text: &'static str,
    /// What becomes of it, and why.
    disposition: (&'static str, &'static str),
    /// Whether it proposes the wording that the next revision has.
    proposes: bool,
}

fn on_the_whole() -> Value {
    json!({"instrument": true})
}

fn on_the_question() -> Value {
    json!({"question": REWORDED})
}

fn on_the_difficulties() -> Value {
    json!({"section": "D"})
}

/// What the parties say of each instrument.
pub const COMMENTS: [Comment; 5] = [
    Comment {
        party: "FIN",
        lang: "en",
        on: on_the_question,
        text: "[Made up] The question is too narrow; a wording is proposed.",
        disposition: ("accepted", "[Made up] The wording is better."),
        proposes: true,
    },
    Comment {
        party: "BEL",
        lang: "fr",
        on: on_the_difficulties,
        text: "[Inventé] Il faudrait distinguer les difficultés de droit et de fait.",
        disposition: (
            "not_accepted",
            "[Made up] One free text leaves room for both.",
        ),
        proposes: false,
    },
    Comment {
        party: "MEX",
        lang: "es",
        on: on_the_whole,
        text: "[Inventado] El cuestionario debería ser más breve.",
        disposition: ("noted", "[Made up] It has five questions."),
        proposes: false,
    },
    Comment {
        party: "SAMPLE-NGO",
        lang: "en",
        on: on_the_whole,
        text: "[Made up] Other sources should be able to contribute as well.",
        disposition: (
            "noted",
            "[Made up] They can, apart from the replies of States.",
        ),
        proposes: false,
    },
    Comment {
        party: "SAMPLE-INSTITUTE",
        lang: "fr",
        on: on_the_question,
        text: "[Inventé] La question devrait être plus précise.",
        disposition: (
            "accepted_in_part",
            "[Made up] As the wording proposed by another party has it.",
        ),
        proposes: false,
    },
];

/// A revision that was forwarded.
pub struct Consultation<'a> {
    /// What it is called in keys.
    pub key: &'a str,
    /// Its id.
    pub id: String,
    /// The instrument.
    pub instrument: &'a str,
    /// Until when comments are expected.
    until: String,
}

impl<'a> Consultation<'a> {
    /// Forwards an instrument's first revision to all four audiences.
    pub async fn open(
        stage: &Stage<'_>,
        key: &'a str,
        instrument: &'a str,
        reference: &str,
        days: [impl ToString; 2],
    ) -> anyhow::Result<Self> {
        let [opened_on, deadline] = days.map(|day| day.to_string());
        let new = json!({"instrument": instrument, "revision": 1, "reference": reference,
                         "opened_on": opened_on, "deadline": until(&deadline),
                         "audiences": AUDIENCES});
        let opened = format!("demo/{key}/consultation");
        let id = stage.make(&opened, "/v1/consultations", &new);
        Ok(Self {
            id: id.await?,
            key,
            instrument,
            until: deadline,
        })
    }

    /// A party comments; answers the comment's id.
    pub async fn comment(
        &self,
        stage: &Stage<'_>,
        comment: &Comment,
        sample: &Sample,
    ) -> anyhow::Result<String> {
        let mut body = json!({"on": (comment.on)(), "lang": comment.lang, "text": comment.text});
        if comment.proposes {
            body["wording"] = sample.revised[comment.lang].clone();
        }
        let key = format!("demo/{}/comment/{}", self.key, comment.party);
        let path = format!("/v1/consultations/{}/comments", self.id);
        let party = stage.focal_point(comment.party).await?;
        Ok(party.make(&key, &path, &body).await?)
    }

    /// All comment; each comment gets its disposition; what is accepted is taken up by the second revision; all may read
    /// that.
    pub async fn taken_up(&self, stage: &Stage<'_>, sample: &Sample) -> anyhow::Result<()> {
        let mut comments = Vec::new();
        for comment in &COMMENTS {
            comments.push((self.comment(stage, comment, sample).await?, comment));
        }
        let key = format!("demo/{}", self.key);
        let closure = format!("/v1/consultations/{}/closure", self.id);
        stage
            .post(&format!("{key}/consultation/closure"), &closure, &json!({}))
            .await?;
        let mut taken_up = Vec::new();
        for (id, comment) in &comments {
            let (disposition, reason) = comment.disposition;
            let body = json!({"disposition": disposition, "reason": said(reason, "en")});
            let path = format!("/v1/comments/{id}/disposition");
            let key = format!("{key}/disposition/{}", comment.party);
            stage.post(&key, &path, &body).await?;
            if disposition.starts_with("accepted") {
                taken_up.push(id);
            }
        }
        let path = format!("/v1/instruments/{}", self.instrument);
        let draft = sample.reworded();
        stage
            .put(&format!("{key}/draft/2"), &format!("{path}/draft"), &draft)
            .await?;
        let revision = json!({"takes_up": taken_up});
        stage
            .post(
                &format!("{key}/revision/2"),
                &format!("{path}/revisions"),
                &revision,
            )
            .await?;
        let path = format!("/v1/consultations/{}/publication", self.id);
        let key = format!("{key}/consultation/publication");
        stage.post(&key, &path, &json!({"on": self.until})).await
    }
}
