//! What the service is compared with: the floor on SQLite, another GraphQL server on PostgreSQL.

use std::process::Command;

use serde_json::Value;

use crate::Result;
use crate::client::{graphql, post};
use crate::database::Database;
use crate::options::Options;
use crate::process::Service;
use crate::shapes::Shape;

/// The same questions, answered by something else.
pub struct Other {
    pub service: Service,
    kind: Kind,
}

enum Kind {
    /// Hand-written SQL, with paths of its own.
    Floor,
    /// PostGraphile, with documents of its own.
    Peer,
}

impl Other {
    /// Starts the floor, or finds the peer that was named, if there is any for this database.
    pub async fn start(database: &Database, options: &Options) -> Result<Option<Self>> {
        if let Some(path) = &database.path {
            let mut command = Command::new(std::env::current_exe()?);
            command.arg("--floor").arg(path);
            let service = Service::start(&mut command, None).await?;
            let kind = Kind::Floor;
            return Ok(Some(Self { service, kind }));
        }
        let Some(url) = &options.peer else {
            return Ok(None);
        };
        let service = Service::running(url, options.peer_pid, database.name.clone())?;
        let kind = Kind::Peer;
        Ok(Some(Self { service, kind }))
    }

    pub fn name(&self) -> &'static str {
        match self.kind {
            Kind::Floor => "floor",
            Kind::Peer => "PostGraphile",
        }
    }

    /// The request for what a shape asks for; none if this cannot answer it.
    pub fn request(&self, shape: Shape, variables: &Value) -> Option<Vec<u8>> {
        match (&self.kind, shape) {
            (Kind::Floor, Shape::Q1) => Some(post("/q1", "", variables)),
            (Kind::Floor, Shape::Q2) => Some(post("/q2", "", variables)),
            (Kind::Floor, Shape::Q3) => Some(post("/q3", "", variables)),
            (Kind::Peer, Shape::Q1) => Some(graphql(PEER_Q1, variables, false)),
            (Kind::Peer, Shape::Q2) => Some(graphql(PEER_Q2, variables, false)),
            (Kind::Peer, Shape::Q3) => Some(graphql(PEER_Q3, variables, false)),
            (_, Shape::Q4 | Shape::Q5) => None,
        }
    }

    /// The service's CPU time for a shape should be this many times its own at most.
    pub fn target(&self, shape: Shape) -> Option<f64> {
        match (&self.kind, shape) {
            (Kind::Floor, Shape::Q1) => Some(4.0),
            (Kind::Floor, Shape::Q2) => Some(6.0),
            (Kind::Floor, Shape::Q3) => Some(7.0),
            (Kind::Peer, Shape::Q1) => Some(1.0 / 2.0),
            (Kind::Peer, Shape::Q2 | Shape::Q3) => Some(1.0 / 3.0),
            (_, Shape::Q4 | Shape::Q5) => None,
        }
    }

    /// Whether its answer should be the service's, letter by letter.
    pub fn speaks_alike(&self) -> bool {
        matches!(self.kind, Kind::Floor)
    }

    /// How many items its answer has at these paths, where it does not speak alike.
    pub fn expected(&self, shape: Shape) -> &'static [(&'static str, usize)] {
        match shape {
            Shape::Q1 => &[("technologyBySlug.usagesByTechnologyId.nodes", 10)],
            Shape::Q2 => &[(
                "allTechnologies.nodes.frameworkLanguagesByLanguageId.nodes.technologyByFrameworkId\
                 .usagesByTechnologyId.nodes.companyByCompanyId.name",
                500,
            )],
            Shape::Q3 => &[(
                "companyBySlug.usagesByCompanyId.nodes.technologyByTechnologyId",
                30,
            )],
            Shape::Q4 | Shape::Q5 => &[],
        }
    }
}

const PEER_Q1: &str = include_str!("../postgraphile/q1.graphql");
const PEER_Q2: &str = include_str!("../postgraphile/q2.graphql");
const PEER_Q3: &str = include_str!("../postgraphile/q3.graphql");
