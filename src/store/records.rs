//! The register of readable tables: one entry makes an entity readable by key and by page.

use entity::enums::EntityKind;

use super::shape::Record;

/// `table`, `table: slug of KIND` (has a slug, names and external ids), or
/// `table by key` (no id of its own; the key is unique under each parent).
macro_rules! records {
    ($($table:ident $(: slug of $kind:ident)? $(by $key:literal)?;)*) => {$(
        impl Record for entity::$table::Entity {
            $(const KIND: Option<EntityKind> = Some(EntityKind::$kind);
              const SLUG: bool = true;)?
            $(const KEY: &'static str = $key;)?
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
    usage;
    source: slug of Source;
    evidence;
    skill_area: slug of SkillArea;
    skill_area_technology by "technology_id";
    skill_area_experience by "experience_id";
    experience: slug of Experience;
    article;
    role: slug of Role;
    role_skill_area by "skill_area_id";
    role_technology by "technology_id";
    role_relation by "related_id";
    salary;
    alias;
    external_id;
}
