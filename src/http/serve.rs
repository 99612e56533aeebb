//! Connections: accepted within bounds, and finished before the process ends.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::{Builder, UpgradeableConnection};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};

/// What connections may take.
#[derive(Clone, Copy)]
struct Bounds {
    /// Connections at once; more wait until one ends.
    connections: usize,
    /// How long a head may take to arrive, the wait between two requests included. Longer than
    /// the 60 s for which common proxies keep idle connections, so that they are first to close.
    head: Duration,
    /// Bytes of a head, buffered at most.
    head_bytes: usize,
    /// How long requests that are being answered may take once the end has come.
    grace: Duration,
}

const BOUNDS: Bounds = Bounds {
    connections: 4096,
    head: Duration::from_secs(75),
    head_bytes: 64 * 1024,
    grace: Duration::from_secs(20),
};

type Connection =
    UpgradeableConnection<'static, TokioIo<TcpStream>, TowerToHyperService<Router>, TokioExecutor>;

/// The right to be a connection, given back when dropped.
type Place = Option<OwnedSemaphorePermit>;

/// Serves HTTP/1.1 until `shutdown` is ready; then accepts no more, and finishes what has been
/// begun for 20 seconds at most.
///
/// # Errors
/// When the listener is not a working socket. A failure to accept is waited out, not returned.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    serve_within(BOUNDS, listener, router, shutdown).await
}

async fn serve_within(
    bounds: Bounds,
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    tracing::info!(address = %listener.local_addr()?, "listening");
    let places = Arc::new(Semaphore::new(bounds.connections));
    let (closing, _) = watch::channel(());
    let builder = builder(bounds);
    let mut shutdown = pin!(shutdown);
    loop {
        let (stream, place) = tokio::select! {
            biased;
            () = &mut shutdown => break,
            accepted = accept(&listener, &places) => accepted,
        };
        let service = TowerToHyperService::new(router.clone());
        let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service);
        tokio::spawn(converse(
            connection.into_owned(),
            closing.subscribe(),
            place,
        ));
    }
    drop(listener);
    tracing::info!(connections = closing.receiver_count(), "finishing");
    closing.send_replace(());
    if timeout(bounds.grace, closing.closed()).await.is_err() {
        tracing::warn!("some requests were not finished in time");
    }
    Ok(())
}

/// Answers requests until the client leaves, or the one at hand is the last.
async fn converse(connection: Connection, mut closing: watch::Receiver<()>, _place: Place) {
    let mut connection = pin!(connection);
    let result = tokio::select! {
        result = connection.as_mut() => result,
        _ = closing.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = result {
        tracing::debug!(error, "a connection broke");
    }
}

fn builder(bounds: Bounds) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    let mut http1 = builder.http1();
    http1.timer(TokioTimer::new());
    http1.header_read_timeout(bounds.head);
    http1.max_buf_size(bounds.head_bytes);
    builder
}

/// The next connection, once there is a place for it.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> (TcpStream, Place) {
    // None never happens: the semaphore is not closed.
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Answers are whole: waiting for more to send would only delay them.
                let _ = stream.set_nodelay(true);
                return (stream, place);
            }
            Err(error) => {
                // Out of file descriptors, or gone before it was accepted: trying at once would spin.
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// Ready when the process is asked to end: by Ctrl+C, or by SIGTERM where there is one.
pub async fn shutdown_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate() => {}
    }
}

#[cfg(unix)]
async fn terminate() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminated) => {
            terminated.recv().await;
        }
        Err(error) => {
            tracing::warn!(%error, "SIGTERM cannot be listened for");
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(not(unix))]
async fn terminate() {
    std::future::pending::<()>().await;
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;
    use tokio::time::Instant;

    use super::*;

    /// A server that answers after so many milliseconds, with what ends it.
    async fn start(bounds: Bounds, delay: u64) -> (TcpStream, oneshot::Sender<()>, JoinHandle<()>) {
        let router = Router::new().route(
            "/",
            get(move || async move {
                sleep(Duration::from_millis(delay)).await;
                "done"
            }),
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (end, ended) = oneshot::channel();
        let serving = tokio::spawn(async move {
            let shutdown = async { ended.await.unwrap_or_default() };
            let result = serve_within(bounds, listener, router, shutdown).await;
            result.expect("a working socket");
        });
        let client = TcpStream::connect(address).await.expect("a connection");
        (client, end, serving)
    }

    async fn read_all(client: &mut TcpStream) -> String {
        let mut answer = String::new();
        client.read_to_string(&mut answer).await.expect("an end");
        answer
    }

    #[tokio::test]
    async fn a_head_that_drips_is_cut_off() {
        let bounds = Bounds {
            head: Duration::from_millis(50),
            ..BOUNDS
        };
        let (mut client, _end, _serving) = start(bounds, 0).await;
        client
            .write_all(b"GET / HTTP/1.1\r\nhost: a\r\nx-")
            .await
            .expect("sent");
        assert_eq!(read_all(&mut client).await, "");
    }

    #[tokio::test]
    async fn what_has_begun_is_finished_before_the_end() {
        let (mut client, end, serving) = start(BOUNDS, 200).await;
        client
            .write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
            .await
            .expect("sent");
        sleep(Duration::from_millis(50)).await;
        end.send(()).expect("still serving");
        let answer = read_all(&mut client).await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        assert!(answer.ends_with("done"), "{answer}");
        serving.await.expect("no panic");
    }

    #[tokio::test]
    async fn the_end_does_not_wait_for_ever() {
        let bounds = Bounds {
            grace: Duration::from_millis(50),
            ..BOUNDS
        };
        let (mut client, end, serving) = start(bounds, 60_000).await;
        client
            .write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
            .await
            .expect("sent");
        sleep(Duration::from_millis(50)).await;
        let asked = Instant::now();
        end.send(()).expect("still serving");
        serving.await.expect("no panic");
        assert!(asked.elapsed() < Duration::from_secs(5));
    }

    #[tokio::test]
    async fn an_idle_connection_does_not_delay_the_end() {
        let (mut client, end, serving) = start(BOUNDS, 0).await;
        sleep(Duration::from_millis(20)).await;
        end.send(()).expect("still serving");
        serving.await.expect("no panic");
        assert_eq!(read_all(&mut client).await, "");
    }
}
