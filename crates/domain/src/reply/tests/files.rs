use super::*;

fn id(n: u128) -> FileId {
    FileId(uuid::Uuid::from_u128(n))
}

pub fn file(n: u128) -> ReplyFileAttached {
    ReplyFileAttached {
        file: id(n),
        content: content(3),
        name: content(4),
        media_type: "application/pdf".into(),
        size: 4_096,
        question: None,
    }
}

#[test]
fn files_come_and_go_while_the_reply_is_a_draft() {
    let (none, locked) = ("unknown_reply", "reply_submitted");
    let attached = |n: u128| Event::from(file(n));
    let states = [
        vec![],
        vec![started()],
        vec![started(), attached(1)],
        vec![started(), complete(), attached(1), submitted()],
    ];
    let came = "reply_file_attached";
    let remove = |n: u128| Command::RemoveFile { file: id(n) };
    assert_table::<Reply, 4>(
        &open(),
        states.clone(),
        [
            (Command::Attach(file(2)), [none, came, came, locked]),
            (
                remove(1),
                [
                    none,
                    "unknown_file",
                    "reply_files_deleted reply_file_removed",
                    locked,
                ],
            ),
            (remove(2), [none, "unknown_file", "unknown_file", locked]),
        ],
    );
    let shut = "collection_closed";
    assert_table::<Reply, 4>(
        &closed(),
        states,
        [
            (Command::Attach(file(2)), [none, shut, shut, shut]),
            (remove(1), [none, shut, shut, shut]),
        ],
    );
    let gone = ReplyFileRemoved { file: id(1) }.into();
    let state = evolved::<Reply>([started(), attached(1), attached(2), gone]);
    let left: Vec<FileId> = state.unwrap().files.into_keys().collect();
    assert_eq!(left, [id(2)]);
}

#[test]
fn a_file_that_cannot_be_taken_is_refused() {
    let attach = |change: fn(&mut ReplyFileAttached)| {
        let mut file = file(1);
        change(&mut file);
        given::<Reply>([started()]).when(&open(), Command::Attach(file))
    };
    attach(|file| file.size = 0).refused("file_empty", &[]);
    attach(|file| file.size = MAX_FILE_BYTES as u64 + 1).refused("file_too_large", &[]);
    attach(|file| file.media_type = "text/html".into()).refused("file_type_not_allowed", &[]);
    attach(|file| file.question = Some("Z9".into()))
        .refused("unknown_question", &[("no_such_question", "/answers/Z9")]);
    let full = (0..MAX_FILES as u128).map(|n| Event::from(file(n)));
    given::<Reply>([started()].into_iter().chain(full))
        .when(&open(), Command::Attach(file(1_000)))
        .refused("too_many_files", &[]);
}

#[test]
fn all_files_that_are_kept_of_a_reply_are_bounded_together() {
    let large = |n: u128| ReplyFileAttached {
        size: MAX_FILE_BYTES as u64,
        ..file(n)
    };
    // Ten of the largest are as much as there may be, whether they are attached or only a version holds them.
    let ten = || (0..10).map(|n| Event::from(large(n)));
    let removed = (0..10).map(|n| ReplyFileRemoved { file: id(n) }.into());
    let attached = [started()].into_iter().chain(ten()).collect::<Vec<_>>();
    let held: Vec<Event> = [started(), complete()]
        .into_iter()
        .chain(ten())
        .chain([submitted(), lives::asked(1, None)])
        .chain(removed.clone())
        .collect();
    for before in [attached.clone(), held] {
        given::<Reply>(before)
            .when(&open(), Command::Attach(file(11)))
            .refused("reply_full", &[("no_room", "")]);
    }
    let taken_away = attached.into_iter().chain(removed);
    given::<Reply>(taken_away)
        .when(&open(), Command::Attach(large(11)))
        .then([large(11).into()]);
}

#[test]
fn the_texts_name_the_limits_that_hold() {
    assert_eq!((MAX_FILE_BYTES, MAX_FILES), (10_485_760, 100));
    assert_eq!(MAX_FILE_NAME_BYTES, 255);
    assert_eq!(MAX_REPLY_BYTES, 104_857_600);
}
