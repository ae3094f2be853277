//! What a page says that stands where an API's own words should be: a proxy's, or that of a service that is down.

/// The text of a page without its tags, its head and its common entities, with single blanks.
#[must_use]
pub fn words_of_page(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let from = lower.find("<body").unwrap_or(0);
    let mut text = String::new();
    let mut in_tag = false;
    for c in page.get(from..).unwrap_or(page).chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                text.push(' ');
            }
            _ if in_tag => {}
            _ => text.push(c),
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&nbsp;", " ").replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_one_line() {
        let page = "<html>\r\n<head><title>x</title></head>\r\n<body>\r\n<h1>502 Bad\tGateway</h1>\r\n<hr>nginx</body></html>\n";
        assert_eq!(words_of_page(page), "502 Bad Gateway nginx");
        assert_eq!(words_of_page("upstream\n\nis away"), "upstream is away");
    }
}
