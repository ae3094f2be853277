//! The dialog that asks before anything is changed: what is done, to what, in which account, what it costs, in which
//! steps, and how it is answered. One file, since what gives way on a low screen is decided over all its parts.
//!
//! Where the screen is too low for all of it, steps and plain facts go before targets, warnings, choices and the answer;
//! and it says how many lines are not shown.

use crate::app::panes::cells::status_of_instance;
use ratatui::style::{Modifier, Style};

use crate::app::App;
use crate::app::layers::confirm::{ConfirmDialog, Focus};
use crate::app::layout::Area;
use crate::domain::rule_edit::RuleChange;
use crate::domain::{AccountName, Kind, Phrase, StatusKind, Target, Text, text};
use crate::proposal::expected_time::usually;
use crate::proposal::facts::order::spaced;
use crate::proposal::{Confirmation, OptionKind, Proposal};
use crate::words::cells::{clean, width, wrap};

use super::super::canvas::{Canvas, Piece, cell_count, pieces_width};
use super::changes;
use crate::app::tone::Tone;

/// What goes first where there is no room for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum DropOrder {
    Blank,
    Step,
    Target,
    Fact,
    Cannot,
    Choice,
    Change,
    Name,
    Warning,
    First,
}

/// So many facts of one kind are told in full.
const MOST_ALIKE: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Lines,
    /// One after the other, in at most so many lines.
    Flow(usize),
}

struct Body {
    lines: Vec<(Vec<Piece>, DropOrder)>,
    width: usize,
    /// Where the name of a new snapshot is edited: its line and its first cell.
    field: Option<(usize, usize)>,
}

impl Body {
    fn wrapped(&mut self, text: &str, indent: usize, style: Style, keep: DropOrder) {
        for line in wrap(&clean(text), self.width.saturating_sub(indent)) {
            self.lines.push((vec![(format!("{:indent$}{line}", ""), style)], keep));
        }
    }

    fn blank(&mut self) {
        if self.lines.last().is_some_and(|(_, keep)| *keep != DropOrder::Blank) {
            self.lines.push((Vec::new(), DropOrder::Blank));
        }
    }
}

