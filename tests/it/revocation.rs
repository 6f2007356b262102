//! Revocation: a token that is revoked, or has ended, opens nothing more, in whichever process

use access::invalidation::Kind;
use access::issuing;
use serde_json::json;
use sqlx::{AssertSqlSafe, PgPool};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{World, eventually, superuser};
use crate::tokens::{keyed, make, path, secret};

/// Sends a request over a connection that is kept, and answers the status.
async fn status_over(connection: &mut TcpStream, token: &str) -> u16 {
    let request = format!(
        "GET /v1/parties/FIN HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n"
    );
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&answer).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                let is_length = name.eq_ignore_ascii_case("content-length");
                is_length.then(|| value.parse::<usize>().unwrap())
            });
            if body.len() >= length.unwrap() {
                return head.split(' ').nth(1).unwrap().parse().unwrap();
            }
        }
        let read = connection.read_buf(&mut answer).await.unwrap();
        assert!(read > 0, "the connection was closed after {text:?}");
    }
}

#[tokio::test]
async fn a_token_revoked_between_two_requests_of_a_connection_opens_nothing_more() {
    let world = World::new().await;
    for round in 0..10 {
        let made = make(&world, &world.officer, json!({"name": "N"})).await;
        let mut connection = TcpStream::connect(world.server.address).await.unwrap();
        for _ in 0..3 {
            assert_eq!(status_over(&mut connection, secret(&made)).await, 200);
        }
        world
            .delete(&path(&made))
            .token(&world.officer)
            .expect(200)
            .await;
        let status = status_over(&mut connection, secret(&made)).await;
        assert_eq!(status, 401, "round {round}");
    }
}

#[tokio::test]
async fn in_the_process_that_revokes_it_takes_no_notification() {
    let world = World::new().await;
    let pool = PgPool::connect_with(superuser(&world.database.name).await)
        .await
        .unwrap();
    let invalidation = &world.server.services.invalidation;
    for _ in 0..5 {
        let made = make(&world, &world.officer, json!({"name": "N"})).await;
        let before = invalidation.generation(Kind::Tokens);
        let listens = async || invalidation.generation(Kind::Tokens) > before;
        // Deaf for a moment: what is ended now is not heard before it listens again.
        let cut = "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity
                    where datname = current_database() and query = 'LISTEN \"access\"'";
        sqlx::query(cut).execute(&pool).await.unwrap();
        let use_it = || world.get("/v1/tokens").token(secret(&made)).send();
        assert_eq!(use_it().await.status, 200);
        let call = world.delete(&path(&made)).token(&world.officer);
        call.expect(200).await;
        assert_eq!(use_it().await.status, 401);
        eventually("it listens again", listens).await;
    }
    pool.close().await;
}

#[tokio::test]
async fn a_revocation_overtakes_look_ups_that_are_under_way() {
    let world = World::new().await;
    for _ in 0..10 {
        let made = make(&world, &world.officer, json!({"name": "N"})).await;
        let is_revoked = std::cell::Cell::new(false);
        let late = std::cell::Cell::new(0);
        let hammer = async || {
            while late.get() < 20 {
                let after = is_revoked.get();
                let call = world.get("/v1/tokens").token(secret(&made));
                let status = call.send().await.status;
                if after {
                    assert_eq!(status, 401);
                    late.set(late.get() + 1);
                }
            }
        };
        let revoke = async {
            let call = world.delete(&path(&made)).token(&world.officer);
            call.expect(200).await;
            is_revoked.set(true);
        };
        tokio::join!(hammer(), hammer(), hammer(), hammer(), revoke);
    }
}

#[tokio::test]
async fn a_token_that_ends_unheard_opens_nothing_more() {
    let world = World::new().await;
    let pool = PgPool::connect_with(world.database.owner.clone())
        .await
        .unwrap();
    for end in [
        "revoked_at = now()",
        "expires_at = now()",
        "expires_at = now() + interval '2 seconds'",
    ] {
        let made = make(&world, &world.officer, json!({"name": "N"})).await;
        let use_it = || world.get("/v1/tokens").token(secret(&made)).send();
        assert_eq!(use_it().await.status, 200);
        let id = made["id"].as_str().unwrap();
        let statement = format!("update access.token set {end} where id = '{id}'");
        let ended = sqlx::raw_sql(AssertSqlSafe(statement));
        ended.execute(&pool).await.unwrap();
        eventually(end, async || use_it().await.status != 200).await;
        use_it().await.problem(401, "unknown_token");
    }
    pool.close().await;
}

