//! What a random history is made of: steps, and the contents that they bring.

mod assisting;
mod meetings;
mod needs;
mod reporting;

use domain::questionnaire::{Answer, Change, Extent, Flags, Form, Questionnaire, parse};
use domain::reply::Consent;
use domain::{ContentId, ContentRef};
use event_log::NewContent;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::questionnaire;

pub use assisting::AssistanceStep;
pub use meetings::{DOCUMENTS, DocumentStep, MEETINGS, MeetingStep};
pub use needs::{NeedOrigin, NeedStep};
pub use reporting::{REPORTS, ReportStep};

/// How many of each there can be; numbers in steps are taken modulo these.
pub const PARTIES: usize = 5;
pub const INSTRUMENTS: usize = 3;
pub const COLLECTIONS: usize = 2;
/// How many things can become of a reply.
pub const LIVES: usize = 15;
pub const GROUPS: [Option<&str>; 3] = [Some("african"), Some("weog"), None];
const QUESTIONS: [&str; 10] = [
    "A1", "A2", "A3", "A4", "A5", "A6", "D1", "G1.kind", "G1.soon", "G1.words",
];

/// Something that somebody wants.
#[derive(Clone, Debug)]
pub enum Step {
    Register(usize, usize),
    Regroup(usize, usize),
    Draft(usize),
    SaveDraft(usize, usize),
    /// The draft of an instrument is translated.
    Word(usize),
    Revise(usize),
    /// The draft corrects what is approved.
    CorrectRevision(usize),
    Approve(usize, u32),
    /// What happens to a meeting.
    Meet(usize, MeetingStep),
    /// What happens to a document.
    File(usize, DocumentStep),
    /// Of the classification, a version that does this.
    Classify(usize),
    /// What happens to a report.
    Report(usize, ReportStep),
    /// A reply's words are translated, or a translation is withdrawn.
    Translate(usize, usize, bool),
    /// Of an instrument, its first consultation.
    Consult(usize, Consult),
    /// In an instrument's first consultation, a party's only comment.
    Say(usize, usize, CommentStep),
    /// Of an instrument, a revision before a meeting.
    Take(usize, u32, PresentationStep),
    Open(usize, usize, u32, Vec<usize>),
    Invite(usize, Vec<usize>),
    Close(usize),
    Reopen(usize),
    Start(usize, usize),
    Save(usize, usize, Vec<(usize, usize)>),
    Attach(usize, usize),
    RemoveFile(usize, usize),
    Redact(usize, usize),
    Submit(usize, usize, usize),
    DecidePublication(usize, usize, usize),
    /// The Secretariat enters a party's reply.
    Enter(usize, usize),
    /// A reply is reviewed, amended, withdrawn: by number, what.
    Live(usize, usize, usize),
    /// All parties of a collection, or one, have more time.
    Extend(usize, Option<usize>, u32),
    Remind(usize, Vec<usize>),
    /// A collection of an instrument asks this revision from now on.
    Correct(usize, usize, u32),
    Release(usize),
    /// What happens to a need.
    Need(NeedOrigin, NeedStep),
    /// What happens to contributions, projects, materials and requests.
    Assist(AssistanceStep),
    /// A version of the list of types of needs.
    NeedTypes(usize),
    /// In a collection, for a party: a change of its delegation, about a person.
    Delegate(usize, usize, usize, usize),
}

/// What happens to a consultation.
#[derive(Clone, Debug)]
pub enum Consult {
    Open(u32, Vec<usize>),
    Ask(Vec<usize>),
    Extend(u8),
    Close,
    Reopen,
    Publish,
    /// For a party, a person comments from now on, or no more.
    Commenter(usize, usize, bool),
}

/// What happens to a comment.
#[derive(Clone, Debug)]
pub enum CommentStep {
    Make(usize),
    Correct(usize),
    Withdraw,
    Dispose(usize),
}

/// What becomes of a revision.
#[derive(Clone, Copy, Debug)]
pub enum PresentationStep {
    Present,
    Approve,
    Return,
    Withdraw,
}

