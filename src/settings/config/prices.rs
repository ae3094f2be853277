//! What things cost: the list that comes with the program, and a person's own corrections of it. Both have the same form,
//! and a mistake in either names its line and key.

use std::path::{Path, PathBuf};

use toml_edit::Document;

use crate::domain::{Price, Prices, SavedPrices, text};
use crate::provider::Provider;
use crate::settings::config::error::{ConfigError, read};
use crate::settings::config::mistake::{Mistake, Mistakes};
use crate::settings::config::walk::{Section, Walk};

/// No price is higher.
const MOST: u32 = 100_000_000;

#[must_use]
pub fn built_in_prices(provider: &Provider) -> Prices {
    // A test holds that none has a mistake.
    parse(Path::new(provider.key), provider.prices).unwrap_or_default()
}

/// Where a person's own list of a provider's prices is.
pub(super) fn file_of(folder: &Path, provider: &Provider) -> PathBuf {
    folder.join(format!("{}.toml", provider.key))
}

/// The list that comes with the program, with a person's own corrections where there are any.
///
/// # Errors
/// [`ConfigError`]: the file cannot be read, or has mistakes.
pub(super) fn load(folder: Option<&Path>, provider: &Provider) -> Result<Prices, ConfigError> {
    let built_in = built_in_prices(provider);
    let Some(file) = folder.map(|folder| file_of(folder, provider)) else { return Ok(built_in) };
    match read(&file) {
        Ok(text) => Ok(built_in.corrected(parse(&file, &text)?)),
        Err(ConfigError::Missing(_)) => Ok(built_in),
        Err(error) => Err(error),
    }
}

fn parse(file: &Path, text: &str) -> Result<Prices, ConfigError> {
    let mut walk = Walk::new(text);
    let mistakes = |mistakes| ConfigError::Mistakes(Mistakes::new(file, mistakes));
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let line = walk.line(error.span().map_or(0, |span| span.start));
            let what = text::mistake::toml(error.message().trim().replace('\n', "; "));
            return Err(mistakes(vec![Mistake { line, key: String::new(), what }]));
        }
    };
    let top = Section { table: document.as_table(), label: "", at: 0 };
    walk.unknown_keys(top, &["as_of", "minimum_yen", "plans", "saved"]);
    let mut prices = Prices {
        as_of: walk.text(top, "as_of").map(|found| found.value),
        minimum_yen: yen(&mut walk, top, "minimum_yen"),
        ..Prices::default()
    };
    if let Some(plans) = walk.table(top, "plans", "[plans]") {
        for (name, _) in plans.table.iter() {
            let Some(plan) = walk.table(plans, name, "[plans.…]") else { continue };
            walk.unknown_keys(plan, &["sen_per_hour", "yen_per_month"]);
            let price = Price {
                sen_per_hour: yen(&mut walk, plan, "sen_per_hour"),
                yen_per_month: yen(&mut walk, plan, "yen_per_month"),
            };
            prices.plans.insert(name.to_owned(), price);
        }
    }
    if let Some(saved) = walk.table(top, "saved", "[saved]") {
        walk.unknown_keys(saved, &["yen_each", "free_gb", "step_gb", "yen_per_step"]);
        prices.saved = SavedPrices {
            yen_each: yen(&mut walk, saved, "yen_each"),
            free_gb: yen(&mut walk, saved, "free_gb"),
            step_gb: yen(&mut walk, saved, "step_gb").filter(|step| *step > 0),
            yen_per_step: yen(&mut walk, saved, "yen_per_step"),
        };
    }
    if walk.mistakes.is_empty() { Ok(prices) } else { Err(mistakes(walk.mistakes)) }
}

fn yen<'t>(walk: &mut Walk<'t>, section: Section<'t>, key: &str) -> Option<u64> {
    walk.number(section, key, MOST).map(u64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::PROVIDERS;
    use crate::settings::config::settings::Settings;
    use crate::settings::environment::Environment;
    use crate::words::english;

    fn prices(key: &str) -> Prices {
        built_in_prices(PROVIDERS.iter().find(|p| p.key == key).unwrap())
    }

    #[test]
    fn every_list_that_comes_along_is_dated_and_without_a_mistake() {
        for provider in PROVIDERS {
            let prices = parse(Path::new(provider.key), provider.prices).unwrap();
            assert!(prices.as_of.is_some(), "{}", provider.key);
        }
    }

    #[test]
    fn what_is_recorded_is_known_and_nothing_else_is() {
        let indigo = prices("indigo");
        let plans: Vec<(&str, Option<u64>)> = ["13", "1", "2", "3", "4", "12"]
            .map(|plan| (plan, indigo.plan(plan, None).and_then(|p| p.yen_a_month())))
            .to_vec();
        let known =
            [("13", Some(319)), ("1", Some(449)), ("2", Some(814)), ("3", Some(1_630)), ("4", None), ("12", None)];
        assert_eq!(plans, known);
        assert_eq!((indigo.minimum_yen, indigo.saved), (Some(55), SavedPrices::default()));
        let conoha = prices("conoha-v2");
        assert!(conoha.plans.is_empty());
        assert_eq!(
            (conoha.saved.free_gb, conoha.saved.step_gb, conoha.saved.yen_per_step),
            (Some(50), Some(500), None)
        );
    }

    const ACCOUNT: &str = "[[account]]\nname = \"lab\"\nprovider = \"indigo\"\nclient_id = \"abc\"\n";

    fn load_with(own: &str) -> Result<Prices, String> {
        let home = tempfile::tempdir().unwrap();
        let env = Environment::below(home.path(), &[]);
        std::fs::create_dir_all(home.path().join("config/prices")).unwrap();
        std::fs::write(&env.config, ACCOUNT).unwrap();
        std::fs::write(home.path().join("config/prices/indigo.toml"), own).unwrap();
        let settings = Settings::load(&env).map_err(|error| english(&error.phrase()))?;
        Ok((*settings.accounts[0].prices).clone())
    }

    #[test]
    fn an_own_list_counts_entry_by_entry() {
        let own = "as_of = \"2027-01\"\n[plans]\n2 = { yen_per_month = 900 }\n13 = {}\n[saved]\nyen_each = 0\n";
        let prices = load_with(own).unwrap();
        assert_eq!(prices.as_of.as_deref(), Some("2027-01"));
        let month = |plan| prices.plan(plan, None).and_then(|p| p.yen_a_month());
        assert_eq!((month("1"), month("2"), month("13")), (Some(449), Some(900), None));
        assert_eq!((prices.saved.yen_each, prices.minimum_yen), (Some(0), Some(55)));
    }

    #[rstest::rstest]
    #[case("as_of = 3\n", "indigo.toml:1: as_of: this number does not fit here")]
    #[case(
        "\n[plans.1]\nyen = 4\n",
        "indigo.toml:3: [plans.…] yen: unknown key; accepted: sen_per_hour, yen_per_month"
    )]
    #[case("[plans.1]\nyen_per_month = -4\n", "indigo.toml:2: [plans.…] yen_per_month: this number does not fit")]
    #[case("plans = 1\n", "indigo.toml:1: plans: this number does not fit here; accepted: a section [plans]")]
    #[case("[plans.1\n", "indigo.toml:1: is not TOML")]
    fn a_mistake_names_line_and_key(#[case] own: &str, #[case] said: &str) {
        let error = load_with(own).unwrap_err();
        assert!(error.contains(said), "{error}");
    }
}
