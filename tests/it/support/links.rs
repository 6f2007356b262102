//! Inviting, and coming in by a link.

use access::Role;
use directory::NewPerson;
use domain::{Lang, PartyId};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};

use super::{Answer, World};

impl World {
    /// Invites somebody as a party's focal point, as an officer; answers the secret of the link in their letter.
    pub async fn invited(&self, collection: &str, party: &str, email: &str) -> String {
        let path = format!("/v1/collections/{collection}/parties/{party}/invitation");
        self.post(&path)
            .token(&self.officer)
            .json(&json!({"name": "Aino Esimerkki", "email": email}))
            .expect(201)
            .await;
        self.link_to(email).await.unwrap()
    }

    /// Invites somebody to comment for a party, as an officer; answers their id.
    pub async fn commenter(&self, consultation: &str, party: &str, email: &str) -> String {
        self.post(&format!("{consultation}/parties/{party}/invitation"))
            .token(&self.officer)
            .json(&json!({"name": "Noor Example", "email": email}))
            .expect(201)
            .await;
        self.letters_follow().await;
        let person =
            format!("select id::text from directory.person where lower(email) = '{email}'");
        self.sql(&person).await
    }

    /// Waits until the letters that follow from what this server knows of are written. On a busy machine that may take longer
    /// than an answer waits for them.
    pub async fn letters_follow(&self) {
        let services = &self.server.services;
        for _ in 0..20 {
            if services.letters.reach(services.head()).await {
                return;
            }
        }
        panic!("letters do not follow the log");
    }

    /// The secret of the link in the newest letter to this address that is not sent yet.
    pub async fn link_to(&self, email: &str) -> Option<String> {
        self.letters_follow().await;
        let statement = format!(
            "select l.id::text from mail.letter l join directory.person p on p.id = l.person
              where lower(p.email) = lower('{email}') order by l.id desc limit 1"
        );
        let letter = self.sql(&statement).await.parse().ok()?;
        let letter = self.server.services.outbox.letter(letter).await.unwrap();
        let body = letter.unwrap().text?.body;
        let (_, link) = body.split_once("/join/")?;
        let is_end = |character: char| character == '?' || character.is_whitespace();
        Some(link.split(is_end).next().unwrap().to_owned())
    }

    /// What the letters to this address are filled with, the oldest first.
    pub async fn letters_to(&self, email: &str) -> Vec<Value> {
        self.letters_follow().await;
        let statement = format!(
            "select coalesce(jsonb_agg(l.args || jsonb_build_object('kind', l.kind) order by l.id), '[]')::text
               from mail.letter l join directory.person p on p.id = l.person where lower(p.email) = lower('{email}')"
        );
        let letters: Value = serde_json::from_str(&self.sql(&statement).await).unwrap();
        letters.as_array().unwrap().clone()
    }

    /// A person with an account in a role for a party; answers the person's id.
    pub async fn account(&self, role: &str, party: &str) -> String {
        let person = self.person().await;
        self.another_account(&person, role, party).await;
        person
    }

    /// An officer whose address the directory knows; answers the person's id and a token.
    pub async fn officer_with_address(&self, email: &str) -> (String, String) {
        let new = NewPerson {
            name: "An officer".to_owned(),
            email: email.to_owned(),
            language: Lang::En,
        };
        let person = self.server.services.directory.find_or_add(&new).await;
        let person = person.unwrap();
        let token = self
            .token_of(person.0, Role::Officer, None, "an officer")
            .await;
        (person.to_string(), token)
    }

    /// Erases a person, as an administrator.
    pub async fn erase(&self, person: &str) {
        let administrator = self.token(Role::Administrator, None).await;
        let erase = self.delete(&format!("/v1/persons/{person}"));
        erase.token(&administrator).expect(204).await;
    }

    /// Another account of a person; answers its id.
    pub async fn another_account(&self, person: &str, role: &str, party: &str) -> String {
        let party_id = PartyId::from_code(party);
        let statement = format!(
            "insert into access.account (id, person, role, party)
             values (gen_random_uuid(), '{person}', '{role}', '{party_id}') returning id::text"
        );
        let account = self.sql(&statement).await;
        self.office(person, role, party).await;
        account
    }

    /// Gives a person the office that an account in this role stands on, in a collection of its own.
    async fn office(&self, person: &str, role: &str, party: &str) {
        if !["focal_point", "contributor"].contains(&role) {
            return;
        }
        let opened = self.collection(json!({ "parties": [party] })).await;
        if role == "contributor" {
            self.admit(&opened.collection, party, person, &["A"]).await;
            return;
        }
        let path = format!(
            "/v1/collections/{}/parties/{party}/focal-point",
            opened.collection
        );
        let name = self.put(&path).token(&self.officer);
        name.json(&json!({ "person": person })).expect(200).await;
    }

    /// The secret of a link that opens a person's accounts, as if they had asked for it.
    pub async fn sign_in_link(&self, person: &str) -> String {
        let secret = format!("secret-{person}");
        let statement = format!(
            "insert into access.link (id, hash, purpose, person, expires_at)
             values (gen_random_uuid(), sha256('{secret}'), 'sign_in', '{person}', now() + interval '1 day')"
        );
        self.sql(&statement).await;
        secret
    }

    /// Runs a statement as the owner of the schemas; answers the one text that it gives, if it gives any.
    pub async fn sql(&self, statement: &str) -> String {
        self.try_sql(statement).await.unwrap()
    }

    /// As [`World::sql`]; the database may refuse, and says why.
    pub async fn try_sql(&self, statement: &str) -> Result<String, String> {
        let pool = PgPool::connect_with(self.database.owner.clone())
            .await
            .unwrap();
        let found = sqlx::query_scalar(AssertSqlSafe(statement.to_owned()))
            .fetch_optional(&pool)
            .await;
        pool.close().await;
        let found: Option<Option<String>> = found.map_err(|error| error.to_string())?;
        Ok(found.flatten().unwrap_or_default())
    }

    /// Presses the button of a link's page, as a browser does.
    pub async fn press(&self, link: &str) -> Answer {
        let origin = self.url("");
        let call = self
            .post(&format!("/join/{link}"))
            .header("origin", &origin);
        call.body("application/x-www-form-urlencoded", "")
            .send()
            .await
    }

    /// Comes in by a link, in a browser; answers what it shows from then on as `Cookie`.
    pub async fn signed_in(&self, link: &str) -> String {
        let answer = self.press(link).await;
        assert_eq!(answer.status, 303, "{answer:#?}");
        let cookie = answer.header("set-cookie").split(';').next().unwrap();
        assert!(cookie.starts_with("__Host-rapporteur=rps_"), "{cookie}");
        cookie.to_owned()
    }

    /// Comes in by a link, for a bearer token.
    pub async fn token_by(&self, link: &str) -> String {
        let opened = self.post("/v1/session").json(&json!({ "link": link }));
        let opened = opened.expect(201).await;
        opened["token"].as_str().unwrap().to_owned()
    }
}
