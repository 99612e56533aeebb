//! The tables of the knowledge base, one entity each.
//!
//! A model's fields are the columns, in this order; fields of relations exist only on `ModelEx`.
//! Where only some columns are read, the others have the default of their type.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod enums;
pub mod string_list;

pub mod alias;
pub mod api_key;
pub mod article;
pub mod category;
pub mod category_parent;
pub mod change;
pub mod company;
pub mod evidence;
pub mod experience;
pub mod external_id;
pub mod framework;
pub mod framework_language;
pub mod idempotency;
pub mod language;
pub mod product;
pub mod release;
pub mod review_item;
pub mod role;
pub mod role_relation;
pub mod role_skill_area;
pub mod role_technology;
pub mod salary;
pub mod setting;
pub mod skill_area;
pub mod skill_area_experience;
pub mod skill_area_technology;
pub mod source;
pub mod technology;
pub mod technology_category;
pub mod technology_relation;
pub mod tool;
pub mod usage;