fn consult() -> impl Strategy<Value = Consult> {
    let parties = || vec(0..PARTIES, 0..4);
    prop_oneof![
        2 => (1..3_u32, parties()).prop_map(|(revision, parties)| Consult::Open(revision, parties)),
        2 => parties().prop_map(Consult::Ask),
        2 => (1..12_u8).prop_map(Consult::Extend),
        1 => Just(Consult::Close),
        3 => Just(Consult::Reopen),
        1 => Just(Consult::Publish),
    ]
}

fn said() -> impl Strategy<Value = CommentStep> {
    prop_oneof![
        4 => (0..3_usize).prop_map(CommentStep::Make),
        3 => (0..3_usize).prop_map(CommentStep::Correct),
        1 => Just(CommentStep::Withdraw),
        2 => (0..4_usize).prop_map(CommentStep::Dispose),
    ]
}

fn taken() -> impl Strategy<Value = PresentationStep> {
    prop_oneof![
        4 => Just(PresentationStep::Present),
        1 => Just(PresentationStep::Approve),
        3 => Just(PresentationStep::Return),
        1 => Just(PresentationStep::Withdraw),
    ]
}

/// Steps; those of one group are wanted at the same time, so that they meet in the writer's batches.
pub fn histories() -> impl Strategy<Value = Vec<Vec<Step>>> {
    use Step::*;
    let [party, instrument, collection] = [0..PARTIES, 0..INSTRUMENTS, 0..COLLECTIONS];
    let parties = vec(0..PARTIES, 0..4);
    let answers = vec((0..QUESTIONS.len(), 0..5_usize), 1..8);
    let revision = 1..3_u32;
    let step = prop_oneof![
        1 => (party.clone(), 0..3_usize).prop_map(|(party, group)| Register(party, group)),
        2 => (party.clone(), 0..3_usize).prop_map(|(party, group)| Regroup(party, group)),
        1 => instrument.clone().prop_map(Draft),
        1 => (instrument.clone(), 0..3_usize).prop_map(|(instrument, variant)| SaveDraft(instrument, variant)),
        1 => instrument.clone().prop_map(Revise),
        1 => instrument.clone().prop_map(CorrectRevision),
        1 => (collection.clone(), instrument.clone(), 1..4_u32)
            .prop_map(|(collection, instrument, revision)| Correct(collection, instrument, revision)),
        1 => (instrument.clone(), revision.clone()).prop_map(|(instrument, revision)| Approve(instrument, revision)),
        5 => (instrument.clone(), consult()).prop_map(|(instrument, consult)| Consult(instrument, consult)),
        6 => (instrument.clone(), party.clone(), said()).prop_map(|(instrument, party, said)| Say(instrument, party, said)),
        2 => (instrument.clone(), revision.clone(), taken())
            .prop_map(|(instrument, revision, taken)| Take(instrument, revision, taken)),
        5 => (0..MEETINGS, meetings::met()).prop_map(|(meeting, met)| Meet(meeting, met)),
        4 => (0..DOCUMENTS, meetings::filed()).prop_map(|(document, filed)| File(document, filed)),
        2 => (0..4_usize).prop_map(Classify),
        4 => (0..REPORTS, reporting::reported()).prop_map(|(report, reported)| Report(report, reported)),
        2 => (collection.clone(), party.clone(), any::<bool>())
            .prop_map(|(collection, party, adds)| Translate(collection, party, adds)),
        1 => (collection.clone(), instrument, revision, parties.clone())
            .prop_map(|(collection, instrument, revision, parties)| Open(collection, instrument, revision, parties)),
        1 => (collection.clone(), parties.clone()).prop_map(|(collection, parties)| Invite(collection, parties)),
        1 => (collection.clone(), parties).prop_map(|(collection, parties)| Remind(collection, parties)),
        1 => (collection.clone(), proptest::option::of(party.clone()), 0..9_u32)
            .prop_map(|(collection, party, years)| Extend(collection, party, years)),
        1 => (collection.clone(), party.clone()).prop_map(|(collection, party)| Enter(collection, party)),
        8 => (collection.clone(), party.clone(), 0..LIVES).prop_map(|(collection, party, what)| Live(collection, party, what)),
        1 => collection.clone().prop_map(Close),
        4 => collection.clone().prop_map(Reopen),
        2 => (collection.clone(), party.clone()).prop_map(|(collection, party)| Start(collection, party)),
        12 => (collection.clone(), party.clone(), answers)
            .prop_map(|(collection, party, answers)| Save(collection, party, answers)),
        3 => (collection.clone(), party.clone(), 0..5_usize, 0..3_usize)
            .prop_map(|(collection, party, change, person)| Delegate(collection, party, change, person)),
        1 => (collection.clone(), party.clone()).prop_map(|(collection, party)| Attach(collection, party)),
        1 => (collection.clone(), party.clone()).prop_map(|(collection, party)| RemoveFile(collection, party)),
        1 => (collection.clone(), party.clone()).prop_map(|(collection, party)| Redact(collection, party)),
        4 => (collection.clone(), party.clone(), 0..4_usize)
            .prop_map(|(collection, party, consent)| Submit(collection, party, consent)),
        2 => (collection.clone(), party, 0..4_usize)
            .prop_map(|(collection, party, consent)| DecidePublication(collection, party, consent)),
        1 => collection.prop_map(Release),
        8 => (needs::whose(), needs::needed()).prop_map(|(whose, needed)| Need(whose, needed)),
        1 => (0..2_usize).prop_map(NeedTypes),
        8 => assisting::assisted().prop_map(Assist),
    ];
    vec(vec(step, 1..9), 8..24)
}

