//! Asking for a while, and what that showed.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::Result;
use crate::client::{Client, NOT_MODIFIED};
use crate::options::Options;
use crate::process::Service;

/// Requests of one shape, ready to be sent, each with other keys.
pub type Requests = Arc<[Vec<u8>]>;

/// Share of a round that is asked before the measuring starts.
const WARM_UP: f64 = 0.1;

/// One answer in so many is looked at for errors; looking at all would cost the server's time.
const LOOKED_AT: usize = 64;

/// What one round showed, or the median of several.
#[derive(Clone, Copy)]
pub struct Sample {
    /// Answers per second.
    pub rate: f64,
    /// Milliseconds that half of the answers took at most.
    pub median: f64,
    /// Milliseconds that 99 of 100 answers took at most.
    pub p99: f64,
    /// Microseconds of CPU time per answer.
    pub cpu: Option<f64>,
}

/// Asks `service` by so many connections for so long.
async fn round(
    service: &Service,
    requests: &Requests,
    connections: usize,
    duration: Duration,
) -> Result<Sample> {
    load(
        service.address,
        requests,
        connections,
        duration.mul_f64(WARM_UP),
    )
    .await?;
    let cpu = service.cpu();
    let start = Instant::now();
    let mut times = load(service.address, requests, connections, duration).await?;
    let elapsed = start.elapsed();
    let cpu = service
        .cpu()
        .zip(cpu)
        .map(|(after, before)| after.saturating_sub(before));
    times.sort_unstable();
    let count = f64::from(u32::try_from(times.len())?);
    Ok(Sample {
        rate: count / elapsed.as_secs_f64(),
        median: milliseconds(&times, 50),
        p99: milliseconds(&times, 99),
        cpu: cpu.map(|cpu| cpu.as_secs_f64() * 1e6 / count),
    })
}

/// Asks all of them by turns, so that they meet the same noise; the median of each.
pub async fn by_turns(
    asked: &[(&Service, &Requests)],
    connections: usize,
    options: &Options,
) -> Result<Vec<Sample>> {
    let duration = Duration::try_from_secs_f64(options.seconds)?;
    let mut samples = vec![Vec::new(); asked.len()];
    for _ in 0..options.rounds.max(1) {
        for ((service, requests), samples) in asked.iter().zip(&mut samples) {
            samples.push(round(service, requests, connections, duration).await?);
        }
    }
    Ok(samples.iter().map(|samples| medians(samples)).collect())
}

fn milliseconds(sorted: &[Duration], percent: usize) -> f64 {
    let place = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted
        .get(place)
        .map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
}

/// How long each answer took.
async fn load(
    address: SocketAddr,
    requests: &Requests,
    connections: usize,
    duration: Duration,
) -> Result<Vec<Duration>> {
    let until = Instant::now() + duration;
    let mut tasks = JoinSet::new();
    for number in 0..connections {
        // Each connection goes through the requests from a place of its own.
        let first = number * requests.len() / connections;
        tasks.spawn(ask(address, Arc::clone(requests), first, until));
    }
    let mut times = Vec::new();
    while let Some(done) = tasks.join_next().await {
        times.extend(done??);
    }
    Ok(times)
}

async fn ask(
    address: SocketAddr,
    requests: Requests,
    first: usize,
    until: Instant,
) -> Result<Vec<Duration>> {
    let mut client = Client::connect(address).await?;
    let mut times = Vec::new();
    let mut start = Instant::now();
    for (number, request) in requests.iter().cycle().skip(first).enumerate() {
        let answer = client.ask(request).await?;
        let failed = ![200, NOT_MODIFIED].contains(&answer.status)
            || number % LOOKED_AT == 0 && answer.body.windows(8).any(|part| part == b"\"errors\"");
        if failed {
            let text = String::from_utf8_lossy(answer.body);
            return Err(format!("status {}: {text:.300}", answer.status).into());
        }
        let end = Instant::now();
        times.push(end - start);
        if end >= until {
            break;
        }
        start = end;
    }
    Ok(times)
}

/// The median of each figure.
fn medians(samples: &[Sample]) -> Sample {
    let of = |figure: fn(&Sample) -> f64| {
        let mut figures: Vec<f64> = samples.iter().map(figure).collect();
        figures.sort_unstable_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
    };
    let cpu = of(|sample| sample.cpu.unwrap_or(f64::NAN));
    Sample {
        rate: of(|sample| sample.rate),
        median: of(|sample| sample.median),
        p99: of(|sample| sample.p99),
        cpu: cpu.is_finite().then_some(cpu),
    }
}
