//! Where a request comes from: the other end of the connection, or what a proxy that we trust says about it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};
use serde::{Deserialize, Serialize};

/// What is said of a request whose connection is not known: tests without a server.
const NOWHERE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// A network: an address and how many of its bits are the network's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Network {
    base: IpAddr,
    bits: u32,
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let base = address.trim().parse::<IpAddr>().ok()?.to_canonical();
        let most = if base.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        (bits <= most).then_some(Self { base, bits })
    }

    fn holds(self, address: IpAddr) -> bool {
        match (self.base, address) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - self.bits).unwrap_or(0);
                u32::from(base) & mask == u32::from(address) & mask
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - self.bits).unwrap_or(0);
                u128::from(base) & mask == u128::from(address) & mask
            }
            _ => false,
        }
    }
}

/// The proxies in front of this installation whose `X-Forwarded-For` is believed: addresses or networks such as
/// `10.0.0.0/8`, with commas between them. Nobody else's is: everybody can write that header.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Proxies {
    text: String,
    networks: Vec<Network>,
}

impl Proxies {
    /// Reads a list.
    ///
    /// # Errors
    /// A sentence that names what is no address.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let networks = parts.map(|part| Network::parse(part).ok_or(format!("{part:?} is no address and no network")));
        Ok(Self { networks: networks.collect::<Result<_, _>>()?, text: text.to_owned() })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.networks.is_empty()
    }

    fn trust(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.holds(address))
    }

    /// Who is behind a request that came over a connection from `peer`: what the nearest proxy has noted, as far as each that
    /// handed it on is trusted. What a client wrote into the header itself stands further to the left and is not reached.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let noted = headers.get_all("x-forwarded-for").into_iter().filter_map(|value| value.to_str().ok());
        let noted: Vec<&str> = noted.flat_map(|line| line.split(',')).map(str::trim).collect();
        for text in noted.into_iter().rev() {
            if !self.trust(client) {
                break;
            }
            // Some proxies note the port as well.
            let address = text.parse::<IpAddr>().or_else(|_| text.parse::<SocketAddr>().map(|socket| socket.ip()));
            let Ok(address) = address else { break };
            client = address.to_canonical();
        }
        client
    }
}

impl TryFrom<String> for Proxies {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl From<Proxies> for String {
    fn from(proxies: Proxies) -> Self {
        proxies.text
    }
}

/// The network address of whoever sent a request.
pub(crate) fn of(extensions: &Extensions, headers: &HeaderMap, proxies: &Proxies) -> IpAddr {
    extensions.get::<ConnectInfo<SocketAddr>>().map_or(NOWHERE, |info| proxies.client(info.0.ip(), headers))
}

/// The address as limits count it: whoever has one address of IPv6 has all of its network.
pub fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from(u128::from(v6) & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client(trusted: &str, peer: &str, lines: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", HeaderValue::from_static(line));
        }
        Proxies::parse(trusted).unwrap().client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn attack_h2_only_trusted_proxies_say_who_calls() {
        for (trusted, peer, lines, want) in [
            ("", "203.0.113.9", vec![], "203.0.113.9"),
            ("", "203.0.113.9", vec!["198.51.100.1"], "203.0.113.9"),
            ("127.0.0.1", "203.0.113.9", vec!["198.51.100.1"], "203.0.113.9"),
            ("127.0.0.1", "127.0.0.1", vec!["198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1", "::ffff:127.0.0.1", vec!["198.51.100.1"], "198.51.100.1"),
            // The client's own line stands on the left.
            ("127.0.0.1", "127.0.0.1", vec!["10.9.9.9, 198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1", "127.0.0.1", vec!["10.9.9.9", "198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1, 10.0.0.0/8", "127.0.0.1", vec!["198.51.100.1, 10.1.2.3"], "198.51.100.1"),
            ("127.0.0.1", "127.0.0.1", vec!["rubbish"], "127.0.0.1"),
            ("127.0.0.1", "127.0.0.1", vec!["198.51.100.1:5123"], "198.51.100.1"),
            ("fd00::/8", "fd00::1", vec!["2001:db8::7"], "2001:db8::7"),
            ("0.0.0.0/0", "203.0.113.9", vec!["198.51.100.1"], "198.51.100.1"),
        ] {
            assert_eq!(client(trusted, peer, &lines), want, "{trusted} {peer} {lines:?}");
        }
        assert!(Proxies::parse("10.0.0.0/33").is_err() && Proxies::parse("proxy.example").is_err());
    }

    #[test]
    fn attack_h2_a_network_of_ipv6_is_one_address() {
        assert_eq!(network("2001:db8:1:2:3::4".parse().unwrap()), "2001:db8:1:2::".parse::<IpAddr>().unwrap());
        assert_eq!(network("198.51.100.1".parse().unwrap()), "198.51.100.1".parse::<IpAddr>().unwrap());
    }
}