/// What every history begins with, so that it comes to replies.
pub fn beginning() -> Vec<Vec<Step>> {
    use Step::*;
    let mut groups = vec![
        (0..PARTIES - 1)
            .map(|party| Register(party, party))
            .chain([Draft(0)])
            .collect(),
        vec![SaveDraft(0, 0), Regroup(0, 1)],
        vec![Word(0)],
        vec![Revise(0)],
        vec![Approve(0, 1)],
        vec![Open(0, 0, 1, (0..PARTIES - 1).collect())],
        (0..PARTIES - 1).map(|party| Start(0, party)).collect(),
        vec![Delegate(0, 2, 4, 1)],
        vec![
            Delegate(0, 2, 0, 1),
            Delegate(0, 2, 2, 2),
            Delegate(0, 3, 2, 1),
        ],
        vec![
            Delegate(0, 2, 0, 2),
            Delegate(0, 3, 3, 1),
            Delegate(0, 3, 2, 1),
        ],
        vec![Delegate(0, 2, 1, 0)],
        vec![
            Save(0, 0, vec![(0, 0), (2, 1), (6, 1)]),
            Save(0, 1, vec![(0, 1), (3, 2), (5, 0)]),
        ],
        // A contributor hands its section back, and the focal point returns it. Steps of one line go on at once, and may have
        // dismissed it last.
        vec![Delegate(0, 3, 2, 1)],
        vec![Live(0, 3, 13)],
        vec![Live(0, 3, 14)],
        vec![Save(0, 0, vec![(2, 4)])],
        vec![Save(0, 0, vec![(2, 4), (1, 2), (6, 2)]), Close(0)],
        vec![Reopen(0)],
        vec![SaveDraft(0, 1)],
        vec![CorrectRevision(0)],
        vec![Correct(0, 0, 2)],
        vec![Attach(0, 0)],
        vec![RemoveFile(0, 0)],
        vec![Attach(0, 0)],
        vec![Redact(0, 0)],
        vec![Translate(0, 0, true)],
        vec![Translate(0, 0, false)],
        vec![NeedTypes(0)],
        vec![Save(0, 1, vec![(7, 0), (8, 1), (9, 0)])],
        needs::drafted(),
        needs::edited(),
        vec![Submit(0, 1, 1)],
        vec![DecidePublication(0, 1, 2), Release(0)],
        vec![Live(0, 1, 3)],
        // Three Member States' replies, so that there is something to release.
        vec![Open(1, 0, 1, vec![0, 1, 2, 3])],
        vec![Start(1, 0), Start(1, 1), Start(1, 3)],
        // What was accepted of the last round is carried over, and confirmed.
        vec![Live(1, 1, 11)],
        vec![Live(1, 1, 12)],
        vec![
            Save(1, 0, vec![(0, 0), (7, 1)]),
            Save(1, 1, vec![(0, 2), (7, 2), (9, 1)]),
            Save(1, 3, vec![(0, 2)]),
        ],
        vec![Submit(1, 0, 0), Submit(1, 1, 1), Submit(1, 3, 2)],
        // What their groups state is looked after, before anything of it is said otherwise.
        vec![
            Need(NeedOrigin::Stated(1, 0), NeedStep::Confirm),
            Need(NeedOrigin::Stated(1, 1), NeedStep::Confirm),
        ],
        vec![Release(1)],
        // Every turn that a life takes.
        vec![Live(1, 0, 0), Enter(1, 2)],
        vec![Live(1, 0, 1), Live(1, 2, 8)],
        vec![Live(1, 0, 0), Live(1, 2, 10)],
        vec![Live(1, 0, 2), Extend(1, None, 1)],
        vec![Live(1, 0, 3), Live(1, 1, 4)],
        vec![Live(1, 0, 4), Save(1, 1, vec![(0, 2), (1, 0)])],
        vec![
            Save(1, 0, vec![(0, 2), (1, 0), (8, 2), (9, 0)]),
            Live(1, 1, 6),
        ],
        vec![Submit(1, 0, 1), Extend(1, Some(3), 2), Remind(1, vec![3])],
        vec![Need(NeedOrigin::Stated(1, 0), NeedStep::Confirm)],
        vec![Live(1, 0, 7), Live(1, 1, 5)],
        vec![Submit(1, 0, 2), Live(1, 1, 8), Live(1, 3, 0)],
        vec![Live(1, 1, 10), Submit(1, 3, 1)],
        // The pen is taken from a party and given back, with what was drafted beside.
        vec![Live(1, 3, 9), Live(1, 1, 4)],
        vec![
            Save(1, 1, vec![(0, 1)]),
            Need(NeedOrigin::Beside(1, 1, 1), NeedStep::Begin(0)),
        ],
        vec![Live(1, 1, 5)],
        vec![Live(1, 1, 8)],
        vec![Live(1, 1, 6)],
        // Of one instrument all of its way, and of another the end of it.
        vec![Draft(1), Draft(2)],
        vec![SaveDraft(1, 0)],
        vec![Revise(1)],
        vec![Consult(1, self::Consult::Open(1, vec![0, 1, 2]))],
        vec![
            Consult(1, self::Consult::Ask(vec![3])),
            Say(1, 0, CommentStep::Make(0)),
            Say(1, 1, CommentStep::Make(1)),
            Say(1, 2, CommentStep::Make(2)),
        ],
        vec![
            Consult(1, self::Consult::Extend(3)),
            Say(1, 0, CommentStep::Correct(1)),
            Say(1, 2, CommentStep::Withdraw),
        ],
        vec![
            Say(1, 0, CommentStep::Correct(2)),
            Consult(1, self::Consult::Close),
        ],
        vec![
            Consult(1, self::Consult::Commenter(0, 1, true)),
            Consult(1, self::Consult::Commenter(0, 2, true)),
        ],
        vec![Consult(1, self::Consult::Commenter(0, 1, false))],
        vec![Consult(1, self::Consult::Reopen)],
        vec![
            Consult(1, self::Consult::Close),
            Say(1, 0, CommentStep::Dispose(0)),
            Say(1, 1, CommentStep::Dispose(3)),
        ],
        vec![
            Say(1, 1, CommentStep::Dispose(2)),
            Consult(1, self::Consult::Publish),
        ],
        vec![Consult(1, self::Consult::Publish)],
        // What is accepted is taken up; the first meeting falls through, and the second gives it back.
        vec![SaveDraft(1, 1)],
        vec![Revise(1)],
        vec![Take(1, 2, PresentationStep::Present)],
        vec![Take(1, 2, PresentationStep::Present)],
        vec![Take(1, 2, PresentationStep::Return)],
        vec![SaveDraft(1, 2)],
        vec![Revise(1)],
        vec![Take(1, 3, PresentationStep::Present)],
        vec![Take(1, 3, PresentationStep::Approve)],
        vec![Take(2, 1, PresentationStep::Withdraw)],
    ];
    groups.extend(reporting::whole_life());
    groups
        .into_iter()
        .chain(meetings::beginning())
        .chain(needs::beginning())
        .chain(assisting::beginning())
        .collect()
}

