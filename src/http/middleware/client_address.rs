//! From where a request comes: the address that connects, or what a proxy that is trusted says.

use std::net::IpAddr;

use actix_web::http::header::HeaderMap;
use ipnet::IpNet;

/// The proxies whose word is taken: networks of addresses, none by default.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<IpNet>);

/// From where a request comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// The address; an IPv4 address mapped into IPv6 is given as IPv4.
    pub address: IpAddr,
    /// Whether a trusted proxy says that the client speaks TLS to it.
    pub is_https: bool,
}

impl TrustedProxies {
    /// Reads addresses (`192.0.2.1`) and networks (`10.0.0.0/8`).
    ///
    /// # Errors
    /// The first that is neither, and what was expected.
    pub fn read(texts: &[String]) -> Result<Self, String> {
        texts.iter().map(|text| network(text.trim())).collect()
    }

    /// Whether the proxy at this address is believed.
    pub fn has(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// From where a request comes that was sent by `peer` with these headers. Each proxy adds at the right of
    /// `X-Forwarded-For` who connected to it, so the first address from the right that is no trusted proxy's is the
    /// client's; all that stands further left may be made up.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Client {
        let mut address = peer.to_canonical();
        if !self.has(address) {
            return Client {
                address,
                is_https: false,
            };
        }
        for said in values(headers, "x-forwarded-for") {
            // What cannot be read is not the client's address; the last proxy that is known is answerable for it.
            let Some(said) = read_address(said) else {
                break;
            };
            address = said;
            if !self.has(address) {
                break;
            }
        }
        let protocol = values(headers, "x-forwarded-proto").next();
        let is_https = protocol.is_some_and(|protocol| protocol.eq_ignore_ascii_case("https"));
        Client { address, is_https }
    }
}

impl FromIterator<IpNet> for TrustedProxies {
    fn from_iter<I: IntoIterator<Item = IpNet>>(networks: I) -> Self {
        Self(networks.into_iter().collect())
    }
}

/// The parts of a header that is a list, over all its lines, from the right.
fn values<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    let lines: Vec<_> = headers.get_all(name).collect();
    lines
        .into_iter()
        .rev()
        .flat_map(|line| line.to_str().unwrap_or_default().rsplit(','))
        .map(str::trim)
}

fn network(text: &str) -> Result<IpNet, String> {
    let network = match text.parse::<IpAddr>() {
        Ok(address) => IpNet::from(address.to_canonical()),
        Err(_) => text.parse::<IpNet>().map_err(|_| {
            format!(
                "{text:?}; expected an address such as 192.0.2.1 or a network such as 10.0.0.0/8"
            )
        })?,
    };
    match (network.addr().to_canonical(), network.prefix_len()) {
        (IpAddr::V4(mapped), length) if length >= 96 => {
            IpNet::new(mapped.into(), length - 96).map_err(|error| error.to_string())
        }
        _ => Ok(network),
    }
}

/// An address, which some proxies write with its port: `192.0.2.1:80`, `[2001:db8::1]:80`.
fn read_address(text: &str) -> Option<IpAddr> {
    let address = text
        .parse()
        .ok()
        .or_else(|| {
            text.parse::<std::net::SocketAddr>()
                .ok()
                .map(|address| address.ip())
        })
        .or_else(|| text.strip_prefix('[')?.strip_suffix(']')?.parse().ok());
    address.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn client(trusted: &[&str], peer: &str, said: &[(&str, &str)]) -> (String, bool) {
        let trusted: Vec<String> = trusted.iter().map(|&text| text.to_owned()).collect();
        let mut headers = HeaderMap::new();
        for (name, value) in said {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            headers.append(name, HeaderValue::from_str(value).unwrap());
        }
        let trusted = TrustedProxies::read(&trusted).unwrap();
        let client = trusted.client(peer.parse().unwrap(), &headers);
        (client.address.to_string(), client.is_https)
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_what_it_saw_itself() {
        let trusted = ["10.0.0.0/8", "2001:db8::/32", "::ffff:192.0.2.0/120"];
        for (peer, forwarded, address) in [
            ("198.51.100.7", "203.0.113.1", "198.51.100.7"),
            ("10.1.1.1", "203.0.113.1", "203.0.113.1"),
            ("10.1.1.1", "1.1.1.1, 203.0.113.1", "203.0.113.1"),
            ("10.1.1.1", "1.1.1.1, 203.0.113.1, 10.2.2.2", "203.0.113.1"),
            ("10.1.1.1", "10.3.3.3, 10.2.2.2", "10.3.3.3"),
            ("10.1.1.1", "203.0.113.1, nonsense, 10.2.2.2", "10.2.2.2"),
            ("10.1.1.1", "203.0.113.1:4711", "203.0.113.1"),
            ("10.1.1.1", "[2001:db9::1]:4711", "2001:db9::1"),
            ("10.1.1.1", "::ffff:203.0.113.1", "203.0.113.1"),
            ("::ffff:10.1.1.1", "203.0.113.1", "203.0.113.1"),
            ("192.0.2.9", "203.0.113.1", "203.0.113.1"),
            ("::ffff:198.51.100.7", "203.0.113.1", "198.51.100.7"),
            ("10.1.1.1", "", "10.1.1.1"),
        ] {
            let found = client(&trusted, peer, &[("x-forwarded-for", forwarded)]);
            assert_eq!(found, (address.to_owned(), false), "{peer}: {forwarded}");
        }
        let lines = [
            ("x-forwarded-for", "1.1.1.1"),
            ("x-forwarded-for", "2.2.2.2"),
        ];
        assert_eq!(client(&trusted, "10.1.1.1", &lines).0, "2.2.2.2");
    }

    #[test]
    fn tls_before_the_proxy_is_believed_from_the_proxy_only() {
        let said = [("x-forwarded-proto", "HTTPS")];
        assert!(client(&["127.0.0.1"], "127.0.0.1", &said).1);
        assert!(!client(&["127.0.0.2"], "127.0.0.1", &said).1);
        let said = [("x-forwarded-proto", "https, http")];
        assert!(!client(&["127.0.0.1"], "127.0.0.1", &said).1);
    }

    #[test]
    fn what_is_no_network_is_named() {
        let error = TrustedProxies::read(&["10.0.0.0/33".to_owned()]).unwrap_err();
        assert!(
            error.contains("10.0.0.0/33") && error.contains("expected"),
            "{error}"
        );
    }
}
