//! What every test of the API needs: a server over a database of its own, and a client.

mod app;
mod database;
mod reply;
mod types;

pub use app::TestApp;
pub use database::Backend;
pub use reply::Reply;
pub use types::Types;

/// Declares tests that run on SQLite and, where `--include-ignored` is given, on PostgreSQL:
/// `on_both! { async fn claim(backend) { … } }`.
macro_rules! on_both {
    ($($(#[$attribute:meta])* async fn $name:ident($backend:ident) $body:block)*) => {$(
        mod $name {
            use super::*;

            $(#[$attribute])*
            async fn test($backend: crate::support::Backend) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                test(crate::support::Backend::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[ignore = "needs PostgreSQL"]
            async fn postgres() {
                test(crate::support::Backend::Postgres).await;
            }
        }
    )*};
}
pub(crate) use on_both;
