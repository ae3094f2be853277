//! The menu of the public keys of this machine, to choose one from: what there is is read when it is asked for.

use crate::app::layers::layer::{Layer, Menu, MenuChoice, MenuEntry, MenuKind};
use crate::app::public_keys::LocalKey;
use crate::app::tables::creatable;
use crate::app::{App, AppEffect};
use crate::domain::{Phrase, PublicKey, Verb, text};

/// Which key is to be added: one of the files of this machine, or one that is pasted or typed.
pub(crate) fn choose(app: &mut App, effects: &mut Vec<AppEffect>) {
    if let Err(why) = creatable::accounts_or_why(app, Verb::AddKey) {
        return app.tell(why, true);
    }
    let title = Phrase::new(text::title::CHOOSE_KEY);
    app.layers.push(Layer::Menu(Menu::new(MenuKind::LocalKeys, title, vec![typed()])));
    effects.push(AppEffect::LocalKeys);
}

fn typed() -> MenuEntry {
    MenuEntry::new("p", text::entry::KEY_TYPED, MenuChoice::LocalKey(None))
}

pub(crate) fn fill(app: &mut App, keys: Vec<LocalKey>) {
    app.local_keys.clone_from(&keys);
    // Help may lie over it.
    let asked = app.layers.iter_mut().find_map(|layer| match layer {
        Layer::Menu(menu) => Some(menu).filter(|menu| menu.kind == MenuKind::LocalKeys),
        _ => None,
    });
    let Some(menu) = asked else { return };
    let file = |(at, key): (usize, LocalKey)| {
        let parsed = PublicKey::parse(&key.public);
        let (text, why_not) = match &parsed {
            Ok(public) if public.comment.is_empty() => (text::entry::key(key.file.as_str(), public.short()), None),
            Ok(public) => (text::entry::key_comment(key.file.as_str(), public.short(), public.comment.as_str()), None),
            Err(mistake) => (text::plain::said(key.file.as_str()), Some(mistake.phrase())),
        };
        MenuEntry { why_not, ..MenuEntry::numbered(at, text, MenuChoice::LocalKey(Some(key))) }
    };
    menu.entries = keys.into_iter().enumerate().map(file).chain([typed()]).collect();
}
