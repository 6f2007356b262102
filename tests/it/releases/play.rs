//! A history of replies, consents and releases, in which some answers are never consented to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::support::{World, item_where, opening, said};

/// What can be answered to A1, and what a tally of D1 tells apart.
pub const VALUES: [(&str, &[&str]); 2] = [
    ("A", &["yes", "in_part", "no", "not_available"]),
    ("D", &["answered", "not_available", "blank"]),
];
/// Who is asked. Kenya is alone in its regional group, and Poland in its; Canada is alone in its region.
pub const STATES: [&str; 8] = ["KEN", "FIN", "SWE", "CAN", "POL", "BRA", "ARG", "MEX"];

/// A version of a reply: of whom, and which.
pub type Version = (&'static str, u32);
/// Who is counted in a release, by section.
pub type CountedVersions = BTreeMap<&'static str, BTreeSet<Version>>;

/// The history as it was played, and what its players know.
pub struct Play {
    pub world: World,
    pub collection: String,
    /// The position at which it was open.
    pub began: u64,
    /// What was answered, by version and section: a place in [`VALUES`].
    pub answers: BTreeMap<(Version, &'static str), usize>,
    /// What was consented to at any time.
    pub consented: BTreeSet<(Version, &'static str)>,
    /// Of each release who has replied, and who consented.
    pub releases: Vec<(BTreeSet<Version>, CountedVersions)>,
    /// What anybody has read in published replies at any time: a place in [`VALUES`].
    pub published: BTreeMap<(Version, &'static str), usize>,
    /// Each State's reply, its focal point's token, and how many versions it has.
    replies: BTreeMap<&'static str, (String, String)>,
    versions: BTreeMap<&'static str, u32>,
    /// The versions that stand.
    replied: BTreeSet<Version>,
    /// What is consented to: of versions that were replaced too, as long as it is ever since.
    lasting: BTreeSet<(Version, &'static str)>,
    /// What is known in every variant.
    open: BTreeSet<(Version, &'static str)>,
    /// Whatever is not is answered according to this.
    variant: usize,
    basis: String,
    slots: usize,
}

const BOTH: [&str; 2] = ["A", "D"];

impl Play {
    /// Plays it in a world of its own, for figures that stand on `basis`. What was never consented to is answered differently
    /// in each variant, and all else alike.
    pub async fn on(basis: &str, variant: usize) -> Self {
        let world = World::new().await;
        let instrument = world.approved_instrument().await;
        let parties = [STATES.as_slice(), &["VAT"]].concat();
        let mut new = opening(&instrument, "2999-12-31", &json!({ "parties": parties }));
        new["basis"] = json!(basis);
        let opened = world.post("/v1/collections").token(&world.officer);
        let opened = opened.json(&new).expect(201).await;
        let mut play = Self {
            began: world.head().await,
            world,
            collection: opened["id"].as_str().unwrap().to_owned(),
            answers: BTreeMap::new(),
            consented: BTreeSet::new(),
            releases: Vec::new(),
            published: BTreeMap::new(),
            replies: BTreeMap::new(),
            versions: BTreeMap::new(),
            replied: BTreeSet::new(),
            lasting: BTreeSet::new(),
            open: BTreeSet::new(),
            variant,
            basis: basis.to_owned(),
            slots: 0,
        };
        play.act().await;
        play
    }

    async fn act(&mut self) {
        // Sections that will be consented to sooner or later are open in both variants; the others are secrets.
        self.submit("KEN", &[], &[]).await;
        self.submit("FIN", &["A"], &["A"]).await;
        self.submit("SWE", &[], &[]).await;
        self.submit("CAN", &[], &[]).await;
        self.submit("POL", &BOTH, &BOTH).await;
        self.submit("BRA", &BOTH, &BOTH).await;
        self.submit("ARG", &["D"], &["D"]).await;
        self.observer().await;
        self.release(None).await;

        // Kenya consents to its second version, and Finland to no part of its second, at first.
        self.submit("KEN", &BOTH, &BOTH).await;
        self.submit("FIN", &["D"], &[]).await;
        self.consent("BRA", &[]).await;
        self.amendment("SWE").await;
        self.release(None).await;

        // Of Argentina's second version nothing is consented to; Brazil gives its consent again, and Canada never does.
        self.submit("ARG", &[], &[]).await;
        self.consent("FIN", &["D"]).await;
        self.submit("MEX", &["A"], &["A"]).await;
        let before = self.world.head().await;
        let then = self.standing();
        self.consent("BRA", &BOTH).await;
        self.consent("POL", &["A"]).await;
        self.submit("CAN", &[], &[]).await;
        // As of a position of before: Poland's section D is not consented to any more, and Brazil's sections were not yet.
        self.release(Some((before, then))).await;
        self.submit("SWE", &["A"], &["A"]).await;
        let before = self.world.head().await;
        let then = self.standing();
        self.withdraw("MEX").await;

        // Mexico replies anew, and Sweden's consent lapses between two versions: as of a position of before, nothing of what
        // was withdrawn or lapsed counts.
        self.submit("MEX", &BOTH, &BOTH).await;
        self.submit("SWE", &[], &[]).await;
        self.submit("SWE", &BOTH, &BOTH).await;
        self.release(Some((before, then))).await;
        self.release(None).await;
        self.consent("BRA", &[]).await;
        self.report().await;
        self.read().await;
    }

    /// Submits a reply, or its next version. These sections are known in all variants, and those consented to.
    async fn submit(
        &mut self,
        code: &'static str,
        open: &[&'static str],
        consent: &[&'static str],
    ) {
        let number = self.versions.get(code).copied().unwrap_or(0) + 1;
        let version = (code, number);
        self.open
            .extend(open.iter().map(|section| (version, *section)));
        let chosen = VALUES.map(|(section, values)| {
            self.slots += 1;
            // What is known is by its turn alone; a secret is another in each variant.
            let by = self.by(version, section);
            // A blank would be an event less, which is told by the positions of all others.
            let values = if section == "D" { 2 } else { values.len() };
            ((version, section), (self.slots + by * 3) % values)
        });
        self.answers.extend(chosen);
        let answers = self.said(version);
        let (reply, token) = self.begin(code).await;
        let patch = self.world.patch(&format!("/v1/replies/{reply}/answers"));
        patch.token(&token).json(&answers).expect(200).await;
        let submission = json!({"publication": publication(consent)});
        let post = self.world.post(&format!("/v1/replies/{reply}/submission"));
        post.token(&token).json(&submission).expect(201).await;
        self.versions.insert(code, number);
        self.replied.retain(|(of, _)| *of != code);
        self.replied.insert(version);
        self.consents_to(code, consent);
    }

    /// The reply, open for changes, and its focal point's token.
    async fn begin(&mut self, code: &'static str) -> (String, String) {
        if let Some((reply, token)) = self.replies.get(code).cloned() {
            let amendment = self.world.post(&format!("/v1/replies/{reply}/amendment"));
            let begun = amendment.token(&token).send().await;
            assert!([201, 409].contains(&begun.status), "{begun:?}");
            return (reply, token);
        }
        let token = self.world.focal_point(code).await;
        let reply = self.world.reply(&self.collection, &token).await;
        self.replies.insert(code, (reply.clone(), token.clone()));
        (reply, token)
    }

    fn by(&self, version: Version, section: &'static str) -> usize {
        if self.open.contains(&(version, section)) {
            0
        } else {
            self.variant
        }
    }

    fn said(&self, version: Version) -> Value {
        let value = |section| {
            VALUES.iter().find(|(of, _)| *of == section).unwrap().1
                [self.answers[&(version, section)]]
        };
        let a = match value("A") {
            "not_available" => json!({"not_available": true}),
            choice => json!({ "value": choice }),
        };
        let d = match value("D") {
            "answered" => {
                json!({"value": said(&format!("Words of {version:?}, {}.", self.by(version, "D")))})
            }
            _ => json!({"not_available": true}),
        };
        // A3 is new in each version, so that each is saved by one event.
        let number = 10 * version.1 as usize + self.by(version, "A");
        json!({"answers": {"A1": a, "A3": {"value": number}, "D1": d}})
    }

    /// An amendment that is never submitted as it is.
    async fn amendment(&mut self, code: &'static str) {
        let (reply, token) = self.begin(code).await;
        let drafted = json!({"answers": {"A3": {"value": 900 + self.variant}}});
        let patch = self.world.patch(&format!("/v1/replies/{reply}/answers"));
        patch.token(&token).json(&drafted).expect(200).await;
    }

    /// Somebody who is never counted.
    async fn observer(&mut self) {
        let token = self.world.focal_point("VAT").await;
        let value = VALUES[0].1[self.variant];
        let answers = json!({"A1": {"value": value}});
        let reply = self
            .world
            .submitted(&self.collection, &token, answers)
            .await;
        self.replies.insert("VAT", (reply, token));
    }

    async fn consent(&mut self, code: &'static str, sections: &[&'static str]) {
        let (reply, token) = &self.replies[code];
        let put = self.world.put(&format!("/v1/replies/{reply}/publication"));
        let body = json!({"publication": publication(sections)});
        put.token(token).json(&body).expect(200).await;
        self.consents_to(code, sections);
    }

    fn consents_to(&mut self, code: &'static str, sections: &[&'static str]) {
        let last = (code, self.versions[code]);
        let of_this = |(version, section): &(Version, &'static str)| {
            version.0 != code || (*version != last && sections.contains(section))
        };
        self.lasting.retain(of_this);
        let given = sections.iter().map(|section| (last, *section));
        self.lasting.extend(given.clone());
        self.consented.extend(given);
    }

    async fn withdraw(&mut self, code: &'static str) {
        let (reply, token) = &self.replies[code];
        let post = self.world.post(&format!("/v1/replies/{reply}/withdrawal"));
        let why = json!({"reason": said("We reconsider.")});
        post.token(token).json(&why).expect(201).await;
        self.replied.retain(|(of, _)| *of != code);
        self.lasting.retain(|((of, _), _)| *of != code);
    }

    /// Who has replied, and whose sections are consented to.
    fn standing(&self) -> (BTreeSet<Version>, CountedVersions) {
        let counted = BOTH.map(|section| {
            let consents = |version: &Version| self.lasting.contains(&(*version, section));
            let counted = self.replied.iter().copied().filter(consents);
            (section, counted.collect())
        });
        (self.replied.clone(), counted.into())
    }

    /// Releases what stands now; or what stood at a position, as far as it is still consented to.
    async fn release(&mut self, then: Option<(u64, (BTreeSet<Version>, CountedVersions))>) {
        // Those on all need newly counted replies, of which there are enough for one.
        if self.basis == "all" && !self.releases.is_empty() {
            return;
        }
        let path = format!("/v1/collections/{}/releases", self.collection);
        let post = self.world.post(&path).token(&self.world.officer);
        let (replied, counted) = match then {
            None => {
                post.expect(201).await;
                self.standing()
            }
            Some((position, (replied, mut counted))) => {
                post.json(&json!({ "as_of": position })).expect(201).await;
                for (section, counted) in &mut counted {
                    counted.retain(|version| self.lasting.contains(&(*version, *section)));
                }
                (replied, counted)
            }
        };
        self.releases.push((replied, counted));
        self.read().await;
    }

    /// What anybody reads in published replies now, as of now and of each release.
    async fn read(&mut self) {
        let path = format!("/v1/collections/{}", self.collection);
        let releases = self
            .world
            .get(&format!("{path}/releases"))
            .expect(200)
            .await;
        let releases = releases["items"].as_array().unwrap().iter();
        let past = releases.map(|release| release["as_of"]["position"].as_u64().unwrap());
        let now = self.world.head().await;
        for position in past.chain([now]).collect::<Vec<u64>>() {
            let listed = format!("{path}/replies?as_of={position}");
            let listed = self.world.get(&listed).expect(200).await;
            for row in listed["items"].as_array().unwrap() {
                let code = STATES.iter().find(|code| row["code"] == **code);
                let code = code.expect("an observer consents to nothing");
                let version = u32::try_from(row["submitted_version"].as_u64().unwrap()).unwrap();
                let reply = row["id"].as_str().unwrap();
                let answers = format!("/v1/replies/{reply}/answers?as_of={position}");
                let answers = self.world.get(&answers).expect(200).await;
                let read = VALUES.iter().filter_map(|(section, values)| {
                    let answer = &answers["answers"][format!("{section}1")];
                    let said = match (&answer["value"], &answer["not_available"]) {
                        (_, Value::Bool(true)) => "not_available",
                        (Value::String(choice), _) => choice,
                        (Value::Object(_), _) => "answered",
                        _ => return None,
                    };
                    let place = values.iter().position(|value| *value == said).unwrap();
                    Some((((*code, version), *section), place))
                });
                self.published.extend(read);
            }
        }
    }

    /// A report on it, which cites what is consented to and what is not.
    async fn report(&mut self) {
        let report = self.world.report(&[&self.collection], &[]).await;
        let compile = self.world.post(&format!("{report}/compilation"));
        compile.token(&self.world.officer).expect(200).await;
        let cited =
            |code: &str, question| json!({"reply": self.replies[code].0, "question": question});
        let rests_on = [
            cited("KEN", "A1"),
            cited("SWE", "A1"),
            cited("FIN", "D1"),
            cited("FIN", "A1"),
        ];
        for heading in ["application", "difficulties", "assistance", "practices"] {
            let words = json!({"text": format!("On {heading}."), "rests_on": rests_on});
            self.world.narrative(&report, heading, "en", &words).await;
        }
        let session = self.world.session(15).await;
        self.world.publish(&report, &session).await;
    }

    /// The reply of each party that has one.
    pub fn replies(&self) -> impl Iterator<Item = &String> {
        self.replies.values().map(|(reply, _)| reply)
    }

    /// A tally of a release, as anybody reads it.
    pub async fn tally(&self, section: &str, release: usize, by: &str) -> Value {
        let asked = format!("question={section}1&release={release}&group_by={by}");
        let path = format!("/v1/collections/{}/tallies?{asked}", self.collection);
        self.world.get(&path).expect(200).await
    }

    /// How many have replied as of a position, by group.
    pub async fn participation(&self, as_of: &Value, by: &str) -> BTreeMap<String, u64> {
        let asked = format!("group_by={by}&as_of={}", as_of["position"]);
        let path = format!("/v1/collections/{}/participation?{asked}", self.collection);
        let told = self.world.get(&path).expect(200).await;
        let groups = told["groups"].as_array().unwrap().iter();
        let groups = groups.map(|group| {
            let code = group["group"].as_str().unwrap().to_owned();
            (code, group["replied"].as_u64().unwrap())
        });
        groups.collect()
    }

    /// Which group each State is in.
    pub async fn groups(&self, by: &str) -> BTreeMap<&'static str, String> {
        let mut groups = BTreeMap::new();
        for code in STATES {
            let party = self
                .world
                .get(&format!("/v1/parties/{code}"))
                .expect(200)
                .await;
            groups.insert(code, party[by].as_str().unwrap().to_owned());
        }
        groups
    }
}

fn publication(sections: &[&str]) -> Value {
    match sections {
        [] => Value::Null,
        some => json!({ "sections": some }),
    }
}

/// How often each value is counted in a cell, and of how many replies.
pub fn counts(section: &str, cell: &Value) -> (Vec<u32>, u32, u32) {
    let count = |of: &Value| u32::try_from(of.as_u64().unwrap()).unwrap();
    let base = &cell["base"];
    let values = VALUES.iter().find(|(of, _)| *of == section).unwrap().1;
    let counts = values.iter().map(|value| match (section, *value) {
        ("A", "not_available") | ("D", _) => count(&base[*value]),
        (_, option) => count(&item_where(&cell["options"], "value", option)["count"]),
    });
    (
        counts.collect(),
        count(&base["counted"]),
        count(&base["replied"]),
    )
}
