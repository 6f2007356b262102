//! Keeping what people typed out of PostgreSQL's own log.
//!
//! Statements reach PostgreSQL with their values apart, as parameters. It can write these into its log, and by default does
//! so in the details of some errors ("Failing row contains …", "Key (…)=(…) already exists"). What is redacted or erased
//! would stay there.

use sqlx::PgPool;

/// Settings of PostgreSQL, and the value at which nothing of the data is logged.
pub(super) const SETTINGS: [(&str, &str); 3] = [
    ("log_error_verbosity", "terse"),
    ("log_parameter_max_length", "0"),
    ("log_parameter_max_length_on_error", "0"),
];

/// Warns where the settings of a PostgreSQL of the user's own would let data into its log.
pub async fn warn_if_not(pool: &PgPool) -> sqlx::Result<()> {
    let row = sqlx::query!(
        r#"select current_database() as "database!",
                  array(select current_setting(name) from unnest($1::text[]) with ordinality as s (name, n)
                         order by n) as "values!""#,
        &SETTINGS.map(|(name, _)| name.to_owned()),
    )
    .fetch_one(pool)
    .await?;
    let loud = SETTINGS
        .iter()
        .zip(&row.values)
        .filter(|((_, wanted), value)| wanted != value);
    let mended: Vec<String> = loud
        .map(|((name, wanted), _)| format!("alter database {} set {name} = {wanted}", row.database))
        .collect();
    if !mended.is_empty() {
        tracing::warn!(
            "PostgreSQL may write names and words into its own log, where no redaction reaches them. As its superuser: {}",
            mended.join("; ")
        );
    }
    Ok(())
}
