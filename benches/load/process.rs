//! The processes that are measured. CPU time and memory come from `/proc`, so from Linux only.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Result;
use crate::client::Client;

/// How finely Linux tells CPU time to programs, whatever it uses itself.
const TICK: Duration = Duration::from_millis(10);

/// Longest time from start to readiness.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that is asked. If the bench has started it, it ends with this value.
pub struct Service {
    pub address: SocketAddr,
    pid: Option<u32>,
    /// The PostgreSQL database whose backends work for it.
    database: Option<String>,
    child: Option<Child>,
}

impl Service {
    /// Starts a program that takes `--port`, and waits until it is ready.
    pub async fn start(command: &mut Command, database: Option<String>) -> Result<Self> {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let child = command
            .args(["--port", &free.port().to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()?;
        let mut this = Self {
            address: free,
            pid: Some(child.id()),
            database,
            child: Some(child),
        };
        this.wait().await?;
        Ok(this)
    }

    /// A server that somebody else has started.
    pub fn running(url: &str, pid: Option<u32>, database: Option<String>) -> Result<Self> {
        let host = url.trim_start_matches("http://").split('/').next();
        let address = host.unwrap_or_default().to_socket_addrs()?.next();
        Ok(Self {
            address: address.ok_or("--url has no address")?,
            pid,
            database,
            child: None,
        })
    }

    async fn wait(&mut self) -> Result<()> {
        let start = Instant::now();
        while !self.is_ready().await {
            if let Some(status) = self.child.as_mut().and_then(|child| child.try_wait().ok()?) {
                return Err(format!("the server ended at once: {status}").into());
            }
            if start.elapsed() > PATIENCE {
                return Err("the server does not become ready".into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    async fn is_ready(&self) -> bool {
        let request = b"GET /health/ready HTTP/1.1\r\nHost: bench\r\n\r\n";
        let Ok(mut client) = Client::connect(self.address).await else {
            return false;
        };
        client
            .ask(request)
            .await
            .is_ok_and(|answer| answer.status == 200)
    }

    /// CPU time spent so far, with that of PostgreSQL's backends.
    pub fn cpu(&self) -> Option<Duration> {
        let own = cpu_of(self.pid?)?;
        let backends = self.database.as_deref().map(backends).unwrap_or_default();
        Some(
            backends
                .into_iter()
                .filter_map(cpu_of)
                .fold(own, |sum, cpu| sum + cpu),
        )
    }

    /// Memory held now, in MiB.
    pub fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid?)).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kibibytes / 1024)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// User and system time of a process.
fn cpu_of(pid: u32) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name before it may contain anything.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: u32 = ticks.filter_map(|field| field.parse::<u32>().ok()).sum();
    Some(TICK * ticks)
}

/// The PostgreSQL processes that work for this database.
fn backends(database: &str) -> Vec<u32> {
    let name = format!(" {database} ");
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    let pids = processes.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    pids.filter(|pid: &u32| {
        std::fs::read_to_string(format!("/proc/{pid}/cmdline"))
            .is_ok_and(|title| title.starts_with("postgres:") && title.contains(&name))
    })
    .collect()
}
