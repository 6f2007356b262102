//! The same figures in each format that has words.

use serde_json::Value;

use super::replied;
use crate::support::World;

#[tokio::test]
async fn each_format_has_the_same_numbers() {
    let world = World::new().await;
    let collection = replied(&world).await;
    let path = format!("/v1/collections/{collection}/figures?group_by=regional_group");
    let asked = async |format: &str| {
        let call = world
            .get(&format!("{path}&format={format}"))
            .token(&world.officer);
        let answer = call.send().await;
        assert_eq!(answer.status, 200, "{answer:#?}");
        answer
    };
    let json = asked("json").await.json();
    let rows = json["rows"].as_array().unwrap();
    let number = |row: &Value| row["value"].as_f64();

    let csv = asked("csv").await;
    assert_eq!(
        csv.header("content-type"),
        "text/csv; charset=utf-8; header=present"
    );
    assert!(
        csv.header("content-disposition").contains("figures-"),
        "{csv:#?}"
    );
    assert_eq!(
        csv.header("vary"),
        "Accept, Accept-Language, Authorization, Cookie"
    );
    let mut lines = csv.text.split("\r\n");
    let head = lines.next().unwrap();
    assert_eq!(
        head,
        "question,regional_group,measure,category,label,value,status"
    );
    let cells: Vec<Vec<&str>> = lines
        .filter(|line| !line.is_empty())
        .map(|line| line.split(',').collect())
        .collect();
    assert_eq!(cells.len(), rows.len());
    for (line, row) in cells.iter().zip(rows) {
        assert_eq!(line[0], row["question"]);
        assert_eq!(
            line[line.len() - 2].parse::<f64>().ok(),
            number(row),
            "{line:?} {row}"
        );
    }

    let lines = asked("jsonl").await.text;
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(&lines, rows);

    // Where a row stands follows from where its codes stand among those of their dimensions.
    let cube = asked("json-stat").await.json();
    assert_eq!(
        (&cube["version"], &cube["class"]),
        (&"2.0".into(), &"dataset".into())
    );
    let dimensions: Vec<&str> = cube["id"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    assert_eq!(
        dimensions,
        ["question", "regional_group", "measure", "category"]
    );
    let place = |row: &Value| {
        dimensions
            .iter()
            .zip(cube["size"].as_array().unwrap())
            .fold(0, |place, (dimension, size)| {
                let index = &cube["dimension"][*dimension]["category"]["index"];
                let code = row[*dimension].as_str().unwrap();
                let at = match index {
                    Value::Array(codes) => {
                        codes.iter().position(|known| known == code).unwrap() as u64
                    }
                    of => of[code].as_u64().unwrap(),
                };
                place * size.as_u64().unwrap() + at
            })
    };
    for row in rows {
        let at = place(row);
        let found = match &cube["value"] {
            Value::Array(values) => values[usize::try_from(at).unwrap()].as_f64(),
            values => values[at.to_string()].as_f64(),
        };
        assert_eq!(found, number(row), "{row}");
    }
    for (format, begins) in [("xlsx", "PK"), ("parquet", "PAR1")] {
        let file = asked(format).await;
        assert!(file.text.starts_with(begins), "{format}");
    }
}

#[tokio::test]
async fn a_format_is_asked_for_by_accept_too_and_labels_stand_in_the_readers_language() {
    let world = World::new().await;
    let collection = replied(&world).await;
    let path = format!(
        "/v1/collections/{collection}/figures?questions=A1&labels=both&group_by=regional_group"
    );
    let call = world.get(&path).token(&world.officer);
    let csv = call
        .header("accept", "text/csv")
        .header("accept-language", "fr")
        .send()
        .await;
    let head = csv.text.split("\r\n").next().unwrap();
    assert_eq!(
        head,
        "question,question_label,regional_group,regional_group_label,measure,measure_label,category,category_label,label,value,status,status_label"
    );
    assert!(csv.text.contains("Is it law? (fr)"), "{}", csv.text);
    assert!(csv.text.contains("ont répondu"), "{}", csv.text);
    // A browser, which names no format of tables, is given JSON.
    let call = world.get(&path).token(&world.officer);
    let page = call
        .header("accept", "text/html,application/xhtml+xml,*/*;q=0.8")
        .send()
        .await;
    assert_eq!(page.json()["asked"]["questions"], "A1");
    let refused = world
        .get(&path)
        .token(&world.officer)
        .header("accept", "text/tab-separated-values");
    let problem = refused.problem(406, "format_not_offered").await;
    assert!(
        problem["detail"].as_str().unwrap().contains("parquet"),
        "{problem}"
    );
}

#[tokio::test]
async fn equal_questions_have_equal_bytes_and_are_not_answered_twice() {
    let world = World::new().await;
    let collection = replied(&world).await;
    for format in ["json", "csv", "xlsx", "parquet", "json-stat"] {
        let path = format!("/v1/collections/{collection}/figures?format={format}");
        let first = world.get(&path).token(&world.officer).send().await;
        let tag = first.header("etag").to_owned();
        // Another cursor of the log does not change them.
        let then = format!("{path}&as_of={}", world.head().await);
        let past = world.get(&then).token(&world.officer).send().await;
        assert_eq!(past.header("etag"), tag);
        if format != "json" && format != "json-stat" {
            assert_eq!(past.text, first.text, "{format}");
        }
        let again = world
            .get(&path)
            .token(&world.officer)
            .header("if-none-match", &tag)
            .send()
            .await;
        assert_eq!(again.status, 304, "{format}");
    }
}
