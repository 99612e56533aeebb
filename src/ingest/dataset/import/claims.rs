//! Taking claims into a draft, one kind after the other.

use std::collections::btree_map::Entry;

use chrono::{DateTime, Utc};
use entity::enums::{EntityKind, EvidenceGrade, TechnologyKind, UsageStatus};
use entity::{release, salary};
use sea_orm::ActiveEnum as _;

use super::super::Place;
use super::super::claim::{
    Article, Claim, Company, Relation, Release, Role, RoleTechnology, Salary, Says, SkillArea,
    Technology, Usage,
};
use super::super::resolve::{Found, Ref};
use super::draft::{
    Adopter, ArticleDraft, Draft, EvidenceDraft, Kind, RoleDraft, Stub, Thing, UsageDraft,
    confidence,
};

/// Pieces of evidence that one data set gives for one usage.
const MOST_EVIDENCE: usize = 5;

/// Says where a place of a data set can be looked at.
pub(super) type Permalink<'a> = dyn Fn(&Place) -> Option<String> + Sync + 'a;

/// Takes in claims.
pub(super) struct Taker<'d> {
    pub draft: &'d mut Draft,
    pub permalink: &'d Permalink<'d>,
    pub now: DateTime<Utc>,
}

impl Taker<'_> {
    /// Takes in everything: what there is before what is said of it, wherever it stands.
    pub fn take(&mut self, claims: Vec<Claim>) {
        let rank = |claim: &Claim| match &claim.says {
            Says::Technology(technology) if technology.kind == TechnologyKind::Language => 0,
            Says::Technology(_) => 1,
            Says::Company(_) => 2,
            // Some tell no more of a role than its code.
            Says::Role(role) if !role.mention.name.is_empty() => 3,
            Says::Role(_) => 4,
            Says::SkillArea(_) => 5,
            _ => 6,
        };
        let mut claims = claims;
        claims.sort_by_key(rank);
        for Claim { place, says } in claims {
            self.take_one(says, &place);
        }
    }

    fn take_one(&mut self, says: Says, place: &Place) {
        match says {
            Says::Technology(technology) => self.technology(*technology, place),
            Says::Company(company) => self.company(company, place),
            Says::Usage(usage) => self.usage(usage, place),
            Says::Release(release) => self.release(release, place),
            Says::Relation(relation) => self.relation(&relation, place),
            Says::Role(role) => self.role(role),
            Says::Salary(salary) => self.salary(&salary, place),
            Says::RoleTechnology(link) => self.role_technology(&link, place),
            Says::SkillArea(area) => self.skill_area(&area, place),
            Says::Article(article) => self.article(&article, place),
        }
    }

    fn evidence(&self, place: &Place, grade: EvidenceGrade) -> EvidenceDraft {
        EvidenceDraft {
            url: (self.permalink)(place),
            locator: place.to_string(),
            grade,
            note: None,
        }
    }

    fn technology(&mut self, technology: Technology, place: &Place) {
        let draft = &mut *self.draft;
        let found = draft.index.technologies.find(&technology.mention);
        let of = match found {
            Found::One(of) => {
                draft.tally.technologies.resolved += 1;
                of
            }
            Found::Nothing if technology.is_substantial => {
                let Some(of) = draft.new_technology(technology.clone()) else {
                    return;
                };
                draft.tally.technologies.stub += 1;
                of
            }
            found => {
                draft.tally.technologies.queued += 1;
                return draft.queue(Kind::Technology, &technology.mention, found, place);
            }
        };
        draft.identify(Kind::Technology, of, &technology.mention.ids);
        if !technology.mention.name.is_empty() {
            draft.alias(Kind::Technology, of, &technology.mention.name);
        }
        for alias in &technology.aliases {
            draft.alias(Kind::Technology, of, alias);
        }
        for language in &technology.languages {
            if let Found::One(language) = draft.index.technologies.language(&language.name) {
                draft.index.technologies.add_language(of, language);
                draft.framework_languages.insert((of, language));
            }
        }
        for path in &technology.categories {
            if let Some(category) = draft.category(path) {
                draft.technology_categories.insert((of, category));
            }
        }
        if draft.describes(EntityKind::Technology, of) {
            let slug = draft.index.technologies.names.slug(of).to_owned();
            let name = technology.mention.name.clone();
            let thing = Thing {
                slug,
                name,
                says: technology,
            };
            draft.technologies.entry(of).or_insert(thing);
        }
    }

    fn company(&mut self, company: Company, place: &Place) {
        let draft = &mut *self.draft;
        if draft.product(&company.mention).is_some() {
            return;
        }
        let of = draft.company(&company.mention, place, || company.clone());
        let Some(of) = of else { return };
        draft.identify(Kind::Company, of, &company.mention.ids);
        draft.alias(Kind::Company, of, &company.mention.name);
        if draft.describes(EntityKind::Company, of) {
            let slug = draft.index.companies.names.slug(of).to_owned();
            let name = company.mention.name.clone();
            let says = company;
            let thing = Thing { slug, name, says };
            draft.companies.entry(of).or_insert(thing);
        }
    }

    fn usage(&mut self, usage: Usage, place: &Place) {
        let stubs = self.draft.tally.technologies.stub;
        let technology = self
            .draft
            .technology(&usage.technology, Stub::IfToldMore, place);
        let outcome = &mut self.draft.tally.usages;
        let Some(technology) = technology else {
            outcome.queued += 1;
            return;
        };
        if self.draft.tally.technologies.stub > stubs {
            outcome.stub += 1;
        } else {
            outcome.resolved += 1;
        }
        let Some(adopter) = self.draft.adopter(&usage.adopter, place) else {
            return;
        };
        let mut own = self.evidence(place, usage.grade);
        if usage.is_second_hand {
            own.note = Some("repeats what another site has collected".to_owned());
        }
        let pages = usage.pages.iter().map(|(url, grade)| EvidenceDraft {
            url: Some(url.clone()),
            locator: place.to_string(),
            grade: *grade,
            note: None,
        });
        let evidence: Vec<EvidenceDraft> = std::iter::once(own).chain(pages).collect();
        let is_doubtful = usage.is_from_prose || usage.is_second_hand;
        let sure = evidence
            .iter()
            .map(|item| confidence(item.grade, is_doubtful))
            .fold(0.0, f64::max);
        self.use_of(
            adopter,
            technology,
            UsageDraft {
                status: usage.status,
                since: usage.since,
                until: usage.until,
                scope: usage.scope,
                confidence: sure,
                evidence,
            },
        );
    }

    /// Takes in a usage, together with what was said of it before.
    fn use_of(&mut self, adopter: Adopter, technology: Ref, usage: UsageDraft) {
        let known = match self.draft.usages.entry((adopter, technology)) {
            Entry::Vacant(free) => {
                free.insert(usage);
                return;
            }
            Entry::Occupied(known) => known.into_mut(),
        };
        for item in usage.evidence {
            if known.evidence.len() < MOST_EVIDENCE && !known.evidence.contains(&item) {
                known.evidence.push(item);
            }
        }
        known.confidence = known.confidence.max(usage.confidence);
        // Whoever says when or that it goes on knows more than who does not.
        if known.status == UsageStatus::Unknown {
            known.status = usage.status;
        }
        known.since = [known.since, usage.since].into_iter().flatten().min();
        known.until = known.until.or(usage.until);
        known.scope = known.scope.take().or(usage.scope);
    }

    fn release(&mut self, release: Release, place: &Place) {
        let technology = self
            .draft
            .technology(&release.technology, Stub::Ignored, place);
        let Some(technology) = technology else { return };
        let row = release::Model {
            id: 0,
            technology_id: 0,
            label: release.label.clone(),
            released_on: release.released_on,
            active_support_until: release.active_support_until,
            security_support_until: release.security_support_until,
            end_of_life_on: release.end_of_life_on,
            is_end_of_life: release.is_end_of_life,
            latest_version: release.latest_version,
            latest_released_on: release.latest_released_on,
            is_lts: release.is_lts,
            created_at: self.now,
            updated_at: self.now,
            revision: 1,
        };
        let evidence = self.evidence(place, EvidenceGrade::Listed);
        self.draft
            .releases
            .entry((technology, release.label))
            .or_insert((row, evidence));
    }

    fn relation(&mut self, relation: &Relation, place: &Place) {
        // Whether it may be made is for the claim that there is such a technology.
        let from = self.draft.technology(&relation.from, Stub::Ignored, place);
        let to = self.draft.technology(&relation.to, Stub::Ignored, place);
        let (Some(from), Some(to)) = (from, to) else {
            return;
        };
        if from == to {
            return;
        }
        let kind = relation.kind;
        let evidence = self.evidence(place, EvidenceGrade::Listed);
        self.draft
            .relations
            .entry((from, to, kind.to_value()))
            .or_insert((kind, evidence));
    }

    fn role(&mut self, role: Role) {
        let draft = &mut *self.draft;
        let found = draft.index.role(&role.mention);
        let of = match found {
            Found::One(of) => of,
            _ if role.mention.name.is_empty() => return,
            _ => match draft.index.roles.invent(&role.mention.name, None) {
                Some((of, _)) => of,
                None => return,
            },
        };
        for (scheme, value) in &role.mention.ids {
            draft.index.roles.add_id(of, scheme, value);
        }
        draft.identify(Kind::Role, of, &role.mention.ids);
        for alias in &role.aliases {
            draft.alias(Kind::Role, of, alias);
        }
        if !draft.describes(EntityKind::Role, of) {
            return;
        }
        let slug = draft.index.roles.slug(of).to_owned();
        let thing = draft.roles.entry(of).or_insert_with(|| Thing {
            slug,
            name: String::new(),
            says: RoleDraft::default(),
        });
        if !role.mention.name.is_empty() {
            thing.name = role.mention.name;
        }
        thing.says.summary = thing.says.summary.take().or(role.summary);
        thing.says.tasks.extend(role.tasks);
    }

    fn salary(&mut self, salary: &Salary, place: &Place) {
        let soc = salary.role.ids.iter().find(|(scheme, _)| scheme == "soc");
        let roles = match soc {
            Some((_, code)) => self.draft.index.roles.identified_by_beginning("onet", code),
            None => match self.draft.index.role(&salary.role) {
                Found::One(role) => vec![role],
                _ => Vec::new(),
            },
        };
        if roles.is_empty() {
            return self
                .draft
                .queue(Kind::Role, &salary.role, Found::Nothing, place);
        }
        for role in roles {
            let row = salary::Model {
                id: 0,
                role_id: 0,
                currency: salary.currency.clone(),
                period: salary.period,
                is_gross: salary.is_gross,
                low: salary.low,
                median: salary.median,
                high: salary.high,
                area: salary.area.clone(),
                year: salary.year,
                note: None,
                created_at: self.now,
                updated_at: self.now,
                revision: 1,
            };
            let evidence = self.evidence(place, EvidenceGrade::Official);
            self.draft.salaries.push((role, row, evidence));
        }
    }

    fn role_technology(&mut self, link: &RoleTechnology, place: &Place) {
        let Found::One(role) = self.draft.index.role(&link.role) else {
            return;
        };
        let technology = self
            .draft
            .technology(&link.technology, Stub::IfToldMore, place);
        if let Some(technology) = technology {
            self.draft
                .role_technologies
                .entry((role, technology))
                .or_insert(link.importance);
        }
    }

    fn skill_area(&mut self, area: &SkillArea, place: &Place) {
        let Some(of) = self.draft.area(&area.within, &area.mention.name) else {
            return;
        };
        self.draft.identify(Kind::SkillArea, of, &area.mention.ids);
        if let Some(thing) = self.draft.skill_areas.get_mut(&of) {
            thing.says.summary = thing.says.summary.take().or(area.summary.clone());
        }
        for technology in &area.technologies {
            if let Some(technology) = self.draft.technology(technology, Stub::Ignored, place) {
                let reason = format!("named with {}", area.mention.name);
                self.draft
                    .skill_area_technologies
                    .insert((of, technology), reason);
            }
        }
    }

    fn article(&mut self, article: &Article, place: &Place) {
        let Some(experience) = self.draft.experience(&article.experience) else {
            return;
        };
        let adopter = article.company.as_ref();
        let adopter = adopter.and_then(|mention| self.draft.adopter(mention, place));
        let company = match adopter {
            Some(Adopter::Company(company)) => Some(company),
            _ => None,
        };
        let area = match article.within.split_last() {
            Some((last, above)) => self.draft.area(above, last),
            None => None,
        };
        if let Some(area) = area {
            self.draft.skill_area_experiences.insert((area, experience));
        }
        for mention in &article.technologies {
            let technology = self.draft.technology(mention, Stub::Ignored, place);
            let Some(technology) = technology else {
                continue;
            };
            if let Some(area) = area {
                let reason = format!("told of in “{}”", article.title);
                self.draft
                    .skill_area_technologies
                    .entry((area, technology))
                    .or_insert(reason);
            }
            if let Some(adopter) = adopter {
                self.told_use(adopter, technology, article, place);
            }
        }
        let told = ArticleDraft {
            title: article.title.clone(),
            company,
        };
        self.draft
            .articles
            .entry((experience, article.url.clone()))
            .or_insert(told);
    }

    /// An article of somebody names a technology: that it was used there then, and no more.
    fn told_use(&mut self, adopter: Adopter, technology: Ref, article: &Article, place: &Place) {
        let grade = EvidenceGrade::Article;
        let evidence = EvidenceDraft {
            url: Some(article.url.clone()),
            locator: place.to_string(),
            grade,
            note: Some(format!("named in the title “{}”", article.title)),
        };
        self.use_of(
            adopter,
            technology,
            UsageDraft {
                status: UsageStatus::Unknown,
                since: None,
                until: None,
                scope: None,
                confidence: confidence(grade, true),
                evidence: vec![evidence],
            },
        );
    }
}