/// What is consented to: nothing, all, some sections.
pub fn consent_of(variant: usize) -> Option<Consent> {
    let consents = [
        json!(null),
        json!({"all": true}),
        json!({"sections": ["A"]}),
        json!({"sections": ["A", "D"]}),
    ];
    serde_json::from_value(consents[variant].clone()).unwrap()
}

pub fn stored(media_type: &'static str, body: Vec<u8>) -> (NewContent, ContentRef) {
    let content = NewContent::new(media_type, body).unwrap();
    let reference = ContentRef {
        content: ContentId(content.id),
        commitment: content.commitment(),
    };
    (content, reference)
}

/// The questionnaire, with a question that is not always asked, a calculation, and a group that states a need.
fn with_rules() -> Value {
    let mut value = questionnaire();
    let questions = value["sections"][0]["questions"].as_array_mut().unwrap();
    questions[5]["relevant"] = json!("A1 != \"no\"");
    let text = questions[5]["text"].clone();
    questions.push(json!({"code": "A9", "type": "calculated", "rule": "A3 * 2", "text": text}));
    let part = |code: &str, kind: Value| {
        let mut part = json!({"code": code, "text": text});
        part.as_object_mut()
            .unwrap()
            .extend(kind.as_object().unwrap().clone());
        part
    };
    let urgencies: Vec<Value> = ["low", "high", "immediate"]
        .iter()
        .map(|value| json!({"value": value, "label": text}))
        .collect();
    questions.push(json!({"code": "G1", "heading": "assistance", "type": "group", "text": text,
        "relevant": "A1 != \"in_part\"",
        "parts": [part("kind", json!({"type": "one_choice", "list": "need_types"})),
                  part("soon", json!({"type": "one_choice", "options": urgencies})),
                  part("words", json!({"type": "text"}))],
        "need": {"type": {"of": "kind"}, "urgency": {"of": "soon", "otherwise": "medium"}, "remark": "words"}}));
    value
}

