//! What the figures were measured on.

use std::fs;

use sqlx::{PgConnection, Row};

/// Prints the command, the machine, PostgreSQL and the settings that matter.
pub async fn describe(postgres: Option<&mut PgConnection>) -> anyhow::Result<()> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    println!(
        "command   cargo run --release --manifest-path bench/Cargo.toml -- {}",
        given.join(" ")
    );
    let cores = std::thread::available_parallelism()?;
    let model = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".into());
    let memory = field("/proc/meminfo", "MemTotal").unwrap_or_else(|| "unknown".into());
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!(
        "machine   {cores} cores ({model}), {memory} memory, kernel {}",
        kernel.trim()
    );
    println!(
        "load      {} when the run began",
        load.split(' ').take(3).collect::<Vec<_>>().join(" ")
    );
    if let Some(connection) = postgres {
        let row = sqlx::query(
            "select current_setting('server_version'), string_agg(name || ' = ' || current_setting(name), ', ' order by name)
               from pg_settings where name = any(array['fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers',
                                                       'wal_compression', 'max_wal_size', 'wal_buffers', 'wal_sync_method'])",
        )
        .fetch_one(connection)
        .await?;
        println!(
            "server    PostgreSQL {}; {}",
            row.get::<String, _>(0),
            row.get::<String, _>(1)
        );
    }
    println!();
    Ok(())
}

/// The first `name: value` of a file under /proc.
pub fn field(file: &str, name: &str) -> Option<String> {
    fs::read_to_string(file).ok()?.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    })
}
