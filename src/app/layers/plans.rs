//! The menu of the plans that an instance can be given instead of its own.

use crate::app::layers::layer::{Layer, Menu, MenuChoice, MenuEntry, MenuKind};
use crate::app::panes::row::{Row, What};
use crate::app::{App, possible, propose};
use crate::domain::{Kind, Plan, Target, Verb, text};
use crate::engine::AccountState;
use crate::words::cells::width;

/// Each plan with its size and its price, the one that it has under the cursor.
pub(crate) fn choose(app: &mut App, verb: Verb, row: &Row) {
    if let Some(why) = possible::why_not(app, verb, row) {
        return propose::refuse(app, verb, &[(row.what.name().to_owned(), why)]);
    }
    let (Some(account), What::Instance(instance)) = (app.engine.account(&row.account), &row.what) else { return };
    let plans = account.account.policy.plans_to_resize(instance, &account.inventory);
    let cursor = plans.iter().position(|(plan, _)| instance.plan.as_ref() == Some(&plan.id)).unwrap_or(0);
    let columns: Vec<Vec<String>> = plans.iter().map(|(plan, _)| columns(app, account, plan)).collect();
    let widths: Vec<usize> =
        (0..COLUMNS).map(|n| columns.iter().map(|row| width(&row[n])).max().unwrap_or(0)).collect();
    let entries = plans.into_iter().zip(&columns).enumerate().map(|(n, ((plan, why_not), columns))| {
        let target = Target::stateless(&row.account, Kind::Plan, &plan.id, &plan.name);
        let choice = MenuChoice::With(verb, row.clone(), target);
        MenuEntry { why_not, ..MenuEntry::numbered(n, text::plain::said(line(columns, &widths)), choice) }
    });
    let title = text::title::choose_plan(instance.name.as_str());
    let menu = Menu { cursor, ..Menu::new(MenuKind::Plans, title, entries.collect()) };
    app.layers.push(Layer::Menu(menu));
}

/// Its name, four sizes and its price.
const COLUMNS: usize = 6;

fn columns(app: &App, account: &AccountState, plan: &Plan) -> Vec<String> {
    let sizes = plan.spec.sizes().map(|size| size.map_or(String::new(), |size| app.words.say(&size)));
    let price = account.plan_price(plan).and_then(|price| price.yen_a_month());
    let price = price.map_or(String::new(), |yen| app.words.say(&text::price::month(yen)));
    std::iter::once(plan.name.clone()).chain(sizes).chain([price]).collect()
}

/// `g-c2m1d100  2 vCPU  1 GB  100 GB  JPY 900/mo`: the name to the left, the rest to the right of its column.
fn line(columns: &[String], widths: &[usize]) -> String {
    let cells =
        columns.iter().zip(widths).enumerate().filter(|(_, (_, widest))| **widest > 0).map(|(n, (cell, widest))| {
            let blank = " ".repeat(widest - width(cell));
            if n == 0 { format!("{cell}{blank}") } else { format!("  {blank}{cell}") }
        });
    cells.collect::<String>().trim_end().to_owned()
}
