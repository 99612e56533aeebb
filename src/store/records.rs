//! The register of readable tables: one entry makes an entity readable by key and by page.

use entity::enums::EntityKind;

use super::ends::End;
use super::shape::Record;

/// `table`, `table: slug of KIND` (has a slug, names and external ids), `table by key` (no id of
/// its own), `table names other.key` (a row that is read with it, where the field of that name shows
/// it, or another one), or `table ties one.key to other.key` (a link, which has no id either).
macro_rules! records {
    ($(
        $table:ident $(: slug of $kind:ident)? $(by $key:literal)?
        $(names $($named:ident.$named_key:ident $(or $field:ident)?),+)?
        $(ties $one:ident.$one_key:ident to $other:ident.$other_key:ident)?;
    )*) => {$(
        impl Record for entity::$table::Entity {
            $(const KIND: Option<EntityKind> = Some(EntityKind::$kind);
              const SLUG: bool = true;)?
            $(const KEY: &'static str = $key;)?
            $(const ENDS: &'static [End] = &[
                $(End::of::<entity::$named::Entity>(stringify!($named_key))$(.shown_by(stringify!($field)))?,)+
            ];)?
            $(const KEY: &'static str = stringify!($other_key);
              const ENDS: &'static [End] = &[
                  End::of::<entity::$one::Entity>(stringify!($one_key)),
                  End::of::<entity::$other::Entity>(stringify!($other_key)),
              ];)?
        }
    )*};
}

records! {
    technology: slug of Technology;
    language by "technology_id";
    framework by "technology_id";
    tool by "technology_id";
    category: slug of Category;
    technology_relation;
    release;
    company: slug of Company;
    product: slug of Product;
    usage names technology.technology_id, company.company_id or adopter, product.product_id or adopter;
    source: slug of Source;
    evidence names source.source_id;
    skill_area: slug of SkillArea;
    skill_area_technology ties skill_area.skill_area_id to technology.technology_id;
    skill_area_experience ties skill_area.skill_area_id to experience.experience_id;
    experience: slug of Experience;
    article;
    role: slug of Role;
    role_skill_area ties role.role_id to skill_area.skill_area_id;
    role_technology ties role.role_id to technology.technology_id;
    role_relation ties role.role_id to role.related_id;
    salary;
    alias;
    external_id;
    review_item;
}
