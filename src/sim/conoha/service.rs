//! The services, each with an address of its own.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    Identity,
    Compute,
    Image,
    Network,
    Volume,
}

impl Service {
    /// The service of a path below the account's address, and the parts of the path below the service's.
    pub(super) fn of_path(path: &str) -> Option<(Self, Vec<String>)> {
        let mut parts: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(unescaped).collect();
        let service = match parts.first()?.as_str() {
            "identity" => Self::Identity,
            "compute" => Self::Compute,
            "image" => Self::Image,
            "network" => Self::Network,
            "volume" => Self::Volume,
            _ => return None,
        };
        parts.remove(0);
        Some((service, parts))
    }
}

/// A part of a path without its escapes. One that is none stays as it is.
fn unescaped(part: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(part.len()), part);
    while let Some((plain, escape)) = rest.split_once('%') {
        bytes.extend(plain.bytes());
        let byte = escape.get(..2).and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(byte.unwrap_or(b'%'));
        rest = if byte.is_some() { &escape[2..] } else { escape };
    }
    bytes.extend(rest.bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}