impl Canvas<'_> {
    pub(super) fn confirm(&mut self, app: &App, confirm: &ConfirmDialog, screen: Area) {
        let room = Self::text_width(screen);
        let most = usize::from(screen.height).saturating_sub(3);
        let title = self.heading(app.words.get(confirm.proposal.verb.title()).to_owned());
        let accounts = accounts(&confirm.proposal);
        let (right, style) = match accounts.as_slice() {
            [name] => {
                let colour = app.engine.account(name).and_then(|a| a.account.colour);
                let style = self.look.account(colour);
                (vec![(name.to_string(), style.add_modifier(Modifier::BOLD))], style)
            }
            several => {
                let text = app.words.say(&text::confirm::accounts(several.len()));
                (vec![(text, self.style(Tone::Bold))], self.style(Tone::Plain))
            }
        };
        if let Some(why) = &confirm.overtaken {
            let mut body = Body { lines: Vec::new(), width: room, field: None };
            self.targets(app, &confirm.proposal, &mut body, List::Lines);
            body.blank();
            let theirs = confirm.proposal.foreign_changes(&app.engine);
            if theirs.is_empty() {
                body.wrapped(&app.words.say(why), 0, self.style(Tone::Bad), DropOrder::First);
            } else {
                let name = confirm.proposal.subjects.first().map_or("", |s| s.target.name.as_str());
                let said = app.words.say(&text::confirm::theirs(name));
                body.wrapped(&said, 0, self.style(Tone::Bad), DropOrder::First);
                self.diff(app, &theirs, &mut body);
                body.blank();
                body.wrapped(app.words.get(text::confirm::MINE), 0, self.style(Tone::Plain), DropOrder::First);
                self.diff(app, &confirm.proposal.diff, &mut body);
                body.blank();
            }
            body.wrapped(app.words.get(text::confirm::OVERTAKEN), 0, self.style(Tone::Plain), DropOrder::First);
            body.blank();
            body.wrapped(app.words.get(text::confirm::CLOSE), 0, self.style(Tone::Dim), DropOrder::First);
            self.dialog(app, &body, &[], most, (style, &title, &right), screen);
            return;
        }
        let foot = self.answer_lines(app, confirm, room);
        // Targets are all named where they fit beside the rest.
        let mut body = self.body(app, confirm, room, List::Lines);
        if body.lines.len() + foot.len() > most && confirm.proposal.actions.len() > 3 {
            let rest = self.body(app, confirm, room, List::Flow(0)).lines.len();
            let spare = most.saturating_sub(foot.len() + rest).max(2);
            body = self.body(app, confirm, room, List::Flow(spare));
        }
        let field = body.field;
        let (inner, shown) = self.dialog(app, &body, &foot, most, (style, &title, &right), screen);
        if let Some((line, x)) = field
            && let Some(input) = &confirm.name
            && let Some(place) = shown.iter().position(|n| *n == line)
        {
            let y = inner.y + cell_count(place);
            let room = usize::from(inner.width).saturating_sub(x);
            let plain = self.style(Tone::Plain);
            self.put(inner.x + cell_count(x), y, room, &" ".repeat(room), plain);
            self.field(inner.x + cell_count(x), y, room, input, false, plain);
        }
        self.answer(app, confirm, inner, foot.len());
    }

    /// Paints the lines that fit, the foot below them; the area inside and which lines are shown.
    fn dialog(
        &mut self,
        app: &App,
        body: &Body,
        foot: &[Vec<Piece>],
        most: usize,
        (style, title, right): (Style, &[Piece], &[Piece]),
        screen: Area,
    ) -> (Area, Vec<usize>) {
        let room = most.saturating_sub(foot.len());
        let mut shown: Vec<usize> = (0..body.lines.len()).collect();
        let mut left_out = 0;
        if shown.len() > room {
            let fits = |shown: &[usize], left_out: usize| shown.len() + usize::from(left_out > 0) <= room;
            while !fits(&shown, left_out) && !shown.is_empty() {
                // The last of what matters least.
                let Some(at) = (0..shown.len()).rev().min_by_key(|i| body.lines[shown[*i]].1) else { break };
                if body.lines[shown[at]].1 != DropOrder::Blank {
                    left_out += 1;
                }
                shown.remove(at);
            }
        }
        let lines = shown.len() + usize::from(left_out > 0) + foot.len();
        let inner = self.over(screen, body.width, lines, style, title, right);
        let mut y = inner.y;
        for line in &shown {
            self.pieces(inner.x, y, usize::from(inner.width), &body.lines[*line].0);
            y += 1;
        }
        if left_out > 0 {
            let text = app.words.say(&text::confirm::hidden_lines(left_out));
            self.put(inner.x, y, usize::from(inner.width), &text, self.style(Tone::Bad));
            y += 1;
        }
        for line in foot {
            if y < inner.y + inner.height {
                self.pieces(inner.x, y, usize::from(inner.width), line);
            }
            y += 1;
        }
        (inner, shown)
    }

    fn body(&self, app: &App, confirm: &ConfirmDialog, room: usize, list: List) -> Body {
        let plain = self.style(Tone::Plain);
        let dim = self.style(Tone::Dim);
        let mut body = Body { lines: Vec::new(), width: room, field: None };
        self.targets(app, &confirm.proposal, &mut body, list);
        // Those that cannot for the same reason are named together.
        let mut reasons: Vec<(&Phrase, Vec<&str>)> = Vec::new();
        for (name, why) in &confirm.proposal.cannot {
            match reasons.iter_mut().find(|(other, _)| *other == why) {
                Some((_, names)) => names.push(name),
                None => reasons.push((why, vec![name])),
            }
        }
        for (why, names) in reasons {
            let phrase = text::confirm::cannot(names.join(", "), why.clone());
            body.wrapped(&app.words.say(&phrase), 0, self.style(Tone::Busy), DropOrder::Cannot);
        }
        if confirm.proposal.left_out > 0 {
            let phrase = text::confirm::left_out(confirm.proposal.left_out);
            body.wrapped(&app.words.say(&phrase), 0, self.style(Tone::Busy), DropOrder::Cannot);
        }
        body.blank();
        self.rules(app, &confirm.proposal, &mut body);
        self.facts(app, &confirm.proposal, &mut body);
        body.blank();
        if let Some(name) = &confirm.proposal.name {
            let (name, editing) = confirm.name.as_ref().map_or((name.as_str(), false), |input| (input.value(), true));
            let key = if confirm.proposal.actions.len() > 1 { text::confirm::NAME_SUFFIX } else { text::confirm::NAME };
            let label = format!("{} ", app.words.get(key));
            body.field = Some((body.lines.len(), width(&label)));
            let hint = app.words.get(if editing { text::confirm::EDITING } else { text::confirm::EDIT });
            let name = (clean(name).into_owned(), self.style(Tone::Bold));
            let fits = width(&label) + width(&name.0) + width(hint) + 3 <= room;
            let mut line = vec![(label, plain), name];
            if fits && !editing {
                line.push((format!("   {hint}"), dim));
                body.lines.push((line, DropOrder::Name));
            } else {
                body.lines.push((line, DropOrder::Name));
                body.lines.push((vec![(hint.to_owned(), dim)], DropOrder::Name));
            }
        }
        for (i, choice) in confirm.proposal.options.iter().enumerate() {
            let plan = choice.kind == OptionKind::Plan;
            let on = match choice.on {
                _ if plan => "< >",
                true => "[x]",
                false => "[ ]",
            };
            let mut style = if choice.on && !plan { self.style(Tone::Bold) } else { plain };
            if confirm.focus == Focus::Option(i) {
                style = style.add_modifier(Modifier::REVERSED);
            }
            // The number is a key only where nothing is typed.
            let number = match confirm.proposal.confirmation {
                Confirmation::Question => format!("{} ", i + 1),
                Confirmation::Typed(_) => String::new(),
            };
            let text = format!("{number}{on} {}", app.words.say(&choice.text));
            let keep = if confirm.focus == Focus::Option(i) { DropOrder::First } else { DropOrder::Choice };
            body.wrapped(&text, 0, style, keep);
        }
        self.steps(app, &confirm.proposal, &mut body);
        body.blank();
        self.request(app, &confirm.proposal, &mut body);
        body.blank();
        body
    }

    /// What becomes of the rules, where it is about rules.
    fn rules(&self, app: &App, proposal: &Proposal, body: &mut Body) {
        let verb = proposal.verb;
        if verb.subject() != Kind::Firewall || verb.removes() {
            return;
        }
        self.diff(app, &proposal.diff, body);
        let stay = proposal.diff.iter().filter(|change| matches!(change, RuleChange::Kept(_))).count();
        if !verb.makes() && stay == proposal.diff.len() {
            body.wrapped(app.words.get(text::confirm::RULES_SAME), 0, self.style(Tone::Plain), DropOrder::Change);
        } else if stay > 0 {
            let text = app.words.say(&text::confirm::rules_stay(stay));
            body.wrapped(&text, 0, self.style(Tone::Dim), DropOrder::Change);
        }
        body.blank();
    }

    fn diff(&self, app: &App, diff: &[RuleChange], body: &mut Body) {
        for (text, tone) in changes(app, diff) {
            body.wrapped(&text, 0, self.style(tone), DropOrder::Change);
        }
    }

    /// What it costs, interrupts or destroys. What is said of many alike is said of the first few.
    fn facts(&self, app: &App, proposal: &Proposal, body: &mut Body) {
        let mut seen: Vec<(Text, usize)> = Vec::new();
        let mut told: Vec<String> = Vec::new();
        for (phrase, warns) in &proposal.facts {
            // Two providers may say the same.
            let text = app.words.say(phrase);
            if told.contains(&text) {
                continue;
            }
            told.push(text);
            let (tone, keep) = if *warns { (Tone::Bad, DropOrder::Warning) } else { (Tone::Plain, DropOrder::Fact) };
            let style = self.style(tone);
            let alike = proposal.facts.iter().filter(|(p, _)| p.text == phrase.text).count();
            let nth = match seen.iter_mut().find(|(key, _)| *key == phrase.text) {
                Some((_, nth)) => {
                    *nth += 1;
                    *nth
                }
                None => {
                    seen.push((phrase.text, 1));
                    1
                }
            };
            if nth <= MOST_ALIKE || alike == MOST_ALIKE + 1 {
                body.wrapped(&app.words.say(phrase), 0, style, keep);
            } else if nth == MOST_ALIKE + 1 {
                let more = text::confirm::more_such(alike - MOST_ALIKE);
                body.wrapped(&app.words.say(&more), 0, style, keep);
            }
        }
    }

    /// The request of an order as it will be sent; the key that shows all of them whole.
    fn request(&self, app: &App, proposal: &Proposal, body: &mut Body) {
        let ordered = proposal.actions.first().and_then(|action| {
            crate::proposal::facts::order::request(action, app.engine.account(action.subject().account())?)
        });
        let Some(request) = ordered else { return };
        let hint = format!("   {}", app.words.get(text::confirm::REQUESTS));
        let line = format!("{} {}", request.method, request.path);
        let mut pieces = vec![(line, self.style(Tone::Bold))];
        if pieces_width(&pieces) + width(&hint) <= body.width {
            pieces.push((hint, self.style(Tone::Dim)));
        }
        body.lines.push((pieces, DropOrder::Fact));
        body.wrapped(&spaced(&request.body.unwrap_or_default()), 2, self.style(Tone::Dim), DropOrder::Fact);
    }

    /// The steps under each other, what each usually takes in a column.
    fn steps(&self, app: &App, proposal: &Proposal, body: &mut Body) {
        if proposal.steps.len() < 2 && proposal.steps.iter().all(|(_, usual)| usual.is_none()) {
            return;
        }
        let texts: Vec<String> =
            proposal.steps.iter().map(|(phrase, _)| clean(&app.words.say(phrase)).into_owned()).collect();
        let widest = texts.iter().map(|t| width(t)).max().unwrap_or(0).min(body.width.saturating_sub(28));
        for (i, ((_, usual), text)) in proposal.steps.iter().zip(&texts).enumerate() {
            let number = (format!("  {:>2}  ", i + 1), self.style(Tone::Dim));
            let mut line = vec![number, (text.clone(), self.style(Tone::Plain))];
            if let Some(usual) = usual {
                let usual = usually(&app.words, usual);
                let pad = widest.saturating_sub(width(text)) + 2;
                if 6 + width(text) + pad + width(&usual) <= body.width {
                    line.push((format!("{:pad$}{usual}", ""), self.style(Tone::Dim)));
                }
            }
            body.lines.push((line, DropOrder::Step));
        }
    }

    fn targets(&self, app: &App, proposal: &Proposal, body: &mut Body, list: List) {
        if let List::Flow(most) = list {
            self.flow(app, proposal, body, most);
            return;
        }
        let several = accounts(proposal).len() > 1;
        for (i, action) in proposal.actions.iter().enumerate() {
            let keep = if i == 0 { DropOrder::First } else { DropOrder::Target };
            let bold = self.style(Tone::Bold);
            let target = action.subject();
            let mut line: Vec<Piece> = match action.verb().question() {
                Some(question) => {
                    let other = action.other().map(|other| with_facts(app, other, &other.name)).unwrap_or_default();
                    let phrase = question(other, with_facts(app, target, &target.name), named(target));
                    vec![(app.words.say(&phrase), bold)]
                }
                None => {
                    let text = with_facts(app, target, &named(target));
                    std::iter::once((text, bold)).chain(self.state(app, target)).collect()
                }
            };
            if several && target.resource.kind != Kind::Snapshot {
                let account = text::confirm::in_account(target.account().as_str());
                line.push((format!("  {}", app.words.say(&account)), self.style(Tone::Plain)));
            }
            if pieces_width(&line) <= body.width {
                body.lines.push((line, keep));
            } else {
                let text: String = line.into_iter().map(|(t, _)| t).collect();
                body.wrapped(&text, 0, bold, keep);
            }
        }
    }

    /// Many targets one after the other, in at most so many lines: mark and name.
    fn flow(&self, app: &App, proposal: &Proposal, body: &mut Body, most: usize) {
        let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
        let mut used = 0;
        let mut named = 0;
        for action in &proposal.actions {
            let target = action.subject();
            let mut item = self.state(app, target);
            item.truncate(2);
            if let Some((gap, _)) = item.first_mut() {
                gap.clear();
            }
            item.push((format!("{}  ", target.name), self.style(Tone::Bold)));
            let takes = pieces_width(&item);
            if used > 0 && used + takes > body.width + 2 {
                if lines.len() + 1 >= most {
                    break;
                }
                lines.push(Vec::new());
                used = 0;
            }
            used += takes;
            named += 1;
            if let Some(line) = lines.last_mut() {
                line.extend(item);
            }
        }
        body.lines.extend(lines.into_iter().take(most).map(|l| (l, DropOrder::First)));
        let left = proposal.actions.len() - if most == 0 { 0 } else { named };
        if left > 0 {
            let more = text::confirm::more(left);
            body.wrapped(&app.words.say(&more), 0, self.style(Tone::Bold), DropOrder::First);
        }
    }

    /// The state of an instance as the provider tells it now.
    fn state(&self, app: &App, target: &Target) -> Vec<Piece> {
        let found = match target.resource.kind {
            Kind::Instance => app.engine.account(target.account()).and_then(|a| a.inventory.instance(target.id())),
            _ => None,
        };
        let Some(instance) = found else { return Vec::new() };
        let mut pieces = vec![("  ".to_owned(), self.style(Tone::Plain))];
        pieces.extend(self.look.painted(status_of_instance(app, target.account(), &instance.status, 18)));
        pieces
    }

    /// What stands below: what was ignored, the prompt, the buttons. The last line of the prompt holds the field, or
    /// the line after it.
    fn answer_lines(&self, app: &App, confirm: &ConfirmDialog, room: usize) -> Vec<Vec<Piece>> {
        let mut foot: Vec<Vec<Piece>> = Vec::new();
        if confirm.ignored > 0 {
            let text = app.words.say(&text::confirm::ignored(confirm.ignored));
            foot.push(vec![(text, self.style(Tone::Busy))]);
        }
        match &confirm.proposal.confirmation {
            Confirmation::Question => {}
            Confirmation::Typed(accepted) => {
                let prompt = prompt(app, accepted);
                let lines = wrap(&clean(&prompt), room);
                let last = lines.last().map_or(0, |l| width(l));
                foot.extend(lines.into_iter().map(|l| vec![(l, self.style(Tone::Plain))]));
                if last + 1 + field_width(accepted) > room {
                    foot.push(Vec::new());
                }
            }
        }
        foot.push(Vec::new());
        foot
    }

    /// The field that is typed into, and the buttons.
    fn answer(&mut self, app: &App, confirm: &ConfirmDialog, inner: Area, foot: usize) {
        let room = usize::from(inner.width);
        let Some(last) = (inner.y + inner.height).checked_sub(1).filter(|_| inner.height > 0) else { return };
        let plain = self.style(Tone::Plain);
        if let Confirmation::Typed(accepted) = &confirm.proposal.confirmation {
            let prompt = prompt(app, accepted);
            let before = wrap(&clean(&prompt), room).last().map_or(0, |l| width(l));
            let own = before + 1 + field_width(accepted) > room;
            let x = if own { 0 } else { before + 1 };
            if last > inner.y && foot > 1 {
                let style = self.style(if confirm.is_typed() { Tone::Good } else { Tone::Bold });
                let editing = confirm.focus == Focus::Field;
                let cursor = self.cursor;
                self.field(inner.x + cell_count(x), last - 1, room.saturating_sub(x), &confirm.typed, false, style);
                if !editing {
                    self.cursor = cursor;
                }
            }
        }
        // Cancel stands left of what goes on, both at the right.
        let button = |text: &str, on: bool| if on { format!("[ {text} ]") } else { format!("  {text}  ") };
        let cancel = button(app.words.get(text::confirm::CANCEL), confirm.focus == Focus::Cancel);
        let go = button(app.words.get(confirm.proposal.verb.button()), confirm.focus == Focus::Go);
        let style = |on: bool| if on { plain.add_modifier(Modifier::REVERSED | Modifier::BOLD) } else { plain };
        let pieces = vec![
            (cancel, style(confirm.focus == Focus::Cancel)),
            ("  ".to_owned(), plain),
            (go, style(confirm.focus == Focus::Go)),
        ];
        self.pieces_right(inner.x + inner.width, last, room, &pieces);
        if matches!(confirm.proposal.confirmation, Confirmation::Question) {
            let left = room.saturating_sub(pieces_width(&pieces) + 1);
            let text = format!("{}   {}", app.words.get(text::confirm::YES), app.words.get(text::confirm::NO));
            if width(&text) <= left {
                self.put(inner.x, last, left, &text, self.style(Tone::Bold));
            }
        }
    }
}