#[tokio::test]
async fn all_tokens_of_somebody_who_goes_are_revoked_and_their_words_forgotten() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let named = keyed(&world, &finland, "Aino Example's laptop");
    let made = named.expect(201).await;
    let pool = PgPool::connect_with(world.database.owner.clone())
        .await
        .unwrap();
    let mut connection = pool.acquire().await.unwrap();
    let principal = made["principal"].as_str().unwrap().parse().unwrap();
    let revoked = issuing::revoke_all_of(&mut connection, principal).await;
    revoked.unwrap();
    for token in [finland.as_str(), secret(&made)] {
        let is_refused = async || {
            let call = world.get("/v1/tokens").token(token);
            call.send().await.status == 401
        };
        eventually("the token is refused", is_refused).await;
    }
    let kept = "select coalesce(string_agg(t::text, ' '), '') from access.token t";
    let kept: String = sqlx::query_scalar(kept).fetch_one(&pool).await.unwrap();
    let answers = "select coalesce(string_agg(i::text, ' '), '') from access.idempotency i";
    let answers: String = sqlx::query_scalar(answers).fetch_one(&pool).await.unwrap();
    assert!(!kept.contains("Aino") && !answers.contains("Aino"));
    drop(connection);
    pool.close().await;
}

#[tokio::test]
async fn a_token_revoked_by_another_process_opens_nothing_more() {
    let here = World::new().await;
    let there = World::on(here.database.clone()).await;
    let generation = || here.server.services.invalidation.generation(Kind::Tokens);
    eventually("it listens", async || generation() > 0).await;
    let made = make(&here, &here.officer, json!({"name": "N"})).await;
    let use_here = || here.get("/v1/tokens").token(secret(&made));
    use_here().expect(200).await;
    let before = generation();
    let revoked = there.delete(&path(&made)).token(&here.officer);
    revoked.expect(200).await;
    eventually("the other process hears of it", async || {
        generation() > before
    })
    .await;
    use_here().problem(401, "unknown_token").await;
    // To revoke it again changes nothing.
    let once = here
        .get(&path(&made))
        .token(&here.officer)
        .expect(200)
        .await;
    let again = here.delete(&path(&made)).token(&here.officer);
    let again = again.expect(200).await;
    assert_eq!(once["revoked_at"], again["revoked_at"]);
}

#[tokio::test]
async fn a_process_that_no_longer_hears_of_revocations_forgets_what_it_knows_and_listens_again() {
    let world = World::new().await;
    let generation = || {
        let invalidation = &world.server.services.invalidation;
        invalidation.generation(Kind::Tokens)
    };
    eventually("it listens", async || generation() > 0).await;
    let pool = PgPool::connect_with(superuser(&world.database.name).await)
        .await
        .unwrap();
    for _ in 0..2 {
        let before = generation();
        let cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity
                    where datname = current_database() and query = 'LISTEN \"access\"'";
        let cut: i64 = sqlx::query_scalar(cut).fetch_one(&pool).await.unwrap();
        assert_eq!(cut, 1);
        eventually("it listens again", async || generation() > before).await;
    }
    let before = generation();
    sqlx::raw_sql("notify access, 'tokens'")
        .execute(&pool)
        .await
        .unwrap();
    eventually("it hears again", async || generation() > before).await;
    pool.close().await;
}

#[tokio::test]
async fn a_revoked_token_takes_along_those_that_were_made_with_it() {
    let world = World::new().await;
    let all = json!({"name": "N", "scopes": ["read", "write"]});
    let first = make(&world, &world.officer, all.clone()).await;
    let second = make(&world, secret(&first), all.clone()).await;
    let third = make(&world, secret(&second), all.clone()).await;
    let sibling = make(&world, &world.officer, all).await;
    let call = world.delete(&path(&first)).token(secret(&first));
    call.expect(200).await;
    for gone in [&first, &second, &third] {
        let call = world.get("/v1/tokens").token(secret(gone));
        call.problem(401, "unknown_token").await;
    }
    for made in [&first, &second, &third, &sibling] {
        let found = world.get(&path(made)).token(&world.officer);
        let found = found.expect(200).await;
        assert_eq!(found["revoked_at"].is_null(), made == &sibling);
    }
    world
        .get("/v1/tokens")
        .token(secret(&sibling))
        .expect(200)
        .await;
}
