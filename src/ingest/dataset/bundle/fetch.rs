//! Downloads: only https, only from public addresses, only so much and so long.

use std::error::Error as _;
use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, redirect};
use tempfile::NamedTempFile;
use url::{Host, Url};

use super::{Bundle, BundleError, Limits, is_html};

/// Other places that an address may lead to, one after the other.
const REDIRECTS: usize = 5;

/// Seconds until somebody must have answered.
const CONNECT_SECONDS: u64 = 10;

/// Bytes by which a page for people is told.
const HEAD: usize = 64;

/// What an address may be; tests let in their own servers.
#[derive(Clone, Copy)]
pub(super) struct Policy {
    pub scheme: &'static str,
    pub is_public: fn(IpAddr) -> bool,
}

/// What is allowed.
const PUBLIC: Policy = Policy {
    scheme: "https",
    is_public,
};

/// Downloads a data set into a file that goes away with the bundle.
///
/// # Errors
/// When the address is not allowed, nothing comes, or too much.
pub async fn fetch(address: &str, limits: Limits) -> Result<Bundle, BundleError> {
    fetch_under(PUBLIC, address, limits).await
}

pub(super) async fn fetch_under(
    policy: Policy,
    address: &str,
    limits: Limits,
) -> Result<Bundle, BundleError> {
    let refused = |reason: String| BundleError::Fetch {
        address: address.to_owned(),
        reason,
    };
    let url = Url::parse(address).map_err(|error| refused(error.to_string()))?;
    policy.admits(&url).map_err(refused)?;
    let time = Duration::from_secs(limits.download_seconds);
    let failed = |error: reqwest::Error| refused(innermost(&error));
    let client = client(policy, time).map_err(failed)?;
    let response = client.get(url).send().await;
    let mut response = response
        .and_then(reqwest::Response::error_for_status)
        .map_err(failed)?;
    let name = name_of(response.url());
    let io = |error| BundleError::io(address, error);
    let mut file = NamedTempFile::new().map_err(io)?;
    let (mut size, mut head) = (0, Vec::new());
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        size += chunk.len() as u64;
        if size > limits.download {
            let limit = format!("a download may have {} bytes", limits.download);
            return Err(BundleError::too_large(address, limit));
        }
        if head.len() < HEAD {
            head.extend_from_slice(&chunk[..chunk.len().min(HEAD)]);
        }
        file.write_all(&chunk).map_err(io)?;
    }
    file.flush().map_err(io)?;
    if is_html(&head) {
        return Err(BundleError::Html(address.to_owned()));
    }
    Bundle::downloaded(address, name, file, limits)
}

/// A client that goes nowhere but where the policy lets it.
fn client(policy: Policy, time: Duration) -> reqwest::Result<Client> {
    let redirects = redirect::Policy::custom(move |attempt| {
        if attempt.previous().len() > REDIRECTS {
            return attempt.error(format!("it leads on more than {REDIRECTS} times"));
        }
        match policy.admits(attempt.url()) {
            Ok(()) => attempt.follow(),
            Err(reason) => attempt.error(reason),
        }
    });
    Client::builder()
        .redirect(redirects)
        .dns_resolver(Arc::new(PublicNames(policy)))
        // A proxy would look names up by itself, and reach what we must not.
        .no_proxy()
        .connect_timeout(Duration::from_secs(CONNECT_SECONDS))
        .timeout(time)
        .user_agent(concat!("stack-atlas/", env!("CARGO_PKG_VERSION")))
        .build()
}

impl Policy {
    /// Whether the address may be asked at all; names are looked at again when they are known.
    fn admits(self, url: &Url) -> Result<(), String> {
        if url.scheme() != self.scheme {
            return Err(format!("only {}:// addresses are fetched", self.scheme));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("an address with a password is not fetched".to_owned());
        }
        let ip = match url.host() {
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
            Some(Host::Domain(_)) => return Ok(()),
            None => return Err("it names no host".to_owned()),
        };
        if (self.is_public)(ip) {
            Ok(())
        } else {
            Err(format!("{ip} is not a public address"))
        }
    }
}

/// Looks names up, and forgets what is not public: what is connected to is what was checked.
struct PublicNames(Policy);

impl Resolve for PublicNames {
    fn resolve(&self, name: Name) -> Resolving {
        let Self(policy) = *self;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found
                .filter(|address| (policy.is_public)(address.ip()))
                .collect();
            if public.is_empty() {
                return Err(format!("{} has no public address", name.as_str()).into());
            }
            let addresses: Addrs = Box::new(public.into_iter());
            Ok(addresses)
        })
    }
}

/// Whether an address belongs to the open network: not to this machine, a local network, or a
/// purpose of its own.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_broadcast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        // Shared by the customers of a provider.
        || (a == 100 && (64..128).contains(&b))
        // Protocols, benchmarks.
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19));
    !is_special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    // Addresses of the other kind in disguise.
    if let Some(ip) = ip.to_ipv4_mapped() {
        return is_public_v4(ip);
    }
    let [a, b, ..] = ip.segments();
    let is_global = (0x2000..0x4000).contains(&a);
    // Tunnels lead to other addresses; documentation leads nowhere.
    let is_special = a == 0x2002 || (a == 0x2001 && (b < 0x200 || b == 0xdb8)) || a == 0x3fff;
    is_global && !is_special
}

/// The last part of the address's path, which tells the format.
fn name_of(url: &Url) -> String {
    let mut parts = url.path_segments().into_iter().flatten();
    let last = parts.next_back().filter(|part| !part.is_empty());
    last.unwrap_or("download").to_owned()
}

/// The cause that a person can act upon; never the address of somebody else.
fn innermost(error: &reqwest::Error) -> String {
    if let Some(status) = error.status() {
        return format!("the server answers {status}");
    }
    if error.is_timeout() {
        return "it takes too long".to_owned();
    }
    let mut cause = error.source();
    let mut text = error.to_string();
    while let Some(inner) = cause {
        text = inner.to_string();
        cause = inner.source();
    }
    text
}
