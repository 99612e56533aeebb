//! Filters: how the inputs of `types/` become conditions.

use async_graphql::{InputObject, InputType};

use super::error::Error;
pub use super::operators::{
    BooleanFilter, DateFilter, EnumFilter, FloatFilter, IdFilter, IntFilter, NameFilter,
    TextFilter, TimeFilter,
};
use crate::store::{Filter, Quantifier, Relation, Test};

/// A filter input of an API type.
pub trait FilterInput: InputType {
    /// The condition it stands for.
    ///
    /// # Errors
    /// When a value cannot be used, such as an id of another type.
    fn into_filter(self) -> Result<Filter, Error>;
}

/// Longer value lists and logic lists are refused.
const MAX_LIST: usize = 1_000;

/// Collects the parts of a filter input: all that are given must hold.
#[derive(Default)]
pub struct Conditions(Vec<Filter>);

impl Conditions {
    /// A typed operator on a column.
    pub fn column(
        mut self,
        column: &'static str,
        tests: Option<impl Tests>,
    ) -> Result<Self, Error> {
        for test in tests.map(Tests::tests).transpose()?.into_iter().flatten() {
            self.0.push(Filter::Column(column, test));
        }
        Ok(self)
    }

    /// Which row it is, by a global id of this kind.
    pub fn id(mut self, kind: &str, filter: Option<IdFilter>) -> Result<Self, Error> {
        if let Some(filter) = filter {
            let tests = filter.tests(kind)?.into_iter();
            self.0.extend(tests.map(|test| Filter::Column("id", test)));
        }
        Ok(self)
    }

    /// A name: equality on the name itself, search on its folded form.
    pub fn name<F: Into<NameFilter>>(mut self, filter: Option<F>) -> Self {
        let filter = filter.map(Into::into);
        self.0
            .extend(filter.into_iter().flat_map(NameFilter::conditions));
        self
    }

    /// A condition on the one row that this one belongs to.
    pub fn one(
        mut self,
        relation: &'static Relation,
        filter: Option<Box<impl FilterInput>>,
    ) -> Result<Self, Error> {
        if let Some(filter) = filter {
            let filter = Box::new(filter.into_filter()?);
            self.0
                .push(Filter::Related(relation, Quantifier::Some, filter));
        }
        Ok(self)
    }

    /// A quantified condition on the rows that belong to this one.
    pub fn many<F: FilterInput>(
        mut self,
        relation: &'static Relation,
        filter: Option<Box<ListFilter<F>>>,
    ) -> Result<Self, Error> {
        let Some(filter) = filter else {
            return Ok(self);
        };
        for (quantifier, filter) in [
            (Quantifier::Some, filter.some),
            (Quantifier::Every, filter.every),
            (Quantifier::None, filter.none),
        ] {
            if let Some(filter) = filter {
                let filter = Box::new(filter.into_filter()?);
                self.0.push(Filter::Related(relation, quantifier, filter));
            }
        }
        Ok(self)
    }

    /// `and`, `or` and `not`.
    pub fn logic<F: FilterInput>(
        mut self,
        and: Option<Vec<F>>,
        or: Option<Vec<F>>,
        not: Option<Box<F>>,
    ) -> Result<Self, Error> {
        if let Some(filters) = and {
            self.0.push(Filter::All(all(filters)?));
        }
        if let Some(filters) = or {
            self.0.push(Filter::Any(all(filters)?));
        }
        if let Some(filter) = not {
            self.0.push(Filter::Not(Box::new(filter.into_filter()?)));
        }
        Ok(self)
    }

    pub fn filter(mut self) -> Filter {
        match self.0.len() {
            1 => self.0.remove(0),
            _ => Filter::All(self.0),
        }
    }
}

fn all<F: FilterInput>(filters: Vec<F>) -> Result<Vec<Filter>, Error> {
    short_enough(filters.len())?;
    filters.into_iter().map(F::into_filter).collect()
}

fn short_enough(length: usize) -> Result<(), Error> {
    if length > MAX_LIST {
        return Err(Error::TooMany(format!(
            "A list in `filter` has {length} entries; {MAX_LIST} are allowed."
        )));
    }
    Ok(())
}

/// A typed operator input: the tests it asks for, all of which must hold.
pub trait Tests {
    /// # Errors
    /// When a value cannot be used.
    fn tests(self) -> Result<Vec<Test>, Error>;
}

/// How many of the related things must match. Several may be given; all must hold.
#[derive(InputObject)]
#[graphql(
    concrete(
        name = "TechnologyListFilter",
        params(super::types::technology::TechnologyFilter)
    ),
    concrete(
        name = "CategoryListFilter",
        params(super::types::category::CategoryFilter)
    ),
    concrete(
        name = "RelationListFilter",
        params(super::types::relation::RelationFilter)
    ),
    concrete(
        name = "ReleaseListFilter",
        params(super::types::release::ReleaseFilter)
    ),
    concrete(
        name = "ProductListFilter",
        params(super::types::product::ProductFilter)
    ),
    concrete(name = "UsageListFilter", params(super::types::usage::UsageFilter)),
    concrete(
        name = "EvidenceListFilter",
        params(super::types::evidence::EvidenceFilter)
    ),
    concrete(
        name = "SkillAreaListFilter",
        params(super::types::skill_area::SkillAreaFilter)
    ),
    concrete(
        name = "RelevanceListFilter",
        params(super::types::skill_area::RelevanceFilter)
    ),
    concrete(
        name = "ExperienceRelevanceListFilter",
        params(super::types::skill_area::ExperienceRelevanceFilter)
    ),
    concrete(
        name = "RoleTechnologyListFilter",
        params(super::types::role::RoleTechnologyFilter)
    ),
    concrete(
        name = "ArticleListFilter",
        params(super::types::article::ArticleFilter)
    ),
    concrete(
        name = "RequirementListFilter",
        params(super::types::role::RequirementFilter)
    ),
    concrete(name = "SalaryListFilter", params(super::types::salary::SalaryFilter))
)]
pub struct ListFilter<F: InputType> {
    /// At least one of them matches.
    some: Option<F>,
    /// None of them fails to match; true where there are none.
    every: Option<F>,
    /// None of them matches; true where there are none.
    none: Option<F>,
}
