//! Ports of this machine, for programs that have to be told theirs.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::Duration;

use anyhow::bail;
use tokio::net::TcpStream;
use tokio::process::Child;

/// How long a program has to listen.
const PATIENCE: Duration = Duration::from_secs(60);

/// An address where nothing listens.
pub fn free() -> std::io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

/// Waits until a program listens at an address.
///
/// # Errors
/// It ends before it does, or takes longer than a minute.
pub async fn listening(address: SocketAddr, program: &mut Child) -> anyhow::Result<()> {
    let watch = clock::stopwatch();
    while TcpStream::connect(address).await.is_err() {
        if let Some(status) = program.try_wait()? {
            bail!("it ended before it listened at {address}: {status}");
        }
        if watch.elapsed() > PATIENCE {
            bail!("it does not listen at {address}");
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}
