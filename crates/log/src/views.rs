//! The views' engine: tables derived from the log, and so disposable. What they are is their owner's; here is how they are built, written in
//! each append, and replaced.

mod rebuild;
mod replay;

use std::borrow::Cow;

use sha2::{Digest, Sha256};

pub use rebuild::{RebuildError, RebuildSummary, ViewsStanding, ensure, rebuild, standing};

/// A view.
#[derive(Clone, Debug)]
pub struct View {
    /// Its name; the projecting function is `project_<name>`.
    pub name: &'static str,
    /// The kinds of event that it reads; it runs only when one of them is in the batch.
    pub kinds: &'static [&'static str],
    /// Its definition: the SQL of its tables, its function and its public views.
    pub sql: &'static str,
    /// Its facts, of which one of a key holds at a time.
    pub facts: &'static [Fact],
    /// The SQL views that BI tools may read.
    pub public: &'static [&'static str],
}

/// A table of facts that hold from the position `since` until the position `until` (null: still). A fact that is inserted ends the
/// one of its key that holds; so facts are inserted in the order of their positions, and no view ends them itself. A fact that
/// ends where it begins is not kept: it says that from there on nothing holds.
#[derive(Clone, Copy, Debug)]
pub struct Fact {
    /// The table.
    pub table: &'static str,
    /// The columns of its key, by which an index finds what holds.
    pub key: &'static [&'static str],
}

impl Fact {
    /// Facts of `table`, one of each `key` at a time.
    pub const fn of(table: &'static str, key: &'static [&'static str]) -> Self {
        Self { table, key }
    }

    /// What ends a fact when the next one comes.
    fn succession(&self) -> String {
        let table = self.table;
        let same = |column: &&str| format!("{column} = new.{column}");
        let same: Vec<String> = self.key.iter().map(same).collect();
        let same = same.join(" and ");
        format!(
            "create function succeed_{table}() returns trigger language plpgsql as $$
             begin
                 update {table} set until = new.since where {same} and until is null;
                 if new.until = new.since then
                     return null;
                 end if;
                 return new;
             end $$;
             create trigger succession before insert on {table} for each row execute function succeed_{table}()"
        )
    }
}

/// All views of a program, and how new they are.
#[derive(Clone, Debug)]
pub struct Definitions {
    /// Raised with every change of a definition: a program swaps only views of a lower generation.
    pub generation: i32,
    /// The views.
    pub views: Cow<'static, [View]>,
}

/// The settings of a session that projects into `schema`.
///
/// Unqualified names in the views' functions are those of the schema, whichever that is after a swap. Array sizes differ
/// from batch to batch, so a plan made for one of them is no better than the generic one. Every statement starts from the
/// batch's arrays and finds rows by their keys: the planner, who takes a young table for a small one and keeps its plan
/// while the table grows, must not read or hash whole tables instead.
pub(crate) fn session(schema: &'static str) -> [(&'static str, &'static str); 5] {
    [
        ("search_path", schema),
        ("plan_cache_mode", "force_generic_plan"),
        ("enable_seqscan", "off"),
        ("enable_hashjoin", "off"),
        ("enable_mergejoin", "off"),
    ]
}

/// A batch, and which views read one of its events ([`Definitions::touched`]).
const BATCH: &str = "p_touched boolean[], p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]";

impl Definitions {
    /// SHA-256 over all that is built, in hexadecimal: programs with another one do not write into these views.
    pub fn hash(&self) -> String {
        let mut hash = Sha256::new();
        for statement in self.statements("views") {
            hash.update((statement.len() as u64).to_be_bytes());
            hash.update(statement.as_bytes());
        }
        hex::encode(hash.finalize())
    }

    /// The statements that build all views in `schema`, whose unqualified names must be those of that schema.
    pub fn statements(&self, schema: &str) -> Vec<String> {
        let mut statements: Vec<String> =
            self.views.iter().map(|view| view.sql.to_owned()).collect();
        let facts = self.views.iter().flat_map(|view| view.facts);
        statements.extend(facts.map(Fact::succession));
        statements.push(self.project());
        statements.push(self.grants(schema));
        statements
    }

    /// Of each view, in their order, whether it reads events of one of these kinds; up to the last one that does.
    pub fn touched(&self, kinds: &[impl AsRef<str>]) -> Vec<bool> {
        let reads = |view: &View| kinds.iter().any(|kind| view.kinds.contains(&kind.as_ref()));
        let mut touched: Vec<bool> = self.views.iter().map(reads).collect();
        touched.truncate(
            touched
                .iter()
                .rposition(|reads| *reads)
                .map_or(0, |last| last + 1),
        );
        touched
    }

    /// Hands a batch to each view that it touches, and stops at the last one: PL/pgSQL sets up each expression anew in each
    /// transaction. A call is assigned, for which it sets up no executor, as it would for `perform`.
    fn project(&self) -> String {
        let mut body = String::new();
        for (place, view) in (1..).zip(self.views.iter()) {
            body += &format!(
                "    if p_touched[{place}] then\n        \
                 nothing := project_{}(p_position, p_time, p_stream, p_kind, p_data);\n        \
                 if cardinality(p_touched) = {place} then\n            return;\n        end if;\n    end if;\n",
                view.name
            );
        }
        format!(
            "create function project({BATCH}) returns void language plpgsql as $$\n\
             declare\n    nothing text;\nbegin\n{body}end $$"
        )
    }

    /// The application writes everything here; BI tools read the public views and can see nothing else.
    fn grants(&self, schema: &str) -> String {
        let public: Vec<&str> = self
            .views
            .iter()
            .flat_map(|view| view.public)
            .copied()
            .collect();
        let public = if public.is_empty() {
            String::new()
        } else {
            format!("grant select on {} to rapporteur_bi;", public.join(", "))
        };
        format!(
            "do $$ begin
                 if exists (select from pg_roles where rolname = 'rapporteur_app') then
                     grant usage on schema {schema} to rapporteur_app;
                     grant select, insert, update, delete on all tables in schema {schema} to rapporteur_app;
                 end if;
                 if exists (select from pg_roles where rolname = 'rapporteur_bi') then
                     grant usage on schema {schema} to rapporteur_bi;
                     {public}
                 end if;
             end $$"
        )
    }
}