/// The questionnaire; in one variant without its standards.
pub fn body_of(variant: usize) -> Vec<u8> {
    let mut value = with_rules();
    if variant == 1 {
        value["sections"][0]["questions"][0]["standards"] = json!([]);
    }
    serde_json::to_vec(&Questionnaire::read(&value).unwrap()).unwrap()
}

/// Answers and clearings as they would arrive, the fifth variant being a clearing.
pub fn answers_of(chosen: &[(usize, usize)]) -> (Vec<Answer>, Vec<String>, Vec<NewContent>) {
    let asked = Form::from(Questionnaire::read(&with_rules()).unwrap());
    let (mut answers, mut clear, mut contents) = (Vec::new(), Vec::new(), Vec::new());
    for (question, variant) in chosen {
        let code = QUESTIONS[*question];
        if *variant == 4 {
            clear.push(code.to_owned());
            continue;
        }
        let field = asked.field(code).unwrap().field;
        let change = parse(field, &value_of(code, *variant), Extent::Whole, "").unwrap();
        let Change::Becomes(input) = change.value else {
            panic!("a whole answer becomes what it is: {code}");
        };
        let value = input.into_value(&mut |words| {
            let (content, reference) = stored("text/plain", words.into_bytes());
            contents.push(content);
            reference
        });
        answers.push(Answer {
            code: code.to_owned(),
            value,
            flags: Flags::default(),
            comment: None,
        });
    }
    (answers, clear, contents)
}

fn value_of(code: &str, variant: usize) -> Value {
    let values = match code {
        "A1" => [json!("yes"), json!("in_part"), json!("no")],
        "A2" => [json!(["a"]), json!(["a", "b"]), json!(["none"])],
        "A3" => [json!(0), json!(12), json!("9007199254740993")],
        "A4" => [json!("0"), json!("12.5"), json!("100")],
        "A5" => [
            json!("2010-12-21"),
            json!("1955-08-30"),
            json!("9999-12-31"),
        ],
        "A6" => [json!(2010), json!(1955), json!(2004)],
        "G1.kind" => [json!("legislation"), json!("policy"), json!("other")],
        "G1.soon" => [json!("low"), json!("high"), json!("immediate")],
        _ => [
            json!({"text": "Rien.", "lang": "fr"}),
            json!({"text": "Money", "lang": "en"}),
            json!({"text": "钱", "lang": "zh"}),
        ],
    };
    match values.get(variant) {
        Some(value) => json!({"value": value}),
        None => json!({"not_available": true}),
    }
}
