using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Dns;
using HandshakeToMermaid.Protocols.Dtls;
using HandshakeToMermaid.Protocols.Eap;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Quic;
using HandshakeToMermaid.Protocols.Tls;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Protocols.Upgrade;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Catalogs;

/// <summary>Every protocol that is recognised: a new one is a folder under Protocols and a line here.</summary>
internal sealed class ProtocolCatalog
{
    private readonly TlsSetting? keyExchanges;
    private readonly TlsSetting inTunnel;

    public ProtocolCatalog(AnalyzerLimits limits, SecretStore secrets, PrivateKeys? privateKeys, bool mayBringSecrets, bool verifiesHandshakes, IReadOnlyList<IProtocolModule> modules, IDnsQueryListener listener)
    {
        var dns = new DnsObserver(limits, listener);
        Resolutions = new DnsResolutionProtocol();
        Queries = new DnsStreamProtocol(dns);
        Datagrams = [dns];
        var tls = new TlsSetting(limits) { Secrets = secrets, PrivateKeys = privateKeys, MayBringSecrets = mayBringSecrets, VerifiesHandshakes = verifiesHandshakes, Parts = new DecodedParts(), Inner = Inside };
        inTunnel = tls with { IsInsideTls = true, Inner = static client => new HttpSession(Provenance.Decrypted, client) };
        keyExchanges = privateKeys is null ? null : tls with { MayBringSecrets = false, Inner = null };
        DatagramFlows = [new EapolProtocol(tls with { Inner = null }), new DtlsProtocol(tls), new QuicProtocol(tls, OnStreams), new RadiusProtocol(tls with { Inner = null })];
        Streams =
        [
            new TlsProtocol(tls),
            new StartTlsProtocol(tls, ProxyCatalog.All),
            new HttpProtocol(),
            new StartTlsProtocol(tls, StartTlsCatalog.All),
            .. modules.SelectMany(m => m.CreateProtocols()),
        ];
    }

    /// <summary>Reads what TLS protected, where it could be opened.</summary>
    private TunnelChoice Inside(Direction client) => new(client, () => Tunnel(client), () => new Http2Tunnel(client, new HttpSession(Provenance.Decrypted, client), InTunnel));

    /// <summary>Reads a proxy's tunnel inside TLS, with the TLS that passes through it. A tunnel within that one is named and not read.</summary>
    private UpgradeSession Tunnel(Direction client) => UpgradeSession.InsideTls(client, inTunnel.Limits, TlsProtocol.Probe, InTunnel);

    private InnerSession InTunnel() => new(new TlsStreamSession(inTunnel));

    /// <summary>Reads what QUIC's streams carry, where they could be opened and HTTP/3 was agreed on.</summary>
    private static Http3Session OnStreams(Direction client) => new(client);

    /// <summary>DNS over TCP, read as it comes.</summary>
    public DnsStreamProtocol Queries { get; }

    /// <summary>Reads the bytes of a stream as they come: DNS, and with private keys the key exchanges of TLS; null where neither is wanted.</summary>
    public IStreamReader? Begin(TcpFlow flow) => Queries.Begin(flow) ?? (keyExchanges is null ? null : new KeyExchangeReader(keyExchanges));

    /// <summary>Over UDP, with state across flows; the first that accepts a datagram has it.</summary>
    public IReadOnlyList<IDatagramProtocol> Datagrams { get; }

    /// <summary>Over UDP, recognised by content where a datagram belongs to no flow yet; the first that recognises it has the flow.</summary>
    public IReadOnlyList<IDatagramFlowProtocol> DatagramFlows { get; }

    /// <summary>Over TCP, recognised by content; the first that is certain has the stream.</summary>
    public IReadOnlyList<IStreamProtocol> Streams { get; }

    /// <summary>Makes steps and outcomes of DNS queries.</summary>
    public IResolutionProtocol Resolutions { get; }
}
