//! The schema's table of contents.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{
    ContextSelectionSet, EmptyMutation, EmptySubscription, MergedObject, OutputType, Positioned,
    SDLExportOptions, SchemaBuilder, ServerResult, ValidationMode, Value,
};

use super::federation::{self, FederationQuery};
use super::limits::LEVELS;
use super::trace::Tracing;
use super::types::alias::AliasQuery;
use super::types::article::ArticleQuery;
use super::types::category::CategoryQuery;
use super::types::company::CompanyQuery;
use super::types::evidence::EvidenceQuery;
use super::types::experience::ExperienceQuery;
use super::types::node::{Node, NodeQuery};
use super::types::product::ProductQuery;
use super::types::relation::RelationQuery;
use super::types::release::ReleaseQuery;
use super::types::review_item::ReviewItemQuery;
use super::types::role::RoleQuery;
use super::types::salary::SalaryQuery;
use super::types::skill_area::SkillAreaQuery;
use super::types::source::SourceQuery;
use super::types::technology::{
    FrameworkQuery, LanguageQuery, Technology, TechnologyQuery, ToolQuery,
};
use super::types::usage::{Adopter, UsageQuery};

/// What can be asked.
#[derive(MergedObject, Default)]
pub struct Query(
    NodeQuery,
    TechnologyQuery,
    LanguageQuery,
    FrameworkQuery,
    ToolQuery,
    CategoryQuery,
    RelationQuery,
    ReleaseQuery,
    CompanyQuery,
    ProductQuery,
    UsageQuery,
    EvidenceQuery,
    SourceQuery,
    SkillAreaQuery,
    ExperienceQuery,
    ArticleQuery,
    RoleQuery,
    SalaryQuery,
    AliasQuery,
    ReviewItemQuery,
    FederationQuery,
);

/// The schema of the API.
pub type Schema = async_graphql::Schema<Query, EmptyMutation, EmptySubscription>;

/// Builds the schema. What a request may cost is limited before it comes here.
pub fn schema() -> Schema {
    builder().finish()
}

/// The same schema for documents that are known to be valid, whatever their variables.
pub fn trusting_schema() -> Schema {
    builder().validation_mode(ValidationMode::Fast).finish()
}

/// The same schema for requests that carry a [`super::trace::Recorder`].
pub fn traced_schema() -> Schema {
    builder().extension(Tracing).finish()
}

fn builder() -> SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
    Schema::build(Query::default(), EmptyMutation, EmptySubscription)
        .register_output_type::<Interfaces>()
        // The library's own bound refuses a page of thirty nested fragments.
        .limit_recursive_depth(LEVELS)
        // Searching the schema for what might have been meant takes longer than any answer.
        .disable_suggestions()
}

/// The schema in its definition language, as a gateway wants it, and sorted, so that a change
/// shows where it is.
pub fn sdl(schema: &Schema) -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .prefer_single_line_descriptions()
        .federation();
    federation::mend(&schema.sdl_with_options(options))
}

/// Not a type: the moment at which all types are known and interfaces can take their fields.
struct Interfaces;

impl OutputType for Interfaces {
    fn type_name() -> Cow<'static, str> {
        "Interfaces".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        federation::declare(registry);
        for interface in [Node::INTERFACE, Technology::INTERFACE, Adopter::INTERFACE] {
            interface.fill(registry);
        }
        Self::qualified_type_name()
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}
