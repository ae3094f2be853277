//! Sizes: nowhere are they told as numbers alone, so they are read out of codes, and disks out of a table.

use crate::domain::{ResourceId, Spec};

/// The size of an instance: `1CR768MB` and the numbers beside it; disk and network by its plan.
pub(crate) fn of_instance(plan_id: Option<&ResourceId>, plan: &str, memsize: Option<f64>, cpus: Option<u64>) -> Spec {
    let (disk_gb, mbps) = by_plan(plan_id);
    let (code_cpus, rest) = leading(plan).map_or((None, plan), |(n, rest)| (Some(n), rest));
    let memory_mb = memory(rest.trim_start_matches(|c: char| c.is_ascii_alphabetic())).map(|(mb, _)| mb);
    Spec {
        vcpus: cpus.or(code_cpus).and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0),
        memory_mb: memory_mb.or_else(|| memsize.and_then(from_memsize)),
        disk_gb,
        mbps,
    }
}

/// The size of a plan: `1vCPU768MB20GB`, and the network out of its HTML.
pub(crate) fn of_plan(code: &str, description: &str) -> Spec {
    let mut spec = Spec { mbps: mbps(description), ..Spec::default() };
    let Some((vcpus, rest)) = leading(code) else { return spec };
    spec.vcpus = u32::try_from(vcpus).ok();
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if let Some((mb, rest)) = memory(rest) {
        spec.memory_mb = Some(mb);
        spec.disk_gb = leading(rest).map(|(gb, _)| gb);
    }
    spec
}

/// `768MB…` or `4GB…` in MB, and what follows.
fn memory(text: &str) -> Option<(u64, &str)> {
    let (number, rest) = leading(text)?;
    rest.strip_prefix("MB")
        .map(|rest| (number, rest))
        .or_else(|| rest.strip_prefix("GB").map(|rest| (number.saturating_mul(1_024), rest)))
}

/// The number that a text begins with, and what follows.
fn leading(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// `<b>100 </b> Mbps`.
fn mbps(html: &str) -> Option<u32> {
    let before = &html[..html.find("Mbps")?];
    let end = before.rfind(|c: char| c.is_ascii_digit())? + 1;
    let begin = before[..end].rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    before.get(begin..end)?.parse().ok()
}

/// Whole numbers are GB of 1024 MB, 0.768 is 768 MB.
fn from_memsize(gb: f64) -> Option<u64> {
    if !(gb > 0.0 && gb < 1e6) {
        return None;
    }
    let mb = if gb.fract() == 0.0 { gb * 1_024.0 } else { gb * 1_000.0 };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1e9")]
    Some(mb.round() as u64)
}

/// Disk in GB and network in Mbit/s of a plan, recorded October 2024. The instance list tells neither.
fn by_plan(plan: Option<&ResourceId>) -> (Option<u64>, Option<u32>) {
    let (disk, mbps) = match plan.map_or("", ResourceId::as_str) {
        "13" | "1" => (20, 100),
        "2" => (40, 100),
        "3" => (80, 500),
        "4" => (160, 1_000),
        "5" => (320, 1_000),
        "6" => (640, 1_000),
        "7" => (50, 100),
        "8" => (100, 100),
        "9" => (200, 500),
        "10" => (400, 1_000),
        "11" => (800, 1_000),
        "12" => (1_600, 1_000),
        _ => return (None, None),
    };
    (Some(disk), Some(mbps))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_plan_stands_in_its_code_and_its_html() {
        let html = "<b>10</b> vCPU <br> <b>32 GB</b> RAM <br> <b>1600 GB</b> SSD <br><b>1000 </b> Mbps";
        let spec = of_plan("10vCPU32GB1600GB", html);
        let expected = Spec { vcpus: Some(10), memory_mb: Some(32_768), disk_gb: Some(1_600), mbps: Some(1_000) };
        assert_eq!(spec, expected);
        assert_eq!(of_plan("1vCPU768MB20GB", "").memory_mb, Some(768));
        assert_eq!(of_plan("huge", "no speed"), Spec::default());
    }

    #[rstest::rstest]
    #[case("1CR768MB", Some(0.768), Some(768))]
    #[case("1CR1GB", Some(1.0), Some(1_024))]
    #[case("", Some(0.768), Some(768))]
    #[case("", Some(4.0), Some(4_096))]
    #[case("odd", None, None)]
    fn the_memory_of_an_instance_is_read_from_its_plan_or_its_number(
        #[case] plan: &str,
        #[case] memsize: Option<f64>,
        #[case] mb: Option<u64>,
    ) {
        assert_eq!(of_instance(None, plan, memsize, None).memory_mb, mb);
    }
}
