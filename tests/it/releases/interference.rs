//! Two worlds with one history, which differ in nothing but what was never consented to: whatever the public asks, it is told
//! the same.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::play::Play;

/// Ids, times and hashes in the order in which they first appear, so that those of two worlds can be compared.
#[derive(Default)]
struct NumberedNames(BTreeMap<String, usize>);

impl NumberedNames {
    /// A text with its ids and hashes numbered, and its times left out.
    fn numbered(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if let Some(id) = rest.get(..36).filter(|id| is_id(id)) {
                let next = self.0.len();
                let number = *self.0.entry(id.to_owned()).or_insert(next);
                let _ = write!(out, "<id {number}>");
                rest = &rest[36..];
            } else if let Some(length) = time(rest) {
                out.push_str("<time>");
                rest = &rest[length..];
            } else {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        out
    }
}

fn is_id(text: &str) -> bool {
    text.char_indices().all(|(place, character)| match place {
        8 | 13 | 18 | 23 => character == '-',
        _ => character.is_ascii_hexdigit(),
    })
}

/// How long the time is with which a text begins, if it does.
fn time(text: &str) -> Option<usize> {
    let begins = text
        .get(..19)?
        .char_indices()
        .all(|(place, character)| match place {
            4 | 7 => character == '-',
            10 => character == 'T',
            13 | 16 => character == ':',
            _ => character.is_ascii_digit(),
        });
    let rest = text
        .find(|character: char| !character.is_ascii_alphanumeric() && !"-:.".contains(character));
    begins.then(|| rest.unwrap_or(text.len()))
}

/// Every address at which somebody without credentials could learn something of a collection's replies.
async fn addresses(play: &Play) -> Vec<String> {
    let collection = format!("/v1/collections/{}", play.collection);
    let mut paths = vec![
        "/v1/collections".to_owned(),
        collection.clone(),
        "/v1/reports".to_owned(),
    ];
    let head = play.world.head().await;
    let at = |path: String| {
        // As of now, and as of every few positions of the history.
        let past = (play.began..=head).rev().step_by(7);
        let past: Vec<String> = past
            .map(|position| format!("{path}as_of={position}"))
            .collect();
        [path].into_iter().chain(past)
    };
    for by in ["none", "regional_group", "region"] {
        paths.extend(at(format!("{collection}/participation?group_by={by}&")));
        for question in ["A1", "A3", "D1"] {
            let tally = format!("{collection}/tallies?group_by={by}&question={question}&");
            paths.extend(
                (1..=play.releases.len()).map(|release| format!("{tally}release={release}")),
            );
            paths.extend(at(tally));
        }
    }
    paths.extend(at(format!("{collection}/replies?")));
    let numbers = 1..=play.releases.len() + 1;
    paths.extend(numbers.map(|number| format!("{collection}/releases/{number}")));
    paths.extend([
        format!("{collection}/releases"),
        format!("{collection}/invitations"),
    ]);
    paths.push(format!("/v1/timelines/{}", play.collection));
    for reply in play.replies() {
        let path = format!("/v1/replies/{reply}");
        paths.extend(at(format!("{path}?")).chain(at(format!("{path}/answers?"))));
        for more in [
            "/versions",
            "/versions/1",
            "/versions/2",
            "/versions/2/differences",
            "/files",
            "/publication",
        ] {
            paths.push(format!("{path}{more}"));
        }
        paths.push(format!("/v1/timelines/{reply}"));
    }
    let listed = play.world.get("/v1/reports").expect(200).await;
    for report in listed["items"].as_array().unwrap() {
        let path = format!("/v1/reports/{}", report["id"].as_str().unwrap());
        paths.extend(["", "/body", "/page"].map(|more| format!("{path}{more}")));
        paths.push(format!("/v1/timelines/{}", report["id"].as_str().unwrap()));
    }
    paths
}

/// What is answered at every address: the status, the entity tag, the body.
async fn told(play: &Play) -> Vec<String> {
    let mut names = NumberedNames::default();
    let mut told = Vec::new();
    for path in addresses(play).await {
        let answer = play.world.get(&path).send().await;
        let tag = answer
            .headers
            .get("etag")
            .map(|tag| tag.to_str().unwrap().to_owned());
        let said = format!("{path}\n{} {tag:?}\n{}", answer.status, answer.nameless());
        told.push(names.numbered(&said));
    }
    told
}

#[tokio::test]
async fn answers_that_were_never_consented_to_change_nothing_that_the_public_is_told() {
    let (one, other) = (
        Play::on("consenting", 0).await,
        Play::on("consenting", 1).await,
    );
    let differ = one
        .answers
        .iter()
        .filter(|(of, answer)| other.answers[*of] != **answer);
    let differ: Vec<_> = differ.map(|(of, _)| *of).collect();
    let secrets = one.answers.keys().filter(|of| !one.consented.contains(*of));
    assert_eq!(
        differ,
        secrets.copied().collect::<Vec<_>>(),
        "all secrets differ, and nothing else"
    );
    let (told, otherwise) = (told(&one).await, told(&other).await);
    assert_eq!(told.len(), otherwise.len());
    for (one, other) in told.iter().zip(&otherwise) {
        assert_eq!(one, other);
    }
    let shown = |status: &str| told.iter().filter(|said| said.contains(status)).count();
    assert_eq!(shown("\n429 "), 0, "nothing is left unsaid");
    let shown = (shown("\n200 "), told.len());
    assert!(shown.0 > 90, "it is told something: {shown:?}");
}
