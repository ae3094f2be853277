/// How a language words each text: a file each, a line a text. What is missing or wrong in it does not compile. A second
/// language that is whole does:
///
/// ```standalone_crate
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/language/texts.rs"));
/// # fn main() {}
/// language! { fault { QUOTA: "多すぎます", broken: "切れました: {said}", } }
/// ```
///
/// Without one of its texts it does not:
///
/// ```compile_fail,E0004
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/language/texts.rs"));
/// # fn main() {}
/// language! { fault { QUOTA: "多すぎます", } }
/// ```
///
/// Nor with one that there is not:
///
/// ```compile_fail,E0599
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/language/texts.rs"));
/// # fn main() {}
/// language! { fault { QUOTA: "多すぎます", broken: "切れました: {said}", QUOTE: "", } }
/// ```
///
/// Nor with a placeholder that is no argument of its text, or without one that is:
///
/// ```compile_fail,E0080
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/language/texts.rs"));
/// # fn main() {}
/// language! { fault { QUOTA: "多すぎます", broken: "切れました: {sad}", } }
/// ```
/// ```compile_fail,E0080
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/language/texts.rs"));
/// # fn main() {}
/// language! { fault { QUOTA: "多すぎます", broken: "切れました", } }
/// ```
macro_rules! language {
    ($($module:ident { $($text:ident: $template:literal,)* })*) => {
        pub(crate) const fn template(text: $crate::domain::text::Text) -> &'static str {
            use $crate::domain::text::{Text, $($module),*};
            match text { $(
                Text::$module(number) => match number { $($module::Id::$text => $template,)* },
            )* }
        }

        $($(const _: () = assert!(
            $crate::words::language::fits($template, $crate::domain::text::$module::Id::$text.args()),
            concat!(stringify!($module), ".", stringify!($text), ": placeholders and arguments differ"),
        );)*)*
    };
}
pub(crate) use language;

/// Whether the placeholders of a template are the arguments of its text, all of them and no other.
pub(crate) const fn fits(template: &str, args: &[&str]) -> bool {
    let text = template.as_bytes();
    let mut used = [false; 16];
    let mut at = 0;
    while at < text.len() {
        if text[at] != b'{' {
            at += 1;
            continue;
        }
        let from = at + 1;
        while at < text.len() && text[at] != b'}' && text[at] != b'?' {
            at += 1;
        }
        let mut arg = 0;
        while arg < args.len() && !is_at(args[arg].as_bytes(), text, from, at) {
            arg += 1;
        }
        if arg == args.len() {
            return false;
        }
        used[arg] = true;
        while at < text.len() && text[at] != b'}' {
            at += 1;
        }
    }
    let mut arg = 0;
    while arg < args.len() {
        if !used[arg] {
            return false;
        }
        arg += 1;
    }
    true
}

const fn is_at(word: &[u8], text: &[u8], from: usize, to: usize) -> bool {
    if word.len() != to - from {
        return false;
    }
    let mut at = 0;
    while at < word.len() {
        if word[at] != text[from + at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("{host}: {said}", true)]
    #[case("{said}, {host}, {said}", true)]
    #[case("{host}{said?}", true)]
    #[case("{host}", false)]
    #[case("{host}: {sad}", false)]
    #[case("{host}: {said} {n?one:many}", false)]
    #[case("no placeholder", false)]
    fn a_template_has_the_placeholders_of_its_text(#[case] template: &str, #[case] is_right: bool) {
        assert_eq!(fits(template, &["host", "said"]), is_right);
    }
}