fn accounts(proposal: &Proposal) -> Vec<AccountName> {
    let mut names: Vec<AccountName> = Vec::new();
    for action in &proposal.actions {
        let name = action.subject().account();
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// `web-01 (616513)`; what is not made yet has no id.
fn named(target: &Target) -> String {
    // What is to be made has no id yet; of some things the name is the id.
    if target.id().as_str().is_empty() || target.id().as_str() == target.name {
        return target.name.clone();
    }
    format!("{} ({})", target.name, target.id())
}

/// `before-upgrade (12 d old, 1.0 GB)`: a name, of a snapshot with what is known of it.
fn with_facts(app: &App, target: &Target, name: &str) -> String {
    let account = app.engine.account(target.account()).filter(|_| target.resource.kind == Kind::Snapshot);
    let Some(found) = account.and_then(|a| a.inventory.snapshot(target.id())) else { return name.to_owned() };
    let mut parts = Vec::new();
    if let Some(taken) = found.taken {
        let age = app.words.lasts(app.now.wall.since(taken));
        parts.push(app.words.say(&text::place::age(age)));
    }
    if let Some(size) = found.size {
        parts.push(app.words.bytes(size));
    }
    if found.status.kind() != StatusKind::Available {
        parts.push(app.words.store_status(&found.status));
    }
    if parts.is_empty() { name.to_owned() } else { format!("{name} ({})", parts.join(", ")) }
}

/// What is to be typed; a name that cannot be typed as it is shown is not offered.
fn prompt(app: &App, accepted: &[String]) -> String {
    let typeable: Vec<&String> = accepted.iter().filter(|a| clean(a) == a.as_str()).collect();
    let phrase = match typeable.as_slice() {
        [] => text::confirm::type_it(""),
        [one] => text::confirm::type_it(one.as_str()),
        [one, other, ..] => text::confirm::type_it_or(one.as_str(), other.as_str()),
    };
    app.words.say(&phrase)
}

/// The room a field needs for what is to be typed and the cursor.
fn field_width(accepted: &[String]) -> usize {
    accepted.iter().take(2).map(|a| width(&clean(a)) + 1).min().unwrap_or(8).clamp(8, 40)
}
