//! File descriptors: as many as this process may have, and how many connections that is enough for.

/// What is kept for everything but connections: the database's, letters, files, the listener, threads' own.
const RESERVED: u64 = 128;
/// How many a connection takes: the server's, and the one by which it is watched.
const OF_A_CONNECTION: u64 = 2;

/// Raises the limit to the most that this process may set, and answers it; the usual 1,024 are soon held by strangers.
pub fn raise() -> u64 {
    match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(limit) => limit,
        Err(error) => {
            tracing::warn!(%error, "the limit of file descriptors cannot be raised");
            rlimit::getrlimit(rlimit::Resource::NOFILE).map_or(1_024, |(soft, _)| soft)
        }
    }
}

/// How many connections there may be, of those that are wanted.
pub fn connections(wanted: usize, descriptors: u64) -> usize {
    let room = descriptors.saturating_sub(RESERVED) / OF_A_CONNECTION;
    let room = usize::try_from(room).unwrap_or(usize::MAX).max(1);
    if room < wanted {
        tracing::warn!(
            wanted,
            room,
            descriptors,
            "there are fewer file descriptors than connections want: raise the process's hard limit (LimitNOFILE, ulimit -Hn)"
        );
    }
    wanted.min(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_room_for_what_else_has_descriptors() {
        assert_eq!(connections(2_048, 1_024), 448);
        assert_eq!(connections(2_048, 1 << 20), 2_048);
        assert_eq!(connections(2_048, u64::MAX), 2_048);
        assert_eq!(connections(2_048, 64), 1);
    }

    #[test]
    fn the_limit_is_raised_to_the_hard_one() {
        let raised = raise();
        let (soft, hard) = rlimit::getrlimit(rlimit::Resource::NOFILE).unwrap();
        assert_eq!((soft, raised), (hard, hard));
    }
}
