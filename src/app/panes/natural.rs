//! An order of texts as a person expects it.

/// A text that sorts `web-2` before `web-10` and does not mind capitals.
pub(crate) fn natural(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut digits = String::new();
    for c in text.chars().chain(std::iter::once('\0')) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            let trimmed = digits.trim_start_matches('0');
            out.push_str(&format!("{trimmed:0>12}"));
            digits.clear();
        }
        if c != '\0' {
            out.extend(c.to_lowercase());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_sort_as_numbers() {
        let mut names = vec!["web-10", "Web-2", "web-1", "db", "web-02"];
        names.sort_by_key(|n| natural(n));
        assert_eq!(names, ["db", "web-1", "Web-2", "web-02", "web-10"]);
    }
}
